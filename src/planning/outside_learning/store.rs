//! Queries on what was learnt outside the route.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::OutsideRoute;
use crate::authz::Permit;
use crate::db::schema::learning_outside_routes::{self, table};
use crate::db::{Conn, Ctx};
use crate::error::Result;

/// More papers than that nobody reads in one place.
const MOST: i64 = 200;

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    region_id: Uuid,
    credential_id: Uuid,
    outside: OutsideRoute,
) -> Result<()> {
    diesel::insert_into(table)
        .values((
            learning_outside_routes::credential_id.eq(credential_id),
            learning_outside_routes::region_id.eq(region_id),
            learning_outside_routes::own_expense_request_id.eq(outside.request_id()),
            learning_outside_routes::external_offer_id.eq(outside.offer_id()),
            learning_outside_routes::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn papers_of(conn: &Conn, outside: OutsideRoute) -> Result<Vec<Uuid>> {
    let query = table
        .select(learning_outside_routes::credential_id)
        .order((learning_outside_routes::created_at, learning_outside_routes::credential_id))
        .limit(MOST)
        .into_boxed();
    let query = match outside {
        OutsideRoute::OwnExpense(id) => {
            query.filter(learning_outside_routes::own_expense_request_id.assume_not_null().eq(id))
        }
        OutsideRoute::Offer(id) => {
            query.filter(learning_outside_routes::external_offer_id.assume_not_null().eq(id))
        }
    };
    Ok(query.load(&mut &*conn).await?)
}
