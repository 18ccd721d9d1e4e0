//! Queries on campaigns.

pub(super) mod people;
pub(super) mod reminders;

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Campaign, CampaignData, CampaignEnrollment, CampaignMode, CampaignState};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::{diagnostic_campaigns as campaigns, organizations};
use crate::db::{Conn, Ctx};
use crate::diagnostics::instruments::model::InstrumentOwner;
use crate::directory::organizations::model::OrganizationKind;
use crate::error::{Error, Result};
use crate::values::EducationLevel;

#[derive(Queryable, Selectable)]
#[diesel(table_name = campaigns)]
struct CampaignRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    owner_id: Uuid,
    instrument_id: Uuid,
    code: String,
    title: String,
    mode: String,
    enrollment: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    organization_ids: Vec<Option<Uuid>>,
    positions: Vec<Option<String>>,
    education_levels: Vec<Option<String>>,
    state: String,
    cancel_reason: Option<String>,
    version: i64,
}

type OwnedRow = (CampaignRow, String);

fn model((row, owner_kind): OwnedRow) -> Result<Campaign> {
    let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
    let level = |name: String| EducationLevel::parse(&name).ok_or_else(|| unknown("level"));
    Ok(Campaign {
        id: row.id,
        region_id: row.region_id,
        owner: InstrumentOwner {
            id: row.owner_id,
            municipality_id: row.municipality_id,
            kind: OrganizationKind::parse(&owner_kind).ok_or_else(|| unknown("kind"))?,
        },
        data: CampaignData {
            instrument_id: row.instrument_id,
            code: row.code,
            title: row.title,
            mode: CampaignMode::parse(&row.mode).ok_or_else(|| unknown("mode"))?,
            enrollment: CampaignEnrollment::parse(&row.enrollment).ok_or_else(|| unknown("enrollment"))?,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            organization_ids: row.organization_ids.into_iter().flatten().collect(),
            positions: row.positions.into_iter().flatten().collect(),
            education_levels: row.education_levels.into_iter().flatten().map(level).collect::<Result<_>>()?,
        },
        state: CampaignState::parse(&row.state).ok_or_else(|| unknown("state"))?,
        cancel_reason: row.cancel_reason,
        version: row.version,
    })
}

type Joined = diesel::helper_types::InnerJoinQuerySource<
    campaigns::table,
    organizations::table,
    diesel::dsl::Eq<organizations::id, campaigns::owner_id>,
>;
type Circle = Box<dyn BoxableExpression<Joined, Pg, SqlType = Bool>>;

/// A school's campaigns are for the school, a municipality's for all of it, the others for the whole region.
fn circle(part: ScopePart) -> Circle {
    match part {
        ScopePart::Region(id) => Box::new(campaigns::region_id.eq(id)),
        ScopePart::Municipality(id) => Box::new(campaigns::municipality_id.assume_not_null().eq(id)),
        ScopePart::Organization(id) => Box::new(campaigns::owner_id.eq(id)),
        ScopePart::Above { region_id, municipality_id, organization_id } => {
            let of_region = campaigns::municipality_id.is_null();
            let of_municipality =
                campaigns::municipality_id.assume_not_null().eq(municipality_id.unwrap_or_default());
            let own = campaigns::owner_id.eq(organization_id.unwrap_or_default());
            let shared = organizations::kind.ne("school").and(of_region.or(of_municipality));
            Box::new(campaigns::region_id.eq(region_id).and(own.or(shared)))
        }
        ScopePart::Everything | ScopePart::Person(_) | ScopePart::Assigned(_) => {
            Box::new(campaigns::region_id.is_null())
        }
    }
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Campaign>> {
    let found: Option<OwnedRow> = campaigns::table
        .inner_join(organizations::table.on(organizations::id.eq(campaigns::owner_id)))
        .filter(campaigns::id.eq(id))
        .select((CampaignRow::as_select(), organizations::kind))
        .first(&mut &*conn)
        .await
        .optional()?;
    found.map(model).transpose()
}

/// Locks the campaign and reads it.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<Campaign>> {
    let locked = campaigns::table.find(id).select(campaigns::id).for_update();
    match locked.first::<Uuid>(&mut &*conn).await.optional()? {
        Some(_) => find(conn, id).await,
        None => Ok(None),
    }
}

