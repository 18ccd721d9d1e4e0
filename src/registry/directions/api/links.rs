//! Endpoints of directions and of the programs that serve them.

use actix_web::{get, put, web};
use uuid::Uuid;

use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};
use crate::registry::directions::dto::{
    DirectionPrograms, PriorityDirectionPage, PriorityDirectionQuery, PriorityDirectionView,
    ProgramWithoutDirectionPage, ProgramWithoutDirectionQuery,
};
use crate::registry::directions::service::{self, ShownDirection};
use crate::registry::directions::store::DirectionFilter;

/// Lists approved priority directions
///
/// With `without_programs=true` those that no program serves (P2-21).
#[utoipa::path(
    tag = "registry", operation_id = "list_priority_directions", params(PriorityDirectionQuery),
    responses((status = 200, description = "One page", body = PriorityDirectionPage))
)]
#[get("/priority-directions")]
pub async fn list_priority_directions(call: Call, query: Query<PriorityDirectionQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(Uuid, i32)>(&query.0)?;
    let filter = DirectionFilter {
        year: query.year,
        without_programs: query.without_programs,
        program_id: query.program_id,
    };
    let found =
        call.snapshot(async |ctx| service::list_priority_directions(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.list_id, last.position))?;
    Reply::ok(&PriorityDirectionPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Reads a priority direction
///
/// With the programs that serve it; the `ETag` is needed to change them.
#[utoipa::path(
    tag = "registry", operation_id = "get_priority_direction",
    params(("id" = Uuid, Path, description = "The direction's id")),
    responses((status = 200, description = "The direction", body = PriorityDirectionView))
)]
#[get("/priority-directions/{id}")]
pub async fn get_priority_direction(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(call.snapshot(async |ctx| service::get_priority_direction(ctx, *id).await).await?)
}

/// Sets the programs that serve a priority direction
///
/// Accepted programs of the region, all of them at once; the direction's list is approved.
#[utoipa::path(
    tag = "registry", operation_id = "set_direction_programs", request_body = DirectionPrograms,
    params(("id" = Uuid, Path, description = "The direction's id")),
    responses((status = 200, description = "The direction as it is now", body = PriorityDirectionView))
)]
#[put("/priority-directions/{id}/programs")]
pub async fn set_direction_programs(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<DirectionPrograms>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    let shown = call
        .write(async |ctx| {
            service::set_direction_programs(ctx, *id, if_match, body.program_ids.clone()).await
        })
        .await?;
    item(shown)
}

/// Lists programs without a direction
///
/// Accepted programs of the region that serve no approved direction of the year, by title (P2-21).
#[utoipa::path(
    tag = "registry", operation_id = "list_programs_without_direction", params(ProgramWithoutDirectionQuery),
    responses((status = 200, description = "One page", body = ProgramWithoutDirectionPage))
)]
#[get("/programs-without-direction")]
pub async fn list_programs_without_direction(
    call: Call,
    query: Query<ProgramWithoutDirectionQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(String, Uuid)>(&query.0)?;
    let year = query.year;
    let found = call
        .snapshot(async |ctx| service::list_programs_without_direction(ctx, year, &page, after.clone()).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.title.clone(), last.id))?;
    let items = items.into_iter().map(Into::into).collect();
    Reply::ok(&ProgramWithoutDirectionPage { items, next_cursor })
}

fn item(shown: ShownDirection) -> Result<Reply> {
    let version = shown.direction.version;
    let program_ids = shown.direction.program_ids.clone();
    let allowed_actions = shown.allowed_actions;
    Reply::item(
        version,
        &PriorityDirectionView { direction: shown.direction.into(), program_ids, allowed_actions },
    )
}
