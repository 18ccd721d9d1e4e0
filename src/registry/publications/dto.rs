//! What travels about publications of the registry.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{
    PublicationStatus, PublishedChange, PublishedProgram, RegistryYear, Revision, RevisionChange,
};
use crate::http::page_view;
use crate::registry::programs::dto::{ProgramBody, ProgramFieldChange, ProgramModuleView};
use crate::registry::{FIRST_YEAR, LAST_YEAR};

/// Whether the registry of a year was published in time.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RegistryPublicationStatus)]
pub enum RegistryPublicationStatusDto {
    /// Published by the day the regulation sets, or under a regulation that sets none.
    OnTime,
    /// Published after that day, or not published although it has passed.
    Overdue,
    /// Not published, and the day has not passed.
    Pending,
}

crate::values::mirror!(RegistryPublicationStatusDto => PublicationStatus { OnTime, Overdue, Pending });

/// What a revision says of a program.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PublishedChange)]
pub enum PublishedChangeDto {
    /// New in the registry.
    Added,
    /// Published before, otherwise.
    Changed,
    /// No longer in the registry.
    Removed,
}

crate::values::mirror!(PublishedChangeDto => PublishedChange { Added, Changed, Removed });

/// The registry of a year to be published.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistryPublicationCreate {
    /// The calendar year the registry is for; next year at the latest.
    #[validate(range(min = FIRST_YEAR, max = LAST_YEAR))]
    #[schema(minimum = 2000, maximum = 2100, example = 2026)]
    pub year: i32,
}

/// The next revision of a publication.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegistryRevisionCreate {
    /// What changed, in words.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Включены две программы, одна исключена")]
    pub note: Option<String>,
}

/// The registry of a year (публикация реестра); a year that was not published is shown without its publication.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegistryPublication)]
pub struct RegistryPublicationView {
    /// The calendar year.
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// Whether it is in time; derived from the day of publication and the regulation.
    pub status: RegistryPublicationStatusDto,
    /// Whether it has been published.
    pub published: bool,
    /// The last day in time by the regulation; absent when it sets none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<NaiveDate>,
    /// Day of the publication by the region's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_on: Option<NaiveDate>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_at: Option<DateTime<Utc>>,
    /// Number of the newest revision; 1 is the publication itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100_000)]
    pub revision: Option<i32>,
    /// How many programs of the registry came, changed or left since the newest revision: above 0 the revision is out
    /// of date until the next one is published. Told of a published year that is read alone, not in lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub unpublished_changes: Option<i64>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl RegistryPublicationView {
    /// The representation on a day for a caller who may do `allowed_actions`.
    pub fn new(
        year: RegistryYear,
        today: NaiveDate,
        unpublished_changes: Option<i64>,
        allowed_actions: Vec<String>,
    ) -> Self {
        let publication = year.publication.as_ref();
        Self {
            year: year.year,
            status: year.status(today).into(),
            published: publication.is_some(),
            due_on: year.due_on,
            published_on: publication.map(|publication| publication.published_on),
            published_at: publication.map(|publication| publication.published_at),
            revision: publication.map(|publication| publication.revision),
            unpublished_changes,
            allowed_actions,
        }
    }
}

/// Years of the registry, newest first: published ones, and those that the regulation demands.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistryPublicationList {
    /// The years.
    #[schema(max_items = 20)]
    pub items: Vec<RegistryPublicationView>,
}

/// Which years to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RegistryPublicationQuery {
    /// The first year; four years before `to` when absent. At most 20 years at once.
    #[validate(range(min = FIRST_YEAR, max = LAST_YEAR))]
    #[param(minimum = 2000, maximum = 2100)]
    pub from: Option<i32>,
    /// The last year; the current year when absent.
    #[validate(range(min = FIRST_YEAR, max = LAST_YEAR))]
    #[param(minimum = 2000, maximum = 2100)]
    pub to: Option<i32>,
}

/// A numbered revision (редакция реестра).
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistryRevision {
    /// Number, from 1; 1 is the publication itself.
    #[schema(minimum = 1, maximum = 100_000)]
    pub revision: i32,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// What changed, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// Programs in force in it.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub programs_count: i32,
    /// Programs that are new in it.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub added: i64,
    /// Programs that changed.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub changed: i64,
    /// Programs that left.
    #[schema(minimum = 0, maximum = 1_000_000)]
    pub removed: i64,
}

