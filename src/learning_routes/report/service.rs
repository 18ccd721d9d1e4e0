//! The use case of the report.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Figures, Share, breakdown};
use super::{policy, store};
use crate::db::Ctx;
use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::directory::organizations::service::names_of as names_of_places;
use crate::directory::organizations::service::{authorize_at, organization};
use crate::directory::persons::service::names_of as names_of_people;
use crate::directory::regions;
use crate::error::Result;
use crate::learning_routes::growth_cards;
use crate::values::PersonName;

/// Figures of a place below.
#[derive(Debug, Clone)]
pub struct PartFigures {
    /// The municipality or school.
    pub organization_id: Uuid,
    /// Its name.
    pub name: String,
    /// The figures.
    pub figures: Figures,
}

/// Figures of the routes that a curator follows.
#[derive(Debug, Clone)]
pub struct CuratorFigures {
    /// The curator with his name; none of routes without one.
    pub curator: Option<(Uuid, PersonName)>,
    /// The figures.
    pub figures: Figures,
}

/// The report of a place.
#[derive(Debug, Clone)]
pub struct Report {
    /// The organization it was asked for.
    pub organization_id: Uuid,
    /// Its name.
    pub name: String,
    /// The day.
    pub as_of: NaiveDate,
    /// Everything together.
    pub figures: Figures,
    /// By the places below, by name.
    pub parts: Vec<PartFigures>,
    /// By curator, for a school.
    pub curators: Vec<CuratorFigures>,
}

/// The report of a school, of a municipality, or of the region (asked for at its ministry).
pub async fn get_route_report(ctx: &Ctx<'_>, organization_id: Uuid) -> Result<Report> {
    let place = organization(ctx, organization_id).await?;
    authorize_at(ctx.actor, &policy::GET_ROUTE_REPORT, &place)?;
    let today = regions::service::today(ctx, place.region_id).await?;
    let share = share(&place);
    let (mut figures, cards) = tokio::try_join!(
        store::figures(ctx.conn, share, today),
        growth_cards::service::counts(ctx, share, today),
    )?;
    figures.extend(cards.into_iter().map(|(whose, cards)| (whose, Figures { cards, ..Figures::default() })));
    let found = breakdown(share, &figures);
    let places: Vec<Uuid> = found.parts.keys().copied().collect();
    let people: Vec<Uuid> = found.curators.keys().filter_map(|curator| *curator).collect();
    let (places, people) =
        tokio::try_join!(names_of_places(ctx.conn, &places), names_of_people(ctx.conn, &people),)?;
    let part = |(id, figures)| PartFigures {
        organization_id: id,
        name: places.get(&id).cloned().unwrap_or_default(),
        figures,
    };
    let mut parts: Vec<PartFigures> = found.parts.into_iter().map(part).collect();
    parts.sort_by(|one, other| (&one.name, one.organization_id).cmp(&(&other.name, other.organization_id)));
    let curator = |(id, figures): (Option<Uuid>, Figures)| CuratorFigures {
        curator: id.and_then(|id| Some((id, people.get(&id).cloned()?))),
        figures,
    };
    Ok(Report {
        organization_id,
        name: place.data.name,
        as_of: today,
        figures: found.total,
        parts,
        curators: found.curators.into_iter().map(curator).collect(),
    })
}

/// A ministry stands for its region, a municipal authority for its municipality, everything else for itself.
fn share(place: &Organization) -> Share {
    match place.kind {
        OrganizationKind::Ministry => Share::Region(place.region_id),
        OrganizationKind::MunicipalAuthority => Share::Municipality(place.id),
        _ => Share::School(place.id),
    }
}
