//! What travels about approval requests.

mod asked;
mod enums;
mod inbox;
mod insertion;
mod view;

pub use asked::{ApprovalDecisionCreate, ApprovalInboxQuery, ApprovalRequestQuery, MeetingRecord};
pub use enums::{
    ApprovalDecisionKindDto, ApprovalEventKindDto, ApprovalStateDto, ApprovalStepKindDto,
    ApprovalStepStateDto, AtDeadlineDto, DeadlineUnitDto,
};
pub use inbox::{ApprovalInboxItem, ApprovalInboxPage};
pub use insertion::{ApprovalStepCreate, InsertedStepKind};
pub use view::{
    ApprovalDecisionView, ApprovalRequestItem, ApprovalRequestPage, ApprovalRequestView, ApprovalStepView,
    OpenDecisionView,
};
