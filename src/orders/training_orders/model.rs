//! What a training order is, what a line of it says, and the way it goes.

mod chain;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub use chain::{AssignmentLoad, LineSource, LineStep};

use crate::authz::Target;
use crate::regulations::profile::{OrderLevel, PeriodKind};

/// Where an order stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderState {
    /// It is being formed.
    Draft,
    /// It passes the chain of its regulation.
    InReview,
    /// It was sent back.
    Rework,
    /// It is handed up.
    Submitted,
    /// Its placement passes the chain of its regulation.
    Placing,
    /// It is placed.
    Placed,
    /// It was refused.
    Rejected,
    /// It was taken back.
    Withdrawn,
}

impl OrderState {
    /// Every state.
    pub const ALL: [Self; 8] = [
        Self::Draft,
        Self::InReview,
        Self::Rework,
        Self::Submitted,
        Self::Placing,
        Self::Placed,
        Self::Rejected,
        Self::Withdrawn,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in_review",
            Self::Rework => "rework",
            Self::Submitted => "submitted",
            Self::Placing => "placing",
            Self::Placed => "placed",
            Self::Rejected => "rejected",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == name)
    }

    /// Whether its lines may be changed.
    pub const fn is_formed(self) -> bool {
        matches!(self, Self::Draft | Self::Rework)
    }

    /// Whether it may be taken back, unless an order above has taken it.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::InReview | Self::Rework | Self::Submitted)
    }
}

/// Where a line comes from (P3-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LineOrigin {
    /// A need that was recorded.
    Need,
    /// An activity of an agreed route.
    Route,
    /// The head's own request.
    HeadRequest,
    /// Written by hand above the school.
    Manual,
    /// Added up from orders of the level below.
    Orders,
}

impl LineOrigin {
    /// Every origin.
    pub const ALL: [Self; 5] = [Self::Need, Self::Route, Self::HeadRequest, Self::Manual, Self::Orders];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Need => "need",
            Self::Route => "route",
            Self::HeadRequest => "head_request",
            Self::Manual => "manual",
            Self::Orders => "orders",
        }
    }

    /// The origin of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|origin| origin.as_str() == name)
    }
}

/// What is to be reworked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderReturn {
    /// What.
    pub reason: String,
    /// Until when.
    pub due_on: NaiveDate,
}

/// An order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingOrder {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// Whose order it is.
    pub organization_id: Uuid,
    /// The regulation it was begun under.
    pub regulation_id: Uuid,
    /// The level.
    pub level: OrderLevel,
    /// What it is for.
    pub period: OrderPeriod,
    /// Where it stands.
    pub state: OrderState,
    /// What is to be reworked.
    pub rework: Option<OrderReturn>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// When it was submitted last.
    pub submitted_at: Option<DateTime<Utc>>,
    /// When its placement was agreed.
    pub placed_at: Option<DateTime<Utc>>,
    /// The order above that has taken it.
    pub taken_by_id: Option<Uuid>,
    /// The account that began it.
    pub created_by: Uuid,
    /// Row version.
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
}

impl TrainingOrder {
    /// The order as a target of rights.
    pub fn target(&self) -> Target {
        Target::region(self.region_id).organization(self.organization_id, self.municipality_id)
    }

    /// Whether an order above has taken it: then it is theirs.
    pub const fn is_taken(&self) -> bool {
        self.taken_by_id.is_some()
    }
}

/// The period of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderPeriod {
    /// School year or calendar year.
    pub kind: PeriodKind,
    /// The year in which it begins.
    pub year: i32,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

/// What lines add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderSums {
    /// How many lines.
    pub lines: i64,
    /// How many people.
    pub people: i64,
    /// Academic hours of all of them together, in halves.
    pub half_hours: i64,
    /// Kopecks.
    pub amount_kopecks: i64,
    /// How many people are placed.
    pub placed: i64,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderLine {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The order.
    pub order_id: Uuid,
    /// From 1.
    pub position: i32,
    /// Where it comes from.
    pub origin: LineOrigin,
    /// Ground of the training.
    pub ground: Option<String>,
    /// What is to be learnt.
    pub topic: String,
    /// Who is to learn.
    pub person_id: Option<Uuid>,
    /// The need.
    pub need_id: Option<Uuid>,
    /// The activity of the route.
    pub activity_id: Option<Uuid>,
    /// The program.
    pub program_id: Option<Uuid>,
    /// The module of it.
    pub module_id: Option<Uuid>,
    /// The priority direction.
    pub direction_id: Option<Uuid>,
    /// The line of the state assignment.
    pub assignment_id: Option<Uuid>,
    /// How many people.
    pub people: i32,
    /// Academic hours of all of them together, in halves.
    pub half_hours: i32,
    /// Kopecks.
    pub amount_kopecks: i64,
    /// Why.
    pub justification: Option<String>,
    /// The line of the order above.
    pub upper_line_id: Option<Uuid>,
}

/// How many people of a line an offering takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placement {
    /// The line.
    pub line_id: Uuid,
    /// The offering.
    pub offering_id: Uuid,
    /// How many people.
    pub people: i32,
}

/// Where an order stands after its own chain, or a round of it, has ended; none where that cannot be.
pub const fn after_review(state: OrderState, outcome: Ended) -> Option<OrderState> {
    match (state, outcome) {
        (OrderState::InReview, Ended::Approved) => Some(OrderState::Submitted),
        (OrderState::InReview, Ended::Returned) => Some(OrderState::Rework),
        (OrderState::InReview, Ended::Rejected) => Some(OrderState::Rejected),
        (OrderState::InReview | OrderState::Rework, Ended::Undecided) => Some(OrderState::Withdrawn),
        _ => None,
    }
}

/// The same of the chain of its placement: unless that is agreed, the order waits as it was submitted.
pub const fn after_placing(state: OrderState, outcome: Ended) -> Option<OrderState> {
    match (state, outcome) {
        (OrderState::Placing, Ended::Approved) => Some(OrderState::Placed),
        (OrderState::Placing, Ended::Returned | Ended::Rejected | Ended::Undecided)
        | (OrderState::Submitted, Ended::Undecided) => Some(OrderState::Submitted),
        _ => None,
    }
}

/// How a chain, or a round of it, ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Agreed.
    Approved,
    /// Sent back.
    Returned,
    /// Refused.
    Rejected,
    /// Taken back or lapsed.
    Undecided,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// P3-11: nothing but an agreed placement leads to a placed order.
    #[test]
    fn only_an_agreed_placement_places_an_order() {
        let ends = [Ended::Approved, Ended::Returned, Ended::Rejected, Ended::Undecided];
        for state in OrderState::ALL {
            for outcome in ends {
                let placed = after_placing(state, outcome) == Some(OrderState::Placed);
                assert_eq!(placed, state == OrderState::Placing && outcome == Ended::Approved);
                assert_ne!(after_review(state, outcome), Some(OrderState::Placed));
            }
        }
    }

    #[test]
    fn names_lead_back() {
        for state in OrderState::ALL {
            assert_eq!(OrderState::parse(state.as_str()), Some(state));
        }
        for origin in LineOrigin::ALL {
            assert_eq!(LineOrigin::parse(origin.as_str()), Some(origin));
        }
    }
}
