//! Where activities of support stand.

crate::regulations::profile::vocabulary! {
    /// Where an activity of support stands (состояние мероприятия).
    pub enum SupportActivityState {
        /// It is to come.
        Planned = "planned",
        /// It took place (проведено).
        Held = "held",
        /// It does not take place, for a reason (отменено).
        Cancelled = "cancelled",
    }
}
