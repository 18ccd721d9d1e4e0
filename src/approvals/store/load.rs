//! Reading requests: whole ones, locked ones, lists.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::{exists, not};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{Case, FrozenStep, Line, RequestHead, Seats, fold};
use super::rows::{DecisionRow, RequestRow, StepRow, line};
use crate::authz::{Role, Scope, ScopePart};
use crate::db::schema::{approval_decisions, approval_requests, approval_steps};
use crate::db::{Ctx, scope_filter, written};
use crate::error::{Error, Result};
use crate::regulations::profile::ApprovalSubjectKind;

/// Which requests a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only in this state.
    pub state: Option<&'static str>,
    /// Only about this kind of subject.
    pub subject_kind: Option<ApprovalSubjectKind>,
    /// Only about this subject.
    pub subject_id: Option<Uuid>,
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only about this person.
    pub person_id: Option<Uuid>,
    /// Only what is late on this day, or only what is not.
    pub overdue: Option<(bool, NaiveDate)>,
}

/// Where a page of requests begins.
pub type ListKey = (DateTime<Utc>, Uuid);

/// The request with its steps and decisions: three statements that travel together.
pub(in crate::approvals) async fn find(ctx: &Ctx<'_>, id: Uuid) -> Result<Option<Case>> {
    let mut conn = ctx.conn;
    let request = async {
        let query = approval_requests::table.find(id).select(RequestRow::as_select());
        Ok(query.first(&mut conn).await.optional()?)
    };
    let (row, parts) = tokio::try_join!(request, parts(ctx, id))?;
    row.map(|row| whole(row, parts)).transpose()
}

/// What a request is about; that never changes.
pub(in crate::approvals) async fn subject_of(
    ctx: &Ctx<'_>,
    id: Uuid,
) -> Result<Option<(ApprovalSubjectKind, Uuid)>> {
    let row: Option<(String, Uuid)> = approval_requests::table
        .find(id)
        .select((approval_requests::subject_kind, approval_requests::subject_id))
        .first(&mut &*ctx.conn)
        .await
        .optional()?;
    let known = |(kind, subject): (String, Uuid)| {
        let kind = ApprovalSubjectKind::parse(&kind).ok_or_else(|| Error::internal("unknown subject"))?;
        Ok((kind, subject))
    };
    row.map(known).transpose()
}

/// The request, locked until the end of the transaction.
pub(in crate::approvals) async fn lock(ctx: &Ctx<'_>, id: Uuid) -> Result<Option<Case>> {
    let request = approval_requests::table.find(id).select(RequestRow::as_select()).for_update();
    let row = request.first(&mut &*ctx.conn).await.optional()?;
    locked(ctx, row).await
}

/// The open request of a subject, locked until the end of the transaction.
pub(in crate::approvals) async fn lock_open(
    ctx: &Ctx<'_>,
    subject_kind: ApprovalSubjectKind,
    subject_id: Uuid,
) -> Result<Option<Case>> {
    let row = approval_requests::table
        .filter(approval_requests::subject_kind.eq(subject_kind.as_str()))
        .filter(approval_requests::subject_id.eq(subject_id))
        .filter(approval_requests::state.eq_any(["in_review", "returned"]))
        .select(RequestRow::as_select())
        .for_update()
        .first(&mut &*ctx.conn)
        .await
        .optional()?;
    locked(ctx, row).await
}

async fn locked(ctx: &Ctx<'_>, row: Option<RequestRow>) -> Result<Option<Case>> {
    let Some(row) = row else { return Ok(None) };
    // Only now: what another decider has just written is seen.
    let parts = parts(ctx, row.id).await?;
    let case = whole(row, parts)?;
    let folded = fold(&case.chain, &case.request.history).map_err(Error::internal)?;
    if folded == case.head.state {
        Ok(Some(case))
    } else {
        Err(Error::internal(format!("the state of request {} is not that of its decisions", case.head.id)))
    }
}

type Parts = (Vec<StepRow>, Vec<DecisionRow>);

