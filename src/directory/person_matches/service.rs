//! Use cases of matching.

use std::collections::HashSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Match, Wanted, matches};
use super::{policy, store};
use crate::authz::{authorize_oneself, may};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::model::PersonData;
use crate::directory::persons::policy::GET_PERSON;
use crate::directory::persons::service::targets_on;
use crate::directory::regions;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::ids::new_id;

/// Somebody who may be the person, as the caller may know of him.
#[derive(Debug, Clone)]
pub struct Known {
    /// Who, and why.
    pub found: Match,
    /// Whether the caller may see him.
    pub visible: bool,
}

/// People of a report at most.
const MOST: usize = 50;

/// Who of the region may be that person. That it was asked is recorded, not what was asked.
pub async fn match_persons(ctx: &Ctx<'_>, wanted: &Wanted) -> Result<Vec<Known>> {
    let permit = authorize_oneself(ctx.actor, &policy::MATCH_PERSONS)?;
    let region_id = ctx.region_id()?;
    let today = regions::service::today(ctx, region_id).await?;
    let mut known = known(ctx, region_id, wanted, today).await?;
    // Of those he may not see the caller learns what adding the person would tell him anyway.
    known.retain(|known| known.visible || known.found.is_duplicate());
    known.truncate(MOST);
    let change = Change::none().field("found", (), known.len());
    ctx.audit(&permit, Subject { kind: "person_match", id: new_id() }, change).await?;
    Ok(known)
}

/// Refuses a person who may be somebody the region knows, unless the caller says that they are two. The caller has
/// decided already that the actor may add people there. A СНИЛС that is known is refused by the database.
pub async fn refuse_duplicate(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    data: &PersonData,
    distinct_from: &[Uuid],
    today: NaiveDate,
) -> Result<()> {
    let Some(born) = data.birth_date else { return Ok(()) };
    store::hold(ctx.conn, region_id, &data.name, born).await?;
    let wanted = Wanted { name: data.name.clone(), snils: data.snils, birth_date: Some(born) };
    let found = store::alike(ctx.conn, region_id, &wanted).await?;
    let mut duplicates = matches(&wanted, found);
    let same_snils = super::model::MatchReason::SameSnils;
    duplicates.retain(|found| {
        found.is_duplicate() && !found.reasons.contains(&same_snils) && !distinct_from.contains(&found.id)
    });
    if duplicates.is_empty() {
        return Ok(());
    }
    let known = with_sight(ctx, duplicates, today).await?;
    let fields = known.iter().map(problem).collect();
    let refusal = Error::new(Code::PossibleDuplicate).detail(
        "В регионе есть человек с таким именем и датой рождения: выберите его или укажите его id в distinct_from",
        "The region knows somebody of that name and date of birth: take that person, or name the id in distinct_from",
    );
    Err(Error { fields, ..refusal })
}

fn problem(known: &Known) -> FieldProblem {
    if known.visible {
        let id = known.found.id;
        let words = Text::owned(format!("Возможно, это {id}"), format!("This may be {id}"));
        return FieldProblem::new("/distinct_from", "possible_duplicate", words);
    }
    let words = Text::new(
        "Этот человек вам не виден: если есть СНИЛС, примите его по СНИЛС; иначе его добавит тот, кто видит обоих",
        "You may not see that person: hire him by his СНИЛС, or let somebody add him who sees both",
    );
    FieldProblem::new("/distinct_from", "possible_duplicate_hidden", words)
}

async fn known(ctx: &Ctx<'_>, region_id: Uuid, wanted: &Wanted, today: NaiveDate) -> Result<Vec<Known>> {
    with_sight(ctx, matches(wanted, store::alike(ctx.conn, region_id, wanted).await?), today).await
}

async fn with_sight(ctx: &Ctx<'_>, found: Vec<Match>, today: NaiveDate) -> Result<Vec<Known>> {
    let ids: Vec<Uuid> = found.iter().map(|found| found.id).collect();
    let targets = targets_on(ctx, &ids, today).await?;
    let seen: HashSet<Uuid> = targets
        .into_iter()
        .filter(|(_, target)| may(ctx.actor, &GET_PERSON, target))
        .map(|(id, _)| id)
        .collect();
    Ok(found.into_iter().map(|found| Known { visible: seen.contains(&found.id), found }).collect())
}
