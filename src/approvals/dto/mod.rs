//! What travels about approval requests.

mod asked;
mod enums;
mod view;

pub use asked::{ApprovalDecisionCreate, ApprovalInboxQuery, ApprovalRequestQuery};
pub use enums::{
    ApprovalDecisionKindDto, ApprovalEventKindDto, ApprovalStateDto, ApprovalStepKindDto,
    ApprovalStepStateDto, AtDeadlineDto, DeadlineUnitDto,
};
pub use view::{
    ApprovalDecisionView, ApprovalInboxItem, ApprovalInboxPage, ApprovalRequestItem, ApprovalRequestPage,
    ApprovalRequestView, ApprovalStepView, OpenDecisionView,
};
