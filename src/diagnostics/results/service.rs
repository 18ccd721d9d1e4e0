//! Use cases of results.

use chrono::NaiveDate;
use uuid::Uuid;

use super::conductor::{conductor, corrected, may_correct};
use super::measure::{Measured, ScoreItem, measure};
use super::model::{CompetencyLevel, DiagnosticResult, ProcedureScore, RecordedResult, ResultMode};
use super::{policy, store};
use crate::authz::{Actor, Permit, Target, authorize, may};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::campaigns::service::people::{self, CampaignResult};
use crate::diagnostics::deficits::service::{derive, person_today};
use crate::diagnostics::frameworks::model::CompetencyName;
use crate::diagnostics::{PublicationState, frameworks, instruments, organizing};
use crate::directory::persons::model::{EmploymentFacts, PersonFacts};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::service::binding_regulation;

/// A result as submitted.
#[derive(Debug, Clone)]
pub struct NewResult {
    /// Whose it is.
    pub person_id: Uuid,
    /// The instrument used.
    pub instrument_id: Uuid,
    /// Day of the diagnostics.
    pub taken_on: NaiveDate,
    /// How it was held.
    pub mode: ResultMode,
    /// The organization that conducted it; that of the caller when absent.
    pub conducted_by: Option<Uuid>,
    /// The result it replaces.
    pub corrects_id: Option<Uuid>,
    /// The campaign it belongs to.
    pub campaign_id: Option<Uuid>,
    /// The scores.
    pub scores: Vec<ScoreItem>,
}

