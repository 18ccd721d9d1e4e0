//! Where a report by a stage stands.

crate::regulations::profile::vocabulary! {
    /// Where a report by a stage stands (состояние отчёта по этапу).
    pub enum StageReportState {
        /// Handed in, waits for somebody to look at it.
        Submitted = "submitted",
        /// Accepted: the stage may be closed.
        Accepted = "accepted",
        /// Sent back, with words and a date.
        Returned = "returned",
    }
}
