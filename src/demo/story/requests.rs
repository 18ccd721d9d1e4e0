//! A request of a diary and what comes of it.

use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;
use validator::Validate;

use crate::error::{Error, Result};

/// A request.
pub(super) struct Request {
    /// The `{id}` of the path.
    pub(super) id: Option<Uuid>,
    /// The number in the path.
    pub(super) number: Option<i32>,
    /// The body.
    pub(super) body: Value,
}

impl Request {
    /// To what it is done.
    pub(super) fn id(&self) -> Result<Uuid> {
        self.id.ok_or_else(|| Error::internal("demo: `of` is missing"))
    }

    /// Position or year.
    pub(super) fn number(&self) -> Result<i32> {
        self.number.ok_or_else(|| Error::internal("demo: `number` is missing"))
    }

    /// The body, read as strictly as an endpoint would.
    pub(super) fn body<T: DeserializeOwned + Validate>(&self) -> Result<T> {
        let wrong = |error: &dyn std::fmt::Display| Error::internal(format!("demo: {error}"));
        let body: T = serde_json::from_value(self.body.clone()).map_err(|error| wrong(&error))?;
        body.validate().map_err(|problems| wrong(&problems))?;
        Ok(body)
    }
}

/// What came of a request.
#[derive(Default)]
pub(super) struct Made {
    /// The thing itself.
    pub(super) id: Uuid,
    /// Its parts in their order.
    pub(super) parts: Vec<Uuid>,
    /// What came of it for each person.
    pub(super) people: Vec<(Uuid, Uuid)>,
}

/// A thing without parts.
pub(super) fn made(id: Uuid) -> Made {
    Made { id, ..Made::default() }
}
