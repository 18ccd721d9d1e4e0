//! Use cases of persons.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::PersonFacts;
use super::store;
use crate::db::Ctx;
use crate::error::Result;

/// What rights and rules of other resources need to know of a person on a day; 404 when there is none.
pub async fn person_facts(ctx: &Ctx<'_>, person_id: Uuid, day: NaiveDate) -> Result<PersonFacts> {
    store::facts(ctx.conn, person_id, day).await
}
