//! Endpoints of credentials.

use actix_web::{get, post, web};
use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{CredentialCreate, CredentialDecide, CredentialQuery};
use super::policy::DECIDE_CREDENTIAL;
use super::service::{CredentialCase, Warned};
use super::store::Filter;
use super::views::{BesidePaper, CredentialItem, CredentialPage, CredentialView};
use super::{decisions, numbering, service};
use crate::authz::may;
use crate::db::Ctx;
use crate::error::{Language, Result};
use crate::hours::clock::today;
use crate::hours::credential_files::model::CredentialFile;
use crate::hours::credential_papers::policy::GET_CREDENTIAL_PAPER;
use crate::hours::credential_receipts::model::CredentialReceipt;
use crate::hours::credential_receipts::policy::RECEIVE_CREDENTIAL;
use crate::hours::duplicates::model::Duplicate;
use crate::hours::duplicates::policy::{ISSUE_DUPLICATE, LIST_DUPLICATES};
use crate::hours::verification::policy::CREATE_CREDENTIAL_CODE;
use crate::hours::{credential_files, credential_receipts, duplicates, verification};
use crate::http::{Body, Call, PageQuery, Query, Reply};

/// Records a credential
///
/// The person reports a paper of his or her own; a provider, the coordinator, the operator, a municipal centre or a
/// school issues papers of its own to others. Neither enters the ledger before it is confirmed. A paper that is
/// recorded already, by whatever path and in whatever spelling, is refused with `duplicate_document`. Numbers of papers
/// that are issued may come from ranges of the issuer (`create_number_range`), one after the other.
#[utoipa::path(
    tag = "hours", operation_id = "create_credential", request_body = CredentialCreate,
    responses((status = 201, description = "The new credential", body = CredentialView))
)]
#[post("/credentials")]
pub async fn create_credential(call: Call, body: Body<CredentialCreate>) -> Result<Reply> {
    call.write_once(async |ctx| {
        let case = numbering::create_numbered(ctx, body.0.clone().into(), body.ranges()).await?;
        let (id, version) = (case.credential.id, case.credential.version);
        let location = format!("/api/v1/credentials/{id}");
        Reply::created(location, version, &view(ctx, case, call.language()).await?)
    })
    .await
}

/// Lists credentials
///
/// One's own, those of one's people, and those that one's organization issued; the newest first.
#[utoipa::path(
    tag = "hours", operation_id = "list_credentials", params(CredentialQuery),
    responses((status = 200, description = "One page", body = CredentialPage))
)]
#[get("/credentials")]
pub async fn list_credentials(call: Call, query: Query<CredentialQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(NaiveDate, Uuid)>(&query.0)?;
    let filter = filter(&query);
    let found = call.read(async |ctx| service::list_credentials(ctx, &filter, &page, after).await).await?;
    reply(page, found, &query.0, call.language())
}

/// Lists the credentials of a person
///
/// In whatever state, the newest first.
#[utoipa::path(
    tag = "hours", operation_id = "list_person_credentials",
    params(("id" = Uuid, Path, description = "The person's id"), CredentialQuery),
    responses((status = 200, description = "One page", body = CredentialPage))
)]
#[get("/persons/{id}/credentials")]
pub async fn list_person_credentials(
    call: Call,
    id: web::Path<Uuid>,
    query: Query<CredentialQuery>,
) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let list = (*id, &query.0);
    let after = page.after::<(NaiveDate, Uuid)>(&list)?;
    let filter = filter(&query);
    let found = call
        .read(async |ctx| service::list_person_credentials(ctx, *id, &filter, &page, after).await)
        .await?;
    reply(page, found, &list, call.language())
}

/// Reads a credential
///
/// With the decisions the caller may take on it now, its scan, its receipt and the duplicate that replaced it; the `ETag`
/// is needed to take one.
#[utoipa::path(
    tag = "hours", operation_id = "get_credential",
    params(("id" = Uuid, Path, description = "The credential's id")),
    responses((status = 200, description = "The credential", body = CredentialView))
)]
#[get("/credentials/{id}")]
pub async fn get_credential(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    call.read(async |ctx| {
        let case = service::get_credential(ctx, *id).await?;
        Reply::derived(case.credential.version, &view(ctx, case, call.language()).await?)
    })
    .await
}

