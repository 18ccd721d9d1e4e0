//! Use cases of reports by stages.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{ReportData, ReportEvent, StageReport, is_form, step};
use super::vocabulary::StageReportState;
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, authorize_kept, may};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::ids::new_id;
use crate::learning_routes::documents::day;
use crate::learning_routes::documents::words::Words;
use crate::learning_routes::model::{Resolution, RouteState, Stage};
use crate::learning_routes::service::{Case, closings};

/// A report as it is shown.
#[derive(Debug, Clone)]
pub struct ShownReport {
    /// The report.
    pub report: StageReport,
    /// It was returned and its rework is late.
    pub overdue: bool,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// The report of a stage.
pub async fn get_stage_report(ctx: &Ctx<'_>, route_id: Uuid, stage_id: Uuid) -> Result<ShownReport> {
    let case = Case::open(ctx, route_id).await?;
    case.permit_to_read(ctx.actor, &policy::GET_STAGE_REPORT)?;
    let report = store::of_stage(ctx.conn, route_id, stage_id).await?.ok_or(Error::not_found())?;
    Ok(shown(ctx.actor, &case, report))
}

/// The reports of a route, without asking who may see them.
pub async fn of_route(ctx: &Ctx<'_>, route_id: Uuid) -> Result<Vec<StageReport>> {
    store::of_route(ctx.conn, route_id).await
}

/// Whether it is a report of that route, without asking who may see it: a comment may be about it (P0-4).
pub async fn is_report_of(ctx: &Ctx<'_>, id: Uuid, route_id: Uuid) -> Result<bool> {
    store::is_of_route(ctx.conn, id, route_id).await
}

/// Hands in the report of a stage that has begun.
pub async fn submit_stage_report(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    stage_id: Uuid,
    data: ReportData,
) -> Result<ShownReport> {
    let case = Case::lock(ctx, route_id).await?;
    let permit = permit(ctx.actor, &policy::SUBMIT_STAGE_REPORT, &case)?;
    if let Some(known) = store::of_stage(ctx.conn, route_id, stage_id).await? {
        return Err(Error::new(Code::AlreadyExists).detail(
            format!("По этапу уже есть отчёт {}: подайте его снова", known.id),
            format!("The stage has the report {}: hand that in again", known.id),
        ));
    }
    check(ctx, &case, stage_id, &data).await?;
    let route = &case.route;
    let report = StageReport {
        id: new_id(),
        region_id: route.region_id,
        municipality_id: route.municipality_id,
        organization_id: route.organization_id,
        person_id: route.person_id,
        route_id,
        stage_id,
        data,
        state: StageReportState::Submitted,
        submitted_on: case.today,
        resolution: None,
        version: 1,
    };
    store::insert(ctx, &permit, &report).await?;
    let change = Change::none().field("stage_id", (), stage_id.to_string());
    ctx.audit(&permit, Subject { kind: "stage_report", id: report.id }, change).await?;
    Ok(shown(ctx.actor, &case, report))
}

/// Hands in a report again: one that was returned, or one that nobody has looked at yet.
pub async fn resubmit_stage_report(
    ctx: &Ctx<'_>,
    route_id: Uuid,
    stage_id: Uuid,
    if_match: i64,
    data: ReportData,
) -> Result<ShownReport> {
    let case = Case::lock(ctx, route_id).await?;
    let permit = permit(ctx.actor, &policy::RESUBMIT_STAGE_REPORT, &case)?;
    let current = store::of_stage(ctx.conn, route_id, stage_id).await?.ok_or(Error::not_found())?;
    let mut report = happen(current, ReportEvent::Resubmit, if_match)?;
    check(ctx, &case, stage_id, &data).await?;
    (report.data, report.submitted_on, report.resolution) = (data, case.today, None);
    finish(ctx, &permit, &case, report).await
}

/// Accepts a report: the stage may be closed.
pub async fn accept_stage_report(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    note: Option<String>,
) -> Result<ShownReport> {
    decide(ctx, id, if_match, &policy::ACCEPT_STAGE_REPORT, ReportEvent::Accept, (note, None)).await
}

/// Sends a report back, with words and a date.
pub async fn return_stage_report(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    note: String,
    due_on: NaiveDate,
) -> Result<ShownReport> {
    let words = (Some(note), Some(due_on));
    decide(ctx, id, if_match, &policy::RETURN_STAGE_REPORT, ReportEvent::Return, words).await
}

async fn decide(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    rule: &'static Rule,
    event: ReportEvent,
    (note, due_on): (Option<String>, Option<NaiveDate>),
) -> Result<ShownReport> {
    let case = Case::lock(ctx, store::find(ctx.conn, id).await?.route_id).await?;
    let permit = permit(ctx.actor, rule, &case)?;
    if ctx.actor.is_person(case.route.person_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    let mut report = happen(store::find(ctx.conn, id).await?, event, if_match)?;
    require_active(&case)?;
    if due_on.is_some_and(|day| day < case.today) {
        return Err(Error::field("/due_on", "in_past", "Этот день уже прошёл", "That day is past"));
    }
    report.resolution = Some(Resolution { by: ctx.actor.person_id, on: case.today, note, due_on });
    finish(ctx, &permit, &case, report).await
}

fn permit(actor: &Actor, rule: &'static Rule, case: &Case) -> Result<Permit> {
    authorize_kept(actor, rule, &case.accompanied(), Some(&case.reading_target()))
}

fn happen(report: StageReport, event: ReportEvent, if_match: i64) -> Result<StageReport> {
    if report.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let state = step(report.state, event).map_err(|state| {
        let (ru, en) = Words::told("Отчёт", "The report", Words::report_state, state);
        Error::new(Code::StateConflict).detail(ru, en)
    })?;
    Ok(StageReport { state, version: report.version + 1, ..report })
}

/// The route is in force, the stage has begun and is not closed, and the report has the form named for it.
async fn check(ctx: &Ctx<'_>, case: &Case, stage_id: Uuid, data: &ReportData) -> Result<()> {
    let (draft, closed) = tokio::try_join!(case.contents(ctx), closings(ctx, case.route.id))?;
    let stage = draft.stages.iter().find(|stage| stage.id == stage_id).ok_or(Error::not_found())?;
    require_active(case)?;
    if closed.iter().any(|closing| closing.stage_id == stage_id) {
        return Err(Error::new(Code::StateConflict).detail("Этап закрыт", "The stage is closed"));
    }
    if case.today < stage.starts_on {
        return Err(Error::new(Code::StateConflict).detail(
            format!("Этап начинается {}", day(stage.starts_on)),
            format!("The stage begins on {}", stage.starts_on),
        ));
    }
    if is_form(stage.report_form.as_deref(), &data.form) { Ok(()) } else { Err(wrong_form(case, stage)) }
}

fn require_active(case: &Case) -> Result<()> {
    if case.route.state == RouteState::Active {
        return Ok(());
    }
    Err(Error::new(Code::StateConflict)
        .detail("Отчитываются по действующему маршруту", "Reports belong to a route in force"))
}

fn wrong_form(case: &Case, stage: &Stage) -> Error {
    let named = stage.report_form.as_deref().unwrap_or_default();
    let words = Text::owned(
        format!("Форма отчёта этого этапа: {named}"),
        format!("The form of the report of this stage is: {named}"),
    );
    let paragraph = case.rules().content.stages.as_ref().and_then(|rule| rule.paragraph.as_deref());
    let problem = FieldProblem::new("/form", "report_form_mismatch", words).because("P1-9", paragraph);
    Error::invalid(vec![problem])
}

async fn finish(ctx: &Ctx<'_>, permit: &Permit, case: &Case, report: StageReport) -> Result<ShownReport> {
    store::update(ctx, permit, &report).await?;
    let change = Change::none().field("state", (), report.state.as_str());
    ctx.audit(permit, Subject { kind: "stage_report", id: report.id }, change).await?;
    Ok(shown(ctx.actor, case, report))
}

fn shown(actor: &Actor, case: &Case, report: StageReport) -> ShownReport {
    let own = actor.is_person(case.route.person_id);
    let target = case.accompanied();
    let may_now = |rule: &'static Rule, event: ReportEvent| {
        case.route.state == RouteState::Active
            && step(report.state, event).is_ok()
            && own == (event == ReportEvent::Resubmit)
            && may(actor, rule, &target)
    };
    let allowed_actions = [
        (&policy::RESUBMIT_STAGE_REPORT, ReportEvent::Resubmit),
        (&policy::ACCEPT_STAGE_REPORT, ReportEvent::Accept),
        (&policy::RETURN_STAGE_REPORT, ReportEvent::Return),
    ]
    .into_iter()
    .filter(|(rule, event)| may_now(rule, *event))
    .map(|(rule, _)| rule.operation.to_owned())
    .collect();
    ShownReport { overdue: report.is_overdue(case.today), report, allowed_actions }
}
