//! Results from files, which know no ids: instrument and campaign are named by their codes (P2-17).

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::measure::ScoreItem;
use super::model::{RecordedResult, ResultMode};
use super::service::{NewResult, record_diagnostic_result};
use super::{policy, store};
use crate::authz::authorize;
use crate::db::Ctx;
use crate::diagnostics::Score;
use crate::diagnostics::campaigns::service::campaigns_by_code;
use crate::diagnostics::deficits::service::person_today;
use crate::diagnostics::instruments::model::{Instrument, Procedure};
use crate::diagnostics::instruments::service::instruments_by_code;
use crate::directory::persons::service::hold_person;
use crate::error::{Error, Result};

/// A result as a file names it.
#[derive(Debug, Clone)]
pub struct LoadedResult {
    /// Whose it is.
    pub person_id: Uuid,
    /// The instrument by its code.
    pub instrument_code: String,
    /// Its edition; the newest one that serves the person's school when absent.
    pub instrument_edition: Option<i32>,
    /// Its owner, where several have one with that code.
    pub instrument_owner_id: Option<Uuid>,
    /// The campaign by its code.
    pub campaign_code: Option<String>,
    /// Day of the diagnostics.
    pub taken_on: NaiveDate,
    /// How it was held.
    pub mode: ResultMode,
    /// The scores.
    pub scores: Vec<LoadedScore>,
}

/// A score as a file names it.
#[derive(Debug, Clone)]
pub struct LoadedScore {
    /// Code of the competency or block.
    pub code: String,
    /// The procedure; the only one of the instrument when absent.
    pub procedure: Option<Procedure>,
    /// The score.
    pub score: Score,
}

/// What became of a result from a file.
#[derive(Debug, Clone, Copy)]
pub enum LoadOutcome {
    /// It was recorded.
    Recorded(Uuid),
    /// It differs from the known one, so it was recorded as a correction.
    Corrected(Uuid),
    /// It is known.
    Known(Uuid),
}

/// Records a result from a file. The same person, instrument, day and campaign mean the same result: what differs
/// corrects it, what is the same changes nothing.
pub async fn load_result(ctx: &Ctx<'_>, loaded: LoadedResult) -> Result<LoadOutcome> {
    // Another file may bring the same result: whoever comes second sees what the first one has recorded.
    hold_person(ctx, loaded.person_id).await?;
    let (person, today) =
        person_today(ctx, loaded.person_id).await.map_err(|refusal| refusal.in_body("/snils"))?;
    let unknown = |refusal: Error| refusal.in_body("/snils");
    authorize(ctx.actor, &policy::RECORD_DIAGNOSTIC_RESULT, &person.target_on(today)).map_err(unknown)?;
    let schools: Vec<(Uuid, Option<Uuid>)> = person
        .employed_on(loaded.taken_on)
        .map(|work| (work.organization_id, work.municipality_id))
        .collect();
    let instrument = instrument(ctx, person.region_id, &loaded, &schools).await?;
    let campaign_id = campaign(ctx, person.region_id, &loaded, &instrument, &schools).await?;
    let scores = scores(&loaded, &instrument)?;
    let known =
        store::newest(ctx.conn, loaded.person_id, instrument.id, loaded.taken_on, campaign_id).await?;
    if let Some(known) = &known
        && known.result.mode == loaded.mode
        && says_the_same(ctx, known, &scores).await?
    {
        return Ok(LoadOutcome::Known(known.result.id));
    }
    let corrects_id = known.map(|known| known.result.id);
    let new = NewResult {
        person_id: loaded.person_id,
        instrument_id: instrument.id,
        taken_on: loaded.taken_on,
        mode: loaded.mode,
        conducted_by: None,
        corrects_id,
        campaign_id,
        scores,
    };
    let recorded = record_diagnostic_result(ctx, new).await.map_err(in_columns)?.recorded.result.id;
    Ok(corrects_id.map_or(LoadOutcome::Recorded(recorded), |_| LoadOutcome::Corrected(recorded)))
}

