//! Use cases of webhooks: their keepers' in `keep`, the server's own in `tell`.

mod keep;
mod tell;

pub use keep::{
    allowed_actions, create_webhook, delete_webhook, get_webhook, list_webhook_deliveries, list_webhooks,
    may_replay, pause_webhook, replay_webhook_delivery, resume_webhook, rotate_webhook_secret,
    update_webhook,
};
pub use tell::{Letter, active_webhooks, gather, has_news, settle, sweep_deliveries, take};

use uuid::Uuid;

/// What a secret is sealed for: it opens for no other webhook.
pub fn seal_purpose(id: Uuid) -> Vec<u8> {
    format!("webhook {id}").into_bytes()
}
