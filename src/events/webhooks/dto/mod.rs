//! Webhooks as they travel.

mod deliveries;
mod webhooks;

pub use deliveries::{
    DeliveryPage, DeliveryQuery, DeliveryView, WebhookDeliveryState, WebhookMessage, WebhookMessageData,
};
pub use webhooks::{
    SubjectKind, WebhookBody, WebhookCreate, WebhookCreated, WebhookPage, WebhookQuery, WebhookReachDto,
    WebhookStateDto, WebhookView,
};
