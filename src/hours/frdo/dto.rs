//! The export to the federal register as it travels.

mod package;

pub use package::{
    FrdoPackageAnswer, FrdoPackageCreate, FrdoPackageItem, FrdoPackagePage, FrdoPackageQuery,
    FrdoPackageRowPage, FrdoPackageRowQuery, FrdoPackageRowView, FrdoPackageView, FrdoPackageWithdraw,
    FrdoPackageWorkbook,
};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Action, Cell, CellProblem, Layout, Line, Outcome, due_on};
use super::service::Wanted;
use super::store::Meant;
use crate::error::Language;
use crate::http::page_view;
use crate::values::{day, mirror};

/// Layout of the table of the register (шаблон ФРДО). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FrdoLayout {
    /// 38 columns: one for the three confirmations.
    V38,
    /// 40 columns, A to AN.
    V40,
}

mirror!(FrdoLayout => Layout { V38, V40 });

/// As what a row goes to the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FrdoAction {
    /// A document for the first time (оригинал).
    Original,
    /// A duplicate, with the original beside it (дубликат).
    Duplicate,
    /// A change of what the register has (изменение).
    Change,
    /// What the register has is void (аннулирование).
    Annulment,
}

mirror!(FrdoAction => Action { Original, Duplicate, Change, Annulment });

/// What would come of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FrdoOutcome {
    /// It goes into the next package.
    Clean,
    /// The register would reject it: see `problems`.
    Rejected,
    /// A package with it waits for the answer of the register.
    Waiting,
    /// The register has it as it is, or it never was there and is void.
    NothingToSend,
}

mirror!(FrdoOutcome => Outcome { Clean, Rejected, Waiting, NothingToSend });

/// Which documents to look at.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct FrdoPreviewQuery {
    /// The organization that issued them.
    pub issuer_id: Uuid,
    /// The layout.
    pub layout: FrdoLayout,
    /// Only issued on that day or later.
    #[serde(default, deserialize_with = "day")]
    pub issued_from: Option<NaiveDate>,
    /// Only issued on that day or earlier.
    #[serde(default, deserialize_with = "day")]
    pub issued_until: Option<NaiveDate>,
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

impl FrdoPreviewQuery {
    /// The documents and the layout that are asked for.
    pub fn wanted(&self) -> Wanted {
        let meant = Meant {
            issuer_id: self.issuer_id,
            from: self.issued_from,
            until: self.issued_until,
            ids: Vec::new(),
        };
        Wanted { layout: self.layout.into(), meant }
    }
}

/// A cell that the register would reject, or a whole row when there is no field (ошибка).
#[derive(Debug, Serialize, ToSchema)]
pub struct FrdoProblem {
    /// The field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 3, max_length = 40, pattern = "^[a-z_]+$", example = "citizenship")]
    pub field: Option<String>,
    /// The heading of its column.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 3, max_length = 200, example = "Гражданство получателя (код страны по ОКСМ)")]
    pub heading: Option<String>,
    /// What is written there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, example = "Рутения")]
    pub value: Option<String>,
    /// A stable code: `required`, `too_long`, `characters`, `mixed_alphabets`, `not_in_classifier`, `invalid_date`,
    /// `invalid_year`, `invalid_hours`, `invalid_snils`, `unknown_country`, `years_out_of_order`, `dates_out_of_order`,
    /// `other_kind`, `hours_below_minimum`; of a row `not_in_register`, `disputed`. New codes may come.
    #[schema(min_length = 3, max_length = 40, pattern = "^[a-z_]+$", example = "unknown_country")]
    pub code: String,
    /// In words.
    #[schema(min_length = 1, max_length = 1000)]
    pub message: String,
}

impl FrdoProblem {
    fn of_row(problem: &CellProblem, language: Language) -> Self {
        Self {
            field: None,
            heading: None,
            value: None,
            code: problem.code.to_owned(),
            message: problem.words.in_language(language).to_owned(),
        }
    }

    fn of_cell(cell: &Cell, language: Language) -> Option<Self> {
        let problem = cell.problem.as_ref()?;
        Some(Self {
            field: Some(cell.column.field.as_str().to_owned()),
            heading: Some(cell.column.heading.to_owned()),
            value: (!cell.value.is_empty()).then(|| cell.value.clone()),
            ..Self::of_row(problem, language)
        })
    }
}

/// A cell that was written as the register wants it (нормализация).
#[derive(Debug, Serialize, ToSchema)]
pub struct FrdoNormalisation {
    /// The field.
    #[schema(min_length = 3, max_length = 40, pattern = "^[a-z_]+$", example = "sex")]
    pub field: String,
    /// The heading of its column.
    #[schema(min_length = 3, max_length = 200, example = "Пол получателя")]
    pub heading: String,
    /// What is written.
    #[schema(max_length = 500, example = "ж")]
    pub from: String,
    /// What the register gets.
    #[schema(max_length = 500, example = "Жен")]
    pub to: String,
}

impl FrdoNormalisation {
    fn of(cell: &Cell) -> Option<Self> {
        Some(Self {
            field: cell.column.field.as_str().to_owned(),
            heading: cell.column.heading.to_owned(),
            from: cell.changed_from.clone()?,
            to: cell.value.clone(),
        })
    }
}

/// A document as the register would get it (строка предварительного просмотра).
#[derive(Debug, Serialize, ToSchema)]
pub struct FrdoPreviewRow {
    /// The document.
    pub credential_id: Uuid,
    /// The duplicate of it that is next; absent: the document itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate_id: Option<Uuid>,
    /// Whose it is.
    pub person_id: Uuid,
    /// Day of issue of that form.
    pub issued_on: NaiveDate,
    /// Day by which the register wants it: 60 days after the issue.
    pub due_on: NaiveDate,
    /// As what it would go.
    pub action: FrdoAction,
    /// What would come of it.
    pub outcome: FrdoOutcome,
    /// Every cell that the register would reject, in the order of the columns; what rejects the whole row first.
    #[schema(max_items = 41)]
    pub problems: Vec<FrdoProblem>,
    /// Every cell that was written anew, in the order of the columns.
    #[schema(max_items = 40)]
    pub normalised: Vec<FrdoNormalisation>,
}

impl FrdoPreviewRow {
    /// The representation in the language of the caller.
    pub fn new(line: &Line, language: Language) -> Self {
        let of_row = line.problem.as_ref().map(|problem| FrdoProblem::of_row(problem, language));
        let of_cells = line.cells.iter().filter_map(|cell| FrdoProblem::of_cell(cell, language));
        Self {
            credential_id: line.paper.credential_id,
            duplicate_id: line.paper.duplicate_id,
            person_id: line.paper.person_id,
            issued_on: line.paper.issued_on,
            due_on: due_on(line.paper.issued_on),
            action: line.action.into(),
            outcome: line.outcome.into(),
            problems: of_row.into_iter().chain(of_cells).collect(),
            normalised: line.cells.iter().filter_map(FrdoNormalisation::of).collect(),
        }
    }
}

page_view! {
    /// One page of what would come of documents, in the order of issue.
    FrdoPreviewPage of FrdoPreviewRow
}
