//! Whose numbers are asked for, and whether the actor may read them.

use uuid::Uuid;

use super::place::Place;
use crate::authz::{Level, Rule, Target, may};
use crate::db::Ctx;
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::organization_at;
use crate::error::{Code, Error, Result};

/// The place of an organization, or the widest one whose numbers the actor reads; another's is 403 (P2-41).
pub(super) async fn place(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    organization_id: Option<Uuid>,
) -> Result<Place> {
    let region_id = ctx.region_id()?;
    let Some(id) = organization_id else {
        let reads = ctx.actor.grants.iter().filter(|grant| rule.reaches(grant.role).next().is_some());
        let of_grant = reads.filter_map(|grant| match grant.level {
            Level::Region => Some(Place::Region(region_id)),
            Level::Municipality => grant.municipality_id.map(Place::Municipality),
            Level::School | Level::Provider => grant.organization_id.map(Place::Organization),
            Level::Person | Level::Platform => None,
        });
        return of_grant.min().ok_or(Error::new(Code::Forbidden));
    };
    let at = organization_at(ctx, id, "organization_id").await?;
    let region = Target::region(region_id);
    let (place, target) = match (at.kind, at.municipality_id) {
        (OrganizationKind::Ministry, _) => (Place::Region(region_id), region),
        (OrganizationKind::MunicipalAuthority, Some(municipality_id)) => {
            (Place::Municipality(municipality_id), region.municipality(municipality_id))
        }
        (_, municipality_id) => (Place::Organization(id), region.organization(id, municipality_id)),
    };
    if may(ctx.actor, rule, &target) { Ok(place) } else { Err(Error::new(Code::Forbidden)) }
}
