//! Endpoints of growth cards.

use actix_web::{get, post, put, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    GrowthCardAcceptance, GrowthCardItem, GrowthCardPage, GrowthCardQuery, GrowthCardReturn,
    GrowthCardUpdate, GrowthCardView, RoutePaper,
};
use super::print;
use super::service::{self, ShownCard};
use crate::error::Result;
use crate::http::{Body, Call, PRINTED, Query, Reply, printed_file};
use crate::learning_routes::documents::words::Words;

/// Lists growth cards of a year
///
/// Every card that is owed for the year by a route that was in force in it, ended ones too, also those that nobody has
/// touched: who has handed in, who is missing, who is late. A route that came into force after the card's day owes none.
#[utoipa::path(
    tag = "learning_routes", operation_id = "list_growth_cards", params(GrowthCardQuery),
    responses((status = 200, description = "One page", body = GrowthCardPage))
)]
#[get("/growth-cards")]
pub async fn list_growth_cards(call: Call, query: Query<GrowthCardQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let (found, today) =
        call.read(async |ctx| service::list_growth_cards(ctx, &filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.starts_on, last.card.route_id))?;
    let items = items.into_iter().map(|owed| GrowthCardItem::new(owed, today)).collect();
    Reply::ok(&GrowthCardPage { items, next_cursor })
}

/// Reads a growth card
///
/// Until it is handed in, it is assembled from the data of the route; from then on it says what it said then. A card
/// that nobody has touched has the version 0. With `Accept: application/pdf` it comes to be printed, in the caller's
/// language.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_growth_card",
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("year" = i32, Path, description = "The year in which the period begins", minimum = 1900, maximum = 2199),
    ),
    responses((status = 200, description = "The card", content(
        (GrowthCardView = "application/json"), (RoutePaper = "application/pdf"),
    )))
)]
#[get("/routes/{id}/growth-cards/{year}")]
pub async fn get_growth_card(call: Call, path: web::Path<(Uuid, i32)>) -> Result<Reply> {
    let (id, year) = *path;
    if call.format(PRINTED) == 0 {
        let shown = call.read(async |ctx| service::get_growth_card(ctx, id, year).await).await?;
        return Ok(item(shown)?.by_accept());
    }
    let printed = call.snapshot(async |ctx| service::growth_card_to_print(ctx, id, year).await).await?;
    let document = print::growth_card(&printed, Words(call.language()));
    printed_file(printed.shown.card.version, format!("growth-card-{year}-{id}.pdf"), document).await
}

/// Writes a growth card
///
/// What the learner says of the year, and which documents about training go with it. `If-Match` of a card that nobody
/// has touched is `"0"`.
#[utoipa::path(
    tag = "learning_routes", operation_id = "update_growth_card", request_body = GrowthCardUpdate,
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("year" = i32, Path, description = "The year in which the period begins", minimum = 1900, maximum = 2199),
    ),
    responses((status = 200, description = "The card as it is now", body = GrowthCardView))
)]
#[put("/routes/{id}/growth-cards/{year}")]
pub async fn update_growth_card(
    call: Call,
    path: web::Path<(Uuid, i32)>,
    body: Body<GrowthCardUpdate>,
) -> Result<Reply> {
    let (id, year) = *path;
    let if_match = call.if_match()?;
    let change = async |ctx: &crate::db::Ctx<'_>| {
        let (words, papers) = (body.reflection.clone(), body.credential_ids.clone());
        service::update_growth_card(ctx, id, year, if_match, words, papers).await
    };
    item(call.write(change).await?)
}

/// Hands in a growth card
///
/// Refused with everything that is missing: the reflection, and documents about completed training where the regulation
/// asks for them.
#[utoipa::path(
    tag = "learning_routes", operation_id = "submit_growth_card",
    extensions(("x-if-match" = json!(true))),
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("year" = i32, Path, description = "The year in which the period begins", minimum = 1900, maximum = 2199),
    ),
    responses((status = 200, description = "The card as it is now", body = GrowthCardView))
)]
#[post("/routes/{id}/growth-cards/{year}/submission")]
pub async fn submit_growth_card(call: Call, path: web::Path<(Uuid, i32)>) -> Result<Reply> {
    let (id, year) = *path;
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(service::submit_growth_card(ctx, id, year, if_match).await?)).await
}

/// Accepts a growth card
///
/// By those who hold the monitoring of fulfilment; never by the learner.
#[utoipa::path(
    tag = "learning_routes", operation_id = "accept_growth_card", request_body = GrowthCardAcceptance,
    extensions(("x-if-match" = json!(true))),
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("year" = i32, Path, description = "The year in which the period begins", minimum = 1900, maximum = 2199),
    ),
    responses((status = 200, description = "The card as it is now", body = GrowthCardView))
)]
#[post("/routes/{id}/growth-cards/{year}/acceptance")]
pub async fn accept_growth_card(
    call: Call,
    path: web::Path<(Uuid, i32)>,
    body: Body<GrowthCardAcceptance>,
) -> Result<Reply> {
    let (id, year) = *path;
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        item(service::accept_growth_card(ctx, id, year, if_match, body.note.clone()).await?)
    })
    .await
}

/// Returns a growth card
///
/// With what is to be reworked and until when; it follows the data of the route again.
#[utoipa::path(
    tag = "learning_routes", operation_id = "return_growth_card", request_body = GrowthCardReturn,
    extensions(("x-if-match" = json!(true))),
    params(
        ("id" = Uuid, Path, description = "The route's id"),
        ("year" = i32, Path, description = "The year in which the period begins", minimum = 1900, maximum = 2199),
    ),
    responses((status = 200, description = "The card as it is now", body = GrowthCardView))
)]
#[post("/routes/{id}/growth-cards/{year}/return")]
pub async fn return_growth_card(
    call: Call,
    path: web::Path<(Uuid, i32)>,
    body: Body<GrowthCardReturn>,
) -> Result<Reply> {
    let (id, year) = *path;
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let (note, due_on) = (body.note.clone(), body.due_on);
        item(service::return_growth_card(ctx, id, year, if_match, note, due_on).await?)
    })
    .await
}

fn item(shown: ShownCard) -> Result<Reply> {
    Reply::derived(shown.card.version, &GrowthCardView::from(shown))
}