/// A result with its scores and levels, and what the actor may do with it.
#[derive(Debug, Clone)]
pub struct ResultDetail {
    /// The result.
    pub recorded: RecordedResult,
    /// Its scores.
    pub scores: Vec<(CompetencyName, ProcedureScore)>,
    /// Its levels.
    pub levels: Vec<(CompetencyName, CompetencyLevel)>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Records a result and derives deficits from it.
pub async fn record_diagnostic_result(ctx: &Ctx<'_>, new: NewResult) -> Result<ResultDetail> {
    let unknown = |refusal: Error| refusal.in_body("/person_id");
    let (person, today) = person_today(ctx, new.person_id).await.map_err(unknown)?;
    let target = person.target_on(today);
    authorize(ctx.actor, &policy::RECORD_DIAGNOSTIC_RESULT, &target).map_err(unknown)?;
    let permit = organizing::require(ctx, &policy::RECORD_DIAGNOSTIC_RESULT, &target).await?;
    // Whoever heads a school measures neither himself nor his own progress (design §2; P4-12).
    if ctx.actor.is_person(person.id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    if new.taken_on > today {
        return Err(Error::field(
            "/taken_on",
            "in_future",
            "Этот день ещё не наступил",
            "That day has not come yet",
        ));
    }
    let employment = school(&person, &new, &permit)?;
    let corrected = corrected(ctx, &new).await?;
    let conducted_before = corrected.as_ref().map(|old| old.conducted_by);
    let campaign_id = new.campaign_id.or(corrected.as_ref().and_then(|old| old.campaign_id));
    let (measured, owner_id) = measured(ctx, &person, employment, &new, campaign_id).await?;
    let (conducted_by, conducted_by_kind) =
        conductor(ctx, &new, employment, &permit, owner_id, conducted_before).await?;
    let result = DiagnosticResult {
        id: new_id(),
        region_id: person.region_id,
        municipality_id: employment.municipality_id,
        organization_id: employment.organization_id,
        person_id: person.id,
        instrument_id: new.instrument_id,
        mode: new.mode,
        taken_on: new.taken_on,
        conducted_by,
        corrects_id: corrected.map(|old| old.id),
        campaign_id,
    };
    store::insert(ctx, &permit, &result, &measured.scores, &measured.levels).await?;
    store::standings::replace(ctx, &permit, &result, &measured.levels).await?;
    if let Some(campaign_id) = result.campaign_id {
        people::tested(ctx, campaign_id, result.person_id, result.id).await?;
    }
    let outdated = store::measured_later(ctx.conn, result.person_id, result.taken_on).await?;
    derive(ctx, &permit, &result, &measured.for_deficits, &outdated).await?;
    let change = Change::none().field("instrument_id", (), result.instrument_id.to_string());
    ctx.audit(&permit, Subject { kind: "diagnostic_result", id: result.id }, change).await?;
    let result_id = result.id;
    let recorded = RecordedResult { result, conducted_by_kind, corrected_by_id: None, recorded_at: ctx.now };
    let (scores, levels) =
        tokio::try_join!(store::scores_of(ctx.conn, result_id), store::levels_of(ctx.conn, result_id))?;
    with_actions(ctx, ctx.actor, recorded, scores, levels, &target).await
}

/// One result.
pub async fn get_diagnostic_result(ctx: &Ctx<'_>, id: Uuid) -> Result<ResultDetail> {
    let (found, scores, levels) = tokio::try_join!(
        store::find(ctx.conn, id),
        store::scores_of(ctx.conn, id),
        store::levels_of(ctx.conn, id)
    )?;
    let recorded = found.ok_or(Error::not_found())?;
    let (person, today) = person_today(ctx, recorded.result.person_id).await?;
    let target = person.target_on(today);
    authorize(ctx.actor, &policy::GET_DIAGNOSTIC_RESULT, &target)?;
    let organizer = organizing::organizer(ctx).await?;
    with_actions(ctx, &organizer, recorded, scores, levels, &target).await
}

/// One page of the results of a person, newest first.
pub async fn list_person_diagnostic_results(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<RecordedResult>> {
    let (person, today) = person_today(ctx, person_id).await?;
    authorize(ctx.actor, &policy::LIST_PERSON_DIAGNOSTIC_RESULTS, &person.target_on(today))?;
    store::of_person(ctx.conn, person_id, page.fetch(), after).await
}

pub(in crate::diagnostics) async fn has_result(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    since: Option<NaiveDate>,
) -> Result<bool> {
    store::exists(ctx.conn, person_id, since).await
}

/// Where the person worked on that day; the recorder's own organization comes first.
fn school<'a>(person: &'a PersonFacts, new: &NewResult, permit: &Permit) -> Result<&'a EmploymentFacts> {
    person
        .employed_on(new.taken_on)
        .find(|employment| Some(employment.organization_id) == permit.organization_id())
        .or_else(|| person.employed_on(new.taken_on).next())
        .ok_or_else(|| {
            Error::field(
                "/taken_on",
                "not_employed",
                "В этот день человек нигде не работал",
                "The person worked nowhere on that day",
            )
        })
}

/// What the scores mean by an instrument that serves the school, or everything that is wrong.
async fn measured(
    ctx: &Ctx<'_>,
    person: &PersonFacts,
    employment: &EmploymentFacts,
    new: &NewResult,
    campaign_id: Option<Uuid>,
) -> Result<(Measured, Uuid)> {
    let mut problems = Vec::new();
    if let Some(campaign_id) = campaign_id {
        let result = CampaignResult {
            campaign_id,
            person_id: person.id,
            instrument_id: new.instrument_id,
            mode: new.mode,
            taken_on: new.taken_on,
        };
        problems.extend(people::campaign_problems(ctx, &result).await?);
    }
    let regulation = binding_regulation(ctx, employment.organization_id, new.taken_on).await?;
    let modes = regulation.as_ref().and_then(|found| found.profile.diagnostics.modes.as_ref());
    if let Some(rule) = modes
        && !rule.modes.iter().any(|mode| mode.as_str() == new.mode.as_str())
    {
        let found = problem(
            "/mode",
            "mode_not_allowed",
            "Положение не предусматривает такой формат",
            "The regulation does not provide for this mode",
        );
        problems.push(found.because("P4-13", rule.paragraph.as_deref()));
    }
    let usable = instruments::service::measuring(ctx, new.instrument_id).await?.filter(|(instrument, _)| {
        instrument.region_id == person.region_id
            && instrument.state == PublicationState::Published
            && instrument.owner.serves(employment.organization_id, employment.municipality_id)
    });
    let Some((instrument, scales)) = usable else {
        problems.push(problem(
            "/instrument_id",
            "unknown",
            "Такого опубликованного инструмента для этой организации нет",
            "There is no such published instrument for this organization",
        ));
        return Err(problems.into());
    };
    let competencies =
        frameworks::service::measurable(ctx, person.region_id, instrument.framework_id).await?;
    match measure(&new.scores, &instrument, &scales, &competencies.unwrap_or_default()) {
        Ok(measured) if problems.is_empty() => Ok((measured, instrument.owner.id)),
        Ok(_) => Err(problems.into()),
        Err(more) => {
            problems.extend(more);
            Err(problems.into())
        }
    }
}

fn problem(pointer: &str, code: &'static str, ru: &'static str, en: &'static str) -> FieldProblem {
    FieldProblem::new(pointer, code, Text::new(ru, en))
}

/// A result is corrected by recording another one, once, by somebody else than the person, where it was conducted.
async fn with_actions(
    ctx: &Ctx<'_>,
    organizer: &Actor,
    recorded: RecordedResult,
    scores: Vec<(CompetencyName, ProcedureScore)>,
    levels: Vec<(CompetencyName, CompetencyLevel)>,
    target: &Target,
) -> Result<ResultDetail> {
    let rule = &policy::RECORD_DIAGNOSTIC_RESULT;
    let result = &recorded.result;
    let correctable = recorded.corrected_by_id.is_none()
        && !ctx.actor.is_person(result.person_id)
        && may(organizer, rule, target)
        && may_correct(ctx, result).await?;
    let allowed_actions = if correctable { vec![rule.operation.to_owned()] } else { Vec::new() };
    Ok(ResultDetail { recorded, scores, levels, allowed_actions })
}

/// Those of the results that are that person's: for what rests on them (P1-23).
pub async fn results_of(ctx: &Ctx<'_>, ids: &[Uuid], person_id: Uuid) -> Result<Vec<Uuid>> {
    if ids.is_empty() { Ok(Vec::new()) } else { store::of_ids(ctx.conn, ids, person_id).await }
}
