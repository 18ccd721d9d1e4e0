//! Queries on webhooks and their deliveries.

mod deliveries;
mod webhooks;

pub use deliveries::DeliveryFilter;
pub(super) use deliveries::{
    again, deliveries, delivery, due, finish, forget_deliveries, note, revive, sweep,
};
pub use webhooks::WebhookFilter;
pub(super) use webhooks::{
    active, addresses, advance, delete, find, insert, list, lock, lock_free, set_failing, set_secrets,
    set_state, update,
};
