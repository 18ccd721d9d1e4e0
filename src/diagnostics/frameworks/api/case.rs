//! Endpoints that exchange frameworks in the shape of CASE 1.1.

use actix_web::{get, post, web};
use uuid::Uuid;

use super::super::dto::FrameworkView;
use super::super::dto::case::{CasePackage, FrameworkImport};
use super::super::service;
use crate::error::Result;
use crate::http::{Body, Call, Reply};

/// Loads a framework from a CASE package
///
/// A draft from a CASE 1.1 `CFPackage` of document, items and associations; identifiers are kept. A cycle, a parent that
/// is not there, an identifier or a code that occurs twice are refused by their places in the package, and so is a field
/// that is not kept here.
#[utoipa::path(
    tag = "diagnostics", operation_id = "import_framework", request_body = FrameworkImport,
    responses((status = 201, description = "The new draft", body = FrameworkView))
)]
#[post("/case-packages")]
pub async fn import_framework(call: Call, body: Body<FrameworkImport>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let draft = body.0.clone().draft()?;
        let tree = service::import_framework(ctx, body.owner_id, draft).await?;
        let location = format!("/api/v1/frameworks/{}", tree.framework.id);
        Reply::created(location, tree.framework.version, &FrameworkView::from(tree))
    })
    .await
}

/// Reads a framework as a CASE package
///
/// Document, items and associations in the shape of CASE 1.1; the tree is in the `isChildOf` associations.
#[utoipa::path(
    tag = "diagnostics", operation_id = "get_framework_case_package",
    params(("id" = Uuid, Path, description = "The framework's id")),
    responses((status = 200, description = "The package", body = CasePackage))
)]
#[get("/frameworks/{id}/case-package")]
pub async fn get_framework_case_package(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let tree = call.read(async |ctx| service::get_framework(ctx, *id).await).await?;
    Reply::item(tree.framework.version, &CasePackage::from(tree))
}
