//! Queries on flags in credit books.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Flag, FlagKind, FlagState};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::credit_book_flags::{self as flags, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::hours::credit_books::model::Source;

#[derive(Queryable, Selectable)]
#[diesel(table_name = flags)]
struct FlagRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    book_id: Uuid,
    person_id: Uuid,
    kind: String,
    entry_id: Option<Uuid>,
    offering_id: Option<Uuid>,
    association_id: Option<Uuid>,
    text: String,
    leader_id: Option<Uuid>,
    state: String,
    answer: Option<String>,
    answer_entry_id: Option<Uuid>,
    answered_by: Option<Uuid>,
    answered_at: Option<DateTime<Utc>>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<FlagRow> for Flag {
    type Error = Error;

    fn try_from(row: FlagRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
        let source = match (row.offering_id, row.association_id) {
            (Some(id), _) => Source::Offering(id),
            (None, Some(id)) => Source::Association(id),
            (None, None) => return Err(unknown("source of a flag")),
        };
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            book_id: row.book_id,
            person_id: row.person_id,
            kind: FlagKind::parse(&row.kind).ok_or_else(|| unknown("kind"))?,
            entry_id: row.entry_id,
            source,
            text: row.text,
            leader_id: row.leader_id,
            state: FlagState::parse(&row.state).ok_or_else(|| unknown("state"))?,
            answer: row.answer,
            answer_entry_id: row.answer_entry_id,
            answered_by: row.answered_by,
            answered_at: row.answered_at,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which flags a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only in this state.
    pub state: Option<FlagState>,
    /// Only in this book.
    pub book_id: Option<Uuid>,
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Flag> {
    let row: FlagRow = table.find(id).select(FlagRow::as_select()).first(&mut &*conn).await?;
    Flag::try_from(row)
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Flag> {
    let query = table.find(id).select(FlagRow::as_select()).for_update();
    let row: FlagRow = query.first(&mut &*conn).await?;
    Flag::try_from(row)
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Flag>> {
    let mut query = table
        .select(FlagRow::as_select())
        .filter(within(scope))
        .order((flags::created_at.desc(), flags::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(state) = filter.state {
        query = query.filter(flags::state.eq(state.as_str()));
    }
    if let Some(id) = filter.book_id {
        query = query.filter(flags::book_id.eq(id));
    }
    if let Some((at, id)) = after {
        let same = flags::created_at.eq(at).and(flags::id.lt(id));
        query = query.filter(flags::created_at.lt(at).or(same));
    }
    let rows: Vec<FlagRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Flag::try_from).collect()
}

type Circle = Box<dyn BoxableExpression<table, Pg, SqlType = Bool>>;

/// What is entrusted to a person are the flags that go to him, not those of whoever belongs to his associations.
fn within(scope: &Scope) -> Circle {
    let circles = scope.parts().iter().copied().map(circle);
    circles.reduce(|one, other| -> Circle { Box::new(one.or(other)) }).unwrap_or_else(nothing)
}

fn circle(part: ScopePart) -> Circle {
    match part {
        ScopePart::Everything => Box::new(flags::region_id.is_not_null()),
        ScopePart::Region(id) => Box::new(flags::region_id.eq(id)),
        ScopePart::Municipality(id) => Box::new(
            flags::municipality_id.is_not_null().and(flags::municipality_id.assume_not_null().eq(id)),
        ),
        ScopePart::Organization(id) => Box::new(flags::organization_id.eq(id)),
        ScopePart::Person(id) => Box::new(flags::person_id.eq(id)),
        ScopePart::Assigned(id) => {
            Box::new(flags::leader_id.is_not_null().and(flags::leader_id.assume_not_null().eq(id)))
        }
        ScopePart::Above { .. } => nothing(),
    }
}

fn nothing() -> Circle {
    Box::new(flags::region_id.is_null())
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, flag: &Flag) -> Result<()> {
    diesel::insert_into(table)
        .values((
            flags::id.eq(flag.id),
            flags::region_id.eq(flag.region_id),
            flags::municipality_id.eq(flag.municipality_id),
            flags::organization_id.eq(flag.organization_id),
            flags::book_id.eq(flag.book_id),
            flags::person_id.eq(flag.person_id),
            flags::kind.eq(flag.kind.as_str()),
            flags::entry_id.eq(flag.entry_id),
            flags::offering_id.eq(flag.source.offering_id()),
            flags::association_id.eq(flag.source.association_id()),
            flags::text.eq(&flag.text),
            flags::leader_id.eq(flag.leader_id),
            flags::state.eq(flag.state.as_str()),
            flags::version.eq(flag.version),
            flags::created_at.eq(flag.created_at),
            flags::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, flag: &Flag) -> Result<()> {
    diesel::update(table.find(flag.id))
        .set((
            flags::state.eq(flag.state.as_str()),
            flags::answer.eq(&flag.answer),
            flags::answer_entry_id.eq(flag.answer_entry_id),
            flags::answered_by.eq(flag.answered_by),
            flags::answered_at.eq(flag.answered_at),
            flags::version.eq(flag.version),
            flags::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
