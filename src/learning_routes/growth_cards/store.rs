//! Queries on growth cards.

mod counts;
mod list;

use chrono::NaiveDate;
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use super::model::{CardPeriod, GrowthCard};
use super::vocabulary::GrowthCardState;
use crate::authz::Permit;
use crate::db::schema::growth_card_credentials as papers;
use crate::db::schema::growth_cards::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::learning_routes::model::{Resolution, Route};

pub(super) use counts::counts;
pub(super) use list::list;
pub use list::{Filter, Owed};

#[derive(Queryable, Selectable)]
#[diesel(table_name = growth_cards)]
struct CardRow {
    id: Uuid,
    route_id: Uuid,
    reflection: Option<String>,
    state: String,
    content: Option<Value>,
    submitted_on: Option<NaiveDate>,
    decided_by: Option<Uuid>,
    decided_on: Option<NaiveDate>,
    decision_note: Option<String>,
    return_due_on: Option<NaiveDate>,
    version: i64,
}

impl CardRow {
    fn card(self, period: CardPeriod, credential_ids: Vec<Uuid>) -> Result<GrowthCard> {
        let (by, note, due_on) = (self.decided_by, self.decision_note, self.return_due_on);
        Ok(GrowthCard {
            id: self.id,
            route_id: self.route_id,
            period,
            reflection: self.reflection,
            credential_ids,
            state: GrowthCardState::parse(&self.state)
                .ok_or_else(|| Error::internal("unknown state of a card in the database"))?,
            content: self.content.map(serde_json::from_value).transpose().map_err(Error::internal)?,
            submitted_on: self.submitted_on,
            resolution: self.decided_on.map(|on| Resolution { by, on, note, due_on }),
            version: self.version,
        })
    }
}

/// The card of a route for that period, if somebody has touched it.
pub(super) async fn find(conn: &Conn, route_id: Uuid, period: CardPeriod) -> Result<Option<GrowthCard>> {
    let row = table
        .filter(growth_cards::route_id.eq(route_id))
        .filter(growth_cards::period_starts_on.eq(period.starts_on))
        .select(CardRow::as_select())
        .first::<CardRow>(&mut &*conn)
        .await
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let credential_ids = papers::table
        .filter(papers::card_id.eq(row.id))
        .order(papers::credential_id)
        .select(papers::credential_id)
        .load(&mut &*conn)
        .await?;
    row.card(period, credential_ids).map(Some)
}

/// Whether there is such a card of that route.
pub(super) async fn is_of_route(conn: &Conn, id: Uuid, route_id: Uuid) -> Result<bool> {
    let card = table.filter(growth_cards::id.eq(id).and(growth_cards::route_id.eq(route_id)));
    Ok(diesel::select(exists(card)).get_result(&mut &*conn).await?)
}

/// Writes the card, new or changed; the route is held by the caller.
pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, route: &Route, card: &GrowthCard) -> Result<()> {
    let content = card.content.as_ref().map(serde_json::to_value).transpose().map_err(Error::internal)?;
    let said = card.resolution.as_ref();
    let changes = (
        growth_cards::reflection.eq(&card.reflection),
        growth_cards::state.eq(card.state.as_str()),
        growth_cards::content.eq(content),
        growth_cards::submitted_on.eq(card.submitted_on),
        growth_cards::decided_by.eq(said.and_then(|said| said.by)),
        growth_cards::decided_on.eq(said.map(|said| said.on)),
        growth_cards::decision_note.eq(said.and_then(|said| said.note.as_deref())),
        growth_cards::return_due_on.eq(said.and_then(|said| said.due_on)),
        growth_cards::version.eq(card.version),
        growth_cards::updated_at.eq(ctx.now),
    );
    if card.version > 1 {
        diesel::update(table.find(card.id)).set(changes).execute(&mut &*ctx.conn).await?;
        return Ok(());
    }
    diesel::insert_into(table)
        .values((
            growth_cards::id.eq(card.id),
            growth_cards::region_id.eq(route.region_id),
            growth_cards::municipality_id.eq(route.municipality_id),
            growth_cards::organization_id.eq(route.organization_id),
            growth_cards::person_id.eq(route.person_id),
            growth_cards::route_id.eq(route.id),
            growth_cards::period_starts_on.eq(card.period.starts_on),
            growth_cards::period_ends_on.eq(card.period.ends_on),
            growth_cards::due_on.eq(card.period.due_on),
            growth_cards::created_at.eq(ctx.now),
            changes,
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Makes these the documents of the card.
pub(super) async fn replace_papers(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    card_id: Uuid,
    credential_ids: &[Uuid],
) -> Result<()> {
    diesel::delete(papers::table.filter(papers::card_id.eq(card_id))).execute(&mut &*ctx.conn).await?;
    let rows: Vec<_> = credential_ids
        .iter()
        .map(|id| (papers::card_id.eq(card_id), papers::credential_id.eq(*id)))
        .collect();
    if !rows.is_empty() {
        diesel::insert_into(papers::table).values(rows).execute(&mut &*ctx.conn).await?;
    }
    Ok(())
}
