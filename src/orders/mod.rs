//! Training orders (заказ на повышение квалификации): what schools need, added up level by level, and where it is placed.

pub mod participants;
pub mod policy;
pub mod training_orders;

use crate::http::Endpoints;

/// Mounts the endpoints of orders.
pub fn configure(config: &mut Endpoints<'_>) {
    config.configure(training_orders::configure).configure(participants::configure);
}
