//! What other resources ask of diagnostics.

use chrono::NaiveDate;
use uuid::Uuid;

pub use super::deficits::model::{Deficit, DeficitState};
use super::{deficits, results};
use crate::authz::{Actor, Target, may};
use crate::db::Ctx;
use crate::error::Result;

/// Whether the actor may know which deficits a person has.
pub fn may_know_deficits(actor: &Actor, person: &Target) -> bool {
    may(actor, &deficits::policy::LIST_PERSON_DEFICITS, person)
}

/// Deficits of the person that no repeat diagnostic has closed (open and addressed), gravest and heaviest first.
/// The caller has decided already that the actor may know them.
pub async fn open_deficits_of(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Vec<Deficit>> {
    deficits::service::open_deficits_of(ctx, person_id).await
}

/// Whether the person has a diagnostic result, taken on that day or later when one is given (P4-13).
pub async fn has_result(ctx: &Ctx<'_>, person_id: Uuid, since: Option<NaiveDate>) -> Result<bool> {
    results::service::has_result(ctx, person_id, since).await
}

/// A route in force answers these deficits now: open ones become addressed (P4-12). How many did. It follows from
/// what happens to the route, so the caller has used its right already.
pub async fn address_deficits(ctx: &Ctx<'_>, deficit_ids: &[Uuid], route_id: Uuid) -> Result<usize> {
    deficits::service::address_deficits(ctx, deficit_ids, route_id).await
}

/// No route in force answers these deficits any more: addressed ones become open again. How many did.
pub async fn release_deficits(ctx: &Ctx<'_>, deficit_ids: &[Uuid], route_id: Uuid) -> Result<usize> {
    deficits::service::release_deficits(ctx, deficit_ids, route_id).await
}
