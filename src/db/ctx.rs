//! What a use case works with: the connection in its transaction, who acts, the moment, the request.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;
use uuid::Uuid;

use super::Conn;
use crate::authz::Actor;
use crate::error::{Code, Error, Result};

/// The context of one use case.
pub struct Ctx<'a> {
    /// The connection, inside the transaction of the request.
    pub conn: &'a Conn,
    /// Who acts.
    pub actor: &'a Actor,
    /// The moment of the request; every rule of the request sees the same one.
    pub now: DateTime<Utc>,
    /// The id of the request.
    pub request_id: &'a str,
}

impl Ctx<'_> {
    /// Today by the clock of a region in that time zone.
    pub fn today(&self, zone: Tz) -> NaiveDate {
        self.now.with_timezone(&zone).date_naive()
    }

    /// The tenant of the actor; administrators of the platform have none and get 403.
    pub fn region_id(&self) -> Result<Uuid> {
        self.actor.region_id.ok_or(Error::new(Code::Forbidden))
    }
}
