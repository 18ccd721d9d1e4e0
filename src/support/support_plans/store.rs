//! Queries on support plans, and on completed training without one.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Completion, Endorsement, PlanData, SupportPlan};
use super::vocabulary::SupportPlanState;
use crate::authz::{Permit, Scope};
use crate::db::schema::enrollments;
use crate::db::schema::support_plans::{self, table};
use crate::db::{Conn, Ctx, scope_filter, whole_person, written};
use crate::error::{Error, Result};
use crate::support::following::{Places, following};

#[derive(Queryable, Selectable)]
#[diesel(table_name = support_plans)]
struct PlanRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    regulation_id: Uuid,
    enrollment_id: Uuid,
    service_id: Uuid,
    goals: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    state: String,
    school_endorsed_on: Option<NaiveDate>,
    school_endorsed_by: Option<Uuid>,
    service_endorsed_on: Option<NaiveDate>,
    service_endorsed_by: Option<Uuid>,
    completed_on: Option<NaiveDate>,
    conclusion: Option<String>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<PlanRow> for SupportPlan {
    type Error = Error;

    fn try_from(row: PlanRow) -> Result<Self> {
        let endorsement = |day: Option<NaiveDate>, account: Option<Uuid>| {
            day.zip(account).map(|(endorsed_on, account_id)| Endorsement { endorsed_on, account_id })
        };
        let completion = row.completed_on.zip(row.conclusion);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            regulation_id: row.regulation_id,
            enrollment_id: row.enrollment_id,
            service_id: row.service_id,
            data: PlanData { goals: row.goals, starts_on: row.starts_on, ends_on: row.ends_on },
            state: SupportPlanState::parse(&row.state)
                .ok_or_else(|| Error::internal("unknown state of a support plan in the database"))?,
            by_school: endorsement(row.school_endorsed_on, row.school_endorsed_by),
            by_service: endorsement(row.service_endorsed_on, row.service_endorsed_by),
            completion: completion.map(|(completed_on, conclusion)| Completion { completed_on, conclusion }),
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which plans a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only of people from this school.
    pub organization_id: Option<Uuid>,
    /// Only with this service.
    pub service_id: Option<Uuid>,
    /// Only of this training.
    pub enrollment_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<SupportPlanState>,
}

/// A completed training without a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingPlan {
    /// The training.
    pub enrollment_id: Uuid,
    /// Who completed it.
    pub person_id: Uuid,
    /// The school the person came from.
    pub organization_id: Uuid,
    /// Title of the training.
    pub title: String,
    /// Day it ended.
    pub ended_on: NaiveDate,
}

/// One plan; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<SupportPlan> {
    let row: PlanRow = table.find(id).select(PlanRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// Holds a plan until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<SupportPlan> {
    let query = table.find(id).select(PlanRow::as_select()).for_no_key_update();
    let row: PlanRow = query.first(&mut &*conn).await?;
    row.try_into()
}

/// Those of the plans that are of that service and go on, held as they are: for proposals that are taken into them.
pub async fn plans_of_service(conn: &Conn, service_id: Uuid, ids: &[Uuid]) -> Result<Vec<SupportPlan>> {
    let rows: Vec<PlanRow> = table
        .filter(support_plans::id.eq_any(ids))
        .filter(support_plans::service_id.eq(service_id))
        .filter(support_plans::state.ne(SupportPlanState::Completed.as_str()))
        .order(support_plans::id)
        .select(PlanRow::as_select())
        .for_share()
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(SupportPlan::try_from).collect()
}