async fn parts(ctx: &Ctx<'_>, id: Uuid) -> Result<Parts> {
    let (mut first, mut second) = (ctx.conn, ctx.conn);
    let steps = approval_steps::table
        .filter(approval_steps::request_id.eq(id))
        .order(approval_steps::position)
        .select(StepRow::as_select());
    let decisions = approval_decisions::table
        .filter(approval_decisions::request_id.eq(id))
        .order(approval_decisions::version)
        .select(DecisionRow::as_select());
    Ok(tokio::try_join!(steps.load(&mut first), decisions.load(&mut second))?)
}

fn whole(row: RequestRow, (steps, decisions): Parts) -> Result<Case> {
    let (version, learner_agreed, both_sides) = (row.version(), row.learner_agreed, row.both_sides);
    let head = RequestHead::try_from(row)?;
    let steps: Vec<FrozenStep> = steps.into_iter().map(FrozenStep::try_from).collect::<Result<_>>()?;
    // Read without a lock, the decisions may be newer than the request: those are not of this version.
    let decisions = decisions.into_iter().filter(|row| row.version <= version);
    let lines: Vec<Line> = decisions.map(|row| line(row, &steps)).collect::<Result<_>>()?;
    Case::new(head, steps, lines, learner_agreed, both_sides).map_err(Error::internal)
}

/// The newest request of a subject.
pub(in crate::approvals) async fn newest_of(
    ctx: &Ctx<'_>,
    subject_kind: ApprovalSubjectKind,
    subject_id: Uuid,
) -> Result<Option<RequestHead>> {
    let row = approval_requests::table
        .filter(approval_requests::subject_kind.eq(subject_kind.as_str()))
        .filter(approval_requests::subject_id.eq(subject_id))
        .order((approval_requests::submitted_at.desc(), approval_requests::id.desc()))
        .select(RequestRow::as_select())
        .first(&mut &*ctx.conn)
        .await
        .optional()?;
    row.map(RequestHead::try_from).transpose()
}

/// One page of the requests of a scope and of those that have a step at one of the seats, newest first. Each of the two is
/// read by its own index; a scope that holds the region holds the seats as well.
pub(in crate::approvals) async fn list(
    ctx: &Ctx<'_>,
    scope: &Scope,
    seats: &Seats,
    filter: &Filter,
    fetch: i64,
    after: Option<ListKey>,
) -> Result<Vec<RequestHead>> {
    let (mut first, mut second) = (ctx.conn, ctx.conn);
    let in_scope = page(filter, fetch, after).filter(scope_filter!(approval_requests, scope));
    let whole = scope.parts().iter().any(|part| matches!(part, ScopePart::Everything | ScopePart::Region(_)));
    let at_seats = async {
        match at_seats(seats).filter(|_| !whole) {
            Some(asked) => {
                let region = approval_requests::region_id.eq(ctx.actor.region_id.unwrap_or_default());
                page(filter, fetch, after).filter(region).filter(asked).load(&mut second).await
            }
            None => Ok(Vec::new()),
        }
    };
    let (mut rows, more): (Vec<RequestRow>, Vec<RequestRow>) =
        tokio::try_join!(in_scope.load(&mut first), at_seats)?;
    rows.extend(more);
    let heads: Vec<RequestHead> = rows.into_iter().map(RequestHead::try_from).collect::<Result<_>>()?;
    Ok(merged(heads, fetch))
}

/// Newest first, each once.
fn merged(mut heads: Vec<RequestHead>, fetch: i64) -> Vec<RequestHead> {
    heads.sort_by_key(|head| std::cmp::Reverse((head.submitted_at, head.id)));
    heads.dedup_by_key(|head| head.id);
    heads.truncate(usize::try_from(fetch).unwrap_or_default());
    heads
}

