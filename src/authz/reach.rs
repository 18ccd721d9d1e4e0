//! How far a role's right extends from the place where the role is held.

/// The reach of one cell of a policy table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The thing is about the actor's own person.
    Own,
    /// The thing is entrusted to the actor: the association headed, the route tutored, the offering led.
    Assigned,
    /// The thing belongs exactly to the organization where the role is held.
    Unit,
    /// The thing belongs to the unit of the role's level or to anything under it.
    Below,
    /// The thing belongs to the actor's unit or one of its ancestors: what binds or serves the actor.
    Above,
    /// Everything on the platform; for its administrators alone.
    Anywhere,
}

impl Reach {
    /// The name in golden files and in the documentation.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Assigned => "assigned",
            Self::Unit => "unit",
            Self::Below => "below",
            Self::Above => "above",
            Self::Anywhere => "anywhere",
        }
    }
}
