//! Where a list of directions stands.

crate::regulations::profile::vocabulary! {
    /// Where a list of priority directions stands (состояние перечня).
    pub enum DirectionListState {
        /// Proposed: it may still be changed.
        Proposed = "proposed",
        /// Approved by the ministry (утверждён): it never changes again.
        Approved = "approved",
    }
}
