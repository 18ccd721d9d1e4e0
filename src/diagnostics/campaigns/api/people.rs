//! Endpoints of those who take part in campaigns.

use actix_web::{get, post, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::super::dto::people::{
    DiagnosticAttendanceSheet, DiagnosticParticipantPage, DiagnosticParticipantQuery,
    DiagnosticParticipantsEnroll, DiagnosticParticipationReport, DiagnosticPeopleCount,
    DiagnosticReminderPage, DiagnosticReminderQuery, DiagnosticRemindersCreate,
};
use super::super::service::people as service;
use super::super::store::people::ParticipantFilter;
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Enrols people of a school
///
/// A school enrols its people in the campaign of the coordinator (P4-22), or adds people to its own. Who takes part
/// already stays as he is.
#[utoipa::path(
    tag = "diagnostics", operation_id = "enroll_diagnostic_participants",
    request_body = DiagnosticParticipantsEnroll,
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "How many are new", body = DiagnosticPeopleCount))
)]
#[post("/diagnostic-campaigns/{id}/participants")]
pub async fn enroll_diagnostic_participants(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<DiagnosticParticipantsEnroll>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let (place, people) = (body.organization_id, &body.person_ids);
        let new = service::enroll_diagnostic_participants(ctx, *id, place, people).await?;
        Reply::ok(&DiagnosticPeopleCount::new(new))
    })
    .await
}

/// Lists who takes part in a campaign
///
/// The people the caller works with; `tested=false` gives those who have not taken part yet (P0-21).
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_diagnostic_participants",
    params(("id" = Uuid, Path, description = "The campaign's id"), DiagnosticParticipantQuery),
    responses((status = 200, description = "One page", body = DiagnosticParticipantPage))
)]
#[get("/diagnostic-campaigns/{id}/participants")]
pub async fn list_diagnostic_participants(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<DiagnosticParticipantQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<Uuid>(&list)?;
    let filter = ParticipantFilter::from(&query.0);
    let found = call
        .read(async |ctx| service::list_diagnostic_participants(ctx, *id, &filter, &page, after).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &list, |last| last.person_id)?;
    Reply::ok(&DiagnosticParticipantPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}

/// Records who came
///
/// The attendance sheet of a school (лист явки). Whoever has a result has come without it.
#[utoipa::path(
    tag = "diagnostics", operation_id = "record_diagnostic_attendance", request_body = DiagnosticAttendanceSheet,
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "How many were marked", body = DiagnosticPeopleCount))
)]
#[post("/diagnostic-campaigns/{id}/attendance")]
pub async fn record_diagnostic_attendance(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<DiagnosticAttendanceSheet>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let marked = service::record_diagnostic_attendance(ctx, *id, &body.0.clone().into()).await?;
        Reply::ok(&DiagnosticPeopleCount::new(marked))
    })
    .await
}

/// Counts who took part in a campaign
///
/// Participants, results, attendance and the response rate within the caller's scope, in all and by organization.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_diagnostic_participation",
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "The counts", body = DiagnosticParticipationReport))
)]
#[get("/diagnostic-campaigns/{id}/participation")]
pub async fn get_diagnostic_participation(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let parts = call.read(async |ctx| service::get_diagnostic_participation(ctx, *id).await).await?;
    Reply::ok(&DiagnosticParticipationReport::from(parts))
}

/// Reminds those who have not taken part
///
/// Leaves a reminder for everybody without a result who is not excused; frontends show it, nothing is sent.
#[utoipa::path(
    tag = "diagnostics", operation_id = "create_diagnostic_reminders", request_body = DiagnosticRemindersCreate,
    params(("id" = Uuid, Path, description = "The campaign's id")),
    responses((status = 200, description = "How many were reminded", body = DiagnosticPeopleCount))
)]
#[post("/diagnostic-campaigns/{id}/reminders")]
pub async fn create_diagnostic_reminders(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<DiagnosticRemindersCreate>,
) -> Result<Reply> {
    call.write_once(async |ctx| {
        let (place, text) = (body.organization_id, body.text.as_str());
        let reminded = service::create_diagnostic_reminders(ctx, *id, place, text).await?;
        Reply::ok(&DiagnosticPeopleCount::new(reminded))
    })
    .await
}

/// Lists reminders of campaigns
///
/// The caller's own and those of the people the caller works with, newest first.
#[utoipa::path(
    tag = "diagnostics", operation_id = "list_diagnostic_reminders", params(DiagnosticReminderQuery),
    responses((status = 200, description = "One page", body = DiagnosticReminderPage))
)]
#[get("/diagnostic-reminders")]
pub async fn list_diagnostic_reminders(call: Call, query: Query<DiagnosticReminderQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let found = call
        .read(async |ctx| service::list_diagnostic_reminders(ctx, query.person_id, &page, after).await)
        .await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.reminded_at, last.id))?;
    Reply::ok(&DiagnosticReminderPage { items: items.into_iter().map(Into::into).collect(), next_cursor })
}
