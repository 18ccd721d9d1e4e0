//! Use cases of personal data.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

use super::model::{DataRead, Erased, ErasureAct, Obstacle, Purpose, Section, obstacle};
use super::{policy, store};
use crate::authz::{Permit, authorize, authorize_oneself};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::policy::GET_PERSON;
use crate::directory::persons::service::{hold_person, lock_person, target};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;

/// What the permitted reading of somebody's personal data is for: what the caller says, else what his role reads it for;
/// none when another system does not say it.
pub fn purpose(permit: &Permit, said: Option<Purpose>) -> Option<Purpose> {
    said.or_else(|| permit.grant().and_then(|grant| Purpose::of(grant.role)))
}

/// The same, where without a purpose there is no answer.
pub fn required_purpose(permit: &Permit, said: Option<Purpose>) -> Result<Purpose> {
    purpose(permit, said).ok_or_else(|| {
        let words = Text::new(
            "Внешняя система называет цель обращения к персональным данным",
            "Another system names the purpose for which it reads personal data",
        );
        Error::invalid(vec![FieldProblem::new("X-Purpose", "required", words)])
    })
}

/// Records that the actor is shown personal data of those people.
pub async fn journal(
    ctx: &Ctx<'_>,
    permit: &Permit,
    (region_id, people): (Uuid, &[Uuid]),
    (operation, purpose): (&str, Purpose),
) -> Result<()> {
    store::journal(ctx, permit, (region_id, people), (operation, purpose)).await
}

/// Everything that is kept about the caller's person, by kind; nothing when no person is behind the account.
pub async fn get_my_data(ctx: &Ctx<'_>) -> Result<Vec<Section>> {
    authorize_oneself(ctx.actor, &policy::GET_MY_DATA)?;
    let cards: Vec<Uuid> = ctx.actor.cards().collect();
    if cards.is_empty() {
        return Ok(Vec::new());
    }
    let mut sections: BTreeMap<String, Vec<Vec<(String, String)>>> = BTreeMap::new();
    for (kind, record) in store::records(ctx.conn, &cards).await? {
        sections.entry(kind).or_default().push(fields(record));
    }
    Ok(sections.into_iter().map(|(kind, records)| Section { kind, records }).collect())
}

/// Names and values of a record; what is empty is left out.
fn fields(record: Value) -> Vec<(String, String)> {
    let Value::Object(fields) = record else { return Vec::new() };
    let written = |value: Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text),
        other => Some(other.to_string()),
    };
    fields.into_iter().filter_map(|(name, value)| Some((name, written(value)?))).collect()
}

/// One page of who read the caller's personal data.
pub async fn list_my_data_reads(
    ctx: &Ctx<'_>,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<DataRead>> {
    authorize_oneself(ctx.actor, &policy::LIST_MY_DATA_READS)?;
    match ctx.actor.person_id {
        Some(person_id) => store::reads(ctx.conn, person_id, page.fetch(), after).await,
        None => Ok(Vec::new()),
    }
}

/// Makes a person nameless by an act, with all cards.
pub async fn erase_person(ctx: &Ctx<'_>, id: Uuid, if_match: i64, act: &ErasureAct) -> Result<Erased> {
    hold_person(ctx, id).await?;
    let sheet = lock_person(ctx, id).await?;
    authorize(ctx.actor, &GET_PERSON, &target(&sheet))?;
    let permit = authorize(ctx.actor, &policy::ERASE_PERSON, &target(&sheet))?;
    if sheet.person.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if let Some(obstacle) = obstacle(&sheet) {
        return Err(refusal(obstacle));
    }
    let wrong = act.problems(sheet.today);
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    let erased = store::erase(ctx, &permit, (&sheet.person, sheet.today), act).await?;
    let change = Change::none().field("erased", false, true).field("files", (), erased.files_removed);
    ctx.audit(&permit, Subject { kind: "person", id }, change).await?;
    Ok(erased)
}

fn refusal(obstacle: Obstacle) -> Error {
    let (ru, en) = match obstacle {
        Obstacle::Merged => (
            "Карточка объединена с другой: обезличивается сохранённая, и эта вместе с ней",
            "The card was merged: the kept one is erased, and this one with it",
        ),
        Obstacle::Erased => {
            ("Персональные данные уже уничтожены", "The personal data has been erased already")
        }
        Obstacle::Employed => (
            "Человек работает: сначала завершите трудоустройство",
            "The person works: end the employment first",
        ),
    };
    Error::new(Code::StateConflict).detail(ru, en)
}
