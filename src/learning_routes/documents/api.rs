//! Endpoints of documents.

use actix_web::{get, web};
use serde::Serialize;
use uuid::Uuid;

use super::dto::{RouteCardDocument, RouteDossierDocument, RoutePaper, RoutePlanDocument};
use super::model::Sources;
use super::stamp::stamp;
use super::words::Words;
use super::{assemble, print, service};
use crate::error::Result;
use crate::http::{Call, Endpoints, PRINTED, Reply, printed_file};
use crate::paper::Document;
use crate::regulations::profile::ApprovalSubjectKind;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.service(get_route_plan).service(get_route_card).service(get_route_dossier);
}

/// The plan of a route with its measures
///
/// The individual plan of action with the list of measures (индивидуальный план, перечень мероприятий), assembled from
/// the route: note, problems, stages, every line with its level, study plan, budget and decisions. With
/// `Accept: application/pdf` it comes to be printed, in the caller's language.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_plan",
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The plan", content(
        (RoutePlanDocument = "application/json"), (RoutePaper = "application/pdf"),
    )))
)]
#[get("/routes/{id}/plan")]
pub async fn get_route_plan(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let sources = call.snapshot(async |ctx| service::get_route_plan(ctx, *id).await).await?;
    let words = Words(call.language());
    let plan = assemble::plan(&sources, words);
    let printed = || print::plan(&plan, words, stamp(&sources, words, ApprovalSubjectKind::Route));
    answer(&call, &sources, "plan", &plan, printed).await
}

/// The card of a route
///
/// The professional development card (карта повышения квалификации) with the blocks of its regulation in their order;
/// where the regulation names none, the usual ones. With `Accept: application/pdf` it comes to be printed.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_card",
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The card", content(
        (RouteCardDocument = "application/json"), (RoutePaper = "application/pdf"),
    )))
)]
#[get("/routes/{id}/card")]
pub async fn get_route_card(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let sources = call.snapshot(async |ctx| service::get_route_card(ctx, *id).await).await?;
    let words = Words(call.language());
    let card = assemble::card(&sources, words);
    let printed = || print::card(&card, words, stamp(&sources, words, sources.card_subject()));
    answer(&call, &sources, "card", &card, printed).await
}

/// The dossier of a route
///
/// The set of documents about it in six groups: acts, diagnosis, the route, control plan, reports, portfolio; each with
/// where it is read. Groups that hold nothing are named. For those who may read what diagnostics have found. With
/// `Accept: application/pdf` it comes to be printed.
#[utoipa::path(
    tag = "learning_routes", operation_id = "get_route_dossier",
    params(("id" = Uuid, Path, description = "The route's id")),
    responses((status = 200, description = "The dossier", content(
        (RouteDossierDocument = "application/json"), (RoutePaper = "application/pdf"),
    )))
)]
#[get("/routes/{id}/dossier")]
pub async fn get_route_dossier(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let sources = call.snapshot(async |ctx| service::get_route_dossier(ctx, *id).await).await?;
    let words = Words(call.language());
    let dossier = assemble::dossier(&sources, words);
    answer(&call, &sources, "dossier", &dossier, || print::dossier(&dossier, words)).await
}

/// The document as data, or as a file to be printed. Its ETag is that of what it says.
async fn answer<T: Serialize>(
    call: &Call,
    sources: &Sources,
    name: &str,
    document: &T,
    printed: impl FnOnce() -> Document,
) -> Result<Reply> {
    let reply = Reply::derived(sources.draft.route.version, document)?.by_accept();
    if call.format(PRINTED) == 0 {
        return Ok(reply);
    }
    let name = format!("route-{name}-{}.pdf", sources.draft.route.id);
    printed_file(sources.draft.route.version, name, printed()).await
}
