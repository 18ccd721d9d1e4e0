//! Queries on hearings.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Hearing, NewHearing};
use crate::authz::Permit;
use crate::db::schema::route_hearings;
use crate::db::{Conn, Ctx};
use crate::error::{Language, Result, Text};
use crate::learning_routes::model::Route;

/// More than a council ever holds about one route.
const MOST: i64 = 200;

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_hearings)]
struct HearingRow {
    id: Uuid,
    route_id: Uuid,
    held_on: NaiveDate,
    council_ru: String,
    council_en: String,
    conclusion: String,
    protocol_number: Option<String>,
}

impl From<HearingRow> for Hearing {
    fn from(row: HearingRow) -> Self {
        Self {
            id: row.id,
            route_id: row.route_id,
            council: Text::owned(row.council_ru, row.council_en),
            data: NewHearing {
                held_on: row.held_on,
                conclusion: row.conclusion,
                protocol_number: row.protocol_number,
            },
        }
    }
}

pub(super) async fn list(conn: &Conn, route_id: Uuid) -> Result<Vec<Hearing>> {
    let rows: Vec<HearingRow> = route_hearings::table
        .filter(route_hearings::route_id.eq(route_id))
        .order((route_hearings::held_on, route_hearings::id))
        .select(HearingRow::as_select())
        .limit(MOST)
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(Hearing::from).collect())
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, route: &Route, hearing: &Hearing) -> Result<()> {
    diesel::insert_into(route_hearings::table)
        .values((
            route_hearings::id.eq(hearing.id),
            route_hearings::region_id.eq(route.region_id),
            route_hearings::organization_id.eq(route.organization_id),
            route_hearings::route_id.eq(route.id),
            route_hearings::held_on.eq(hearing.data.held_on),
            route_hearings::council_ru.eq(hearing.council.in_language(Language::Ru)),
            route_hearings::council_en.eq(hearing.council.in_language(Language::En)),
            route_hearings::conclusion.eq(&hearing.data.conclusion),
            route_hearings::protocol_number.eq(&hearing.data.protocol_number),
            route_hearings::recorded_by.eq(ctx.actor.account_id),
            route_hearings::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
