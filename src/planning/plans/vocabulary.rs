//! Closed sets of names of plans.

crate::regulations::profile::vocabulary! {
    /// Where a plan stands (состояние плана).
    pub enum PlanState {
        /// Being composed; nobody has to decide.
        Draft = "draft",
        /// Passing its chain.
        InReview = "in_review",
        /// Sent back, with a reason and a date.
        Rework = "rework",
        /// Approved, or put in force where the regulation asks for no approval.
        Approved = "approved",
        /// Refused, with a reason.
        Rejected = "rejected",
        /// Taken back for good.
        Withdrawn = "withdrawn",
    }

    /// The section of a line (часть плана).
    pub enum PlanSection {
        /// From the plan of methodical work of the school (базовая часть).
        Base = "base",
        /// The individual trajectory of a person (вариативная часть).
        Variative = "variative",
    }

    /// The order of candidates (порядок кандидатов).
    #[derive(Default)]
    pub enum PlanCandidateSort {
        /// Those in categories that come first by the regulation, in its order; then by name.
        #[default]
        Priority = "priority",
        /// By name.
        Name = "name",
    }
}
