//! Packages as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::{FrdoAction, FrdoLayout};
use crate::hours::frdo::model::{Answer, FrdoPackage, FrdoPackageRow, Layout, PackageState};
use crate::hours::frdo::service::{ShownPackage, Wanted};
use crate::hours::frdo::store::Meant;
use crate::http::page_view;
use crate::values::text::{collapse, is_blank};
use crate::values::{day, mirror};

/// Where a package stands (состояние пакета). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FrdoPackageState {
    /// It waits for the answer of the register.
    Formed,
    /// The register has taken it.
    Accepted,
    /// The register has not: its documents go again.
    Rejected,
    /// Its issuer has taken it back before the register answered: its documents go again.
    Withdrawn,
}

mirror!(FrdoPackageState => PackageState { Formed, Accepted, Rejected, Withdrawn });

/// A package to be formed (пакет ФРДО).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FrdoPackageCreate {
    /// The organization that issued the documents.
    pub issuer_id: Uuid,
    /// The layout.
    pub layout: FrdoLayout,
    /// Only documents issued on that day or later.
    #[serde(default, deserialize_with = "day")]
    pub issued_from: Option<NaiveDate>,
    /// Only documents issued on that day or earlier.
    #[serde(default, deserialize_with = "day")]
    pub issued_until: Option<NaiveDate>,
    /// Only these documents.
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_items = 1, max_items = 1000)]
    pub credential_ids: Option<Vec<Uuid>>,
}

impl From<FrdoPackageCreate> for Wanted {
    fn from(body: FrdoPackageCreate) -> Self {
        let meant = Meant {
            issuer_id: body.issuer_id,
            from: body.issued_from,
            until: body.issued_until,
            ids: body.credential_ids.unwrap_or_default(),
        };
        Self { layout: body.layout.into(), meant }
    }
}

/// What the register answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FrdoPackageOutcome {
    /// It has taken the package.
    Accepted,
    /// It has not.
    Rejected,
}

/// The answer of the register (ответ ФИС ФРДО).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FrdoPackageAnswer {
    /// What it answered.
    pub outcome: FrdoPackageOutcome,
    /// Day of the answer; today by default.
    #[serde(default, deserialize_with = "day")]
    pub answered_on: Option<NaiveDate>,
    /// Its words; needed for `rejected`.
    #[validate(length(max = 2000))]
    #[schema(max_length = 2000, example = "Строка 3: не найден СНИЛС")]
    pub note: Option<String>,
}

impl From<FrdoPackageAnswer> for Answer {
    fn from(body: FrdoPackageAnswer) -> Self {
        let note = body.note.map(|note| collapse(&note)).filter(|note| !is_blank(note));
        Self { accepted: body.outcome == FrdoPackageOutcome::Accepted, answered_on: body.answered_on, note }
    }
}

/// Why a package is taken back (отзыв пакета ФРДО).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FrdoPackageWithdraw {
    /// Why.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Реестр не ответил: пакет не был загружен")]
    pub reason: String,
}

