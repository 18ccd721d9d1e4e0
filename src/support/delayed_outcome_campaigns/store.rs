//! Queries on campaigns that follow delayed outcomes, and on their coverage.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Date, Integer, Nullable, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Campaign, CampaignData, Closing, SchoolCoverage};
use crate::authz::{Permit, Scope};
use crate::db::schema::delayed_outcome_campaigns::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::Result;
use crate::support::following::{MONTHS, Places, kept_filter};

#[derive(Queryable, Selectable)]
#[diesel(table_name = delayed_outcome_campaigns)]
struct CampaignRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    regulation_id: Uuid,
    title: String,
    due_from: NaiveDate,
    due_until: NaiveDate,
    finish_by: NaiveDate,
    closed_on: Option<NaiveDate>,
    conclusion: Option<String>,
    version: i64,
}

impl From<CampaignRow> for Campaign {
    fn from(row: CampaignRow) -> Self {
        let closing = row.closed_on.zip(row.conclusion);
        Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            regulation_id: row.regulation_id,
            data: CampaignData {
                title: row.title,
                due_from: row.due_from,
                due_until: row.due_until,
                finish_by: row.finish_by,
            },
            closing: closing.map(|(closed_on, conclusion)| Closing { closed_on, conclusion }),
            version: row.version,
        }
    }
}

#[derive(QueryableByName)]
struct CoverageRow {
    #[diesel(sql_type = SqlUuid)]
    organization_id: Uuid,
    #[diesel(sql_type = BigInt)]
    due: i64,
    #[diesel(sql_type = BigInt)]
    recorded: i64,
}

/// Which campaigns a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only closed ones, or only those that go on.
    pub closed: Option<bool>,
}

/// One campaign; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Campaign> {
    let row: CampaignRow = table.find(id).select(CampaignRow::as_select()).first(&mut &*conn).await?;
    Ok(row.into())
}

/// Holds a campaign until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Campaign> {
    let query = table.find(id).select(CampaignRow::as_select()).for_no_key_update();
    let row: CampaignRow = query.first(&mut &*conn).await?;
    Ok(row.into())
}

/// One page, the newest period first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Campaign>> {
    let mut query = table
        .select(CampaignRow::as_select())
        .filter(kept_filter!(delayed_outcome_campaigns, scope))
        .order((delayed_outcome_campaigns::due_from.desc(), delayed_outcome_campaigns::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.municipality_id {
        query = query.filter(delayed_outcome_campaigns::municipality_id.assume_not_null().eq(id));
    }
    if let Some(closed) = filter.closed {
        query = query.filter(delayed_outcome_campaigns::closed_on.is_not_null().eq(closed));
    }
    if let Some((day, id)) = after {
        let same = delayed_outcome_campaigns::due_from.eq(day).and(delayed_outcome_campaigns::id.lt(id));
        query = query.filter(delayed_outcome_campaigns::due_from.lt(day).or(same));
    }
    let rows: Vec<CampaignRow> = query.load(&mut &*conn).await?;
    Ok(rows.into_iter().map(Campaign::from).collect())
}

/// What falls due in the period of the campaign and has an outcome, school by school; a school appears when something of it
/// falls due.
pub(super) async fn coverage(
    conn: &Conn,
    campaign: &Campaign,
    places: &Places,
) -> Result<Vec<SchoolCoverage>> {
    let months = MONTHS.replace("{ids}", "$2").replace("{months}", "$3");
    let sql = format!(
        "select t.organization_id, count(*) as due, \
             count(*) filter (where exists (select from delayed_outcomes d where d.enrollment_id = t.id)) as recorded \
         from (select enrollments.id, enrollments.organization_id, \
                   (enrollments.ended_on + make_interval(months => {months}))::date as due_on \
               from enrollments where enrollments.municipality_id = $1 and enrollments.state = 'completed') t \
         where t.due_on between $4 and $5 group by t.organization_id order by t.organization_id"
    );
    let rows: Vec<CoverageRow> = diesel::sql_query(sql)
        .bind::<Nullable<SqlUuid>, _>(campaign.municipality_id)
        .bind::<Array<SqlUuid>, _>(&places.ids)
        .bind::<Array<Nullable<Integer>>, _>(&places.months)
        .bind::<Date, _>(campaign.data.due_from)
        .bind::<Date, _>(campaign.data.due_until)
        .load(&mut &*conn)
        .await?;
    let school = |row: CoverageRow| SchoolCoverage {
        organization_id: row.organization_id,
        due: row.due,
        recorded: row.recorded,
    };
    Ok(rows.into_iter().map(school).collect())
}

/// Adds a campaign.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, campaign: &Campaign) -> Result<()> {
    let data = &campaign.data;
    diesel::insert_into(table)
        .values((
            delayed_outcome_campaigns::id.eq(campaign.id),
            delayed_outcome_campaigns::region_id.eq(campaign.region_id),
            delayed_outcome_campaigns::organization_id.eq(campaign.organization_id),
            delayed_outcome_campaigns::regulation_id.eq(campaign.regulation_id),
            delayed_outcome_campaigns::title.eq(&data.title),
            delayed_outcome_campaigns::due_from.eq(data.due_from),
            delayed_outcome_campaigns::due_until.eq(data.due_until),
            delayed_outcome_campaigns::finish_by.eq(data.finish_by),
            delayed_outcome_campaigns::version.eq(campaign.version),
            delayed_outcome_campaigns::created_at.eq(ctx.now),
            delayed_outcome_campaigns::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes how it ended, and the next version. The caller holds it.
pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, campaign: &Campaign) -> Result<()> {
    let closing = campaign.closing.as_ref();
    diesel::update(table.find(campaign.id))
        .set((
            delayed_outcome_campaigns::closed_on.eq(closing.map(|closing| closing.closed_on)),
            delayed_outcome_campaigns::conclusion.eq(closing.map(|closing| closing.conclusion.as_str())),
            delayed_outcome_campaigns::version.eq(campaign.version),
            delayed_outcome_campaigns::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