/// The campaigns of a region with that code.
pub(super) async fn by_code(conn: &Conn, region_id: Uuid, code: &str) -> Result<Vec<Campaign>> {
    let rows: Vec<OwnedRow> = campaigns::table
        .inner_join(organizations::table.on(organizations::id.eq(campaigns::owner_id)))
        .filter(campaigns::region_id.eq(region_id))
        .filter(campaigns::code.eq(code))
        .select((CampaignRow::as_select(), organizations::kind))
        .order(campaigns::id)
        .limit(200)
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(model).collect()
}

/// Which campaigns a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this owner.
    pub owner_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<CampaignState>,
}

/// Those that begin last come first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Campaign>> {
    let circles = scope.parts().iter().copied().map(circle);
    let union = circles.reduce(|one, other| -> Circle { Box::new(one.or(other)) });
    let mut query = campaigns::table
        .inner_join(organizations::table.on(organizations::id.eq(campaigns::owner_id)))
        .select((CampaignRow::as_select(), organizations::kind))
        .filter(union.unwrap_or_else(|| Box::new(campaigns::region_id.is_null())))
        .order((campaigns::starts_on.desc(), campaigns::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(owner_id) = filter.owner_id {
        query = query.filter(campaigns::owner_id.eq(owner_id));
    }
    if let Some(state) = filter.state {
        query = query.filter(campaigns::state.eq(state.as_str()));
    }
    if let Some((day, id)) = after {
        query = query
            .filter(campaigns::starts_on.lt(day).or(campaigns::starts_on.eq(day).and(campaigns::id.lt(id))));
    }
    let rows: Vec<OwnedRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(model).collect()
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, campaign: &Campaign) -> Result<()> {
    diesel::insert_into(campaigns::table)
        .values((
            campaigns::id.eq(campaign.id),
            campaigns::region_id.eq(campaign.region_id),
            campaigns::municipality_id.eq(campaign.owner.municipality_id),
            campaigns::owner_id.eq(campaign.owner.id),
            campaigns::instrument_id.eq(campaign.data.instrument_id),
            campaigns::code.eq(&campaign.data.code),
            campaigns::title.eq(&campaign.data.title),
            campaigns::mode.eq(campaign.data.mode.as_str()),
            campaigns::enrollment.eq(campaign.data.enrollment.as_str()),
            campaigns::starts_on.eq(campaign.data.starts_on),
            campaigns::ends_on.eq(campaign.data.ends_on),
            campaigns::organization_ids.eq(&campaign.data.organization_ids),
            campaigns::positions.eq(&campaign.data.positions),
            campaigns::education_levels.eq(levels(campaign)),
            campaigns::state.eq(campaign.state.as_str()),
            campaigns::created_at.eq(ctx.now),
            campaigns::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes a campaign anew, or where it stands.
pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, campaign: &Campaign) -> Result<()> {
    diesel::update(campaigns::table.find(campaign.id))
        .set((
            campaigns::instrument_id.eq(campaign.data.instrument_id),
            campaigns::code.eq(&campaign.data.code),
            campaigns::title.eq(&campaign.data.title),
            campaigns::mode.eq(campaign.data.mode.as_str()),
            campaigns::enrollment.eq(campaign.data.enrollment.as_str()),
            campaigns::starts_on.eq(campaign.data.starts_on),
            campaigns::ends_on.eq(campaign.data.ends_on),
            campaigns::organization_ids.eq(&campaign.data.organization_ids),
            campaigns::positions.eq(&campaign.data.positions),
            campaigns::education_levels.eq(levels(campaign)),
            campaigns::state.eq(campaign.state.as_str()),
            campaigns::cancel_reason.eq(&campaign.cancel_reason),
            campaigns::version.eq(campaign.version),
            campaigns::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) fn levels(campaign: &Campaign) -> Vec<&'static str> {
    campaign.data.education_levels.iter().map(|level| level.as_str()).collect()
}
