//! Webhooks as they travel.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::{Validate, ValidationError};

use crate::accounts::SecretText;
use crate::events::webhooks::model::{Webhook, WebhookData, WebhookReach, WebhookState};
use crate::events::webhooks::store::WebhookFilter;
use crate::http::page_view;
use crate::values::mirror;

/// Where a webhook stands (состояние веб-хука). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WebhookState)]
pub enum WebhookStateDto {
    /// It is told of changes.
    Active,
    /// Its keeper lets it rest; what happens meanwhile is told when it is resumed.
    Paused,
    /// It did not answer for five days, or said that it wants nothing any more (410). It can be resumed.
    Disabled,
}

mirror!(WebhookStateDto => WebhookState { Active, Paused, Disabled });

/// Whose changes a webhook is told of (охват веб-хука). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = WebhookReach)]
pub enum WebhookReachDto {
    /// The whole region: the webhook of a ministry.
    Region,
    /// A municipality: the webhook of its authority.
    Municipality,
    /// One organization: the webhook of any other.
    Organization,
}

mirror!(WebhookReachDto => WebhookReach { Region, Municipality, Organization });

/// A kind of things (вид объекта), as changes name it.
#[derive(Debug, ToSchema)]
#[schema(min_length = 1, max_length = 60, pattern = "^[a-z_]+$", example = "credential")]
pub struct SubjectKind(pub String);

/// A new webhook (веб-хук).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WebhookCreate {
    /// The organization whose system it is; a ministry's is told of its region, a municipal authority's of its
    /// municipality, any other of what is its own.
    pub organization_id: Uuid,
    /// What is said of it.
    #[validate(nested)]
    pub data: WebhookBody,
}

/// What is said of a webhook.
#[derive(Debug, Clone, Deserialize, Serialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WebhookData)]
pub struct WebhookBody {
    /// Where changes are sent: an https address of the public internet, without a login in it.
    #[validate(length(min = 10, max = 2000))]
    #[schema(
        min_length = 10,
        max_length = 2000,
        pattern = "^https?://",
        example = "https://school.example/hooks/rost"
    )]
    pub url: String,
    /// What it is for (назначение).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Синхронизация с электронным журналом")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Only these kinds of things, as `subject_kind` of `list_changes` says them; all when empty.
    #[serde(default)]
    #[validate(length(max = 50), custom(function = "kinds"))]
    #[schema(max_items = 50, value_type = Vec<SubjectKind>, example = json!(["credential", "person"]))]
    pub subject_kinds: Vec<String>,
}

fn kinds(kinds: &[String]) -> Result<(), ValidationError> {
    let is_name = |kind: &String| {
        (1..=60).contains(&kind.len()) && kind.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    if kinds.iter().all(is_name) { Ok(()) } else { Err(ValidationError::new("pattern")) }
}

impl From<WebhookBody> for WebhookData {
    fn from(body: WebhookBody) -> Self {
        Self { url: body.url, note: body.note, subject_kinds: body.subject_kinds }
    }
}

impl From<WebhookData> for WebhookBody {
    fn from(data: WebhookData) -> Self {
        Self { url: data.url, note: data.note, subject_kinds: data.subject_kinds }
    }
}

/// A webhook (веб-хук): an address of another system that is told of changes.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Webhook)]
pub struct WebhookView {
    /// The webhook's id.
    pub id: Uuid,
    /// The organization whose system it is.
    pub organization_id: Uuid,
    /// Whose changes it is told of.
    pub reach: WebhookReachDto,
    /// What is said of it.
    pub data: WebhookBody,
    /// Where it stands.
    pub state: WebhookStateDto,
    /// Since when it does not answer; absent while it does. After five days it is disabled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failing_since: Option<DateTime<Utc>>,
    /// Until when the secret before the last rotation signs too; absent when there was none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_secret_until: Option<DateTime<Utc>>,
    /// How far it has been told: a `cursor` of `list_changes`.
    #[schema(
        min_length = 34,
        max_length = 49,
        pattern = "^[0-9a-f]{1,16}-[0-9a-f]{32}$",
        example = "2f1-019aa0c57d2b7cc18a4e4c8f7f6f9b11"
    )]
    pub told_until: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with the webhook now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl WebhookView {
    /// The webhook with what its reader may do.
    pub fn new(webhook: Webhook, allowed_actions: Vec<String>) -> Self {
        Self {
            id: webhook.id,
            organization_id: webhook.organization_id,
            reach: webhook.reach.into(),
            data: webhook.data.into(),
            state: webhook.state.into(),
            failing_since: webhook.failing_since,
            previous_secret_until: webhook.previous_until,
            told_until: webhook.told.to_string(),
            created_at: webhook.created_at,
            allowed_actions,
        }
    }
}

/// A webhook and the secret of its signatures.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookCreated {
    /// The webhook's id.
    pub id: Uuid,
    /// The webhook.
    pub webhook: WebhookView,
    /// The secret of its signatures (Standard Webhooks): `whsec_` and base64. It is shown this once: a repeat with the
    /// same Idempotency-Key does not have it.
    #[schema(value_type = Option<String>, max_length = 100, example = "whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<SecretText>,
}

page_view!(
    /// A page of webhooks.
    WebhookPage of WebhookView
);

/// Which webhooks are asked for.
#[derive(Debug, Deserialize, Serialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WebhookQuery {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<WebhookStateDto>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

impl WebhookQuery {
    /// As the store takes it.
    pub fn filter(&self) -> WebhookFilter {
        WebhookFilter { organization_id: self.organization_id, state: self.state.map(Into::into) }
    }
}
