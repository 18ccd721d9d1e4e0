//! The use case of the report.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Place, PlaceRow, Tally, View};
use super::store::NamedRow;
use super::{policy, store};
use crate::authz::{Target, may};
use crate::db::Ctx;
use crate::diagnostics::deficits::model::DeficitCounts;
use crate::diagnostics::frameworks::service::is_framework;
use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::directory::organizations::service::{authorize_at, names_of, organization};
use crate::directory::regions::service as regions;
use crate::error::{Code, Error, Result};

/// What is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// The school or municipality; the highest place the actor may read when absent.
    pub organization_id: Option<Uuid>,
    /// Only this framework.
    pub framework_id: Option<Uuid>,
    /// The day; today when absent.
    pub as_of: Option<NaiveDate>,
    /// Only competencies with deficits that no active program answers.
    pub unanswered: bool,
}

/// A place with its name.
#[derive(Debug, Clone)]
pub struct NamedPlace {
    /// The place.
    pub row: PlaceRow,
    /// Its name.
    pub name: String,
}

/// A competency with its name and block.
#[derive(Debug, Clone)]
pub struct NamedTally {
    /// The competency.
    pub competency_id: Uuid,
    /// The framework.
    pub framework_id: Uuid,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Code of its block.
    pub block_code: String,
    /// What is known; none when the people are too few to be shown.
    pub shown: Option<Tally>,
    /// Active programs that answer a deficit in it.
    pub active_programs: i64,
}

/// A block with the sum of what is shown of its competencies.
#[derive(Debug, Clone)]
pub struct BlockSum {
    /// The framework.
    pub framework_id: Uuid,
    /// Its code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// Deficits.
    pub deficits: DeficitCounts,
}

/// The report with its names.
#[derive(Debug, Clone)]
pub struct NamedReport {
    /// The day.
    pub as_of: NaiveDate,
    /// The place itself.
    pub place: NamedPlace,
    /// By block.
    pub blocks: Vec<BlockSum>,
    /// By competency, most deficits that are not closed first.
    pub competencies: Vec<NamedTally>,
    /// By place under it.
    pub parts: Vec<NamedPlace>,
}

/// The report of a school, a municipality or the region.
pub async fn get_diagnostic_report(ctx: &Ctx<'_>, asked: Asked) -> Result<NamedReport> {
    let region_id = ctx.region_id()?;
    let today = regions::today(ctx, region_id).await?;
    let as_of = asked.as_of.unwrap_or(today);
    if as_of > today {
        return Err(Error::field(
            "as_of",
            "in_future",
            "Этот день ещё не наступил",
            "That day has not come yet",
        ));
    }
    if let Some(id) = asked.framework_id
        && !is_framework(ctx, region_id, id).await?
    {
        return Err(Error::field(
            "framework_id",
            "unknown",
            "Такой модели нет",
            "There is no such framework",
        ));
    }
    let at = match asked.organization_id {
        Some(id) => Some(visible(ctx, id).await?),
        None => None,
    };
    let place = place(ctx, region_id, at.as_ref()).await?;
    let top = top(ctx, region_id, place, at.as_ref());
    let facts = store::facts(ctx.conn, top, asked.framework_id, as_of).await?;
    let report = View::new(&facts, top).report(place);
    let ids: Vec<Uuid> = report.competencies.iter().map(|row| row.competency_id).collect();
    let places: Vec<Uuid> =
        report.parts.iter().chain([&report.place]).map(|row| organization_of(row.place)).collect();
    let (rows, programs, names, region) = tokio::try_join!(
        store::frameworks_of(ctx.conn, &ids),
        store::active_programs(ctx.conn, region_id, &ids),
        names_of(ctx.conn, &places),
        regions::region(ctx, region_id),
    )?;
    let name = |row: &PlaceRow| NamedPlace {
        row: *row,
        name: names.get(&organization_of(row.place)).cloned().unwrap_or_else(|| region.name.clone()),
    };
    let mut competencies: Vec<NamedTally> = report
        .competencies
        .iter()
        .filter_map(|row| {
            let named = rows.get(&row.competency_id)?;
            Some(NamedTally {
                competency_id: named.id,
                framework_id: named.framework_id,
                code: named.code.clone(),
                title: named.title.clone(),
                block_code: block(named, &rows).code.clone(),
                shown: row.shown,
                active_programs: programs.get(&named.id).copied().unwrap_or_default(),
            })
        })
        .collect();
    let blocks = blocks(&competencies, &rows);
    let live = |row: &NamedTally| row.shown.map_or(0, |tally| tally.deficits.open + tally.deficits.addressed);
    if asked.unanswered {
        competencies.retain(|row| row.active_programs == 0 && live(row) > 0);
    }
    competencies.sort_by(|one, other| live(other).cmp(&live(one)).then_with(|| one.code.cmp(&other.code)));
    Ok(NamedReport {
        as_of,
        place: name(&report.place),
        blocks,
        competencies,
        parts: report.parts.iter().map(name).collect(),
    })
}