/// One page, those begun last first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<SupportPlan>> {
    let mut query = table
        .select(PlanRow::as_select())
        .filter(scope_filter!(support_plans, scope))
        .order((support_plans::created_at.desc(), support_plans::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.person_id {
        query = query.filter(whole_person("support_plans.person_id", id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(support_plans::organization_id.eq(id));
    }
    if let Some(id) = filter.service_id {
        query = query.filter(support_plans::service_id.eq(id));
    }
    if let Some(id) = filter.enrollment_id {
        query = query.filter(support_plans::enrollment_id.eq(id));
    }
    if let Some(state) = filter.state {
        query = query.filter(support_plans::state.eq(state.as_str()));
    }
    if let Some((at, id)) = after {
        let same = support_plans::created_at.eq(at).and(support_plans::id.lt(id));
        query = query.filter(support_plans::created_at.lt(at).or(same));
    }
    let rows: Vec<PlanRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(SupportPlan::try_from).collect()
}

/// One page of completed training without a plan, at places that demand one; completed first first.
pub(super) async fn missing(
    conn: &Conn,
    scope: &Scope,
    places: &Places,
    organization_id: Option<Uuid>,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<MissingPlan>> {
    type Row = (Uuid, Uuid, Uuid, String, NaiveDate);
    let mut query = enrollments::table
        .select((
            enrollments::id,
            enrollments::person_id,
            enrollments::organization_id,
            enrollments::title,
            enrollments::ended_on.assume_not_null(),
        ))
        .filter(scope_filter!(enrollments, scope))
        // In these words the partial index has it.
        .filter(written::<Bool>("enrollments.state = 'completed'"))
        .filter(written::<Bool>(
            "not exists (select from support_plans s where s.enrollment_id = enrollments.id)",
        ))
        .filter(following!(Bool, "", places, " is not null"))
        .order((enrollments::ended_on.asc(), enrollments::id.asc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = organization_id {
        query = query.filter(enrollments::organization_id.eq(id));
    }
    if let Some((day, id)) = after {
        let ended_on = enrollments::ended_on.assume_not_null();
        query = query.filter(ended_on.gt(day).or(ended_on.eq(day).and(enrollments::id.gt(id))));
    }
    let rows: Vec<Row> = query.load(&mut &*conn).await?;
    let missing = |(enrollment_id, person_id, organization_id, title, ended_on): Row| MissingPlan {
        enrollment_id,
        person_id,
        organization_id,
        title,
        ended_on,
    };
    Ok(rows.into_iter().map(missing).collect())
}

/// Adds a plan.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, plan: &SupportPlan) -> Result<()> {
    diesel::insert_into(table)
        .values((
            support_plans::id.eq(plan.id),
            support_plans::region_id.eq(plan.region_id),
            support_plans::organization_id.eq(plan.organization_id),
            support_plans::person_id.eq(plan.person_id),
            support_plans::regulation_id.eq(plan.regulation_id),
            support_plans::enrollment_id.eq(plan.enrollment_id),
            support_plans::service_id.eq(plan.service_id),
            support_plans::goals.eq(&plan.data.goals),
            support_plans::starts_on.eq(plan.data.starts_on),
            support_plans::ends_on.eq(plan.data.ends_on),
            support_plans::state.eq(plan.state.as_str()),
            support_plans::version.eq(plan.version),
            support_plans::created_at.eq(plan.created_at),
            support_plans::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what changed and the next version. The caller holds it.
pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, plan: &SupportPlan) -> Result<()> {
    let completion = plan.completion.as_ref();
    let row = table.find(plan.id).filter(support_plans::version.eq(plan.version - 1));
    let changed = diesel::update(row)
        .set((
            support_plans::goals.eq(&plan.data.goals),
            support_plans::starts_on.eq(plan.data.starts_on),
            support_plans::ends_on.eq(plan.data.ends_on),
            support_plans::state.eq(plan.state.as_str()),
            support_plans::school_endorsed_on.eq(plan.by_school.map(|it| it.endorsed_on)),
            support_plans::school_endorsed_by.eq(plan.by_school.map(|it| it.account_id)),
            support_plans::service_endorsed_on.eq(plan.by_service.map(|it| it.endorsed_on)),
            support_plans::service_endorsed_by.eq(plan.by_service.map(|it| it.account_id)),
            support_plans::completed_on.eq(completion.map(|it| it.completed_on)),
            support_plans::conclusion.eq(completion.map(|it| it.conclusion.as_str())),
            support_plans::version.eq(plan.version),
            support_plans::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("a support plan was saved that nobody held")) }
}
