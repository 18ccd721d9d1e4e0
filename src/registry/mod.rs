//! The registry (реестр программ): programs made of modules, their entries in the regional registry, and the
//! yearly publication with numbered revisions.
//!
//! Which kinds of programs a registry holds, who keeps and publishes it and by which day stands in the
//! regulation, never here.

pub mod programs;
