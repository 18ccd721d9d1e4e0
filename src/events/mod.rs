//! What other systems follow: the feed of changes, and webhooks that are told of them.
//!
//! Both are read from the audit log, which is written in the transaction of each change: what did not happen is never
//! told, and what happened is never forgotten.

pub mod changes;
pub mod policy;
pub mod webhooks;

use crate::http::Endpoints;

/// Mounts the endpoints.
pub fn configure(config: &mut Endpoints<'_>) {
    config.configure(changes::configure).configure(webhooks::configure);
}
