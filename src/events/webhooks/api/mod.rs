//! Endpoints of webhooks.

pub mod deliveries;

use std::cell::RefCell;

use actix_web::{delete, get, post, put, web};
use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::dto::{WebhookBody, WebhookCreate, WebhookCreated, WebhookPage, WebhookQuery, WebhookView};
use super::model::Webhook;
use super::service;
use crate::accounts::SecretText;
use crate::authz::Actor;
use crate::error::{Error, Result};
use crate::http::{Body, Call, Query, Reply};
use crate::ids::new_id;
use crate::outbound::{AddressProblem, SigningSecret};

/// Makes a webhook
///
/// From now on the address is told of every change in the circle of the organization, by a POST that is signed as
/// Standard Webhooks say (`webhook-id`, `webhook-timestamp`, `webhook-signature`). A status from 200 to 299 within ten
/// seconds takes it; anything else is tried again, eight times over a day and a half. The secret is shown once.
#[utoipa::path(
    tag = "events", operation_id = "create_webhook", request_body = WebhookCreate,
    responses((status = 201, description = "The new webhook and its secret", body = WebhookCreated))
)]
#[post("/webhooks")]
pub async fn create_webhook(call: Call, body: Body<WebhookCreate>) -> Result<Reply> {
    check_address(&call, &body.data, "/data/url")?;
    let id = new_id();
    let (secret, sealed) = new_secret(&call, id)?;
    let shown = RefCell::new(None);
    let stored = call
        .write_once(async |ctx| {
            let data = body.data.clone().into();
            let webhook = service::create_webhook(ctx, (id, &sealed), body.organization_id, data).await?;
            let location = format!("/api/v1/webhooks/{id}");
            let reply = |secret| {
                Reply::created(&*location, webhook.version, &created(ctx.actor, webhook.clone(), secret))
            };
            shown.replace(Some(reply(Some(secret.clone()))?));
            reply(None)
        })
        .await?;
    // The answer that is kept for a repeat has no secret in it.
    Ok(shown.into_inner().unwrap_or(stored).no_store())
}

/// Lists webhooks
///
/// Those of the caller's region, municipality or organization, newest first.
#[utoipa::path(
    tag = "events", operation_id = "list_webhooks", params(WebhookQuery),
    responses((status = 200, description = "One page", body = WebhookPage))
)]
#[get("/webhooks")]
pub async fn list_webhooks(call: Call, query: Query<WebhookQuery>) -> Result<Reply> {
    let page = call.page(query.limit, query.cursor.as_deref());
    let after = page.after::<(DateTime<Utc>, Uuid)>(&query.0)?;
    let filter = query.filter();
    let found = call.read(async |ctx| service::list_webhooks(ctx, filter, &page, after).await).await?;
    let (items, next_cursor) = page.cut(found, &query.0, |last| (last.created_at, last.id))?;
    let items = items.into_iter().map(|webhook| view(&call.actor, webhook)).collect();
    Reply::ok(&WebhookPage { items, next_cursor })
}

/// Reads a webhook
///
/// The `ETag` is needed to change it.
#[utoipa::path(
    tag = "events", operation_id = "get_webhook",
    params(("id" = Uuid, Path, description = "The webhook's id")),
    responses((status = 200, description = "The webhook", body = WebhookView))
)]
#[get("/webhooks/{id}")]
pub async fn get_webhook(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    item(&call.actor, call.read(async |ctx| service::get_webhook(ctx, *id).await).await?)
}

/// Changes a webhook
///
/// Replaces what is said of it; what it has not been told of yet goes to the new address.
#[utoipa::path(
    tag = "events", operation_id = "update_webhook", request_body = WebhookBody,
    params(("id" = Uuid, Path, description = "The webhook's id")),
    responses((status = 200, description = "The webhook as it is now", body = WebhookView))
)]
#[put("/webhooks/{id}")]
pub async fn update_webhook(call: Call, id: web::Path<Uuid>, body: Body<WebhookBody>) -> Result<Reply> {
    let if_match = call.if_match()?;
    check_address(&call, &body, "/url")?;
    let change = async |ctx: &crate::db::Ctx<'_>| {
        service::update_webhook(ctx, *id, if_match, body.0.clone().into()).await
    };
    item(&call.actor, call.write(change).await?)
}