/// The instrument of that code that serves a school of the person.
async fn instrument(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    loaded: &LoadedResult,
    schools: &[(Uuid, Option<Uuid>)],
) -> Result<Instrument> {
    let mut found = instruments_by_code(ctx, region_id, &loaded.instrument_code).await?;
    found.retain(|one| {
        loaded.instrument_edition.is_none_or(|edition| one.edition == edition)
            && loaded.instrument_owner_id.is_none_or(|owner| one.owner.id == owner)
            && schools.iter().any(|(school, municipality)| one.owner.serves(*school, *municipality))
    });
    let Some(first) = found.first() else {
        return Err(Error::field(
            "/instrument_code",
            "unknown",
            "Такого опубликованного инструмента для организации этого человека нет",
            "There is no such published instrument for the organization of this person",
        ));
    };
    if found.iter().any(|other| other.owner.id != first.owner.id) {
        return Err(Error::field(
            "/instrument_code",
            "ambiguous",
            "Инструмент с этим кодом есть у нескольких владельцев: укажите ИНН владельца",
            "Several owners have an instrument with this code: give the INN of the owner",
        ));
    }
    Ok(first.clone())
}

async fn campaign(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    loaded: &LoadedResult,
    instrument: &Instrument,
    schools: &[(Uuid, Option<Uuid>)],
) -> Result<Option<Uuid>> {
    let Some(code) = &loaded.campaign_code else { return Ok(None) };
    let mut found = campaigns_by_code(ctx, region_id, code).await?;
    found.retain(|campaign| {
        campaign.data.instrument_id == instrument.id
            && schools.iter().any(|(school, municipality)| campaign.invites(*school, *municipality))
    });
    match found.as_slice() {
        [one] => Ok(Some(one.id)),
        [] => Err(Error::field(
            "/campaign_code",
            "unknown",
            "Такой кампании с этим инструментом для организации этого человека нет",
            "There is no such campaign with this instrument for the organization of this person",
        )),
        _ => Err(Error::field(
            "/campaign_code",
            "ambiguous",
            "Кампаний с этим кодом несколько",
            "There are several campaigns with this code",
        )),
    }
}

fn scores(loaded: &LoadedResult, instrument: &Instrument) -> Result<Vec<ScoreItem>> {
    let only = match instrument.procedures.as_slice() {
        [one] => Some(*one),
        _ => None,
    };
    let item = |score: &LoadedScore| {
        let procedure = score.procedure.or(only).ok_or_else(|| {
            Error::field(
                "/scores",
                "procedure_required",
                "У инструмента несколько процедур: укажите код:процедура=балл",
                "The instrument has several procedures: write code:procedure=score",
            )
        })?;
        Ok(ScoreItem {
            competency_id: None,
            competency_code: Some(score.code.clone()),
            procedure,
            score: score.score,
        })
    };
    loaded.scores.iter().map(item).collect()
}

async fn says_the_same(ctx: &Ctx<'_>, known: &RecordedResult, items: &[ScoreItem]) -> Result<bool> {
    let before: HashMap<(String, Procedure), Score> = store::scores_of(ctx.conn, known.result.id)
        .await?
        .into_iter()
        .map(|(name, score)| ((name.code, score.procedure), score.score))
        .collect();
    let same = |item: &ScoreItem| {
        let code = item.competency_code.clone().unwrap_or_default();
        before.get(&(code, item.procedure)) == Some(&item.score)
    };
    Ok(before.len() == items.len() && items.iter().all(same))
}

/// The fields of a result, named as the columns of a file.
fn in_columns(refusal: Error) -> Error {
    let column = |pointer: &str| match pointer.split('/').nth(1) {
        Some("scores") => "/scores".to_owned(),
        Some("instrument_id") => "/instrument_code".to_owned(),
        Some("campaign_id") => "/campaign_code".to_owned(),
        Some("person_id") => "/snils".to_owned(),
        // The row differs from the known result in its scores or its mode.
        Some("corrects_id") => "/scores".to_owned(),
        _ => pointer.to_owned(),
    };
    let mut refusal = refusal;
    for field in &mut refusal.fields {
        field.pointer = column(&field.pointer);
    }
    refusal
}
