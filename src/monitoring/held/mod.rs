//! What cycles and monitorings have in common: somebody holds one for a year, and it is about a region, a municipality or
//! one organization.

pub mod dto;
pub mod model;
mod store;

pub(super) use store::held_filter;

use super::held::model::Holder;
use crate::authz::{Actor, Permit, Rule, authorize_kept};
use crate::error::{Code, Error, Result};

/// Decides about what somebody holds: its holder alone may change it, everybody whom it concerns may know of it.
pub(super) fn authorize_held(actor: &Actor, rule: &'static Rule, holder: &Holder) -> Result<Permit> {
    authorize_kept(actor, rule, &holder.own_target(), Some(&holder.target()))
}

/// Only the version that was read is changed, and only while its state allows it.
pub(super) fn refuse_unless(allowed: bool, version: i64, if_match: i64, ru: &str, en: &str) -> Result<()> {
    if version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if allowed { Ok(()) } else { Err(Error::new(Code::StateConflict).detail(ru, en)) }
}
