//! What a person has handed in, what is about him, what he has decided.

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::RequestHead;
use super::load::{Filter, ListKey, page};
use crate::authz::{Scope, ScopePart};
use crate::db::schema::approval_requests as requests;
use crate::db::{Ctx, written};
use crate::error::Result;

/// Which requests are a person's own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OutboxOf {
    /// Those that he handed in.
    #[default]
    Submitted,
    /// Those that are about him.
    AboutMe,
    /// Those on which he decided, in whosever name, or somebody in his.
    Decided,
}

/// How much of what a person handed in is on its way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SubmittedCounts {
    /// With others.
    pub in_review: i64,
    /// Back for rework.
    pub returned: i64,
    /// Back for rework that was due before today.
    pub returned_overdue: i64,
}

/// One page of the requests of the person in the scope, newest first.
pub(in crate::approvals) async fn outbox(
    ctx: &Ctx<'_>,
    scope: &Scope,
    of: OutboxOf,
    filter: &Filter,
    fetch: i64,
    after: Option<ListKey>,
) -> Result<Vec<RequestHead>> {
    let person = person_of(scope);
    let query = page(filter, fetch, after);
    let query = match of {
        OutboxOf::Submitted => query.filter(requests::submitted_by_person_id.assume_not_null().eq(person)),
        OutboxOf::AboutMe => query.filter(requests::person_id.assume_not_null().eq(person)),
        OutboxOf::Decided => query.filter(decided_by(person)),
    };
    let rows = query.load(&mut &*ctx.conn).await?;
    rows.into_iter().map(RequestHead::try_from).collect()
}

fn decided_by(person: Uuid) -> Box<dyn BoxableExpression<requests::table, Pg, SqlType = Bool>> {
    let decided = written::<Bool>(
        "approval_requests.id in (
             select request_id from approval_decisions
              where decision not in ('submit', 'withdraw') and person_id = ",
    )
    .bind::<SqlUuid, _>(person)
    .sql(" union all select request_id from approval_decisions where acting_for = ")
    .bind::<SqlUuid, _>(person)
    .sql(")");
    Box::new(decided)
}

/// How much of what the person handed in is on its way.
pub(in crate::approvals) async fn count_submitted(
    ctx: &Ctx<'_>,
    person: Uuid,
    today: NaiveDate,
) -> Result<SubmittedCounts> {
    let count = |state: &str| format!("count(*) filter (where approval_requests.state = '{state}'");
    let in_review = written::<BigInt>(&format!("{})", count("in_review")));
    let overdue = written::<BigInt>(&format!("{} and approval_requests.return_due_on < ", count("returned")));
    let (open, in_review, returned_overdue): (i64, i64, i64) = requests::table
        .filter(requests::submitted_by_person_id.assume_not_null().eq(person))
        .filter(requests::state.eq_any(["in_review", "returned"]))
        .select((count_star(), in_review, overdue.bind::<Date, _>(today).sql(")")))
        .first(&mut &*ctx.conn)
        .await?;
    Ok(SubmittedCounts { in_review, returned: open.saturating_sub(in_review), returned_overdue })
}

fn person_of(scope: &Scope) -> Uuid {
    let person = scope.parts().iter().find_map(|part| match part {
        ScopePart::Person(person) => Some(*person),
        _ => None,
    });
    person.unwrap_or_default()
}
