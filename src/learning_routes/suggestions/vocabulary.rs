//! Where suggestions stand, and what is decided on them.

crate::regulations::profile::vocabulary! {
    /// Where a suggestion stands (состояние предложения).
    pub enum SuggestionState {
        /// Waits for a decision.
        Open = "open",
        /// Became a line of the route.
        Accepted = "accepted",
        /// Was declined, in words.
        Declined = "declined",
        /// Was taken back by its author.
        Withdrawn = "withdrawn",
    }

    /// What is decided on a suggestion (решение).
    pub enum SuggestionDecision {
        /// The line goes into the route.
        Accept = "accept",
        /// It does not; words are needed.
        Decline = "decline",
    }
}
