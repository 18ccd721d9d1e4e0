//! What webhooks are told, as it travels: to the receiver, and to whoever looks how it went.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use crate::events::changes::dto::{ChangeView, RemovedThing};
use crate::events::changes::model::Change;
use crate::events::webhooks::model::{DeliveryState, ToldChange};
use crate::events::webhooks::store::DeliveryFilter;
use crate::http::page_view;
use crate::values::mirror;

/// How a delivery went (состояние доставки). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WebhookDeliveryState {
    /// It waits for its next attempt.
    Waiting,
    /// The receiver took it: it answered with a status from 200 to 299.
    Delivered,
    /// The last of eight attempts failed.
    Failed,
}

mirror!(WebhookDeliveryState => DeliveryState { Waiting, Delivered, Failed });

/// Something a webhook is told, and how it went (доставка веб-хука).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub struct DeliveryView {
    /// Its id; the header `webhook-id`, by which the receiver knows a repeat.
    pub id: Uuid,
    /// The change that is told.
    pub change: ChangeView,
    /// How it went.
    pub state: WebhookDeliveryState,
    /// How often it was tried since it was noted down or replayed.
    #[schema(minimum = 0, maximum = 8, format = Int32)]
    pub attempts: i16,
    /// When it is tried next; absent when it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<DateTime<Utc>>,
    /// HTTP status of the last answer; absent when there was none.
    #[schema(minimum = 100, maximum = 999, format = Int32, example = 200)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<i16>,
    /// Why there was no answer to the last attempt, in technical words.
    #[schema(max_length = 500, example = "timeout: global")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// When it was noted down.
    pub created_at: DateTime<Utc>,
    /// When the receiver took it; absent when it did not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered_at: Option<DateTime<Utc>>,
    /// What the caller may do with the delivery now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl DeliveryView {
    /// The delivery with what its reader may do.
    pub fn new(told: ToldChange, allowed_actions: Vec<String>) -> Self {
        let ToldChange { delivery, change } = told;
        Self {
            id: delivery.id,
            change: change.into(),
            state: delivery.state.into(),
            attempts: delivery.attempts,
            due_at: delivery.due_at,
            status: delivery.status,
            problem: delivery.problem,
            created_at: delivery.created_at,
            delivered_at: delivery.delivered_at,
            allowed_actions,
        }
    }
}

page_view!(
    /// A page of deliveries.
    DeliveryPage of DeliveryView
);

/// Which deliveries are asked for.
#[derive(Debug, Deserialize, Serialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DeliveryQuery {
    /// Only in this state.
    pub state: Option<WebhookDeliveryState>,
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

impl DeliveryQuery {
    /// As the store takes it.
    pub fn filter(&self) -> DeliveryFilter {
        DeliveryFilter { state: self.state.map(Into::into) }
    }
}

/// What a receiver gets (Standard Webhooks): it says which thing changed, never what of it.
#[derive(Debug, Serialize)]
pub struct WebhookMessage {
    /// Kind of thing and what happened to it: `credential.changed`, `credential_file.removed`.
    pub r#type: String,
    /// When it happened.
    pub timestamp: DateTime<Utc>,
    /// The change.
    pub data: WebhookMessageData,
}

/// The change that a message tells.
#[derive(Debug, Serialize)]
pub struct WebhookMessageData {
    /// Its place in the feed of changes: messages may come in another order.
    pub cursor: String,
    /// What kind of thing was changed.
    pub subject_kind: String,
    /// Which thing was changed.
    pub subject_id: Uuid,
    /// The operation that changed it.
    pub operation: String,
    /// What ceased to exist by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub removed: Option<RemovedThing>,
}

impl From<&Change> for WebhookMessage {
    fn from(change: &Change) -> Self {
        let happened = if change.is_removal() { "removed" } else { "changed" };
        Self {
            r#type: format!("{}.{happened}", change.subject.kind),
            timestamp: change.at,
            data: WebhookMessageData {
                cursor: change.position.to_string(),
                subject_kind: change.subject.kind.clone(),
                subject_id: change.subject.id,
                operation: change.operation.clone(),
                removed: change.removed.clone().map(Into::into),
            },
        }
    }
}
