//! What recommendations rest on, and where they stand.

crate::regulations::profile::vocabulary! {
    /// What a recommendation rests on (основание рекомендации).
    pub enum RecommendationBasisKind {
        /// A need or a deficit of the teacher (потребность педагога).
        Need = "need",
        /// A problem of the school or the teacher (проблема).
        SchoolProblem = "school_problem",
        /// A priority direction (приоритетное направление).
        Priority = "priority",
    }

    /// Where a recommendation stands.
    pub enum RecommendationState {
        /// It stands.
        Given = "given",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}
