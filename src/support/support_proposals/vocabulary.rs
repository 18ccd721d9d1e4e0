//! Where proposals of support stand.

crate::regulations::profile::vocabulary! {
    /// Where a proposal of support stands (состояние предложения).
    pub enum SupportProposalState {
        /// The service has not decided yet.
        Proposed = "proposed",
        /// The service took it into its plans (принято в план).
        Accepted = "accepted",
        /// The service does not, for a reason (отклонено).
        Refused = "refused",
    }

    /// What a service decides on a proposal (решение службы).
    pub enum SupportProposalDecision {
        /// To take it into its plans.
        Accept = "accept",
        /// To refuse it for a reason.
        Refuse = "refuse",
    }
}
