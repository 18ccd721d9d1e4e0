//! What a result makes of the deficits of a person, written in the transaction of the result.

use std::collections::HashSet;

use uuid::Uuid;

use super::model::{
    Deficit, DeficitChange, DeficitEventKind, DeficitFact, DeficitOrigin, DeficitState, MeasuredLevel, change,
};
use super::store;
use crate::authz::Permit;
use crate::db::Ctx;
use crate::diagnostics::results::model::DiagnosticResult;
use crate::error::Result;
use crate::ids::new_id;

/// Opens, confirms, closes and reopens deficits by the levels of a result (P4-12).
///
/// `outdated` are competencies that a later result has measured already: history loaded late does not undo it.
pub(in crate::diagnostics) async fn derive(
    ctx: &Ctx<'_>,
    permit: &Permit,
    result: &DiagnosticResult,
    levels: &[MeasuredLevel],
    outdated: &HashSet<Uuid>,
) -> Result<()> {
    let known = store::lock_all(ctx.conn, result.person_id).await?;
    let fact = DeficitFact { day: result.taken_on, result_id: Some(result.id), route_id: None };
    let mut opened = Vec::new();
    for level in levels.iter().filter(|level| !outdated.contains(&level.competency_id)) {
        match change(level, result.taken_on, &known, result.corrects_id) {
            Some(DeficitChange::Opened) => opened.push(open(result, level)),
            Some(done) => {
                if let Some(deficit) = changed(&known, &done, result, level) {
                    store::update(ctx, permit, &deficit).await?;
                    store::events::record(ctx, &[deficit], kind(&done), fact).await?;
                }
            }
            None => {}
        }
    }
    for deficit in withdrawn(&known, levels, result) {
        store::update(ctx, permit, &deficit).await?;
        store::events::record(ctx, &[deficit], DeficitEventKind::Closed, fact).await?;
    }
    if opened.is_empty() {
        return Ok(());
    }
    store::insert(ctx, permit, &opened).await?;
    store::events::record(ctx, &opened, DeficitEventKind::Opened, fact).await
}

const fn kind(done: &DeficitChange) -> DeficitEventKind {
    match done {
        DeficitChange::Opened => DeficitEventKind::Opened,
        DeficitChange::Confirmed(_) => DeficitEventKind::Confirmed,
        DeficitChange::Closed(_) => DeficitEventKind::Closed,
        DeficitChange::Reopened(_) => DeficitEventKind::Reopened,
    }
}

fn open(result: &DiagnosticResult, level: &MeasuredLevel) -> Deficit {
    Deficit {
        id: new_id(),
        region_id: result.region_id,
        municipality_id: result.municipality_id,
        organization_id: result.organization_id,
        person_id: result.person_id,
        competency_id: level.competency_id,
        origin: DeficitOrigin::Diagnostic,
        result_id: Some(result.id),
        level: level.level.clone(),
        severity: level.severity,
        weight: level.weight,
        job_function: level.job_function.clone(),
        note: None,
        state: DeficitState::Open,
        opened_on: result.taken_on,
        closed_on: None,
        closed_by_result_id: None,
        version: 1,
    }
}

fn changed(
    known: &[Deficit],
    done: &DeficitChange,
    result: &DiagnosticResult,
    level: &MeasuredLevel,
) -> Option<Deficit> {
    let (DeficitChange::Confirmed(id) | DeficitChange::Closed(id) | DeficitChange::Reopened(id)) = done
    else {
        return None;
    };
    let mut deficit = known.iter().find(|deficit| deficit.id == *id)?.clone();
    match done {
        DeficitChange::Closed(_) => close(&mut deficit, result),
        DeficitChange::Reopened(_) => {
            (deficit.state, deficit.closed_on, deficit.closed_by_result_id) =
                (DeficitState::Open, None, None);
            show(&mut deficit, result, level);
        }
        DeficitChange::Confirmed(_) | DeficitChange::Opened => show(&mut deficit, result, level),
    }
    Some(deficit)
}

/// What the corrected result had shown and the correction no longer measures was never found.
fn withdrawn(known: &[Deficit], levels: &[MeasuredLevel], result: &DiagnosticResult) -> Vec<Deficit> {
    let measured: HashSet<Uuid> = levels.iter().map(|level| level.competency_id).collect();
    known
        .iter()
        .filter(|deficit| deficit.state != DeficitState::Closed)
        .filter(|deficit| result.corrects_id.is_some() && deficit.result_id == result.corrects_id)
        .filter(|deficit| !measured.contains(&deficit.competency_id))
        .cloned()
        .map(|mut deficit| {
            close(&mut deficit, result);
            deficit
        })
        .collect()
}

fn close(deficit: &mut Deficit, result: &DiagnosticResult) {
    deficit.state = DeficitState::Closed;
    deficit.closed_on = Some(result.taken_on.max(deficit.opened_on));
    deficit.closed_by_result_id = Some(result.id);
}

/// A difficulty that a test confirms is a deficit found by diagnostics from then on, at the school of the result.
fn show(deficit: &mut Deficit, result: &DiagnosticResult, level: &MeasuredLevel) {
    (deficit.municipality_id, deficit.organization_id) = (result.municipality_id, result.organization_id);
    deficit.origin = DeficitOrigin::Diagnostic;
    deficit.result_id = Some(result.id);
    deficit.level.clone_from(&level.level);
    deficit.severity = level.severity;
    deficit.weight = level.weight;
}
