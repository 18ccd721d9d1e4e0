//! Queries on offers from outside.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{ExternalOffer, Offered};
use crate::authz::{Permit, Scope};
use crate::db::schema::external_offers::{self, table};
use crate::db::{Conn, Ctx, DbHours, unit_filter};
use crate::error::{Error, Result};
use crate::planning::standing::model::{Rework, Standing, StandingState};
use crate::regulations::profile::FundingSource;

#[derive(Queryable, Selectable)]
#[diesel(table_name = external_offers)]
struct OfferRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    regulation_id: Uuid,
    recorded_by: Uuid,
    offered_by: String,
    topic: String,
    source: String,
    source_note: Option<String>,
    payer: String,
    terms: String,
    starts_on: Option<NaiveDate>,
    ends_on: Option<NaiveDate>,
    places: Option<i32>,
    hours: Option<DbHours>,
    program_id: Option<Uuid>,
    state: String,
    rework_reason: Option<String>,
    rework_due_on: Option<NaiveDate>,
    decision_reason: Option<String>,
    decided_at: Option<DateTime<Utc>>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<OfferRow> for ExternalOffer {
    type Error = Error;

    fn try_from(row: OfferRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} of an offer in the database"));
        let rework = row.rework_reason.zip(row.rework_due_on);
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            regulation_id: row.regulation_id,
            recorded_by: row.recorded_by,
            offered: Offered {
                offered_by: row.offered_by,
                topic: row.topic,
                source: FundingSource::parse(&row.source).ok_or_else(|| unknown("source"))?,
                source_note: row.source_note,
                payer: row.payer,
                terms: row.terms,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
                places: row.places,
                hours: row.hours.map(Into::into),
                program_id: row.program_id,
            },
            standing: Standing {
                state: StandingState::parse(&row.state).ok_or_else(|| unknown("state"))?,
                rework: rework.map(|(reason, due_on)| Rework { reason, due_on }),
                reason: row.decision_reason,
                decided_at: row.decided_at,
            },
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which offers a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only to this school.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<StandingState>,
}

/// One offer; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<ExternalOffer> {
    let row: OfferRow = table.find(id).select(OfferRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// Holds an offer until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<ExternalOffer> {
    let query = table.find(id).select(OfferRow::as_select()).for_no_key_update();
    let row: OfferRow = query.first(&mut &*conn).await?;
    row.try_into()
}

/// Whether it is an approved offer to one of these schools.
pub(super) async fn is_approved_for(conn: &Conn, id: Uuid, schools: &[Uuid]) -> Result<bool> {
    let found = table
        .filter(external_offers::id.eq(id))
        .filter(external_offers::state.eq(StandingState::Approved.as_str()))
        .filter(external_offers::organization_id.eq_any(schools))
        .select(external_offers::id)
        .first::<Uuid>(&mut &*conn)
        .await
        .optional()?;
    Ok(found.is_some())
}

/// One page, those handed in last first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<ExternalOffer>> {
    let mut query = table
        .select(OfferRow::as_select())
        .filter(unit_filter!(external_offers, scope))
        .order((external_offers::created_at.desc(), external_offers::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(external_offers::organization_id.eq(id));
    }
    if let Some(state) = filter.state {
        query = query.filter(external_offers::state.eq(state.as_str()));
    }
    if let Some((at, id)) = after {
        let same = external_offers::created_at.eq(at).and(external_offers::id.lt(id));
        query = query.filter(external_offers::created_at.lt(at).or(same));
    }
    let rows: Vec<OfferRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(ExternalOffer::try_from).collect()
}

/// Adds a offer.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, offer: &ExternalOffer) -> Result<()> {
    let (offered, standing) = (&offer.offered, &offer.standing);
    diesel::insert_into(table)
        .values((
            external_offers::id.eq(offer.id),
            external_offers::region_id.eq(offer.region_id),
            external_offers::organization_id.eq(offer.organization_id),
            external_offers::regulation_id.eq(offer.regulation_id),
            external_offers::recorded_by.eq(offer.recorded_by),
            external_offers::offered_by.eq(&offered.offered_by),
            external_offers::topic.eq(&offered.topic),
            external_offers::source.eq(offered.source.as_str()),
            external_offers::source_note.eq(&offered.source_note),
            external_offers::payer.eq(&offered.payer),
            external_offers::terms.eq(&offered.terms),
            external_offers::starts_on.eq(offered.starts_on),
            external_offers::ends_on.eq(offered.ends_on),
            external_offers::places.eq(offered.places),
            external_offers::hours.eq(offered.hours.map(DbHours)),
            external_offers::program_id.eq(offered.program_id),
            external_offers::state.eq(standing.state.as_str()),
            external_offers::decided_at.eq(standing.decided_at),
            external_offers::version.eq(offer.version),
            external_offers::created_at.eq(offer.created_at),
            external_offers::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what changed and the next version. No permit: the end of an approval changes offers too. The caller holds it.
pub(super) async fn save(ctx: &Ctx<'_>, offer: &ExternalOffer) -> Result<()> {
    let (offered, standing) = (&offer.offered, &offer.standing);
    let rework = standing.rework.as_ref();
    let row = table.find(offer.id).filter(external_offers::version.eq(offer.version - 1));
    let changed = diesel::update(row)
        .set((
            external_offers::offered_by.eq(&offered.offered_by),
            external_offers::topic.eq(&offered.topic),
            external_offers::source.eq(offered.source.as_str()),
            external_offers::source_note.eq(&offered.source_note),
            external_offers::payer.eq(&offered.payer),
            external_offers::terms.eq(&offered.terms),
            external_offers::starts_on.eq(offered.starts_on),
            external_offers::ends_on.eq(offered.ends_on),
            external_offers::places.eq(offered.places),
            external_offers::hours.eq(offered.hours.map(DbHours)),
            external_offers::program_id.eq(offered.program_id),
            external_offers::state.eq(standing.state.as_str()),
            external_offers::rework_reason.eq(rework.map(|rework| rework.reason.as_str())),
            external_offers::rework_due_on.eq(rework.map(|rework| rework.due_on)),
            external_offers::decision_reason.eq(&standing.reason),
            external_offers::decided_at.eq(standing.decided_at),
            external_offers::version.eq(offer.version),
            external_offers::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("an offer was saved that nobody held")) }
}
