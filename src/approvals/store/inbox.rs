//! What waits for a person now: one statement over the open steps.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{InnerJoinQuerySource, count_star, exists, not};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{ActorFacts, FrozenStep, HeldSeat, RequestHead, Seats, StepKind, headed};
use super::rows::{RequestRow, StepRow};
use crate::authz::{Scope, ScopePart};
use crate::db::schema::{
    approval_decisions as decisions, approval_open_steps as open, approval_requests as requests,
    approval_steps as steps,
};
use crate::db::{Ctx, written};
use crate::error::Result;
use crate::regulations::profile::ApprovalSubjectKind;

/// Which part of the inbox is asked for.
#[derive(Debug, Clone, Default)]
pub struct InboxFilter {
    /// Only about this kind of subject.
    pub subject_kind: Option<ApprovalSubjectKind>,
    /// Only steps of this kind.
    pub kind: Option<StepKind>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only about this person.
    pub person_id: Option<Uuid>,
    /// Only steps whose last day was before that day.
    pub due_before: Option<NaiveDate>,
    /// Only what is late, or only what is not.
    pub overdue: Option<bool>,
    /// Only in the names of others, or only in the own name.
    pub substituting: Option<bool>,
    /// Only from this round on.
    pub round_from: Option<u16>,
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
    /// When the seat was reminded of it.
    pub reminded_on: Option<NaiveDate>,
    /// In whose name the caller takes it; none for the own name.
    pub acting_for: Option<Uuid>,
}

/// How much waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WaitingCounts {
    /// Steps that wait.
    pub waiting: i64,
    /// Of these, late ones.
    pub overdue: i64,
    /// Of these, those that wait for somebody absent.
    pub as_substitute: i64,
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
    today: NaiveDate,
    fetch: i64,
    after: Option<InboxKey>,
) -> Result<Vec<Waiting>> {
    let mut query = inbox!()
        .filter(mine(scope, seats, filter.substituting))
        .order((open::opened_at, open::request_id, open::position))
        .limit(fetch)
        .select((
            RequestRow::as_select(),
            StepRow::as_select(),
            open::opened_at,
            open::due_on,
            open::reminded_on,
        ))
        .into_boxed::<Pg>();
    if let Some(kind) = filter.subject_kind {
        query = query.filter(requests::subject_kind.eq(kind.as_str()));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(steps::kind.eq(kind.as_str()));
    }
    if let Some(organization) = filter.organization_id {
        query = query.filter(requests::organization_id.eq(organization));
    }
    if let Some(person) = filter.person_id {
        query = query.filter(requests::person_id.assume_not_null().eq(person));
    }
    if let Some(day) = filter.due_before {
        query = query.filter(open::due_on.assume_not_null().lt(day));
    }
    query = match filter.overdue {
        Some(true) => query.filter(open::due_on.assume_not_null().lt(today)),
        Some(false) => query.filter(open::due_on.is_null().or(open::due_on.assume_not_null().ge(today))),
        None => query,
    };
    if let Some(round) = filter.round_from {
        query = query.filter(requests::round.ge(i32::from(round)));
    }
    if let Some((at, request, position)) = after {
        let later =
            open::request_id.gt(request).or(open::request_id.eq(request).and(open::position.gt(position)));
        query = query.filter(open::opened_at.gt(at).or(open::opened_at.eq(at).and(later)));
    }
    type Row = (RequestRow, StepRow, DateTime<Utc>, Option<NaiveDate>, Option<NaiveDate>);
    let rows: Vec<Row> = query.load(&mut &*ctx.conn).await?;
    let waiting = |(request, step, opened_at, due_on, reminded_on): Row| {
        let (request, frozen): (RequestHead, FrozenStep) = (request.try_into()?, step.try_into()?);
        let sits = |facts: &ActorFacts| facts.sits_at(&frozen.step, request.learner);
        let own = |facts: &ActorFacts| facts.acting_for.is_none();
        let name = seats
            .names()
            .into_iter()
            .find(|facts| sits(facts) && filter.substituting.is_none_or(|others| others != own(facts)));
        let acting_for = name.and_then(|facts| facts.acting_for);
        Ok(Waiting { request, frozen, opened_at, due_on, reminded_on, acting_for })
    };
    rows.into_iter().map(waiting).collect()
}

