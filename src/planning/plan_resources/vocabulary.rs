//! Closed sets of names of resources.

crate::regulations::profile::vocabulary! {
    /// Whose a resource is (принадлежность ресурса).
    pub enum PlanResourceOwner {
        /// Of the school itself (внутренний).
        Internal = "internal",
        /// Of somebody else (внешний).
        External = "external",
    }
}
