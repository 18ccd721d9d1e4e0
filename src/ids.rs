//! The one place that makes identifiers: UUID version 7, ordered by time so that indexes stay dense.

use uuid::Uuid;

/// A new identifier.
#[expect(clippy::disallowed_methods, reason = "this is the one place that makes ids")]
pub fn new_id() -> Uuid {
    Uuid::now_v7()
}
