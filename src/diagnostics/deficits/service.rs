//! Use cases of deficits.

use chrono::NaiveDate;
use uuid::Uuid;

pub(in crate::diagnostics) use super::derive::derive;
use super::model::{
    Deficit, DeficitCounts, DeficitEvent, DeficitEventKind, DeficitFact, DeficitOrigin, DeficitState,
    NamedDeficit,
};
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::analytics::service::{Asked, get_diagnostic_report};
use crate::diagnostics::frameworks::model::CompetencyName;
use crate::diagnostics::{Score, frameworks};
use crate::directory::organizations::service::organization_at;
use crate::directory::persons::model::PersonFacts;
use crate::directory::persons::service::person_facts;
use crate::directory::regions::service::{region, today};
use crate::error::{Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;

/// Name of the level of a difficulty: nothing measured it.
const REPORTED: &str = "reported";

/// A difficulty as reported.
#[derive(Debug, Clone)]
pub struct NewDifficulty {
    /// Whose it is.
    pub person_id: Uuid,
    /// What lacks.
    pub competency_id: Uuid,
    /// How grave: 1 to 3.
    pub severity: i16,
    /// The job function in which it shows; that of the competency when absent.
    pub job_function: Option<String>,
    /// The difficulty in words.
    pub note: String,
}

/// Reports a difficulty without a test.
pub async fn report_deficit(ctx: &Ctx<'_>, new: NewDifficulty) -> Result<NamedDeficit> {
    let unknown = |refusal: Error| refusal.in_body("/person_id");
    let (person, today) = person_today(ctx, new.person_id).await.map_err(unknown)?;
    let permit = authorize(ctx.actor, &policy::REPORT_DEFICIT, &person.target_on(today)).map_err(unknown)?;
    let employment = person
        .employed_on(today)
        .find(|employment| Some(employment.organization_id) == permit.organization_id())
        .or_else(|| person.employed_on(today).next())
        .ok_or_else(not_employed)?;
    let competency = frameworks::service::published_competency(ctx, person.region_id, new.competency_id)
        .await?
        .ok_or_else(unknown_competency)?;
    let deficit = Deficit {
        id: new_id(),
        region_id: person.region_id,
        municipality_id: employment.municipality_id,
        organization_id: employment.organization_id,
        person_id: person.id,
        competency_id: competency.id,
        origin: DeficitOrigin::Difficulty,
        result_id: None,
        level: REPORTED.to_owned(),
        severity: new.severity,
        weight: Score::rounded(1.into()),
        job_function: new.job_function.or(competency.job_function),
        note: Some(new.note),
        state: DeficitState::Open,
        opened_on: today,
        closed_on: None,
        closed_by_result_id: None,
        version: 1,
    };
    store::insert(ctx, &permit, std::slice::from_ref(&deficit)).await?;
    let fact = DeficitFact { day: today, result_id: None, route_id: None };
    store::events::record(ctx, std::slice::from_ref(&deficit), DeficitEventKind::Reported, fact).await?;
    let change = Change::none().field("state", (), deficit.state.as_str());
    ctx.audit(&permit, Subject { kind: "deficit", id: deficit.id }, change).await?;
    let competency = CompetencyName { code: competency.code, title: competency.title };
    with_job_functions(ctx, vec![NamedDeficit { deficit, competency, job_functions: Vec::new() }])
        .await?
        .pop()
        .ok_or(Error::not_found())
}

/// One page of the deficits the actor may know.
pub async fn list_deficits(
    ctx: &Ctx<'_>,
    filter: &store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<NamedDeficit>> {
    let scope = scope(ctx.actor, &policy::LIST_DEFICITS)?;
    let filter = narrowed(ctx, filter).await?;
    let today = today(ctx, ctx.region_id()?).await?;
    let found = store::list(ctx.conn, &scope, today, &filter, page.fetch(), after).await?;
    with_job_functions(ctx, found).await
}

/// One page of the deficits of a person. Whoever works with the person now knows them all, wherever they were found.
pub async fn list_person_deficits(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    filter: &store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<NamedDeficit>> {
    let (person, today) = person_today(ctx, person_id).await?;
    authorize(ctx.actor, &policy::LIST_PERSON_DEFICITS, &person.target_on(today))?;
    let filter = narrowed(ctx, filter).await?;
    let found = store::of_person(ctx.conn, person_id, &filter, page.fetch(), after).await?;
    with_job_functions(ctx, found).await
}

/// One deficit.
pub async fn get_deficit(ctx: &Ctx<'_>, id: Uuid) -> Result<NamedDeficit> {
    let found = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_DEFICIT, &target_today(ctx, found.deficit.person_id).await?)?;
    with_job_functions(ctx, vec![found]).await?.pop().ok_or(Error::not_found())
}

/// One page of what happened to a deficit, in its order.
pub async fn list_deficit_events(
    ctx: &Ctx<'_>,
    id: Uuid,
    page: &PageQuery<'_>,
    after: Option<Uuid>,
) -> Result<Vec<DeficitEvent>> {
    let found = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let target = target_today(ctx, found.deficit.person_id).await?;
    authorize(ctx.actor, &policy::LIST_DEFICIT_EVENTS, &target)?;
    store::events::of_deficit(ctx.conn, id, page.fetch(), after).await
}

/// How many deficits of the actor's scope stand where (P4-12); those of one person for whoever may list them.
///
/// Whoever may list every deficit counted reads nothing new. Anybody else gets the numbers of the report, where small
/// groups are hidden with whatever would betray them; none when they are.
pub async fn get_deficit_closure(ctx: &Ctx<'_>, filter: &store::Filter) -> Result<Option<DeficitCounts>> {
    let counted = scope(ctx.actor, &policy::GET_DEFICIT_CLOSURE)?;
    if let Some(person_id) = filter.person_id {
        let unknown =
            || Error::field("person_id", "unknown", "Такого человека нет", "There is no such person");
        let (person, today) = person_today(ctx, person_id).await.map_err(|_refusal| unknown())?;
        if !may(ctx.actor, &policy::LIST_PERSON_DEFICITS, &person.target_on(today)) {
            return Err(unknown());
        }
    }
    if let Some(organization_id) = filter.organization_id {
        organization_at(ctx, organization_id, "organization_id").await?;
    }
    let lists = scope(ctx.actor, &policy::LIST_DEFICITS).ok();
    let listed = |part| lists.as_ref().is_some_and(|lists| lists.parts().contains(part));
    if filter.person_id.is_some() || counted.parts().iter().all(listed) {
        let today = today(ctx, ctx.region_id()?).await?;
        return store::counts(ctx.conn, &counted, today, filter).await.map(Some);
    }
    let asked = Asked { organization_id: filter.organization_id, ..Asked::default() };
    let report = get_diagnostic_report(ctx, asked).await?;
    Ok(report.place.row.shown.map(|(_, deficits)| deficits))
}

/// The filter with the competencies of the job function it names.
async fn narrowed(ctx: &Ctx<'_>, filter: &store::Filter) -> Result<store::Filter> {
    let mut filter = filter.clone();
    if let Some(id) = filter.job_function_id {
        filter.competency_ids = Some(frameworks::service::competencies_of_job_function(ctx, id).await?);
    }
    Ok(filter)
}

/// The deficits with the job functions of their competencies (P4-5): one more statement, however many there are.
async fn with_job_functions(ctx: &Ctx<'_>, mut found: Vec<NamedDeficit>) -> Result<Vec<NamedDeficit>> {
    let mut ids: Vec<Uuid> = found.iter().map(|named| named.deficit.competency_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let functions = frameworks::service::job_functions_of(ctx, &ids).await?;
    for named in &mut found {
        named.job_functions = functions.get(&named.deficit.competency_id).cloned().unwrap_or_default();
    }
    Ok(found)
}

/// Whether the actor may report a difficulty of that person now: for `allowed_actions`.
pub fn may_report(actor: &Actor, target: &Target) -> bool {
    may(actor, &policy::REPORT_DEFICIT, target)
}

pub(in crate::diagnostics) async fn open_deficits_of(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Vec<Deficit>> {
    store::live(ctx.conn, person_id).await
}

pub(in crate::diagnostics) async fn address_deficits(
    ctx: &Ctx<'_>,
    ids: &[Uuid],
    route_id: Uuid,
) -> Result<usize> {
    let moved = store::shift(ctx, ids, DeficitState::Open, DeficitState::Addressed).await?;
    moved_by_route(ctx, moved, DeficitEventKind::Addressed, route_id).await
}

pub(in crate::diagnostics) async fn release_deficits(
    ctx: &Ctx<'_>,
    ids: &[Uuid],
    route_id: Uuid,
) -> Result<usize> {
    let moved = store::shift(ctx, ids, DeficitState::Addressed, DeficitState::Open).await?;
    moved_by_route(ctx, moved, DeficitEventKind::Released, route_id).await
}

async fn moved_by_route(
    ctx: &Ctx<'_>,
    moved: Vec<Deficit>,
    kind: DeficitEventKind,
    route_id: Uuid,
) -> Result<usize> {
    let Some(first) = moved.first() else { return Ok(0) };
    let day = ctx.today(region(ctx, first.region_id).await?.time_zone);
    let fact = DeficitFact { day, result_id: None, route_id: Some(route_id) };
    store::events::record(ctx, &moved, kind, fact).await?;
    Ok(moved.len())
}

/// The person as a target of rights today: what is known of him is known where he works now.
async fn target_today(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Target> {
    let (person, today) = person_today(ctx, person_id).await?;
    Ok(person.target_on(today))
}

/// The person and today by the clock of his region.
pub(in crate::diagnostics) async fn person_today(
    ctx: &Ctx<'_>,
    person_id: Uuid,
) -> Result<(PersonFacts, NaiveDate)> {
    // Membership of associations is asked for on the day of UTC: nobody sees the difference, and one statement less.
    let person = person_facts(ctx, person_id, ctx.now.date_naive()).await?;
    let today = ctx.today(region(ctx, person.region_id).await?.time_zone);
    Ok((person, today))
}

fn not_employed() -> Error {
    Error::field(
        "/person_id",
        "not_employed",
        "В этот день человек нигде не работает",
        "The person works nowhere on that day",
    )
}

fn unknown_competency() -> Error {
    Error::field(
        "/competency_id",
        "unknown",
        "Такой компетенции нет ни в одной опубликованной модели",
        "There is no such competency in any published framework",
    )
}
