//! Parsed profiles of published regulations. They are immutable, so what is remembered never goes stale.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use serde_json::Value;
use uuid::Uuid;

use super::profile::{ValidProfile, parse_value, validate};
use crate::error::{Error, Result};

/// Profiles remembered at most.
const CAPACITY: usize = 1_000;

static PROFILES: LazyLock<Mutex<HashMap<Uuid, Arc<ValidProfile>>>> = LazyLock::new(Mutex::default);

/// The remembered profile of a published regulation.
pub(super) fn remembered(id: Uuid) -> Option<Arc<ValidProfile>> {
    PROFILES.lock().unwrap_or_else(PoisonError::into_inner).get(&id).cloned()
}

/// Parses the stored profile of a published regulation and remembers it.
pub(super) fn remember(id: Uuid, profile: Value) -> Result<Arc<ValidProfile>> {
    let parsed = parse_value(profile)
        .map_err(|error| Error::internal(format!("{} {}", error.pointer, error.detail)))?;
    let valid =
        validate(&parsed).map_err(|problems| Error::internal(format!("{} problems", problems.len())))?;
    let valid = Arc::new(valid);
    let mut profiles = PROFILES.lock().unwrap_or_else(PoisonError::into_inner);
    if profiles.len() >= CAPACITY {
        profiles.clear();
    }
    profiles.insert(id, Arc::clone(&valid));
    Ok(valid)
}
