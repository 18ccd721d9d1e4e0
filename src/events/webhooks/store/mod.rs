//! Queries on webhooks and their deliveries.

mod deliveries;
mod webhooks;

pub use deliveries::DeliveryFilter;
pub(super) use deliveries::{again, deliveries, delivery, due, finish, note, revive, sweep};
pub use webhooks::WebhookFilter;
pub(super) use webhooks::{
    active, addresses, advance, find, insert, list, lock, lock_free, set_failing, set_secrets, set_state,
    update,
};
