//! Where support plans stand, and who makes them.

crate::regulations::profile::vocabulary! {
    /// Where a support plan stands (состояние плана сопровождения).
    pub enum SupportPlanState {
        /// It is being written; one of its authors at least has not agreed to it as it stands.
        Draft = "draft",
        /// Both authors have (согласован).
        Agreed = "agreed",
        /// The support is over and has a conclusion (выполнен).
        Completed = "completed",
    }

    /// One of the two authors of a support plan (автор плана).
    pub enum SupportPlanSide {
        /// The school (руководитель образовательной организации).
        School = "school",
        /// The methodical service of the municipality or of the school (методическая служба).
        Service = "service",
    }
}
