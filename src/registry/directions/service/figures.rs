//! Directions made from the report of diagnostics of the region, with its figures (P2-18).

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::lists::{ShownList, propose, require_proposer};
use crate::authz::{Target, authorize};
use crate::db::Ctx;
use crate::diagnostics::analytics::model::Place;
use crate::diagnostics::analytics::service::{Asked, NamedReport, get_diagnostic_report};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::registry::directions::model::{DirectionData, DirectionFigures, ListData};
use crate::registry::directions::policy;

/// What draft directions are made from.
#[derive(Debug, Clone, Copy)]
pub struct DraftAsked {
    /// The day of the report; today when absent.
    pub as_of: Option<NaiveDate>,
    /// Only competencies of this framework.
    pub framework_id: Option<Uuid>,
    /// Only competencies that no active program answers.
    pub unanswered: bool,
    /// How many directions at most.
    pub at_most: usize,
}

/// Proposes a list of the competencies with most deficits that are not closed.
pub async fn draft_direction_list(ctx: &Ctx<'_>, year: i32, asked: DraftAsked) -> Result<ShownList> {
    let region_id = ctx.region_id()?;
    let permit = authorize(ctx.actor, &policy::DRAFT_DIRECTION_LIST, &Target::region(region_id))?;
    require_proposer(ctx, region_id).await?;
    let in_body = |refusal: Error| Error {
        fields: refusal
            .fields
            .into_iter()
            .map(|field| FieldProblem {
                pointer: format!("/{}", field.pointer.trim_start_matches('/')),
                ..field
            })
            .collect(),
        ..refusal
    };
    let report = report(ctx, asked).await.map_err(in_body)?;
    let mut figures = shown(&report);
    figures.retain(|figures| figures.deficits.open + figures.deficits.addressed > 0);
    figures.truncate(asked.at_most);
    if figures.is_empty() {
        return Err(Error::new(Code::StateConflict).detail(
            "В отчёте региона нет неустранённых дефицитов, которые можно показать",
            "The report of the region shows no deficits that are not closed",
        ));
    }
    let note = format!("По отчёту о диагностике на {}", report.as_of.format("%d.%m.%Y"));
    let directions = figures.iter().map(DirectionFigures::draft).collect();
    let data = ListData { note: Some(note), directions };
    propose(ctx, &permit, year, data, &figures).await
}

/// The figures of the competencies that directions name: those kept already stay as they were, the others come from
/// today's report. What the report does not show is refused, hidden or not there alike.
pub(super) async fn figures(
    ctx: &Ctx<'_>,
    directions: &[DirectionData],
    kept: Vec<DirectionFigures>,
) -> Result<Vec<DirectionFigures>> {
    let mut known: HashMap<Uuid, DirectionFigures> =
        kept.into_iter().map(|figures| (figures.competency_id, figures)).collect();
    let named = || directions.iter().flat_map(|direction| &direction.competency_ids);
    if named().all(|id| known.contains_key(id)) {
        return Ok(known.into_values().collect());
    }
    let asked = DraftAsked { as_of: None, framework_id: None, unanswered: false, at_most: 0 };
    for figures in shown(&report(ctx, asked).await?) {
        known.entry(figures.competency_id).or_insert(figures);
    }
    let mut problems = Vec::new();
    for (place, direction) in directions.iter().enumerate() {
        for (inner, id) in direction.competency_ids.iter().enumerate() {
            if !known.contains_key(id) {
                let words = Text::new(
                    "Отчёт региона ничего не показывает об этой компетенции",
                    "The report of the region shows nothing of this competency",
                );
                let pointer = format!("/data/directions/{place}/competency_ids/{inner}");
                problems.push(FieldProblem::new(pointer, "unknown", words).because("P2-18", None));
            }
        }
    }
    if problems.is_empty() { Ok(known.into_values().collect()) } else { Err(problems.into()) }
}

async fn report(ctx: &Ctx<'_>, asked: DraftAsked) -> Result<NamedReport> {
    let asked = Asked {
        organization_id: None,
        framework_id: asked.framework_id,
        as_of: asked.as_of,
        unanswered: asked.unanswered,
    };
    let report = get_diagnostic_report(ctx, asked).await?;
    match report.place.row.place {
        Place::Region(_) => Ok(report),
        Place::School(_) | Place::Municipality(_) => Err(Error::new(Code::Forbidden)),
    }
}

/// What the report shows, in its order.
fn shown(report: &NamedReport) -> Vec<DirectionFigures> {
    let figures = report.competencies.iter().filter_map(|row| {
        row.shown.filter(|tally| tally.people > 0).map(|tally| DirectionFigures {
            competency_id: row.competency_id,
            code: row.code.clone(),
            title: row.title.clone(),
            as_of: report.as_of,
            people: tally.people,
            deficits: tally.deficits,
            active_programs: row.active_programs,
        })
    });
    figures.collect()
}
