//! Endpoints of products.

use actix_web::{get, post, put, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{
    ProductCheckCreate, ProductCreate, ProductDefenceCreate, ProductIntroductionBody, ProductPage,
    ProductQuery, ProductUpdate, ProductView,
};
use super::model::ProductData;
use super::service::{self, ShownProduct};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

fn item(shown: ShownProduct) -> Result<Reply> {
    Reply::derived(shown.product.version, &ProductView::from(shown))
}

/// Begins a product
///
/// A draft of what a teacher makes in training or beside it (P3-4): of one's own, or written down for a teacher by the school
/// or the methodical service. Only kinds that the regulation of the school names; where it knows no products, `not_used`.
#[utoipa::path(
    tag = "support", operation_id = "create_product", request_body = ProductCreate,
    responses((status = 201, description = "The new draft", body = ProductView))
)]
#[post("/products")]
pub async fn create_product(call: Call, body: Body<ProductCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let shown = service::create_product(ctx, body.clone().into()).await?;
        let location = format!("/api/v1/products/{}", shown.product.id);
        Reply::created(location, shown.product.version, &ProductView::from(shown))
    })
    .await
}

/// Lists products
///
/// One's own, those of one's school, those of one's territory; those begun last first.
#[utoipa::path(
    tag = "support", operation_id = "list_products", params(ProductQuery),
    responses((status = 200, description = "One page", body = ProductPage))
)]
#[get("/products")]
pub async fn list_products(call: Call, query: Query<ProductQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_products(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.created_at, last.id))?;
    Reply::ok(&ProductPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a product
///
/// With its defences, its introduction and the checks of it. The `ETag` is needed for whatever happens to it next.
#[utoipa::path(
    tag = "support", operation_id = "get_product",
    params(("id" = Uuid, Path, description = "The product's id")),
    responses((status = 200, description = "The product", body = ProductView))
)]
#[get("/products/{id}")]
pub async fn get_product(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.read(async |ctx| service::get_product(ctx, *id).await).await?)
}

/// Updates a product
///
/// While it is a draft; what a commission accepted stays as it was.
#[utoipa::path(
    tag = "support", operation_id = "update_product", request_body = ProductUpdate,
    params(("id" = Uuid, Path, description = "The product's id")),
    responses((status = 200, description = "The product as it is now", body = ProductView))
)]
#[put("/products/{id}")]
pub async fn update_product(call: Call, id: web::Path<Uuid>, body: Body<ProductUpdate>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let data: ProductData = body.0.data.into();
    item(call.write(async |ctx| service::update_product(ctx, *id, if_match, data.clone()).await).await?)
}

/// Records a defence of a product
///
/// Day, commission and result (P3-33), by whom the regulation names. A passed defence makes the draft `defended`; after
/// another one it stays a draft and may be defended again.
#[utoipa::path(
    tag = "support", operation_id = "record_product_defence", request_body = ProductDefenceCreate,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The product's id")),
    responses((status = 200, description = "The product as it is now", body = ProductView))
)]
#[post("/products/{id}/defences")]
pub async fn record_product_defence(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ProductDefenceCreate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let defence = body.clone().into();
        item(service::record_product_defence(ctx, *id, if_match, defence).await?)
    })
    .await
}

/// Records the introduction of a product
///
/// Day, and the class, the subject or both (P3-48). Where the regulation demands a defence, only once it was passed.
#[utoipa::path(
    tag = "support", operation_id = "record_product_introduction", request_body = ProductIntroductionBody,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The product's id")),
    responses((status = 200, description = "The product as it is now", body = ProductView))
)]
#[post("/products/{id}/introduction")]
pub async fn record_product_introduction(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ProductIntroductionBody>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let introduction = body.clone().into();
        item(service::record_product_introduction(ctx, *id, if_match, introduction).await?)
    })
    .await
}

/// Records a check of the introduction
///
/// By the administration, with day and conclusion (P3-42); as often as it is checked.
#[utoipa::path(
    tag = "support", operation_id = "record_product_check", request_body = ProductCheckCreate,
    extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The product's id")),
    responses((status = 200, description = "The product as it is now", body = ProductView))
)]
#[post("/products/{id}/checks")]
pub async fn record_product_check(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<ProductCheckCreate>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let check = body.clone().into();
        item(service::record_product_check(ctx, *id, if_match, check).await?)
    })
    .await
}