/// Requests that have a step at one of the seats; nothing when there is no seat. What was passed over at submission, or
/// taken out of the chain again, asks nobody.
fn at_seats(seats: &Seats) -> Option<AtSeats> {
    let at_organizations = seats.all().filter(|held| held.role != Role::AssociationHead);
    let (organizations, roles): (Vec<Uuid>, Vec<&str>) =
        at_organizations.map(|held| (held.organization, held.role.as_str())).unzip();
    let headed: Vec<Uuid> =
        seats.all().filter(|held| held.role == Role::AssociationHead).map(|held| held.organization).collect();
    if organizations.is_empty() && headed.is_empty() {
        return None;
    }
    let asked = written::<Bool>(
        "approval_requests.id in (
             select asked.request_id from (
             select step.request_id, step.position, step.skipped from unnest(",
    )
    .bind::<Array<SqlUuid>, _>(organizations)
    .sql(", ")
    .bind::<Array<Text>, _>(roles)
    .sql(
        ") as seat (organization_id, role)
             join approval_steps step on step.organization_id = seat.organization_id and step.role = seat.role
             union all select request_id, position, skipped from approval_steps
              where association_id = any(",
    )
    .bind::<Array<SqlUuid>, _>(headed)
    .sql(
        ")) asked
              where not asked.skipped
                and not exists (select from approval_decisions gone
                                 where gone.request_id = asked.request_id and gone.step = asked.position
                                   and gone.decision = 'remove'))",
    );
    Some(Box::new(asked))
}

type AtSeats = Box<dyn BoxableExpression<approval_requests::table, Pg, SqlType = Bool>>;

pub(super) fn page(filter: &Filter, fetch: i64, after: Option<ListKey>) -> Page<'static> {
    let mut query = approval_requests::table
        .select(RequestRow::as_select())
        .order((approval_requests::submitted_at.desc(), approval_requests::id.desc()))
        .limit(fetch)
        .into_boxed::<Pg>();
    if let Some(state) = filter.state {
        query = query.filter(approval_requests::state.eq(state));
    }
    if let Some(kind) = filter.subject_kind {
        query = query.filter(approval_requests::subject_kind.eq(kind.as_str()));
    }
    if let Some(subject) = filter.subject_id {
        query = query.filter(approval_requests::subject_id.eq(subject));
    }
    if let Some(organization) = filter.organization_id {
        query = query.filter(approval_requests::organization_id.eq(organization));
    }
    if let Some(person) = filter.person_id {
        query = query.filter(approval_requests::person_id.assume_not_null().eq(person));
    }
    if let Some((late, today)) = filter.overdue {
        // Only what is on its way has a last day; null and false are the same here.
        let step_late =
            approval_requests::step_due_on.is_not_null().and(approval_requests::step_due_on.lt(today));
        let rework = approval_requests::state.eq("returned");
        let rework_late = rework.and(approval_requests::return_due_on.is_not_null());
        let rework_late = rework_late.and(approval_requests::return_due_on.lt(today));
        let is_late = step_late.or(rework_late).is_not_distinct_from(true);
        query = if late { query.filter(is_late) } else { query.filter(not(is_late)) };
    }
    if let Some((at, last)) = after {
        let same_moment = approval_requests::submitted_at.eq(at).and(approval_requests::id.lt(last));
        query = query.filter(approval_requests::submitted_at.lt(at).or(same_moment));
    }
    query
}

pub(super) type Page<'a> =
    approval_requests::BoxedQuery<'a, Pg, diesel::dsl::SqlTypeOf<diesel::dsl::AsSelect<RequestRow, Pg>>>;

/// Whether the subject has a step at one of the seats.
pub(in crate::approvals) async fn is_asked_about(
    ctx: &Ctx<'_>,
    seats: &Seats,
    subject_kind: ApprovalSubjectKind,
    subject_id: Uuid,
) -> Result<bool> {
    let Some(asked) = at_seats(seats) else { return Ok(false) };
    let found = approval_requests::table
        .filter(approval_requests::subject_kind.eq(subject_kind.as_str()))
        .filter(approval_requests::subject_id.eq(subject_id))
        .filter(asked);
    Ok(diesel::select(exists(found)).get_result(&mut &*ctx.conn).await?)
}
