//! Use cases of priority categories.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Category, NewCategory, out_of_order, problems};
use super::{policy, store};
use crate::authz::{Actor, Target, authorize, authorize_seen, may};
use crate::db::{Change, Ctx, Subject};
use crate::diagnostics::service::open_deficits_of;
use crate::directory::persons::service::person_facts;
use crate::directory::regions::service::today;
use crate::error::{Code, Error, Result};
use crate::ids::new_id;
use crate::learning_routes::rules::HeldCategory;
use crate::regulations::service::binding_regulation;

/// Records that a teacher belongs to a category.
pub async fn record_priority_category(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    mut new: NewCategory,
) -> Result<(Category, Vec<String>)> {
    let person = person_facts(ctx, person_id, ctx.now.date_naive()).await?;
    let today = today(ctx, person.region_id).await?;
    let target = person.target_on(today);
    let permit = authorize(ctx.actor, &policy::RECORD_PRIORITY_CATEGORY, &target)?;
    let place = new.organization_id.or_else(|| permit.organization_id());
    let mut work = person.employed_on(today);
    let work =
        work.find(|work| place.is_none_or(|place| place == work.organization_id)).ok_or_else(|| {
            Error::field(
                "/organization_id",
                "not_employed",
                "Педагог сегодня там не работает",
                "The teacher does not work there today",
            )
        })?;
    new.deficit_ids.sort_unstable();
    new.deficit_ids.dedup();
    let (regulation, open) = (
        binding_regulation(ctx, work.organization_id, today).await?,
        open_deficits_of(ctx, person_id).await?,
    );
    let open: Vec<Uuid> = open.iter().map(|deficit| deficit.id).collect();
    let rule = regulation.as_ref().and_then(|found| found.profile.route.people.priority.as_ref());
    let problems = problems(&new, &open, rule);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let others = store::of_person(ctx.conn, person_id).await?;
    let same = |known: &&Category| {
        known.organization_id == work.organization_id && known.code == new.code && known.since == new.since
    };
    if let Some(known) = others.iter().find(same) {
        return Err(Error::new(Code::AlreadyExists).detail(
            format!("Категория с этого дня уже записана: {}", known.id),
            format!("The category is recorded from that day already: {}", known.id),
        ));
    }
    let held = Category {
        id: new_id(),
        region_id: person.region_id,
        municipality_id: work.municipality_id,
        organization_id: work.organization_id,
        person_id,
        code: new.code,
        since: new.since,
        until: new.until,
        note: new.note,
        deficit_ids: new.deficit_ids,
        version: 1,
    };
    store::insert(ctx, &permit, &held).await?;
    let change = Change::none().field("code", (), held.code.as_str());
    ctx.audit(&permit, Subject { kind: "priority_category", id: held.id }, change).await?;
    let actions = allowed_actions(ctx.actor, &held, &target);
    Ok((held, actions))
}

/// The categories of a person, newest first.
pub async fn list_priority_categories(
    ctx: &Ctx<'_>,
    person_id: Uuid,
) -> Result<Vec<(Category, Vec<String>)>> {
    let target = target(ctx, person_id).await?;
    authorize(ctx.actor, &policy::LIST_PRIORITY_CATEGORIES, &target)?;
    let found = store::of_person(ctx.conn, person_id).await?;
    let with_actions = |held: Category| {
        let actions = allowed_actions(ctx.actor, &held, &target);
        (held, actions)
    };
    Ok(found.into_iter().map(with_actions).collect())
}

/// One category.
pub async fn get_priority_category(ctx: &Ctx<'_>, id: Uuid) -> Result<(Category, Vec<String>)> {
    let held = store::find(ctx.conn, id).await?;
    let target = target(ctx, held.person_id).await?;
    authorize(ctx.actor, &policy::GET_PRIORITY_CATEGORY, &target)?;
    let actions = allowed_actions(ctx.actor, &held, &target);
    Ok((held, actions))
}

/// Gives a category its last day.
pub async fn end_priority_category(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    until: Option<NaiveDate>,
) -> Result<(Category, Vec<String>)> {
    let held = store::lock(ctx.conn, id).await?;
    let target = target(ctx, held.person_id).await?;
    authorize(ctx.actor, &policy::GET_PRIORITY_CATEGORY, &target)?;
    let permit = authorize_seen(ctx.actor, &policy::END_PRIORITY_CATEGORY, &target)?;
    if held.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let until = match until {
        Some(day) => day,
        None => today(ctx, held.region_id).await?,
    };
    if until < held.since {
        return Err(vec![out_of_order()].into());
    }
    if held.until.is_some_and(|end| end <= until) {
        return Err(Error::new(Code::StateConflict)
            .detail("Категория заканчивается раньше", "The category ends no later than that already"));
    }
    let before = held.until.map(|day| day.to_string());
    let held = Category { until: Some(until), version: held.version + 1, ..held };
    store::end(ctx, &permit, &held).await?;
    let change = Change::none().field("until", before, until.to_string());
    ctx.audit(&permit, Subject { kind: "priority_category", id }, change).await?;
    let actions = allowed_actions(ctx.actor, &held, &target);
    Ok((held, actions))
}

/// The categories that the person holds on that day at that school: for the rules of routes.
pub async fn held_on(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<Vec<HeldCategory>> {
    let (found, open) =
        tokio::try_join!(store::of_person(ctx.conn, person_id), open_deficits_of(ctx, person_id))?;
    let there = |held: &Category| held.organization_id == organization_id && held.lasts_on(day);
    let is_open = |id: &Uuid| open.iter().any(|deficit| deficit.id == *id);
    Ok(found
        .into_iter()
        .filter(there)
        .map(|held| HeldCategory { has_difficulty: held.deficit_ids.iter().any(is_open), code: held.code })
        .collect())
}

/// Who of a school is in which category on that day, each by the card that is kept: for its plans.
pub async fn holders_at(ctx: &Ctx<'_>, organization_id: Uuid, day: NaiveDate) -> Result<Vec<(Uuid, String)>> {
    store::holders_at(ctx.conn, organization_id, day).await
}

async fn target(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Target> {
    let person = person_facts(ctx, person_id, ctx.now.date_naive()).await?;
    Ok(person.target_on(today(ctx, person.region_id).await?))
}

fn allowed_actions(actor: &Actor, held: &Category, target: &Target) -> Vec<String> {
    let rule = &policy::END_PRIORITY_CATEGORY;
    let ends = held.until.is_none() && may(actor, rule, target);
    ends.then(|| rule.operation.to_owned()).into_iter().collect()
}
