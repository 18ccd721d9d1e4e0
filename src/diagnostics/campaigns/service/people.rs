//! Use cases around those who take part: enrolling, attendance, reminders, results.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::super::model::{
    Attendance, Campaign, CampaignState, Participant, Participation, Reminder, mark_problems,
};
use super::super::store::people::ParticipantFilter;
use super::super::{policy, store};
use super::{kept, must_be, problem, seen, subject, today};
use crate::authz::{Permit, Rule, authorize_seen, scope};
use crate::db::{Change, Ctx};
use crate::diagnostics::organizing::{Task, require_for};
use crate::diagnostics::results::model::ResultMode;
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service::{authorize_at, organization_at, target};
use crate::directory::regions::service as regions;
use crate::error::{Error, FieldProblem, Result};
use crate::http::PageQuery;

/// How the participants of an organization are marked.
#[derive(Debug, Clone)]
pub struct AttendanceSheet {
    /// The school.
    pub organization_id: Uuid,
    /// Who came, who did not.
    pub marks: Vec<(Uuid, Attendance)>,
}

/// Enrols people of a school (P4-22). How many are new.
pub async fn enroll_diagnostic_participants(
    ctx: &Ctx<'_>,
    id: Uuid,
    organization_id: Uuid,
    people: &[Uuid],
) -> Result<usize> {
    let rule = &policy::ENROLL_DIAGNOSTIC_PARTICIPANTS;
    let (campaign, place, permit) = running_at(ctx, rule, id, organization_id).await?;
    let day = today(ctx, &campaign).await?.max(campaign.data.starts_on).min(campaign.data.ends_on);
    let employed: HashSet<Uuid> =
        store::people::employed(ctx.conn, place.id, people, day).await?.into_iter().collect();
    strangers(people.iter().map(|person| employed.contains(person)), |index| format!("/person_ids/{index}"))?;
    let place = (place.id, place.municipality_id);
    let new = store::people::enroll(ctx, &permit, &campaign, place, people).await?;
    let change = Change::none().field("enrolled", 0, i64::try_from(new).map_err(Error::internal)?);
    ctx.audit(&permit, subject(id), change).await?;
    Ok(new)
}

/// One page of the participants whom the actor works with.
pub async fn list_diagnostic_participants(
    ctx: &Ctx<'_>,
    id: Uuid,
    filter: &ParticipantFilter,
    page: &PageQuery<'_>,
    after: Option<Uuid>,
) -> Result<Vec<Participant>> {
    let scope = scope(ctx.actor, &policy::LIST_DIAGNOSTIC_PARTICIPANTS)?;
    let campaign = seen(ctx, id).await?;
    let day = today(ctx, &campaign).await?;
    store::people::list(ctx.conn, &scope, (campaign.id, day), filter, page.fetch(), after).await
}

/// How many people of the actor's scope took part, by organization.
pub async fn get_diagnostic_participation(ctx: &Ctx<'_>, id: Uuid) -> Result<Vec<Participation>> {
    let scope = scope(ctx.actor, &policy::GET_DIAGNOSTIC_PARTICIPATION)?;
    let campaign = seen(ctx, id).await?;
    store::people::participation(ctx.conn, &scope, campaign.id).await
}

/// Records who came. How many were marked.
pub async fn record_diagnostic_attendance(ctx: &Ctx<'_>, id: Uuid, sheet: &AttendanceSheet) -> Result<usize> {
    let rule = &policy::RECORD_DIAGNOSTIC_ATTENDANCE;
    let (campaign, place, permit) = running_at(ctx, rule, id, sheet.organization_id).await?;
    let people: Vec<Uuid> = sheet.marks.iter().map(|(person, _)| *person).collect();
    let held = store::people::hold(ctx.conn, campaign.id, place.id, &people).await?;
    let problems = mark_problems(&sheet.marks, &held.into_iter().collect());
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    for attendance in [Attendance::Attended, Attendance::Absent, Attendance::Excused] {
        let people: Vec<Uuid> =
            sheet.marks.iter().filter(|(_, mark)| *mark == attendance).map(|(person, _)| *person).collect();
        if !people.is_empty() {
            store::people::attend(ctx, &permit, campaign.id, place.id, attendance, &people).await?;
        }
    }
    let marked = i64::try_from(people.len()).map_err(Error::internal)?;
    ctx.audit(&permit, subject(id), Change::none().field("marked", 0, marked)).await?;
    Ok(people.len())
}