/// Decides on a credential
///
/// Confirming posts its hours to the ledger, annulling posts the reversal, both in the same transaction. Nobody
/// confirms a paper of his or her own, or one that he or she recorded.
#[utoipa::path(
    tag = "hours", operation_id = "decide_credential", request_body = CredentialDecide,
    params(("id" = Uuid, Path, description = "The credential's id")),
    responses((status = 200, description = "The credential as it is now", body = CredentialView)),
    extensions(("x-if-match" = json!(true)))
)]
#[post("/credentials/{id}/decision")]
pub async fn decide_credential(
    call: Call,
    id: web::Path<Uuid>,
    body: Body<CredentialDecide>,
) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| {
        let (decision, reason) = (body.decision.into(), body.reason.as_deref());
        let case = decisions::decide_credential(ctx, *id, if_match, decision, reason).await?;
        Reply::item(case.credential.version, &view(ctx, case, call.language()).await?)
    })
    .await
}

fn filter(query: &CredentialQuery) -> Filter {
    Filter { person_id: None, state: query.state.map(Into::into), issuer_id: query.issuer_id }
}

/// A credential for the caller, with what comes with it.
pub(in crate::hours) async fn view(
    ctx: &Ctx<'_>,
    case: CredentialCase,
    language: Language,
) -> Result<CredentialView> {
    let (today, decisions, warnings, receives, (file, receipt, code, duplicate)) = tokio::try_join!(
        today(ctx),
        decisions::allowed(ctx, &case),
        service::warnings_of(ctx, &case),
        credential_receipts::service::may_receive(ctx, &case),
        brought(ctx, &case),
    )?;
    let verification_code = duplicate.as_ref().map(|form| form.code.clone()).or(code);
    let mut actions = Vec::new();
    if !decisions.is_empty() {
        actions.push(DECIDE_CREDENTIAL.operation);
    }
    if receives && receipt.is_none() {
        actions.push(RECEIVE_CREDENTIAL.operation);
    }
    actions.extend(credential_files::service::allowed_actions(ctx.actor, &case, file.as_ref(), today));
    if may(ctx.actor, &GET_CREDENTIAL_PAPER, &case.target(today).reading) {
        actions.push(GET_CREDENTIAL_PAPER.operation);
    }
    if verification_code.is_none() && verification::service::may_create_code(ctx.actor, &case) {
        actions.push(CREATE_CREDENTIAL_CODE.operation);
    }
    if duplicates::service::may_issue(ctx.actor, &case) {
        actions.push(ISSUE_DUPLICATE.operation);
    }
    if duplicate.is_some() && may(ctx.actor, &LIST_DUPLICATES, &case.target(today).reading) {
        actions.push(LIST_DUPLICATES.operation);
    }
    let (file, receipt) = (file.map(Into::into), receipt.map(Into::into));
    let duplicate = duplicate.map(Into::into);
    let beside = BesidePaper { file, receipt, duplicate, verification_code, warnings, decisions, actions };
    Ok(CredentialView::new(case.credential, beside, language))
}

type Brought = (Option<CredentialFile>, Option<CredentialReceipt>, Option<String>, Option<Duplicate>);

/// What others have brought to a paper, and the code it was given.
async fn brought(ctx: &Ctx<'_>, case: &CredentialCase) -> Result<Brought> {
    let id = case.credential.id;
    if let Some(fresh) = &case.fresh {
        return Ok((None, None, fresh.code.as_ref().map(|code| code.as_str().to_owned()), None));
    }
    tokio::try_join!(
        credential_files::service::file_of(ctx, id),
        credential_receipts::service::receipt_of(ctx, id),
        verification::service::code_of(ctx, id),
        duplicates::service::last_of(ctx, id),
    )
}

fn reply(
    page: PageQuery<'_>,
    found: Warned,
    list: &impl serde::Serialize,
    language: Language,
) -> Result<Reply> {
    let warnings = found.warnings;
    let (items, next_cursor) = page.cut(found.found, list, |last| (last.data.issued_on, last.id))?;
    let items = items.into_iter().map(|item| CredentialItem::new(item, &warnings, language)).collect();
    Reply::ok(&CredentialPage { items, next_cursor })
}
