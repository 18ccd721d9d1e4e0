//! Where a need stands.

crate::regulations::profile::vocabulary! {
    /// Where a need stands (состояние потребности).
    pub enum NeedState {
        /// It stands.
        Open = "open",
        /// Taken back.
        Withdrawn = "withdrawn",
    }
}