impl From<Revision> for RegistryRevision {
    fn from(revision: Revision) -> Self {
        Self {
            revision: revision.revision,
            published_at: revision.published_at,
            note: revision.note,
            programs_count: revision.programs_count,
            added: revision.added,
            changed: revision.changed,
            removed: revision.removed,
        }
    }
}

page_view! {
    /// One page of the revisions of a publication, newest first.
    RegistryRevisionPage of RegistryRevision
}

/// A program as it was published.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PublishedProgram)]
pub struct PublishedProgramView {
    /// The program's id.
    pub program_id: Uuid,
    /// The revision that last named it.
    #[schema(minimum = 1, maximum = 100_000)]
    pub revision: i32,
    /// What that revision said of it.
    pub change: PublishedChangeDto,
    /// Whose program it was.
    pub provider_id: Uuid,
    /// The provider's name at that time.
    #[schema(max_length = 500)]
    pub provider_name: String,
    /// Edition of the program.
    #[schema(minimum = 1, maximum = 10_000)]
    pub edition: i32,
    /// What was said of it.
    pub data: ProgramBody,
    /// Its modules.
    #[schema(max_items = 60)]
    pub modules: Vec<ProgramModuleView>,
}

impl From<PublishedProgram> for PublishedProgramView {
    fn from(program: PublishedProgram) -> Self {
        let snapshot = program.snapshot;
        Self {
            program_id: snapshot.program_id,
            revision: program.revision,
            change: program.change.into(),
            provider_id: snapshot.provider_id,
            provider_name: snapshot.provider_name,
            edition: snapshot.edition,
            data: snapshot.data.into(),
            modules: snapshot.modules.into_iter().map(Into::into).collect(),
        }
    }
}

page_view! {
    /// One page of a published registry.
    PublishedProgramPage of PublishedProgramView
}

/// Which page of the revisions.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RegistryRevisionQuery {
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

/// Which part of a published registry.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PublishedProgramQuery {
    /// `true`: only what this very revision changed, removed programs included. Otherwise the whole registry as of
    /// the revision.
    pub only_changes: Option<bool>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

/// A program that differs between two revisions.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegistryRevisionChange {
    /// The program's id.
    pub program_id: Uuid,
    /// It came, changed or left.
    pub change: PublishedChangeDto,
    /// Its title in the later revision; of one that left, as it was.
    #[schema(max_length = 500)]
    pub title: String,
    /// The provider's name at that time.
    #[schema(max_length = 500)]
    pub provider_name: String,
    /// The fields that differ, when it changed.
    #[schema(max_items = 200)]
    pub fields: Vec<ProgramFieldChange>,
}

impl From<RevisionChange> for RegistryRevisionChange {
    fn from(change: RevisionChange) -> Self {
        Self {
            program_id: change.snapshot.program_id,
            change: change.change.into(),
            title: change.snapshot.data.title,
            provider_name: change.snapshot.provider_name,
            fields: change.fields.into_iter().map(Into::into).collect(),
        }
    }
}

page_view! {
    /// One page of what differs between two revisions, by program.
    RegistryRevisionChangePage of RegistryRevisionChange
}

/// Which revisions to compare.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RegistryComparisonQuery {
    /// Number of the earlier revision.
    #[validate(range(min = 1, max = 100_000))]
    #[param(minimum = 1, maximum = 100_000)]
    pub from: i32,
    /// Number of the later revision.
    #[validate(range(min = 1, max = 100_000))]
    #[param(minimum = 1, maximum = 100_000)]
    pub to: i32,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

/// A published registry as a text table: UTF-8 with BOM, `;`, one program a line, columns named in the caller's language.
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 200_000_000, example = "program_id;provider;kind;title")]
pub struct RegistryTable(pub String);

/// A published registry as a workbook of one sheet (XLSX).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 200_000_000, format = Binary, example = "PK")]
pub struct RegistryWorkbook(pub String);
