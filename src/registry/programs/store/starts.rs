//! When a program begins next: its open offerings.

use chrono::{Days, NaiveDate};
use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::sql_types::{BigInt, Date, Uuid as SqlUuid};
use uuid::Uuid;

use super::words::Match;
use crate::db::schema::offerings;
use crate::registry::programs::model::{NextStart, ProgramFilter};

/// The rank of a program without a coming offering, in days since 2000-01-01: after every other.
const NEVER: i64 = 1_000_000;
/// Titles with a typing mistake are far below zero, so that the cursor tells the way.
const TYPO: i64 = 1_000_000_000_000;
const EPOCH: NaiveDate = match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The programs with an open offering that is asked for.
pub(super) fn offered(
    region_id: Uuid,
    filter: &ProgramFilter,
) -> offerings::BoxedQuery<'static, Pg, SqlUuid> {
    let mut query = offerings::table
        .filter(offerings::region_id.eq(region_id))
        .filter(offerings::state.eq("open"))
        .filter(offerings::program_id.is_not_null())
        .filter(offerings::starts_on.ge(filter.begins_from()))
        .select(offerings::program_id.assume_not_null())
        .into_boxed();
    if let Some(until) = filter.starts_until {
        query = query.filter(offerings::starts_on.le(until));
    }
    if let Some(municipality_id) = filter.held_in {
        query = query.filter(offerings::municipality_id.assume_not_null().eq(municipality_id));
    }
    query
}

/// The first day of the next open offering asked for, in days since 2000-01-01: what a list by start is sorted by before
/// the title. One look into an index for each program.
#[derive(Debug, Clone)]
pub(super) struct Start {
    from: NaiveDate,
    until: Option<NaiveDate>,
    held_in: Option<Uuid>,
    way: Match,
    name: &'static str,
}

impl Start {
    pub(super) fn new(filter: &ProgramFilter, way: Match) -> Self {
        Self {
            from: filter.begins_from(),
            until: filter.starts_until,
            held_in: filter.held_in,
            way,
            name: "",
        }
    }

    /// As a column, which is computed once and orders the list as [`next_start`].
    pub(super) fn column(self) -> Self {
        Self { name: " as next_start", ..self }
    }
}

/// The start by its name.
#[derive(Debug, Clone, Copy, QueryId)]
pub(super) struct ByName;

pub(super) const fn next_start() -> ByName {
    ByName
}

/// What the rank says of the start.
pub(super) fn start_of(filter: &ProgramFilter, rank: i64) -> NextStart {
    let days = if rank < 0 { rank + TYPO } else { rank };
    let next = u64::try_from(days)
        .ok()
        .filter(|_| days < NEVER)
        .and_then(|days| EPOCH.checked_add_days(Days::new(days)));
    NextStart { today: filter.today.unwrap_or_default(), next }
}

impl Expression for Start {
    type SqlType = BigInt;
}
impl<QS> SelectableExpression<QS> for Start {}
impl<QS> AppearsOnTable<QS> for Start {}
impl<GB> ValidGrouping<GB> for Start {
    type IsAggregate = is_aggregate::Never;
}

/// The text of the statement is the key of its cache.
impl QueryId for Start {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl QueryFragment<Pg> for Start {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "(coalesce((select min(coming.starts_on) from offerings coming \
             where coming.program_id = programs.id and coming.state = 'open' and coming.starts_on >= ",
        );
        out.push_bind_param::<Date, _>(&self.from)?;
        if let Some(until) = &self.until {
            out.push_sql(" and coming.starts_on <= ");
            out.push_bind_param::<Date, _>(until)?;
        }
        if let Some(municipality_id) = &self.held_in {
            out.push_sql(" and coming.municipality_id = ");
            out.push_bind_param::<SqlUuid, _>(municipality_id)?;
        }
        out.push_sql(") - date '2000-01-01', 1000000)::bigint");
        if self.way == Match::Typo {
            out.push_sql(" - 1000000000000");
        }
        out.push_sql(")");
        out.push_sql(self.name);
        Ok(())
    }
}

impl Expression for ByName {
    type SqlType = BigInt;
}
impl<QS> SelectableExpression<QS> for ByName {}
impl<QS> AppearsOnTable<QS> for ByName {}
impl<GB> ValidGrouping<GB> for ByName {
    type IsAggregate = is_aggregate::Never;
}
impl QueryFragment<Pg> for ByName {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("next_start");
        Ok(())
    }
}
