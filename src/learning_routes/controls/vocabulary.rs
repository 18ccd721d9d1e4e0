//! Where an item of a control plan stands, and what preliminary control looks at.

crate::regulations::profile::vocabulary! {
    /// Where an item of a control plan stands (состояние пункта плана контроля).
    pub enum RouteControlState {
        /// Not carried out yet.
        Planned = "planned",
        /// Carried out: its fact is recorded.
        Done = "done",
        /// Will not be carried out.
        Cancelled = "cancelled",
    }

    /// What an item of preliminary control looks at (предмет предварительного контроля).
    pub enum RouteControlItem {
        /// Difficulties of the learner and his or her growth (анализ затруднений и продвижений).
        DifficultiesAnalysis = "difficulties_analysis",
        /// The budget of the route (бюджет реализации).
        Budget = "budget",
    }
}
