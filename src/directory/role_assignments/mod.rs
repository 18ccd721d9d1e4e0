//! Role assignments: which role a person or a service account holds where and when (назначения ролей).
//!
//! Invariants: a role fits the kind of its organization; whoever gives it may give it there; what is given is dated
//! and rests on an act; a grant ends with the employment it hangs on.

pub mod model;
pub mod service;
mod store;
