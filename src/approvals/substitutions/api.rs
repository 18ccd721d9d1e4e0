//! Endpoints of substitutions.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    ApprovalSubstitutionCreate, ApprovalSubstitutionPage, ApprovalSubstitutionQuery, ApprovalSubstitutionView,
};
use super::service::{self, Shown};
use crate::error::Result;
use crate::http::{Body, Call, Query, Reply};

/// Names a substitute
///
/// For oneself, or for somebody below: from the first day to the last the substitute finds in the inbox what waits for the
/// absent one, and decides in the name of the absent one. The absent one may still decide.
#[utoipa::path(
    tag = "approvals", operation_id = "create_approval_substitution", request_body = ApprovalSubstitutionCreate,
    responses((status = 201, description = "The new substitution", body = ApprovalSubstitutionView))
)]
#[post("/approval-substitutions")]
pub async fn create_approval_substitution(
    call: Call,
    body: Body<ApprovalSubstitutionCreate>,
) -> Result<Reply> {
    let new = body.to_model()?;
    call.write_once(async |ctx| {
        let shown = service::create(ctx, new.clone()).await?;
        let (id, version) = (shown.substitution.id, shown.substitution.version);
        Reply::created(format!("/api/v1/approval-substitutions/{id}"), version, &view(shown))
    })
    .await
}

/// Lists substitutions
///
/// The caller's own, those in which the caller is the substitute, and those of the people below; the newest first.
#[utoipa::path(
    tag = "approvals", operation_id = "list_approval_substitutions", params(ApprovalSubstitutionQuery),
    responses((status = 200, description = "One page", body = ApprovalSubstitutionPage))
)]
#[get("/approval-substitutions")]
pub async fn list_approval_substitutions(
    call: Call,
    query: Query<ApprovalSubstitutionQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list(ctx, &filter, &page, after).await).await?;
    let key = |last: &Shown| (last.substitution.given.starts_on, last.substitution.id);
    let (items, next_cursor) = page.cut(found, &query.0, key)?;
    Reply::ok(&ApprovalSubstitutionPage { items: items.into_iter().map(view).collect(), next_cursor })
}

/// Reads a substitution
///
/// The `ETag` is needed to end it early.
#[utoipa::path(
    tag = "approvals", operation_id = "get_approval_substitution",
    params(("id" = Uuid, Path, description = "The substitution's id")),
    responses((status = 200, description = "The substitution", body = ApprovalSubstitutionView))
)]
#[get("/approval-substitutions/{id}")]
pub async fn get_approval_substitution(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let shown = call.read(async |ctx| service::get(ctx, *id).await).await?;
    Reply::derived(shown.substitution.version, &view(shown))
}

/// Ends a substitution early
///
/// From today on the substitute decides in the name of the absent one no longer; what was decided stays.
#[utoipa::path(
    tag = "approvals", operation_id = "revoke_approval_substitution",
    params(("id" = Uuid, Path, description = "The substitution's id")),
    responses((status = 200, description = "The substitution as it is now", body = ApprovalSubstitutionView)),
    extensions(("x-if-match" = json!(true)))
)]
#[post("/approval-substitutions/{id}/revocation")]
pub async fn revoke_approval_substitution(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let shown = service::revoke(ctx, *id, if_match).await?;
        Reply::item(shown.substitution.version, &view(shown))
    })
    .await
}

fn view(shown: Shown) -> ApprovalSubstitutionView {
    let allowed = shown.allowed_actions.iter().map(|name| (*name).to_owned()).collect();
    ApprovalSubstitutionView::new(shown.substitution, shown.today, allowed)
}
