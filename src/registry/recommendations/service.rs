//! Use cases of recommendations.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Recommendation, RecommendationData, RecommendedProgram, regulation_problems};
use super::vocabulary::RecommendationState;
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::findings::service::unknown_findings;
use crate::diagnostics::needs::service::is_need_of;
use crate::diagnostics::service::open_deficits_of;
use crate::directory::persons::model::PersonFacts;
use crate::directory::persons::service::{person_facts, targets_on};
use crate::directory::regions::service::today;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::directions::service::is_approved;
use crate::registry::programs::model::{ProgramFacts, ProgramState};
use crate::registry::programs::service::{modules_facts, programs_facts};
use crate::regulations::profile::ProgramRecommendationsRule;
use crate::regulations::service::{binding_regulation, regulation_of_case};

/// Recommends a program, a module or a topic to a person.
pub async fn create_recommendation(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    data: RecommendationData,
) -> Result<Recommendation> {
    let known = |refusal: Error| refusal.in_body("/person_id");
    let (person, today) = person_today(ctx, person_id).await.map_err(known)?;
    let target = person.target_on(today);
    let place =
        authorize(ctx.actor, &policy::CREATE_RECOMMENDATION, &target).map_err(known)?.organization_id();
    let employment = person
        .employed_on(today)
        .find(|employment| Some(employment.organization_id) == place)
        .or_else(|| person.employed_on(today).next())
        .ok_or_else(not_employed)?;
    let regulation = binding_regulation(ctx, employment.organization_id, today).await?;
    let rule = regulation.as_ref().and_then(|found| found.profile.registry.recommendations.as_ref());
    let recommender = recommender(ctx.actor, rule);
    if !may(&recommender, &policy::CREATE_RECOMMENDATION, &target) {
        return Err(not_by_regulation());
    }
    let permit = authorize(&recommender, &policy::CREATE_RECOMMENDATION, &target)?;
    let mut problems = data.problems();
    let program = program(ctx, &data, person.region_id, &mut problems).await?;
    let in_registry = program.map(|program| program.in_active_registry);
    // A program that does not exist has its problem already.
    if in_registry.is_some() || data.topic.is_some() {
        problems.extend(regulation_problems(&data, in_registry, rule));
    }
    problems.extend(unknown_links(ctx, &data, &person, today).await?);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let given = Recommendation {
        id: new_id(),
        region_id: person.region_id,
        municipality_id: employment.municipality_id,
        organization_id: employment.organization_id,
        person_id,
        data,
        regulation_id: regulation.map(|regulation| regulation.id),
        author_role: permit.role()?,
        author_person_id: ctx.actor.person_id,
        recorded_on: today,
        state: RecommendationState::Given,
        withdrawal_reason: None,
        version: 1,
    };
    store::insert(ctx, &permit, &given).await?;
    let change = Change::none().field("basis", (), given.data.basis.as_str());
    ctx.audit(&permit, Subject { kind: "recommendation", id: given.id }, change).await?;
    Ok(given)
}

/// One page of the recommendations the actor may know.
pub async fn list_recommendations(
    ctx: &Ctx<'_>,
    filter: store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Recommendation>> {
    let scope = scope(ctx.actor, &policy::LIST_RECOMMENDATIONS)?;
    let today = today(ctx, ctx.region_id()?).await?;
    store::list(ctx.conn, &scope, today, filter, page.fetch(), after).await
}

/// One recommendation.
pub async fn get_recommendation(ctx: &Ctx<'_>, id: Uuid) -> Result<Recommendation> {
    let given = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_RECOMMENDATION, &target(ctx, &given).await?)?;
    Ok(given)
}

/// Takes a recommendation back.
pub async fn withdraw_recommendation(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    reason: &str,
) -> Result<Recommendation> {
    let mut given = store::lock(ctx.conn, id).await?.ok_or(Error::not_found())?;
    let whole = target(ctx, &given).await?;
    authorize(ctx.actor, &policy::GET_RECOMMENDATION, &whole)?;
    let kept = whole.kept_by(given.author_role);
    authorize_seen(ctx.actor, &policy::WITHDRAW_RECOMMENDATION, &kept)?;
    let recommender = recommender(ctx.actor, rules_of(ctx, &given).await?.as_ref());
    if !may(&recommender, &policy::WITHDRAW_RECOMMENDATION, &kept) {
        return Err(not_by_regulation());
    }
    let permit = authorize(&recommender, &policy::WITHDRAW_RECOMMENDATION, &kept)?;
    if given.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if given.state == RecommendationState::Withdrawn {
        return Err(Error::new(Code::StateConflict)
            .detail("Рекомендация уже отозвана", "The recommendation is withdrawn already"));
    }
    (given.state, given.version) = (RecommendationState::Withdrawn, given.version + 1);
    given.withdrawal_reason = Some(reason.trim().to_owned());
    store::set_state(ctx, &permit, &given).await?;
    let change =
        Change::none().field("state", "given", given.state.as_str()).field("reason", (), reason.trim());
    ctx.audit(&permit, Subject { kind: "recommendation", id }, change).await?;
    Ok(given)
}

