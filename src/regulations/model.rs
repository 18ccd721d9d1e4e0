//! A regulation as other resources meet it: which one binds, and its rules.

use std::sync::Arc;

use uuid::Uuid;

use super::profile::ValidProfile;

/// A published regulation with its rules.
#[derive(Debug, Clone)]
pub struct BindingRegulation {
    /// The regulation; a case that starts under it stays under it.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// The organization whose subtree it binds.
    pub owner_id: Uuid,
    /// Its rules.
    pub profile: Arc<ValidProfile>,
}
