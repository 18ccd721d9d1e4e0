//! Who may act: roles, reaches, the types of the policy tables, and the one function that decides.
//!
//! Every resource has a `policy.rs` with one [`Rule`] for each operation, read as a grid role × reach.
//! [`authorize`] turns actor, rule and target into a [`Permit`], which the writes of a store demand;
//! [`scope()`] turns actor and rule into a [`Scope`], which its lists demand. Nothing else makes either.

mod actor;
mod decide;
pub mod groups;
mod reach;
mod role;
mod rule;
mod scope;
mod target;

pub use actor::{Actor, RoleGrant};
pub use decide::{
    Permit, authorize, authorize_clock, authorize_kept, authorize_oneself, authorize_seen, may, may_ever,
};
pub use reach::Reach;
pub use role::{Level, Role};
pub use rule::{Cell, Rule, cell};
pub use scope::{RegionScope, Scope, ScopePart, keeps_for, region_scope, scope};
pub use target::{Target, Unit};