/// Reminds those who have no result yet, of one school or of all. How many.
pub async fn create_diagnostic_reminders(
    ctx: &Ctx<'_>,
    id: Uuid,
    organization_id: Option<Uuid>,
    text: &str,
) -> Result<usize> {
    let rule = &policy::CREATE_DIAGNOSTIC_REMINDERS;
    let permit = match organization_id {
        Some(place) => running_at(ctx, rule, id, place).await?.2,
        None => {
            let campaign = seen(ctx, id).await?;
            let permit = authorize_seen(ctx.actor, rule, &kept(&campaign))?;
            must_be(&campaign, CampaignState::Running)?;
            permit
        }
    };
    let reminded = store::reminders::remind(ctx, &permit, id, organization_id, text).await?;
    let count = i64::try_from(reminded).map_err(Error::internal)?;
    ctx.audit(&permit, subject(id), Change::none().field("reminded", 0, count)).await?;
    Ok(reminded)
}

/// One page of the reminders of the actor and of his people, newest first.
pub async fn list_diagnostic_reminders(
    ctx: &Ctx<'_>,
    person_id: Option<Uuid>,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Reminder>> {
    let scope = scope(ctx.actor, &policy::LIST_DIAGNOSTIC_REMINDERS)?;
    let today = regions::today(ctx, ctx.region_id()?).await?;
    store::reminders::list(ctx.conn, &scope, today, person_id, page.fetch(), after).await
}

/// What a result says of its campaign.
#[derive(Debug, Clone, Copy)]
pub struct CampaignResult {
    /// The campaign.
    pub campaign_id: Uuid,
    /// The participant.
    pub person_id: Uuid,
    /// The instrument used.
    pub instrument_id: Uuid,
    /// How it was held.
    pub mode: ResultMode,
    /// Day of the diagnostics.
    pub taken_on: NaiveDate,
}

/// Whether the result may belong to its campaign: everything that is wrong.
pub(in crate::diagnostics) async fn campaign_problems(
    ctx: &Ctx<'_>,
    result: &CampaignResult,
) -> Result<Vec<FieldProblem>> {
    let known = store::find(ctx.conn, result.campaign_id).await?;
    let Some(campaign) = known.filter(|campaign| campaign.data.instrument_id == result.instrument_id) else {
        return Ok(vec![problem(
            "/campaign_id",
            "unknown",
            "Такой кампании с этим инструментом нет",
            "There is no such campaign with this instrument",
        )]);
    };
    if campaign.state == CampaignState::Cancelled {
        return Ok(vec![problem(
            "/campaign_id",
            "cancelled",
            "Кампания отменена",
            "The campaign was cancelled",
        )]);
    }
    if !store::people::takes_part(ctx.conn, campaign.id, result.person_id).await? {
        return Ok(vec![problem(
            "/campaign_id",
            "not_enrolled",
            "Человек не участвует в этой кампании",
            "The person does not take part in this campaign",
        )]);
    }
    let mut problems = Vec::new();
    if campaign.state == CampaignState::Planned {
        problems.push(problem(
            "/campaign_id",
            "not_running",
            "Кампания ещё не началась",
            "The campaign has not started",
        ));
    }
    if !campaign.lasts_on(result.taken_on) {
        problems.push(problem(
            "/taken_on",
            "outside_campaign",
            "День не входит в сроки кампании",
            "The day is not one of the campaign's",
        ));
    }
    if !campaign.data.mode.admits(result.mode) {
        problems.push(problem(
            "/mode",
            "mode_not_allowed",
            "Кампания проводится в другом формате",
            "The campaign is held in another mode",
        ));
    }
    Ok(problems)
}

/// A participant has a result, and so has come.
pub(in crate::diagnostics) async fn tested(
    ctx: &Ctx<'_>,
    campaign_id: Uuid,
    person_id: Uuid,
    result_id: Uuid,
) -> Result<()> {
    store::people::tested(ctx, campaign_id, person_id, result_id).await
}

/// A running campaign, an organization that it is for, and the right to organize it there.
async fn running_at(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    id: Uuid,
    organization_id: Uuid,
) -> Result<(Campaign, Organization, Permit)> {
    let campaign = seen(ctx, id).await?;
    let place = organization_at(ctx, organization_id, "/organization_id").await?;
    authorize_at(ctx.actor, rule, &place)?;
    let permit = require_for(ctx, Task::OrganizingAtSchool, rule, &target(&place)).await?;
    must_be(&campaign, CampaignState::Running)?;
    if !campaign.invites(place.id, place.municipality_id) {
        return Err(Error::field(
            "/organization_id",
            "not_invited",
            "Кампания проводится не для этой организации",
            "The campaign is not for this organization",
        ));
    }
    Ok((campaign, place, permit))
}

/// Everybody who is not known, by his place in the list.
fn strangers(known: impl Iterator<Item = bool>, pointer: impl Fn(usize) -> String) -> Result<()> {
    let unknown: Vec<FieldProblem> = known
        .enumerate()
        .filter(|(_, known)| !known)
        .map(|(index, _)| {
            problem(&pointer(index), "unknown", "Такого человека здесь нет", "There is no such person here")
        })
        .collect();
    if unknown.is_empty() { Ok(()) } else { Err(Error::invalid(unknown)) }
}