async fn visible(ctx: &Ctx<'_>, id: Uuid) -> Result<Organization> {
    let unknown = || {
        Error::field("organization_id", "unknown", "Такой организации нет", "There is no such organization")
    };
    match organization(ctx, id).await {
        Ok(found) if Some(found.region_id) == ctx.actor.region_id => Ok(found),
        Err(refusal) if refusal.code != Code::NotFound => Err(refusal),
        _ => Err(unknown()),
    }
}

/// The place asked for, if the actor may read its report.
async fn place(ctx: &Ctx<'_>, region_id: Uuid, at: Option<&Organization>) -> Result<Place> {
    let rule = &policy::GET_DIAGNOSTIC_REPORT;
    let Some(at) = at else {
        let region = Target::region(region_id);
        if may(ctx.actor, rule, &region) {
            return Ok(Place::Region(region_id));
        }
        // The place of the first grant that may read one.
        for grant in &ctx.actor.grants {
            let (Some(id), Some(_)) = (grant.organization_id, rule.reaches(grant.role).next()) else {
                continue;
            };
            let own = organization(ctx, id).await?;
            let place = kind_of(&own, grant.level == crate::authz::Level::Municipality);
            if may(ctx.actor, rule, &target(region_id, place, own.municipality_id)) {
                return Ok(place);
            }
        }
        return Err(Error::new(Code::Forbidden));
    };
    let place = kind_of(at, at.kind == OrganizationKind::MunicipalAuthority);
    if let Place::Municipality(_) | Place::Region(_) = place {
        let allowed = may(ctx.actor, rule, &target(region_id, place, at.municipality_id));
        return if allowed { Ok(place) } else { Err(Error::new(Code::Forbidden)) };
    }
    authorize_at(ctx.actor, rule, at)?;
    Ok(place)
}

fn kind_of(organization: &Organization, as_municipality: bool) -> Place {
    match (organization.kind, organization.municipality_id) {
        (OrganizationKind::Ministry, _) => Place::Region(organization.region_id),
        (_, Some(municipality_id)) if as_municipality => Place::Municipality(municipality_id),
        _ => Place::School(organization.id),
    }
}

/// The highest place above whose report the actor may read as well: shown numbers could be taken from it.
fn top(ctx: &Ctx<'_>, region_id: Uuid, place: Place, at: Option<&Organization>) -> Place {
    let rule = &policy::GET_DIAGNOSTIC_REPORT;
    if may(ctx.actor, rule, &Target::region(region_id)) {
        return Place::Region(region_id);
    }
    let municipality = at.and_then(|at| at.municipality_id).map(Place::Municipality);
    municipality.filter(|above| may(ctx.actor, rule, &target(region_id, *above, None))).unwrap_or(place)
}

fn target(region_id: Uuid, place: Place, municipality_id: Option<Uuid>) -> Target {
    let region = Target::region(region_id);
    match place {
        Place::Region(_) => region,
        Place::Municipality(id) => region.municipality(id),
        Place::School(id) => region.organization(id, municipality_id),
    }
}

const fn organization_of(place: Place) -> Uuid {
    match place {
        Place::Region(id) | Place::Municipality(id) | Place::School(id) => id,
    }
}

/// The block of a competency: the root of its tree.
fn block<'a>(row: &'a NamedRow, rows: &'a HashMap<Uuid, NamedRow>) -> &'a NamedRow {
    let above = |row: &&'a NamedRow| row.parent_id.and_then(|id| rows.get(&id));
    std::iter::successors(Some(row), above).take(100).last().unwrap_or(row)
}

fn blocks(competencies: &[NamedTally], rows: &HashMap<Uuid, NamedRow>) -> Vec<BlockSum> {
    let mut sums: Vec<BlockSum> = Vec::new();
    for competency in competencies {
        let Some(root) = rows.get(&competency.competency_id).map(|row| block(row, rows)) else { continue };
        let same = |sum: &&mut BlockSum| sum.framework_id == root.framework_id && sum.code == root.code;
        let deficits = competency.shown.map(|tally| tally.deficits).unwrap_or_default();
        match sums.iter_mut().find(same) {
            Some(sum) => sum.deficits = sum.deficits.plus(deficits),
            None => sums.push(BlockSum {
                framework_id: root.framework_id,
                code: root.code.clone(),
                title: root.title.clone(),
                deficits,
            }),
        }
    }
    sums.sort_by(|one, other| (one.framework_id, &one.code).cmp(&(other.framework_id, &other.code)));
    sums
}
