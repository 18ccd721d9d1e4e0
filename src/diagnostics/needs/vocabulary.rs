//! Where a need stands, and why a term is due.

crate::regulations::profile::vocabulary! {
    /// Where a need stands (состояние потребности).
    pub enum NeedState {
        /// It stands.
        Open = "open",
        /// Taken back.
        Withdrawn = "withdrawn",
    }

    /// Why a three-year term is due (наступление срока).
    pub enum DueReason {
        /// Trained, but longer ago than three years.
        Overdue = "overdue",
        /// No completed training is known.
        NeverTrained = "never_trained",
    }
}
