//! Whose numbers are asked for, and whether the actor may read them.

use uuid::Uuid;

use super::place::Place;
use crate::authz::{Level, Rule, Target, may};
use crate::db::Ctx;
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::organization_at;
use crate::error::{Code, Error, Result};

/// Whose numbers an actor reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// The place that is asked for.
    pub(super) place: Place,
    /// The highest place above it whose numbers the actor may read as well: shown numbers could be taken from those.
    pub(super) top: Place,
    /// The municipality of the place, if it lies in one.
    pub(super) municipality_id: Option<Uuid>,
}

/// The place of an organization, or the widest one whose numbers the actor reads; another's is 403 (P2-41).
pub(super) async fn seen(ctx: &Ctx<'_>, rule: &'static Rule, organization_id: Option<Uuid>) -> Result<Seen> {
    let region_id = ctx.region_id()?;
    let Some(id) = organization_id else {
        let reads = ctx.actor.grants.iter().filter(|grant| rule.reaches(grant.role).next().is_some());
        let of_grant = reads.filter_map(|grant| {
            let place = match grant.level {
                Level::Region => return Some((Place::Region(region_id), None)),
                Level::Municipality => grant.municipality_id.map(Place::Municipality),
                Level::School | Level::Provider => grant.organization_id.map(Place::Organization),
                Level::Person | Level::Platform => None,
            };
            Some((place?, grant.municipality_id))
        });
        let (place, municipality_id) = of_grant.min().ok_or(Error::new(Code::Forbidden))?;
        return Ok(Seen { place, top: place, municipality_id });
    };
    let at = organization_at(ctx, id, "organization_id").await?;
    let place = match (at.kind, at.municipality_id) {
        (OrganizationKind::Ministry, _) => Place::Region(region_id),
        (OrganizationKind::MunicipalAuthority, Some(municipality_id)) => Place::Municipality(municipality_id),
        _ => Place::Organization(id),
    };
    let reads = |place: &Place| {
        let region = Target::region(region_id);
        let target = match *place {
            Place::Region(_) => region,
            Place::Municipality(id) => region.municipality(id),
            Place::Organization(id) => region.organization(id, at.municipality_id),
        };
        may(ctx.actor, rule, &target)
    };
    if !reads(&place) {
        return Err(Error::new(Code::Forbidden));
    }
    let above = [Some(Place::Region(region_id)), at.municipality_id.map(Place::Municipality)];
    let top = above.into_iter().flatten().filter(|above| *above <= place).find(reads).unwrap_or(place);
    let municipality_id = at.municipality_id.filter(|_| !matches!(place, Place::Region(_)));
    Ok(Seen { place, top, municipality_id })
}
