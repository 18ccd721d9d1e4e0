//! Endpoints of announcements.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    AnnouncementAcknowledgement, AnnouncementAcknowledgementCreate, AnnouncementCreate, AnnouncementPage,
    AnnouncementQuery, AnnouncementView, SchoolAcknowledgementCreate, UnacknowledgedPersonPage,
    UnacknowledgedQuery, UnacknowledgedSchoolPage,
};
use super::model::Announcement;
use super::service;
use super::store::Filter;
use crate::authz::Actor;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Publishes an announcement
///
/// To a school, a municipality or the whole region, with programs and expected products, and with those who are asked
/// to take note of it.
#[utoipa::path(
    tag = "registry", operation_id = "create_announcement", request_body = AnnouncementCreate,
    responses((status = 201, description = "The new announcement", body = AnnouncementView))
)]
#[post("/announcements")]
pub async fn create_announcement(call: Call, body: Body<AnnouncementCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let made = service::create_announcement(ctx, body.organization_id, body.data.clone().into()).await?;
        let (location, version) = (format!("/api/v1/announcements/{}", made.id), made.version);
        Reply::created(location, version, &view(ctx.actor, made))
    })
    .await
}

/// Lists announcements
///
/// Those for the caller's place and, for municipality and region, for places below it; newest first.
#[utoipa::path(
    tag = "registry", operation_id = "list_announcements", params(AnnouncementQuery),
    responses((status = 200, description = "One page", body = AnnouncementPage))
)]
#[get("/announcements")]
pub async fn list_announcements(call: Call, query: Query<AnnouncementQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = Filter { acknowledged: query.acknowledged, program_id: query.program_id };
    let found =
        call.snapshot(async |ctx| service::list_announcements(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.published_on, last.id))?;
    let items = items.into_iter().map(|item| view(&call.actor, item)).collect();
    Reply::ok(&AnnouncementPage { items, next_cursor })
}

/// Reads an announcement
///
/// With the moment the caller took note of it, if that has happened.
#[utoipa::path(
    tag = "registry", operation_id = "get_announcement",
    params(("id" = Uuid, Path, description = "The announcement's id")),
    responses((status = 200, description = "The announcement", body = AnnouncementView))
)]
#[get("/announcements/{id}")]
pub async fn get_announcement(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let found = call.snapshot(async |ctx| service::get_announcement(ctx, *id).await).await?;
    Reply::derived(found.version, &view(&call.actor, found))
}

/// Acknowledges an announcement
///
/// The caller takes note of it for himself or herself. A repeat is harmless: the first moment stays.
#[utoipa::path(
    tag = "registry", operation_id = "acknowledge_announcement",
    request_body = AnnouncementAcknowledgementCreate,
    params(("id" = Uuid, Path, description = "The announcement's id")),
    responses((status = 200, description = "The acknowledgement", body = AnnouncementAcknowledgement))
)]
#[post("/announcements/{id}/acknowledgement")]
pub async fn acknowledge_announcement(
    call: Call,
    id: web::Path<Uuid>,
    _body: Body<AnnouncementAcknowledgementCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let (person_id, acknowledged_at) = service::acknowledge_announcement(ctx, *id).await?;
        Reply::ok(&AnnouncementAcknowledgement {
            announcement_id: *id,
            person_id: Some(person_id),
            organization_id: None,
            acknowledged_at,
        })
    })
    .await
}

/// Acknowledges an announcement for a school
///
/// Its head or deputy head takes note of it for the school (P3-12). A repeat is harmless: the first moment stays.
#[utoipa::path(
    tag = "registry", operation_id = "acknowledge_announcement_for_school",
    request_body = SchoolAcknowledgementCreate,
    params(("id" = Uuid, Path, description = "The announcement's id")),
    responses((status = 200, description = "The acknowledgement", body = AnnouncementAcknowledgement))
)]
#[post("/announcements/{id}/school-acknowledgement")]
pub async fn acknowledge_announcement_for_school(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<SchoolAcknowledgementCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let school = body.organization_id;
        let acknowledged_at = service::acknowledge_announcement_for_school(ctx, *id, school).await?;
        Reply::ok(&AnnouncementAcknowledgement {
            announcement_id: *id,
            person_id: None,
            organization_id: Some(school),
            acknowledged_at,
        })
    })
    .await
}

/// Lists people who have not acknowledged an announcement
///
/// Those who were asked, of the caller's school, municipality or region, by name.
#[utoipa::path(
    tag = "registry", operation_id = "list_unacknowledged_persons",
    params(("id" = Uuid, Path, description = "The announcement's id"), UnacknowledgedQuery),
    responses((status = 200, description = "One page", body = UnacknowledgedPersonPage))
)]
#[get("/announcements/{id}/unacknowledged-persons")]
pub async fn list_unacknowledged_persons(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<UnacknowledgedQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, "persons", &query.0);
    let after = page.after::<(String, String, Uuid)>(&list)?;
    let found = call
        .snapshot(async |ctx| service::list_unacknowledged_persons(ctx, *id, &page, after.clone()).await)
        .await?;
    let (items, next_cursor) =
        page.cut(found, &list, |last| (last.last_name.clone(), last.first_name.clone(), last.person_id))?;
    Reply::ok(&UnacknowledgedPersonPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Lists schools that have not acknowledged an announcement
///
/// Those that were asked, within the caller's municipality or region, by name.
#[utoipa::path(
    tag = "registry", operation_id = "list_unacknowledged_schools",
    params(("id" = Uuid, Path, description = "The announcement's id"), UnacknowledgedQuery),
    responses((status = 200, description = "One page", body = UnacknowledgedSchoolPage))
)]
#[get("/announcements/{id}/unacknowledged-schools")]
pub async fn list_unacknowledged_schools(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<UnacknowledgedQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, "schools", &query.0);
    let after = page.after::<(String, Uuid)>(&list)?;
    let found = call
        .snapshot(async |ctx| service::list_unacknowledged_schools(ctx, *id, &page, after.clone()).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &list, |last| (last.name.clone(), last.organization_id))?;
    Reply::ok(&UnacknowledgedSchoolPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

fn view(actor: &Actor, announcement: Announcement) -> AnnouncementView {
    let actions = service::allowed_actions(actor, &announcement);
    AnnouncementView::new(announcement, actions)
}
