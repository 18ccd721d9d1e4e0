//! Entries of credit books as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::authz::Role;
use crate::error::{Error, Result};
use crate::hours::credit_books::model::{Correction, Entry, EntrySaid, Source};
use crate::hours::credit_books::service::{NewEntry, ShownEntry};
use crate::values::{Hours, day};

/// An entry to be written (запись в зачётной книжке): of an offering or of a session of an association.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditBookEntryCreate {
    /// Whose book.
    pub person_id: Uuid,
    /// The offering that the person has mastered in full; this or `association_id`.
    pub offering_id: Option<Uuid>,
    /// The association in whose session the person took part; this or `offering_id`.
    pub association_id: Option<Uuid>,
    /// Topic (тема); that of the offering by default.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Критерии оценивания")]
    pub topic: Option<String>,
    /// First day; that of the offering by default.
    #[schema(example = "2026-03-10")]
    #[serde(default, deserialize_with = "day")]
    pub started_on: Option<NaiveDate>,
    /// Last day; that of the offering by default.
    #[schema(example = "2026-03-12")]
    #[serde(default, deserialize_with = "day")]
    pub ended_on: Option<NaiveDate>,
    /// Academic hours in steps of 0.5; the volume of the enrollment by default, and not more.
    #[validate(range(min = 0.5, max = 10_000.0))]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5, example = 6)]
    pub hours: Option<Hours>,
}

/// An offering or an association, named in a body.
///
/// # Errors
/// 422 when it names both or neither.
pub fn source(offering_id: Option<Uuid>, association_id: Option<Uuid>) -> Result<Source> {
    match (offering_id, association_id) {
        (Some(id), None) => Ok(Source::Offering(id)),
        (None, Some(id)) => Ok(Source::Association(id)),
        _ => Err(Error::field(
            "/offering_id",
            "offering_or_association",
            "Укажите обучение или объединение",
            "Name the offering or the association",
        )),
    }
}

impl CreditBookEntryCreate {
    /// The entry asked for.
    ///
    /// # Errors
    /// 422 when it is not about one thing.
    pub fn to_model(&self) -> Result<NewEntry> {
        let said = EntrySaid {
            topic: self.topic.clone(),
            started_on: self.started_on,
            ended_on: self.ended_on,
            hours: self.hours,
        };
        let source = source(self.offering_id, self.association_id)?;
        Ok(NewEntry { person_id: self.person_id, source, said })
    }
}

/// The correction of an entry: another entry in its place, or none.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreditBookEntryCorrect {
    /// Why.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Занятие 12 марта человек пропустил")]
    pub reason: String,
    /// `true`: the entry should not have been there, nothing replaces it.
    #[serde(default)]
    pub withdrawn: bool,
    /// Topic (тема); as it was by default.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500)]
    pub topic: Option<String>,
    /// First day; as it was by default.
    #[serde(default, deserialize_with = "day")]
    pub started_on: Option<NaiveDate>,
    /// Last day; as it was by default.
    #[serde(default, deserialize_with = "day")]
    pub ended_on: Option<NaiveDate>,
    /// Academic hours in steps of 0.5; as they were by default.
    #[validate(range(min = 0.5, max = 10_000.0))]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5, example = 4)]
    pub hours: Option<Hours>,
}

impl From<CreditBookEntryCorrect> for Correction {
    fn from(body: CreditBookEntryCorrect) -> Self {
        let said = EntrySaid {
            topic: body.topic,
            started_on: body.started_on,
            ended_on: body.ended_on,
            hours: body.hours,
        };
        Self { reason: body.reason, withdrawn: body.withdrawn, said }
    }
}

/// An entry as the book shows it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CreditBookEntryItem {
    /// The entry's id.
    pub id: Uuid,
    /// The organiser.
    pub organization_id: Uuid,
    /// The offering; else it is a session of an association.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offering_id: Option<Uuid>,
    /// The association; else it is an offering.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub association_id: Option<Uuid>,
    /// The completed enrollment.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment_id: Option<Uuid>,
    /// The credential issued for the same enrollment: it is what counts for the norm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<Uuid>,
    /// Topic (тема).
    #[schema(max_length = 500)]
    pub topic: String,
    /// First day.
    pub started_on: NaiveDate,
    /// Last day.
    pub ended_on: NaiveDate,
    /// Academic hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// The entry it replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects_id: Option<Uuid>,
    /// Who wrote it; absent for other systems.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub writer_id: Option<Uuid>,
    /// The role whose right was used.
    pub written_as: Role,
}

impl From<Entry> for CreditBookEntryItem {
    fn from(entry: Entry) -> Self {
        Self {
            id: entry.id,
            organization_id: entry.organization_id,
            offering_id: entry.source.offering_id(),
            association_id: entry.source.association_id(),
            enrollment_id: entry.enrollment_id,
            credential_id: entry.credential_id,
            topic: entry.data.topic,
            started_on: entry.data.started_on,
            ended_on: entry.data.ended_on,
            hours: entry.data.hours,
            corrects_id: entry.corrects_id,
            writer_id: entry.writer_id,
            written_as: entry.written_as,
        }
    }
}

/// An entry of a credit book (запись в зачётной книжке), with what came of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CreditBookEntry)]
pub struct CreditBookEntryView {
    /// What the book shows of it.
    #[serde(flatten)]
    #[schema(inline = false)]
    pub entry: CreditBookEntryItem,
    /// The book.
    pub credit_book_id: Uuid,
    /// Whose book it is.
    pub person_id: Uuid,
    /// It replaces the entry of `corrects_id` by nothing.
    pub withdrawn: bool,
    /// Why that entry was corrected.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub reason: Option<String>,
    /// The entry that replaces this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrected_by_id: Option<Uuid>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 5)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownEntry> for CreditBookEntryView {
    fn from(shown: ShownEntry) -> Self {
        let entry = shown.entry;
        Self {
            credit_book_id: entry.book_id,
            person_id: entry.person_id,
            withdrawn: entry.withdrawn,
            reason: entry.reason.clone(),
            corrected_by_id: shown.corrected_by_id,
            created_at: entry.created_at,
            allowed_actions: shown.allowed_actions,
            entry: entry.into(),
        }
    }
}