/// Lets a webhook rest
///
/// Nothing is sent; what happens meanwhile is told when it is resumed.
#[utoipa::path(
    tag = "events", operation_id = "pause_webhook", extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The webhook's id")),
    responses((status = 200, description = "The webhook as it is now", body = WebhookView))
)]
#[post("/webhooks/{id}/pause")]
pub async fn pause_webhook(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(ctx.actor, service::pause_webhook(ctx, *id, if_match).await?)).await
}

/// Resumes a webhook
///
/// One that rests or was disabled is told of everything since, and once more of what had failed for good.
#[utoipa::path(
    tag = "events", operation_id = "resume_webhook", extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The webhook's id")),
    responses((status = 200, description = "The webhook as it is now", body = WebhookView))
)]
#[post("/webhooks/{id}/resumption")]
pub async fn resume_webhook(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write_once(async |ctx| item(ctx.actor, service::resume_webhook(ctx, *id, if_match).await?)).await
}

/// Deletes a webhook
///
/// It is told nothing more: what waits for its next attempt is dropped, and its deliveries are no longer read. That it was
/// there stays in the journal of changes. `If-Match` is the `ETag` of the webhook.
#[utoipa::path(
    tag = "events", operation_id = "delete_webhook",
    params(("id" = Uuid, Path, description = "The webhook's id")),
    responses((status = 204, description = "The webhook is gone"))
)]
#[delete("/webhooks/{id}")]
pub async fn delete_webhook(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    call.write(async |ctx| service::delete_webhook(ctx, *id, if_match).await).await?;
    Ok(Reply::no_content())
}

/// Gives a webhook a new secret
///
/// The new one is shown once; for 24 hours the one before signs beside it, so that the receiver can change over.
#[utoipa::path(
    tag = "events", operation_id = "rotate_webhook_secret", extensions(("x-if-match" = json!(true))),
    params(("id" = Uuid, Path, description = "The webhook's id")),
    responses((status = 200, description = "The webhook and its new secret", body = WebhookCreated))
)]
#[post("/webhooks/{id}/rotate-secret")]
pub async fn rotate_webhook_secret(call: Call, id: web::Path<Uuid>) -> Result<Reply> {
    let if_match = call.if_match()?;
    let (secret, sealed) = new_secret(&call, *id)?;
    let shown = RefCell::new(None);
    let stored = call
        .write_once(async |ctx| {
            let webhook = service::rotate_webhook_secret(ctx, *id, if_match, &sealed).await?;
            let reply = |secret| Reply::item(webhook.version, &created(ctx.actor, webhook.clone(), secret));
            shown.replace(Some(reply(Some(secret.clone()))?));
            reply(None)
        })
        .await?;
    Ok(shown.into_inner().unwrap_or(stored).no_store())
}

/// A secret, and how it is kept.
fn new_secret(call: &Call, id: Uuid) -> Result<(SecretText, Vec<u8>)> {
    let secret = SigningSecret::random();
    let sealed = call.app.identity.keys().seal(secret.bytes(), &service::seal_purpose(id))?;
    Ok((SecretText::new(secret.shown()), sealed))
}

/// Refuses an address that this server would never call.
fn check_address(call: &Call, body: &WebhookBody, pointer: &str) -> Result<()> {
    let (code, ru, en) = match call.app.outbound.check(&body.url) {
        Ok(()) => return Ok(()),
        Err(AddressProblem::Unreadable) => {
            ("unreadable_address", "Это не веб-адрес", "This is not an address of the web")
        }
        Err(AddressProblem::NotHttps) => {
            ("not_https", "Адрес должен начинаться с https://", "The address has to begin with https://")
        }
        Err(AddressProblem::WithLogin) => (
            "login_in_address",
            "В адресе не должно быть логина и пароля",
            "An address carries no login or password",
        ),
        Err(AddressProblem::Private) => (
            "private_address",
            "Это адрес частной сети: сервер обращается только к адресам интернета",
            "This is an address of a private network: the server calls addresses of the internet only",
        ),
    };
    Err(Error::field(pointer, code, ru, en))
}

fn view(actor: &Actor, webhook: Webhook) -> WebhookView {
    let actions = service::allowed_actions(actor, &webhook);
    WebhookView::new(webhook, actions)
}

fn created(actor: &Actor, webhook: Webhook, secret: Option<SecretText>) -> WebhookCreated {
    WebhookCreated { id: webhook.id, webhook: view(actor, webhook), secret }
}

/// What the server keeps of it changes without a new version.
fn item(actor: &Actor, webhook: Webhook) -> Result<Reply> {
    Reply::derived(webhook.version, &view(actor, webhook))
}
