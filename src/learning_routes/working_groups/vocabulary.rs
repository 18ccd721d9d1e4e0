//! What members of a group do in it, and what a group may lack.

crate::regulations::profile::vocabulary! {
    /// What a member does in a working group (роль в группе).
    pub enum GroupRole {
        /// Leads it (руководитель).
        Leader = "leader",
        /// Develops (разработчик).
        Developer = "developer",
        /// Advises (эксперт).
        Expert = "expert",
    }

    /// What a working group lacks to be active (чего не хватает группе).
    pub enum GroupLack {
        /// The act that sets it up (приказ о группе, P1-20).
        Act = "act",
        /// The act does not name one of its routes (программа не названа в приказе, P1-20).
        RouteInAct = "route_in_act",
        /// The act that sets its rules of work (регламент работы, P1-22).
        WorkRegulation = "work_regulation",
    }
}
