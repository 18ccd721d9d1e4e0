//! Use cases of the feed of changes.

use super::model::{Change, Circle, Places, Portion, Position};
use super::{policy, store};
use crate::authz::{Scope, ScopePart, scope};
use crate::db::Ctx;
use crate::error::{Error, Result};

/// What comes after a place of the feed, of the actor's circle.
pub async fn list_changes(
    ctx: &Ctx<'_>,
    after: Option<&str>,
    subject_kind: Option<&str>,
    limit: i64,
) -> Result<Portion> {
    let circle =
        Circle { region_id: ctx.region_id()?, places: places(&scope(ctx.actor, &policy::LIST_CHANGES)?) };
    let after = match after {
        Some(text) => known(ctx, text).await?,
        None => Position::START,
    };
    let kinds = subject_kind.map(str::to_owned);
    portion(ctx, &circle, kinds.as_slice(), after, limit).await
}

/// The place of that name. Nothing is ever swept out of the feed, so none is too old; but none lies behind its end either,
/// and whoever names such a one follows another database: he is not left waiting there.
async fn known(ctx: &Ctx<'_>, text: &str) -> Result<Position> {
    let no_such_place = || {
        Error::field(
            "after",
            "invalid_cursor",
            "Такого места в ленте нет: начните с начала",
            "There is no such place in the feed: begin at its start",
        )
    };
    let position = Position::parse(text).ok_or_else(no_such_place)?;
    if position <= end(ctx).await? { Ok(position) } else { Err(no_such_place()) }
}

/// What comes after that place of the feed, without asking who may know: for those who are told of changes. No kinds are
/// all kinds.
pub async fn portion(
    ctx: &Ctx<'_>,
    circle: &Circle,
    kinds: &[String],
    after: Position,
    limit: i64,
) -> Result<Portion> {
    // Read before the changes: whatever began earlier has ended by now and is seen by the next statement.
    let horizon = store::horizon(ctx.conn).await?;
    let changes = store::between(ctx.conn, circle, kinds, (after, horizon), limit).await?;
    let has_more = i64::try_from(changes.len()).is_ok_and(|found| found >= limit);
    let end = Position::before(horizon);
    let last = changes.last().map(|change| change.position).filter(|_| has_more);
    Ok(Portion { next: last.unwrap_or(end).max(after), changes, has_more })
}

/// Changes by their ids, wherever they happened: for those who were to be told of them.
pub async fn changes(ctx: &Ctx<'_>, ids: &[uuid::Uuid]) -> Result<Vec<Change>> {
    if ids.is_empty() { Ok(Vec::new()) } else { store::many(ctx.conn, ids).await }
}

/// The end of the feed: what is told to somebody who begins to follow now comes behind it.
pub async fn end(ctx: &Ctx<'_>) -> Result<Position> {
    Ok(Position::before(store::horizon(ctx.conn).await?))
}

/// The places of a scope; none for a whole region.
fn places(scope: &Scope) -> Option<Places> {
    let mut places = Places::default();
    for part in scope.parts() {
        match part {
            ScopePart::Region(_) => return None,
            ScopePart::Municipality(id) => places.municipalities.push(*id),
            ScopePart::Organization(id) => places.organizations.push(*id),
            // The policy gives none of these; they would add nothing.
            ScopePart::Everything
            | ScopePart::Person(_)
            | ScopePart::Assigned(_)
            | ScopePart::Above { .. } => {}
        }
    }
    Some(places)
}
