//! Queries on ranges of numbers.

use chrono::{DateTime, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{NumberPart, NumberRange, Spelling};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::number_ranges::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::values::DocumentKind;

#[derive(Queryable, Selectable)]
#[diesel(table_name = number_ranges)]
struct RangeRow {
    id: Uuid,
    region_id: Uuid,
    organization_id: Uuid,
    kind: String,
    part: String,
    series: Option<String>,
    prefix: String,
    digits: i16,
    first_number: i64,
    last_number: i64,
    next_number: i64,
    state: String,
    version: i64,
    created_at: DateTime<Utc>,
}

/// A range, and when it was set up.
pub type Dated = (NumberRange, DateTime<Utc>);

fn range(row: RangeRow) -> Result<Dated> {
    let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
    let range = NumberRange {
        id: row.id,
        region_id: row.region_id,
        organization_id: row.organization_id,
        spelling: Spelling {
            kind: DocumentKind::parse(&row.kind).ok_or_else(|| unknown("document kind"))?,
            part: NumberPart::parse(&row.part).ok_or_else(|| unknown("part of a number"))?,
            series: row.series,
            prefix: row.prefix,
            digits: u8::try_from(row.digits).map_err(Error::internal)?,
        },
        first: row.first_number,
        last: row.last_number,
        next: row.next_number,
        open: row.state == "open",
        version: row.version,
    };
    Ok((range, row.created_at))
}

/// Which ranges a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this issuer.
    pub organization_id: Option<Uuid>,
    /// Only for papers of this kind.
    pub kind: Option<DocumentKind>,
    /// Only open ones, or only closed ones.
    pub open: Option<bool>,
}

const fn state(open: bool) -> &'static str {
    if open { "open" } else { "closed" }
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<NumberRange> {
    let row: RangeRow = table.find(id).select(RangeRow::as_select()).first(&mut &*conn).await?;
    Ok(range(row)?.0)
}

/// Holds a range until the end of the transaction: whoever takes a number or closes it.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<NumberRange> {
    let query = table.find(id).select(RangeRow::as_select()).for_no_key_update();
    let row: RangeRow = query.first(&mut &*conn).await?;
    Ok(range(row)?.0)
}

/// Every range of an issuer.
pub(super) async fn of_issuer(conn: &Conn, organization_id: Uuid) -> Result<Vec<NumberRange>> {
    let rows: Vec<RangeRow> = table
        .filter(number_ranges::organization_id.eq(organization_id))
        .select(RangeRow::as_select())
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(|row| Ok(range(row)?.0)).collect()
}

/// One page, those set up last first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Dated>> {
    let mut query = table
        .select(RangeRow::as_select())
        .filter(within(scope))
        .order((number_ranges::created_at.desc(), number_ranges::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(number_ranges::organization_id.eq(id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(number_ranges::kind.eq(kind.as_str()));
    }
    if let Some(open) = filter.open {
        query = query.filter(number_ranges::state.eq(state(open)));
    }
    if let Some((at, id)) = after {
        let same = number_ranges::created_at.eq(at).and(number_ranges::id.lt(id));
        query = query.filter(number_ranges::created_at.lt(at).or(same));
    }
    let rows: Vec<RangeRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(range).collect()
}

type Circle = Box<dyn BoxableExpression<table, Pg, SqlType = Bool>>;

fn within(scope: &Scope) -> Circle {
    let circles = scope.parts().iter().copied().map(circle);
    circles.reduce(|one, other| -> Circle { Box::new(one.or(other)) }).unwrap_or_else(nothing)
}

fn circle(part: ScopePart) -> Circle {
    match part {
        ScopePart::Everything => Box::new(number_ranges::region_id.is_not_null()),
        ScopePart::Region(id) => Box::new(number_ranges::region_id.eq(id)),
        ScopePart::Municipality(id) => Box::new(
            number_ranges::municipality_id
                .is_not_null()
                .and(number_ranges::municipality_id.assume_not_null().eq(id)),
        ),
        ScopePart::Organization(id) => Box::new(number_ranges::organization_id.eq(id)),
        // A range is about nobody.
        ScopePart::Person(_) | ScopePart::Assigned(_) | ScopePart::Above { .. } => nothing(),
    }
}

fn nothing() -> Circle {
    Box::new(number_ranges::region_id.is_null())
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, new: &NumberRange) -> Result<()> {
    let digits = i16::from(new.spelling.digits);
    diesel::insert_into(table)
        .values((
            number_ranges::id.eq(new.id),
            number_ranges::region_id.eq(new.region_id),
            number_ranges::organization_id.eq(new.organization_id),
            number_ranges::kind.eq(new.spelling.kind.as_str()),
            number_ranges::part.eq(new.spelling.part.as_str()),
            number_ranges::series.eq(&new.spelling.series),
            number_ranges::prefix.eq(&new.spelling.prefix),
            number_ranges::digits.eq(digits),
            number_ranges::first_number.eq(new.first),
            number_ranges::last_number.eq(new.last),
            number_ranges::next_number.eq(new.next),
            number_ranges::state.eq(state(new.open)),
            number_ranges::version.eq(new.version),
            number_ranges::created_at.eq(ctx.now),
            number_ranges::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Remembers up to where the numbers of a held range are taken.
pub(super) async fn advance(ctx: &Ctx<'_>, _permit: &Permit, range: &NumberRange) -> Result<()> {
    diesel::update(table.find(range.id))
        .set((number_ranges::next_number.eq(range.next), number_ranges::updated_at.eq(ctx.now)))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn close(ctx: &Ctx<'_>, _permit: &Permit, range: &NumberRange) -> Result<()> {
    diesel::update(table.find(range.id))
        .set((
            number_ranges::state.eq(state(range.open)),
            number_ranges::version.eq(range.version),
            number_ranges::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
