//! Where a growth card stands.

crate::regulations::profile::vocabulary! {
    /// Where a growth card stands (состояние карты роста).
    pub enum GrowthCardState {
        /// Not handed in: it is assembled from the data of the route.
        Assembled = "assembled",
        /// Handed in, waits for somebody to look at it.
        Submitted = "submitted",
        /// Accepted.
        Accepted = "accepted",
        /// Sent back, with words and a date.
        Returned = "returned",
    }
}
