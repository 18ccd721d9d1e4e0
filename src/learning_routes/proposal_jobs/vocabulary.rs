//! Where a job stands, and what became of each of its people.

crate::regulations::profile::vocabulary! {
    /// Where a job stands (состояние задания).
    pub enum RouteProposalJobState {
        /// Somebody waits.
        Running = "running",
        /// Everybody has been taken.
        Finished = "finished",
        /// Called off: whoever was waiting is left alone.
        Cancelled = "cancelled",
    }

    /// What became of a person of a job (итог по человеку).
    pub enum RouteProposalJobPersonState {
        /// Not taken yet.
        Waiting = "waiting",
        /// A route was proposed.
        Proposed = "proposed",
        /// The route proposed was put into a draft.
        Drafted = "drafted",
        /// Nothing is lacking any more, nothing answers what is lacking, or a route has been started in the meantime.
        NothingToDo = "nothing_to_do",
        /// Refused: the right was lost, or the regulation does not allow it.
        Refused = "refused",
    }
}
