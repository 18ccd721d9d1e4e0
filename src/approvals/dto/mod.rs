//! What travels about approval requests.

mod asked;
mod bulk;
mod enums;
mod inbox;
mod line;
mod steering;
mod view;

pub use asked::{
    ApprovalDecisionCreate, ApprovalInboxQuery, ApprovalOutboxQuery, ApprovalRequestQuery, MeetingRecord,
};
pub use bulk::{
    ApprovalDecided, ApprovalDecisionBatch, ApprovalDecisionItem, ApprovalDecisionResult,
    ApprovalDecisionResults,
};
pub use enums::{
    ApprovalDecisionKindDto, ApprovalEventKindDto, ApprovalOutboxOf, ApprovalStateDto, ApprovalStepKindDto,
    ApprovalStepStateDto, AtDeadlineDto, DeadlineUnitDto,
};
pub use inbox::{ApprovalInboxItem, ApprovalInboxPage};
pub use line::ApprovalDecisionView;
pub use steering::{ApprovalStepCreate, ApprovalStepRemoval, ApprovalWithdrawal, InsertedStepKind};
pub use view::{
    ApprovalRequestItem, ApprovalRequestPage, ApprovalRequestView, ApprovalStepView, OpenDecisionView,
};