/// A package for the federal register (пакет ФРДО).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrdoPackage)]
pub struct FrdoPackageView {
    /// The package's id.
    pub id: Uuid,
    /// Who issued the documents.
    pub organization_id: Uuid,
    /// Number among the packages of the organization.
    #[schema(minimum = 1, maximum = 2147483647, example = 1)]
    pub number: i32,
    /// Its layout.
    pub layout: FrdoLayout,
    /// Rows in it.
    #[schema(minimum = 1, maximum = 1000, example = 12)]
    pub row_count: i32,
    /// Day by which the register wants the oldest document of it: 60 days after the issue.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub state: FrdoPackageState,
    /// When it was formed.
    pub formed_at: DateTime<Utc>,
    /// Day of the answer of the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_on: Option<NaiveDate>,
    /// What the register said, or why the package was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub note: Option<String>,
    /// How many documents were left out because the register would reject them: only in the answer that forms it, and only
    /// of those that were looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = u32, minimum = 0, maximum = 1_000_000, example = 3)]
    pub rejected: Option<usize>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 6)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownPackage> for FrdoPackageView {
    fn from(shown: ShownPackage) -> Self {
        let package = shown.package;
        Self {
            id: package.id,
            organization_id: package.organization_id,
            number: package.number,
            layout: package.layout.into(),
            row_count: package.row_count,
            due_on: package.due_on,
            state: package.state.into(),
            formed_at: package.formed_at,
            answered_on: package.answered_on,
            note: package.note,
            rejected: shown.rejected,
            allowed_actions: shown.allowed_actions.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// A package in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct FrdoPackageItem {
    /// The package's id.
    pub id: Uuid,
    /// Who issued the documents.
    pub organization_id: Uuid,
    /// Number among the packages of the organization.
    #[schema(minimum = 1, maximum = 2147483647, example = 1)]
    pub number: i32,
    /// Its layout.
    pub layout: FrdoLayout,
    /// Rows in it.
    #[schema(minimum = 1, maximum = 1000, example = 12)]
    pub row_count: i32,
    /// Day by which the register wants the oldest document of it.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub state: FrdoPackageState,
    /// When it was formed.
    pub formed_at: DateTime<Utc>,
}

impl From<FrdoPackage> for FrdoPackageItem {
    fn from(package: FrdoPackage) -> Self {
        Self {
            id: package.id,
            organization_id: package.organization_id,
            number: package.number,
            layout: package.layout.into(),
            row_count: package.row_count,
            due_on: package.due_on,
            state: package.state.into(),
            formed_at: package.formed_at,
        }
    }
}

page_view! {
    /// One page of packages, newest first.
    FrdoPackagePage of FrdoPackageItem
}

/// Which packages to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FrdoPackageQuery {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<FrdoPackageState>,
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

/// Which page of the rows.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FrdoPackageRowQuery {
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

/// A cell as it was sent.
#[derive(Debug, Serialize, ToSchema)]
pub struct FrdoCell {
    /// The field.
    #[schema(min_length = 3, max_length = 40, pattern = "^[a-z_]+$", example = "series")]
    pub field: String,
    /// The heading of its column.
    #[schema(min_length = 3, max_length = 200, example = "Серия документа")]
    pub heading: String,
    /// What was sent; empty where the register wants nothing.
    #[schema(max_length = 500, example = "ПК")]
    pub value: String,
}

/// A row of a package as it was sent (строка пакета).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrdoPackageRow)]
pub struct FrdoPackageRowView {
    /// Place in the table, from 1.
    #[schema(minimum = 1, maximum = 1000, example = 1)]
    pub position: i32,
    /// The document.
    pub credential_id: Uuid,
    /// The duplicate of it that the row is about; absent: the document itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_id: Option<Uuid>,
    /// Whose it is.
    pub person_id: Uuid,
    /// As what it goes.
    pub action: FrdoAction,
    /// Its cells in the order of the layout.
    #[schema(max_items = 40)]
    pub cells: Vec<FrdoCell>,
}

impl FrdoPackageRowView {
    /// The representation of a row of a package with that layout.
    pub fn new(layout: Layout, row: FrdoPackageRow) -> Self {
        let cells = layout.columns().iter().zip(row.cells).map(|(column, value)| FrdoCell {
            field: column.field.as_str().to_owned(),
            heading: column.heading.to_owned(),
            value,
        });
        Self {
            position: row.position,
            credential_id: row.credential_id,
            duplicate_id: row.duplicate_id,
            person_id: row.person_id,
            action: row.action.into(),
            cells: cells.collect(),
        }
    }
}

page_view! {
    /// One page of the rows of a package, in their order.
    FrdoPackageRowPage of FrdoPackageRowView
}

/// A package as a workbook of one sheet (XLSX): headings, then rows; every cell is text.
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 20_000_000, format = Binary, example = "PK")]
pub struct FrdoPackageWorkbook(pub String);
