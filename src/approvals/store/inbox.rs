//! What waits for a person now: one statement over the open steps.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{InnerJoinQuerySource, count_star, exists, not};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{FrozenStep, RequestHead, Seats};
use super::rows::{RequestRow, StepRow};
use crate::authz::{Scope, ScopePart};
use crate::db::Ctx;
use crate::db::schema::{
    approval_decisions as decisions, approval_open_steps as open, approval_requests as requests,
    approval_steps as steps,
};
use crate::error::Result;
use crate::regulations::profile::ApprovalSubjectKind;

/// Which part of the inbox is asked for.
#[derive(Debug, Clone, Default)]
pub struct InboxFilter {
    /// Only about this kind of subject.
    pub subject_kind: Option<ApprovalSubjectKind>,
    /// Only steps whose last day was before that day.
    pub due_before: Option<NaiveDate>,
}

/// Where a page of the inbox begins: since when the step waits, which request, which step.
pub type InboxKey = (DateTime<Utc>, Uuid, i32);

/// A step that waits for the caller.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The request.
    pub request: RequestHead,
    /// The step.
    pub frozen: FrozenStep,
    /// Since when it waits.
    pub opened_at: DateTime<Utc>,
    /// Its last day.
    pub due_on: Option<NaiveDate>,
}

/// Steps with their open places and requests.
type Source = InnerJoinQuerySource<
    InnerJoinQuerySource<open::table, requests::table>,
    steps::table,
    diesel::dsl::And<
        diesel::dsl::Eq<steps::request_id, open::request_id>,
        diesel::dsl::Eq<steps::position, open::position>,
    >,
>;
type Condition = Box<dyn BoxableExpression<Source, Pg, SqlType = Bool>>;

macro_rules! inbox {
    () => {
        open::table.inner_join(requests::table).inner_join(
            steps::table.on(steps::request_id.eq(open::request_id).and(steps::position.eq(open::position))),
        )
    };
}

/// One page of what waits for the person in the scope, the longest waiting first.
pub(in crate::approvals) async fn waiting(
    ctx: &Ctx<'_>,
    scope: &Scope,
    seats: &Seats,
    filter: &InboxFilter,
    fetch: i64,
    after: Option<InboxKey>,
) -> Result<Vec<Waiting>> {
    let mut query = inbox!()
        .filter(mine(scope, seats))
        .order((open::opened_at, open::request_id, open::position))
        .limit(fetch)
        .select((RequestRow::as_select(), StepRow::as_select(), open::opened_at, open::due_on))
        .into_boxed::<Pg>();
    if let Some(kind) = filter.subject_kind {
        query = query.filter(requests::subject_kind.eq(kind.as_str()));
    }
    if let Some(day) = filter.due_before {
        query = query.filter(open::due_on.assume_not_null().lt(day));
    }
    if let Some((at, request, position)) = after {
        let later =
            open::request_id.gt(request).or(open::request_id.eq(request).and(open::position.gt(position)));
        query = query.filter(open::opened_at.gt(at).or(open::opened_at.eq(at).and(later)));
    }
    let rows: Vec<(RequestRow, StepRow, DateTime<Utc>, Option<NaiveDate>)> =
        query.load(&mut &*ctx.conn).await?;
    let waiting = |(request, step, opened_at, due_on): (RequestRow, StepRow, _, _)| {
        Ok(Waiting { request: request.try_into()?, frozen: step.try_into()?, opened_at, due_on })
    };
    rows.into_iter().map(waiting).collect()
}

/// How many steps wait for the person in the scope.
pub(in crate::approvals) async fn count_waiting(ctx: &Ctx<'_>, scope: &Scope, seats: &Seats) -> Result<i64> {
    Ok(inbox!().filter(mine(scope, seats)).select(count_star()).first(&mut &*ctx.conn).await?)
}

/// The seats of the caller, less what separation of duties or an earlier answer takes away. The rules of the
/// transition function, said to the database.
fn mine(scope: &Scope, held: &Seats) -> Condition {
    let person = scope.parts().iter().find_map(|part| match part {
        ScopePart::Person(person) => Some(*person),
        _ => None,
    });
    let person = person.unwrap_or_default();
    let own: Condition = Box::new(
        open::person_id
            .assume_not_null()
            .eq(person)
            .or(open::association_id.assume_not_null().eq_any(held.headed())),
    );
    let seated = held.held.iter().fold(own, |seats, held| -> Condition {
        let seat = open::organization_id
            .assume_not_null()
            .eq(held.organization)
            .and(open::role.assume_not_null().eq(held.role.as_str()));
        Box::new(seats.or(seat))
    });
    let of_substance = || steps::kind.eq_any(["endorse", "approve"]);
    let own_request = requests::person_id
        .is_not_distinct_from(person)
        .or(requests::submitted_by_person_id.is_not_distinct_from(person));
    let in_this_round = || {
        decisions::table
            .filter(decisions::request_id.eq(open::request_id))
            .filter(decisions::round.eq(requests::round))
            .filter(
                decisions::person_id
                    .is_not_distinct_from(person)
                    .or(decisions::acting_for.is_not_distinct_from(person)),
            )
    };
    // What a body decided has a meeting, and is nobody's own step.
    let took_a_step = exists(
        in_this_round().filter(
            decisions::decision
                .eq_any(["endorse", "approve"])
                .and(decisions::held_on.is_null())
                .or(decisions::taken.ne(Vec::<Option<i32>>::new())),
        ),
    );
    let opinions = ["consent", "acknowledge", "opinion"];
    let answered = exists(
        in_this_round()
            .filter(decisions::step.eq(open::position.nullable()))
            .filter(decisions::decision.eq_any(opinions)),
    );
    let body_answered = exists(
        decisions::table
            .filter(decisions::request_id.eq(open::request_id))
            .filter(decisions::round.eq(requests::round))
            .filter(decisions::step.eq(open::position.nullable()))
            .filter(decisions::decision.eq_any(opinions)),
    );
    let by_body = || steps::council_ru.is_not_null();
    let answered = answered.or(by_body().and(body_answered));
    let kept_apart = of_substance().and(own_request.or(not(by_body()).and(took_a_step)));
    let done = not(of_substance()).and(answered);
    Box::new(seated.and(not(kept_apart)).and(not(done)))
}