/// What the actor may do with each of the recommendations.
pub async fn allowed_actions(ctx: &Ctx<'_>, all: &[Recommendation]) -> Result<Vec<Vec<String>>> {
    let people: Vec<Uuid> = all.iter().map(|given| given.person_id).collect();
    let targets = match all.first() {
        Some(given) => targets_on(ctx, &people, today(ctx, given.region_id).await?).await?,
        None => return Ok(Vec::new()),
    };
    let rule = &policy::WITHDRAW_RECOMMENDATION;
    // A page knows few regulations.
    let mut by_regulation: HashMap<Option<Uuid>, Actor> = HashMap::new();
    let mut actions = Vec::with_capacity(all.len());
    for given in all {
        let recommender = match by_regulation.get(&given.regulation_id) {
            Some(known) => known.clone(),
            None => recommender(ctx.actor, rules_of(ctx, given).await?.as_ref()),
        };
        let kept = targets.get(&given.person_id).map(|whole| whole.clone().kept_by(given.author_role));
        let may = given.state == RecommendationState::Given
            && kept.is_some_and(|kept| may(&recommender, rule, &kept));
        actions.push(may.then(|| rule.operation.to_owned()).into_iter().collect());
        by_regulation.insert(given.regulation_id, recommender);
    }
    Ok(actions)
}

/// The actor with those roles alone in which the regulation lets him recommend, and so take back what was recommended
/// (P0-35, P3-38, P4-20): the role must reach the person as well.
fn recommender(actor: &Actor, rule: Option<&ProgramRecommendationsRule>) -> Actor {
    rule.map_or_else(|| actor.clone(), |rule| actor.in_roles(&rule.recommended_by))
}

fn not_by_regulation() -> Error {
    Error::new(Code::Forbidden)
        .detail("По положению это делает другая сторона", "The regulation gives this to somebody else")
}

/// What the regulation says that the recommendation was given under.
async fn rules_of(ctx: &Ctx<'_>, given: &Recommendation) -> Result<Option<ProgramRecommendationsRule>> {
    let Some(id) = given.regulation_id else { return Ok(None) };
    Ok(regulation_of_case(ctx, id).await?.profile.registry.recommendations.clone())
}

/// Whoever works with the person today knows what was recommended, wherever that was, and nobody else.
async fn target(ctx: &Ctx<'_>, given: &Recommendation) -> Result<Target> {
    let (person, today) = person_today(ctx, given.person_id).await?;
    Ok(person.target_on(today))
}

async fn person_today(ctx: &Ctx<'_>, person_id: Uuid) -> Result<(PersonFacts, NaiveDate)> {
    let person = person_facts(ctx, person_id, ctx.now.date_naive()).await?;
    let today = today(ctx, person.region_id).await?;
    Ok((person, today))
}

/// The program that is named, or that of the module; an unknown one is a problem.
async fn program(
    ctx: &Ctx<'_>,
    data: &RecommendationData,
    region_id: Uuid,
    problems: &mut Vec<FieldProblem>,
) -> Result<Option<ProgramFacts>> {
    let found = match (data.program_id, data.module_id) {
        (Some(id), _) => programs_facts(ctx, &[id]).await?.remove(&id),
        (None, Some(id)) => modules_facts(ctx, &[id]).await?.remove(&id).map(|module| module.program),
        (None, None) => return Ok(None),
    };
    let found =
        found.filter(|program| program.region_id == region_id && program.state == ProgramState::Accepted);
    if found.is_none() {
        let words = Text::new(
            "Среди принятых программ региона такой нет",
            "There is no such program among the accepted ones of the region",
        );
        problems.push(FieldProblem::new(data.subject_pointer(), "unknown", words));
    }
    Ok(found)
}

/// Links that lead nowhere for this person.
async fn unknown_links(
    ctx: &Ctx<'_>,
    data: &RecommendationData,
    person: &PersonFacts,
    today: NaiveDate,
) -> Result<Vec<FieldProblem>> {
    let mut wrong: Vec<&str> = Vec::new();
    if let Some(id) = data.need_id {
        let places: Vec<Uuid> = person
            .employed_on(today)
            .flat_map(|work| [Some(work.organization_id), work.municipality_id])
            .flatten()
            .collect();
        if !is_need_of(ctx, id, person.id, &places).await? {
            wrong.push("/need_id");
        }
    }
    if let Some(id) = data.deficit_id
        && !open_deficits_of(ctx, person.id).await?.iter().any(|deficit| deficit.id == id)
    {
        wrong.push("/deficit_id");
    }
    if let Some(id) = data.finding_id
        && !unknown_findings(ctx, &[id]).await?.is_empty()
    {
        wrong.push("/finding_id");
    }
    if let Some(id) = data.direction_id
        && !is_approved(ctx, id, person.region_id).await?
    {
        wrong.push("/direction_id");
    }
    let problem = |pointer: &str| {
        let words = Text::new("Такой записи нет", "There is no such record");
        FieldProblem::new(pointer, "unknown", words)
    };
    Ok(wrong.into_iter().map(problem).collect())
}

fn not_employed() -> Error {
    Error::field(
        "/person_id",
        "not_employed",
        "Сегодня человек нигде не работает",
        "The person works nowhere today",
    )
}

/// Those of the recommendations that stand and were given to that person: for what is chosen because of them (P3-44).
pub async fn recommendations_given_to(ctx: &Ctx<'_>, ids: &[Uuid], person_id: Uuid) -> Result<Vec<Uuid>> {
    if ids.is_empty() { Ok(Vec::new()) } else { store::given_to(ctx.conn, ids, person_id).await }
}

/// The recommendations of programs and modules that stand and were given to that person: for proposals.
pub async fn programs_recommended_to(
    ctx: &Ctx<'_>,
    person_id: Uuid,
) -> Result<Vec<(Uuid, RecommendedProgram)>> {
    store::programs_given_to(ctx.conn, person_id).await
}
