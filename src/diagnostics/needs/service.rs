//! Use cases of needs.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{DuePerson, Need, NeedData, ground_problem};
use super::vocabulary::{DueReason, NeedState};
use super::{policy, store};
use crate::authz::{Permit, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::deficits::service::person_today;
use crate::diagnostics::{findings, frameworks, need_campaigns};
use crate::directory::organizations::model::OrganizationKind;
use crate::directory::organizations::service::{organization_at, target};
use crate::directory::persons::service::targets_on;
use crate::directory::regions::service::today;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::hours::frequency::frequencies;
use crate::hours::model::FrequencyStatus;
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::directions;
use crate::regulations::service::binding_regulation;

/// A need as asked for.
#[derive(Debug, Clone)]
pub struct NewNeed {
    /// Whose.
    pub person_id: Option<Uuid>,
    /// Of which organization.
    pub organization_id: Option<Uuid>,
    /// Of how many people.
    pub people: Option<i32>,
    /// What it is about.
    pub data: NeedData,
}

/// What the three-year check says of a person whose term is due.
#[derive(Debug, Clone, Copy)]
pub struct Due {
    /// Why it is due.
    pub reason: DueReason,
    /// The last training that counts.
    pub last_training_on: Option<NaiveDate>,
    /// The last day on which it is met; the day asked for when no training is known.
    pub due_on: Option<NaiveDate>,
}

/// The place and the people a need is of.
struct Subjects {
    target: Target,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    people: i32,
    today: NaiveDate,
}

/// Records a need of a person or of a group.
pub async fn record_need(ctx: &Ctx<'_>, new: NewNeed) -> Result<Need> {
    let subjects = subjects(ctx, &new).await?;
    // Organizations of one's own region are no secret, people are.
    let permit = match new.person_id {
        Some(_) => authorize(ctx.actor, &policy::RECORD_NEED, &subjects.target).map_err(unknown_person)?,
        None => authorize_seen(ctx.actor, &policy::RECORD_NEED, &subjects.target)?,
    };
    let regulation = binding_regulation(ctx, subjects.organization_id, subjects.today).await?;
    let grounds = regulation.as_ref().and_then(|regulation| regulation.profile.route.people.grounds.as_ref());
    let mut problems: Vec<FieldProblem> = ground_problem(&new.data.ground, grounds).into_iter().collect();
    problems.extend(unknown_links(ctx, &new.data, subjects.region_id).await?);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    if let Some(id) = new.data.campaign_id {
        let (region_id, municipality_id) = (subjects.region_id, subjects.municipality_id);
        need_campaigns::service::open_campaign(ctx, id, region_id, municipality_id, subjects.today).await?;
    }
    let need = Need {
        id: new_id(),
        region_id: subjects.region_id,
        municipality_id: subjects.municipality_id,
        organization_id: subjects.organization_id,
        person_id: new.person_id,
        people: subjects.people,
        data: new.data,
        recorded_role: permit.role()?,
        recorded_by: ctx.actor.account_id,
        recorded_on: subjects.today,
        state: NeedState::Open,
        withdrawal_reason: None,
        version: 1,
    };
    store::insert(ctx, &permit, &need).await?;
    let change = Change::none().field("ground", (), need.data.ground.as_str());
    ctx.audit(&permit, Subject { kind: "need", id: need.id }, change).await?;
    Ok(need)
}

/// Whose a need is that follows from something else.
#[derive(Debug, Clone, Copy)]
pub struct NeedOwner {
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality.
    pub municipality_id: Option<Uuid>,
    /// The school.
    pub organization_id: Uuid,
    /// The person.
    pub person_id: Uuid,
}

/// Records needs that follow from something else, one for each topic, by the right to draw that conclusion; the caller
/// audits.
pub async fn record_conclusions(
    ctx: &Ctx<'_>,
    permit: &Permit,
    owner: NeedOwner,
    ground: &str,
    topics: &[String],
    today: NaiveDate,
) -> Result<Vec<Uuid>> {
    let regulation = binding_regulation(ctx, owner.organization_id, today).await?;
    let grounds = regulation.as_ref().and_then(|regulation| regulation.profile.route.people.grounds.as_ref());
    if let Some(problem) = ground_problem(ground, grounds) {
        return Err(vec![problem].into());
    }
    let mut ids = Vec::new();
    for topic in topics {
        let need = Need {
            id: new_id(),
            region_id: owner.region_id,
            municipality_id: owner.municipality_id,
            organization_id: owner.organization_id,
            person_id: Some(owner.person_id),
            people: 1,
            data: NeedData {
                ground: ground.to_owned(),
                topic: topic.clone(),
                note: None,
                competency_id: None,
                direction_id: None,
                finding_id: None,
                campaign_id: None,
            },
            recorded_role: permit.role()?,
            recorded_by: ctx.actor.account_id,
            recorded_on: today,
            state: NeedState::Open,
            withdrawal_reason: None,
            version: 1,
        };
        store::insert(ctx, permit, &need).await?;
        ids.push(need.id);
    }
    Ok(ids)
}

/// One page of the needs the actor may know.
pub async fn list_needs(
    ctx: &Ctx<'_>,
    filter: &store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Need>> {
    let scope = scope(ctx.actor, &policy::LIST_NEEDS)?;
    let today = today(ctx, ctx.region_id()?).await?;
    store::list(ctx.conn, &scope, today, filter, page.fetch(), after).await
}

/// One need.
pub async fn get_need(ctx: &Ctx<'_>, id: Uuid) -> Result<Need> {
    let need = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_NEED, &full_target(ctx, &need).await?)?;
    Ok(need)
}

/// Takes a need back.
pub async fn withdraw_need(ctx: &Ctx<'_>, id: Uuid, if_match: i64, reason: &str) -> Result<Need> {
    let mut need = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let whole = full_target(ctx, &need).await?;
    authorize(ctx.actor, &policy::GET_NEED, &whole)?;
    let permit = authorize_seen(ctx.actor, &policy::WITHDRAW_NEED, &whole.kept_by(need.recorded_role))?;
    if need.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if need.state == NeedState::Withdrawn {
        return Err(Error::new(Code::StateConflict)
            .detail("Потребность уже отозвана", "The need is withdrawn already"));
    }
    (need.state, need.version) = (NeedState::Withdrawn, need.version + 1);
    need.withdrawal_reason = Some(reason.trim().to_owned());
    store::set_state(ctx, &permit, &need).await?;
    let change =
        Change::none().field("state", "open", need.state.as_str()).field("reason", (), reason.trim());
    ctx.audit(&permit, Subject { kind: "need", id }, change).await?;
    Ok(need)
}

/// One page of the people of the actor's scope, each with what makes the term due on that day, if it is.
pub async fn list_due_needs(
    ctx: &Ctx<'_>,
    by: Option<NaiveDate>,
    organization_id: Option<Uuid>,
    page: &PageQuery<'_>,
    after: Option<(String, String, Uuid)>,
) -> Result<Vec<(DuePerson, Option<Due>)>> {
    let scope = scope(ctx.actor, &policy::LIST_DUE_NEEDS)?;
    let today = today(ctx, ctx.region_id()?).await?;
    let people = store::people(ctx.conn, &scope, organization_id, today, page.fetch(), after).await?;
    let ids: Vec<Uuid> = people.iter().map(|person| person.person_id).collect();
    let by = by.unwrap_or(today);
    let mut found = frequencies(ctx, &ids, by).await?;
    let due = |person: DuePerson| {
        let check = found.remove(&person.person_id);
        let reason = match check.as_ref().map(|check| check.status) {
            Some(FrequencyStatus::Met) => None,
            Some(FrequencyStatus::Overdue) => Some(DueReason::Overdue),
            Some(FrequencyStatus::NeverTrained) | None => Some(DueReason::NeverTrained),
        };
        let due = reason.map(|reason| Due {
            reason,
            last_training_on: check.as_ref().and_then(|check| check.last_training_on),
            // Whoever has no training at all is due at once.
            due_on: check.as_ref().map_or(Some(by), |check| check.due_on),
        });
        (person, due)
    };
    Ok(people.into_iter().map(due).collect())
}

/// What the actor may do with each of the needs.
pub async fn allowed_actions(ctx: &Ctx<'_>, needs: &[Need]) -> Result<Vec<Vec<String>>> {
    let people: Vec<Uuid> = needs.iter().filter_map(|need| need.person_id).collect();
    let targets = match needs.first() {
        Some(need) => targets_on(ctx, &people, today(ctx, need.region_id).await?).await?,
        None => return Ok(Vec::new()),
    };
    let rule = &policy::WITHDRAW_NEED;
    let actions = |need: &Need| {
        let whole = need.person_id.and_then(|id| targets.get(&id).cloned()).unwrap_or_else(|| need.target());
        let may = need.state == NeedState::Open && may(ctx.actor, rule, &whole.kept_by(need.recorded_role));
        may.then(|| rule.operation.to_owned()).into_iter().collect()
    };
    Ok(needs.iter().map(actions).collect())
}

/// Whether it is a need of that person, or of a group he may belong to: for what rests on needs.
pub async fn is_need_of(ctx: &Ctx<'_>, id: Uuid, person_id: Uuid, organizations: &[Uuid]) -> Result<bool> {
    let need = store::find(ctx.conn, id).await?.filter(|need| need.state == NeedState::Open);
    Ok(need.is_some_and(|need| belongs(&need, person_id, organizations)))
}

/// Those of the needs that are open and the person's own, or of a group he may belong to: for what names many.
pub async fn needs_of(
    ctx: &Ctx<'_>,
    ids: &[Uuid],
    person_id: Uuid,
    organizations: &[Uuid],
) -> Result<Vec<Uuid>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = store::find_all(ctx.conn, ids).await?;
    let of_his = |need: &Need| need.state == NeedState::Open && belongs(need, person_id, organizations);
    Ok(found.iter().filter(|need| of_his(need)).map(|need| need.id).collect())
}