/// How many steps wait for the person in the scope.
pub(in crate::approvals) async fn count_waiting(
    ctx: &Ctx<'_>,
    scope: &Scope,
    seats: &Seats,
    today: NaiveDate,
) -> Result<WaitingCounts> {
    let (mut first, mut second) = (ctx.conn, ctx.conn);
    let late = written::<BigInt>("count(*) filter (where approval_open_steps.due_on < ")
        .bind::<Date, _>(today)
        .sql(")");
    let all = inbox!().filter(mine(scope, seats, None)).select((count_star(), late));
    let own = async {
        if seats.substituting.is_empty() {
            return Ok(None);
        }
        let own = inbox!().filter(mine(scope, seats, Some(false))).select(count_star());
        own.first::<i64>(&mut second).await.map(Some)
    };
    let ((waiting, overdue), own): ((i64, i64), Option<i64>) = tokio::try_join!(all.first(&mut first), own)?;
    let as_substitute = own.map_or(0, |own| waiting.saturating_sub(own));
    Ok(WaitingCounts { waiting, overdue, as_substitute })
}

/// What waits at the seats of the caller, in any name or only in the names of others or only in the own. The rules of
/// the transition function, said to the database.
fn mine(scope: &Scope, seats: &Seats, substituting: Option<bool>) -> Condition {
    let person = scope.parts().iter().find_map(|part| match part {
        ScopePart::Person(person) => Some(*person),
        _ => None,
    });
    let person = person.unwrap_or_default();
    let own = (substituting != Some(true)).then_some((&seats.held, None));
    let others = seats.substituting.iter().filter(|_| substituting != Some(false));
    let names = own.into_iter().chain(others.map(|capacity| (&capacity.seats, Some(capacity.absent))));
    let (mut seated, mut free): (Vec<Condition>, Vec<Condition>) = (Vec::new(), Vec::new());
    for (held, absent) in names {
        seated.push(at_seats(held, person, absent));
        free.push(match absent {
            Some(absent) => Box::new(at_seats(held, person, Some(absent)).and(not(kept_from(absent)))),
            None => at_seats(held, person, None),
        });
    }
    // The seats once more by themselves: what asks other tables too finds no index.
    Box::new(any_of(seated).and(not(kept_from(person))).and(not(answered_by_body())).and(any_of(free)))
}

fn any_of(conditions: Vec<Condition>) -> Condition {
    let any = conditions.into_iter().reduce(|one, other| -> Condition { Box::new(one.or(other)) });
    any.unwrap_or_else(|| -> Condition { Box::new(open::position.is_null()) })
}

/// What waits at these seats. Only what the person holds is asked for: a list that is empty would still be planned for.
fn at_seats(held: &[HeldSeat], person: Uuid, absent: Option<Uuid>) -> Condition {
    let mut seats: Vec<Condition> = Vec::new();
    // The learner's own steps are nobody else's.
    if absent.is_none() {
        seats.push(Box::new(open::person_id.assume_not_null().eq(person)));
    }
    let headed = headed(held);
    if !headed.is_empty() {
        seats.push(Box::new(open::association_id.assume_not_null().eq_any(headed)));
    }
    for held in held {
        let at = open::organization_id.assume_not_null().eq(held.organization);
        seats.push(Box::new(at.and(open::role.assume_not_null().eq(held.role.as_str()))));
    }
    any_of(seats)
}

/// What separation of duties keeps from that person, and what the person has answered in this round.
fn kept_from(person: Uuid) -> Condition {
    let own_request = requests::person_id
        .is_not_distinct_from(person)
        .or(requests::submitted_by_person_id.is_not_distinct_from(person));
    let in_this_round = || {
        decisions::table
            .filter(decisions::request_id.eq(open::request_id))
            .filter(decisions::round.eq(requests::round))
            .filter(
                decisions::person_id
                    .assume_not_null()
                    .eq(person)
                    .or(decisions::acting_for.assume_not_null().eq(person)),
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
    let answered = exists(
        in_this_round()
            .filter(decisions::step.eq(open::position.nullable()))
            .filter(decisions::decision.eq_any(OPINIONS)),
    );
    let kept_apart = of_substance().and(own_request.or(steps::council_ru.is_null().and(took_a_step)));
    Box::new(kept_apart.or(not(of_substance()).and(answered)))
}

/// What a body was asked for its opinion of, and has answered in this round: nobody need answer for it again.
fn answered_by_body() -> Condition {
    // No round is above that of the request. Said so, each request is looked up by its index, and not all decisions at once.
    let answered = exists(
        decisions::table
            .filter(decisions::request_id.eq(open::request_id))
            .filter(decisions::round.ge(requests::round))
            .filter(decisions::step.eq(open::position.nullable()))
            .filter(decisions::decision.eq_any(OPINIONS)),
    );
    Box::new(not(of_substance()).and(steps::council_ru.is_not_null()).and(answered))
}

/// Steps that decide; the others ask for an opinion.
fn of_substance() -> Condition {
    Box::new(steps::kind.eq_any(["endorse", "approve"]))
}

/// Decisions that answer without deciding.
const OPINIONS: [&str; 3] = ["consent", "acknowledge", "opinion"];
