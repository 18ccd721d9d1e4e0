//! By what right something was learnt outside the route.

use uuid::Uuid;

/// What allowed the learning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutsideRoute {
    /// An application of the person: at one's own expense.
    OwnExpense(Uuid),
    /// An offer to the school: at the expense of somebody else.
    Offer(Uuid),
}

impl OutsideRoute {
    /// The application, where it is one.
    pub const fn request_id(self) -> Option<Uuid> {
        match self {
            Self::OwnExpense(id) => Some(id),
            Self::Offer(_) => None,
        }
    }

    /// The offer, where it is one.
    pub const fn offer_id(self) -> Option<Uuid> {
        match self {
            Self::Offer(id) => Some(id),
            Self::OwnExpense(_) => None,
        }
    }

    /// The field of a paper that names it.
    pub const fn pointer(self) -> &'static str {
        match self {
            Self::OwnExpense(_) => "/own_expense_request_id",
            Self::Offer(_) => "/external_offer_id",
        }
    }
}
