//! Queries on cards of routes.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::model::{ApprovedCard, RouteCard, RouteCardState};
use crate::approvals::model::Act;
use crate::authz::{Permit, Role};
use crate::db::schema::route_cards::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::learning_routes::model::{Rework, Route};
use crate::learning_routes::stored;

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_cards)]
struct RouteCardRow {
    id: Uuid,
    route_id: Uuid,
    number: i32,
    route_version: i32,
    state: String,
    content: Value,
    rework_reason: Option<String>,
    rework_due_on: Option<NaiveDate>,
    author_id: Option<Uuid>,
    author_role: String,
    submitted_on: NaiveDate,
    approved_at: Option<DateTime<Utc>>,
    act_number: Option<String>,
    act_date: Option<NaiveDate>,
    close_reason: Option<String>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<RouteCardRow> for RouteCard {
    type Error = Error;

    fn try_from(row: RouteCardRow) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
        let rework = row.rework_reason.zip(row.rework_due_on);
        let act = row.act_number.zip(row.act_date);
        Ok(Self {
            id: row.id,
            route_id: row.route_id,
            number: row.number,
            route_version: row.route_version,
            state: RouteCardState::parse(&row.state).ok_or_else(|| unknown("state of a card"))?,
            content: stored::load(row.content)?,
            rework: rework.map(|(reason, due_on)| Rework { reason, due_on }),
            author_id: row.author_id,
            author_role: Role::parse(&row.author_role).ok_or_else(|| unknown("role"))?,
            submitted_on: row.submitted_on,
            approved_at: row.approved_at,
            act: act.map(|(number, date)| Act { number, date }),
            close_reason: row.close_reason,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// One card; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<RouteCard> {
    let row: RouteCardRow = table.find(id).select(RouteCardRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// The route of a card; 404 when there is none.
pub(super) async fn route_of(conn: &Conn, id: Uuid) -> Result<Uuid> {
    Ok(table.find(id).select(route_cards::route_id).first(&mut &*conn).await?)
}

/// The newest card of a route.
pub(super) async fn newest(conn: &Conn, route_id: Uuid) -> Result<Option<RouteCard>> {
    let found = list(conn, route_id, 1, None).await?;
    Ok(found.into_iter().next())
}

/// The approved cards of a route, newest first, where it stands at that version.
pub(super) async fn approved(conn: &Conn, route_id: Uuid, route_version: i32) -> Result<Vec<ApprovedCard>> {
    type Row = (Uuid, i32, i32, NaiveDate, Option<String>, Option<NaiveDate>);
    let rows: Vec<Row> = table
        .filter(route_cards::route_id.eq(route_id))
        .filter(route_cards::state.eq(RouteCardState::Approved.as_str()))
        .order(route_cards::number.desc())
        .select((
            route_cards::id,
            route_cards::number,
            route_cards::route_version,
            route_cards::submitted_on,
            route_cards::act_number,
            route_cards::act_date,
        ))
        .load(&mut &*conn)
        .await?;
    let card = |(id, number, drawn_up_from, submitted_on, act_number, act_date): Row| ApprovedCard {
        id,
        number,
        submitted_on,
        act: act_number.zip(act_date).map(|(number, date)| Act { number, date }),
        outdated: drawn_up_from < route_version,
    };
    Ok(rows.into_iter().map(card).collect())
}

/// The cards of a route, newest first.
pub(super) async fn list(
    conn: &Conn,
    route_id: Uuid,
    fetch: i64,
    after: Option<i32>,
) -> Result<Vec<RouteCard>> {
    let mut query = table
        .filter(route_cards::route_id.eq(route_id))
        .order(route_cards::number.desc())
        .select(RouteCardRow::as_select())
        .limit(fetch)
        .into_boxed();
    if let Some(number) = after {
        query = query.filter(route_cards::number.lt(number));
    }
    let rows: Vec<RouteCardRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(RouteCard::try_from).collect()
}

/// Adds a card.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, route: &Route, card: &RouteCard) -> Result<()> {
    let act = card.act.as_ref();
    diesel::insert_into(table)
        .values((
            route_cards::id.eq(card.id),
            route_cards::region_id.eq(route.region_id),
            route_cards::municipality_id.eq(route.municipality_id),
            route_cards::organization_id.eq(route.organization_id),
            route_cards::person_id.eq(route.person_id),
            route_cards::route_id.eq(route.id),
            route_cards::number.eq(card.number),
            route_cards::route_version.eq(card.route_version),
            route_cards::state.eq(card.state.as_str()),
            route_cards::content.eq(stored::store(&card.content)?),
            route_cards::author_id.eq(card.author_id),
            route_cards::author_role.eq(card.author_role.as_str()),
            route_cards::submitted_on.eq(card.submitted_on),
            route_cards::approved_at.eq(card.approved_at),
            route_cards::act_number.eq(act.map(|act| act.number.as_str())),
            route_cards::act_date.eq(act.map(|act| act.date)),
            route_cards::version.eq(card.version),
            route_cards::created_at.eq(ctx.now),
            route_cards::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what changed and the next version. No permit: the end of an approval changes cards too. The caller holds the
/// route.
pub(super) async fn save(ctx: &Ctx<'_>, card: &RouteCard) -> Result<()> {
    let (rework, act) = (card.rework.as_ref(), card.act.as_ref());
    let row = table.find(card.id).filter(route_cards::version.eq(card.version - 1));
    let changed = diesel::update(row)
        .set((
            route_cards::route_version.eq(card.route_version),
            route_cards::state.eq(card.state.as_str()),
            route_cards::content.eq(stored::store(&card.content)?),
            route_cards::rework_reason.eq(rework.map(|rework| rework.reason.as_str())),
            route_cards::rework_due_on.eq(rework.map(|rework| rework.due_on)),
            route_cards::submitted_on.eq(card.submitted_on),
            route_cards::approved_at.eq(card.approved_at),
            route_cards::act_number.eq(act.map(|act| act.number.as_str())),
            route_cards::act_date.eq(act.map(|act| act.date)),
            route_cards::close_reason.eq(&card.close_reason),
            route_cards::version.eq(card.version),
            route_cards::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("a card was saved without its route")) }
}