fn belongs(need: &Need, person_id: Uuid, organizations: &[Uuid]) -> bool {
    match need.person_id {
        Some(whose) => whose == person_id,
        None => {
            organizations.iter().any(|id| *id == need.organization_id || Some(*id) == need.municipality_id)
        }
    }
}

/// Whoever works with the person today knows his needs, wherever they were recorded, and nobody else.
async fn full_target(ctx: &Ctx<'_>, need: &Need) -> Result<Target> {
    match need.person_id {
        Some(id) => {
            let (person, today) = person_today(ctx, id).await?;
            Ok(person.target_on(today))
        }
        None => Ok(need.target()),
    }
}

fn unknown_person(refusal: Error) -> Error {
    refusal.in_body("/person_id")
}

async fn subjects(ctx: &Ctx<'_>, new: &NewNeed) -> Result<Subjects> {
    match (new.person_id, new.organization_id, new.people) {
        (Some(person_id), organization_id, None | Some(1)) => {
            let (person, today) = person_today(ctx, person_id).await.map_err(unknown_person)?;
            let target = person.target_on(today);
            authorize(ctx.actor, &policy::GET_NEED, &target).map_err(unknown_person)?;
            let mut work = person.employed_on(today);
            let employment = match organization_id {
                Some(id) => work.find(|employment| employment.organization_id == id),
                None => work.next(),
            };
            let employment = employment.ok_or_else(|| {
                Error::field(
                    "/person_id",
                    "not_employed",
                    "Сегодня человек там не работает",
                    "The person does not work there today",
                )
            })?;
            Ok(Subjects {
                region_id: person.region_id,
                municipality_id: employment.municipality_id,
                organization_id: employment.organization_id,
                people: 1,
                target,
                today,
            })
        }
        (None, Some(organization_id), Some(people)) => {
            let place = organization_at(ctx, organization_id, "/organization_id").await?;
            if !matches!(place.kind, OrganizationKind::School | OrganizationKind::MunicipalAuthority) {
                return Err(Error::field(
                    "/organization_id",
                    "wrong_kind",
                    "Группа — это люди школы или муниципалитета",
                    "A group is people of a school or of a municipality",
                ));
            }
            Ok(Subjects {
                target: target(&place),
                region_id: place.region_id,
                municipality_id: place.municipality_id,
                organization_id,
                people,
                today: today(ctx, place.region_id).await?,
            })
        }
        _ => Err(Error::field(
            "/person_id",
            "person_or_group",
            "Укажите человека или группу: организацию и число людей",
            "Name a person, or a group: an organization and how many people",
        )),
    }
}

/// Links of the need that lead nowhere for the actor.
async fn unknown_links(ctx: &Ctx<'_>, data: &NeedData, region_id: Uuid) -> Result<Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let words = || Text::new("Такой записи нет", "There is no such record");
    if let Some(id) = data.competency_id
        && frameworks::service::published_competency(ctx, region_id, id).await?.is_none()
    {
        problems.push(FieldProblem::new("/competency_id", "unknown", words()));
    }
    if let Some(id) = data.finding_id
        && !findings::service::unknown_findings(ctx, &[id]).await?.is_empty()
    {
        problems.push(FieldProblem::new("/finding_id", "unknown", words()));
    }
    if let Some(id) = data.direction_id
        && !directions::service::is_approved(ctx, id, region_id).await?
    {
        problems.push(FieldProblem::new("/direction_id", "unknown", words()));
    }
    Ok(problems)
}
