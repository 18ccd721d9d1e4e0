//! What travels about priority directions.

mod figures;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Direction, DirectionData, DirectionList, ListData, LooseProgram};
use super::vocabulary::DirectionListState;
use crate::http::page_view;
use crate::registry::{FIRST_YEAR, LAST_YEAR};
use crate::values::day;

pub use figures::{DirectionListDraft, PriorityDirectionFigures};

/// A list of priority directions to be proposed (проект перечня направлений).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectionListCreate {
    /// Calendar year.
    #[validate(range(min = FIRST_YEAR, max = LAST_YEAR))]
    #[schema(minimum = 2000, maximum = 2100, example = 2027)]
    pub year: i32,
    /// What is said of it.
    #[validate(nested)]
    pub data: DirectionListBody,
}

/// What is said of a list.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DirectionListData)]
pub struct DirectionListBody {
    /// What it rests on, in words.
    #[validate(length(min = 3, max = 4000))]
    #[schema(min_length = 3, max_length = 4000, example = "По итогам ВПР и диагностики педагогов")]
    pub note: Option<String>,
    /// The directions in their order.
    #[validate(length(min = 1, max = 100), nested)]
    #[schema(min_items = 1, max_items = 100)]
    pub directions: Vec<DirectionBody>,
}

/// What is said of a direction.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = DirectionData)]
pub struct DirectionBody {
    /// Title.
    #[validate(length(min = 3, max = 500))]
    #[schema(min_length = 3, max_length = 500, example = "Функциональная грамотность")]
    pub title: String,
    /// Why it is a priority, in words.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Дефицит у 40 % учителей математики")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub justification: Option<String>,
    /// The findings of pupils' assessment it rests on.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub finding_ids: Vec<Uuid>,
    /// The competencies of the region's diagnostic report it is made from: those that the report shows. Their figures
    /// of that day are kept with the direction.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub competency_ids: Vec<Uuid>,
}

impl From<DirectionData> for DirectionBody {
    fn from(data: DirectionData) -> Self {
        Self {
            title: data.title,
            justification: data.ground,
            finding_ids: data.finding_ids,
            competency_ids: data.competency_ids,
        }
    }
}

impl From<DirectionListBody> for ListData {
    fn from(body: DirectionListBody) -> Self {
        let direction = |direction: DirectionBody| DirectionData {
            title: direction.title,
            ground: direction.justification,
            finding_ids: direction.finding_ids,
            competency_ids: direction.competency_ids,
        };
        Self { note: body.note, directions: body.directions.into_iter().map(direction).collect() }
    }
}

/// A new text of a proposed list.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectionListUpdate {
    /// What is said of it from now on; directions left out are taken out.
    #[validate(nested)]
    pub data: DirectionListBody,
}

/// The approval of a list.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectionListApproval {
    /// Number of the act.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "481")]
    pub act_number: Option<String>,
    /// Date of the act.
    #[schema(example = "2026-12-10")]
    #[serde(default, deserialize_with = "day")]
    pub act_date: Option<NaiveDate>,
}

/// A list of priority directions without its directions.
#[derive(Debug, Serialize, ToSchema)]
pub struct DirectionListItem {
    /// The list's id.
    pub id: Uuid,
    /// Calendar year.
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// Where it stands.
    pub state: DirectionListState,
    /// The organization that proposed it.
    pub organization_id: Uuid,
    /// What it rests on, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub note: Option<String>,
    /// Number of the act of approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 64)]
    pub act_number: Option<String>,
    /// Date of the act of approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_date: Option<NaiveDate>,
    /// Day of approval, by the region's clock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_on: Option<NaiveDate>,
}

impl From<DirectionList> for DirectionListItem {
    fn from(list: DirectionList) -> Self {
        Self {
            id: list.id,
            year: list.year,
            state: list.state,
            organization_id: list.organization_id,
            note: list.note,
            act_number: list.approval.act_number,
            act_date: list.approval.act_date,
            approved_on: list.approved_on,
        }
    }
}

/// A list of priority directions (перечень приоритетных направлений).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DirectionList)]
pub struct DirectionListView {
    /// What is said of the list.
    pub list: DirectionListItem,
    /// Its directions in their order.
    #[schema(max_items = 100)]
    pub directions: Vec<PriorityDirectionItem>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

/// A priority direction in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct PriorityDirectionItem {
    /// The direction's id.
    pub id: Uuid,
    /// The list it stands in.
    pub list_id: Uuid,
    /// Calendar year.
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// Order in its list, from 1.
    #[schema(minimum = 1, maximum = 100)]
    pub position: i32,
    /// What is said of it.
    pub data: DirectionBody,
    /// The figures of the report it was made from, as they were then.
    #[schema(max_items = 50)]
    pub figures: Vec<PriorityDirectionFigures>,
    /// How many programs serve it.
    #[schema(minimum = 0, maximum = 500)]
    pub programs: u64,
}

impl From<Direction> for PriorityDirectionItem {
    fn from(direction: Direction) -> Self {
        Self {
            id: direction.id,
            list_id: direction.list_id,
            year: direction.year,
            position: direction.position,
            programs: u64::try_from(direction.program_ids.len()).unwrap_or(u64::MAX),
            data: direction.data.into(),
            figures: direction.figures.into_iter().map(Into::into).collect(),
        }
    }
}

/// A priority direction (приоритетное направление).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriorityDirection)]
pub struct PriorityDirectionView {
    /// What is said of it.
    pub direction: PriorityDirectionItem,
    /// The programs that serve it.
    #[schema(max_items = 500)]
    pub program_ids: Vec<Uuid>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

/// The programs that serve a direction, all of them.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DirectionPrograms {
    /// Accepted programs of the region; those left out serve it no more.
    #[validate(length(max = 500))]
    #[schema(max_items = 500)]
    pub program_ids: Vec<Uuid>,
}

/// A program that serves no direction of the year.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProgramWithoutDirection {
    /// The program's id.
    pub id: Uuid,
    /// Its title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Whose program it is.
    pub provider_id: Uuid,
}

impl From<LooseProgram> for ProgramWithoutDirection {
    fn from(program: LooseProgram) -> Self {
        Self { id: program.id, title: program.title, provider_id: program.provider_id }
    }
}

page_view! {
    /// One page of lists of priority directions, the newest year first.
    DirectionListPage of DirectionListItem
}

page_view! {
    /// One page of approved directions, the newest list first, in the order of the lists.
    PriorityDirectionPage of PriorityDirectionItem
}

page_view! {
    /// One page of programs that serve no direction, by title.
    ProgramWithoutDirectionPage of ProgramWithoutDirection
}

/// Which lists to show.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DirectionListQuery {
    /// Only of this calendar year.
    #[validate(range(min = FIRST_YEAR, max = LAST_YEAR))]
    #[param(minimum = 2000, maximum = 2100)]
    pub year: Option<i32>,
    /// Only in this state.
    pub state: Option<DirectionListState>,
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

/// Which approved directions to show.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PriorityDirectionQuery {
    /// Only of this calendar year.
    #[validate(range(min = FIRST_YEAR, max = LAST_YEAR))]
    #[param(minimum = 2000, maximum = 2100)]
    pub year: Option<i32>,
    /// `true`: only directions that no program serves (P2-21); `false`: only the others.
    pub without_programs: Option<bool>,
    /// Only directions that this program serves.
    pub program_id: Option<Uuid>,
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

/// Programs without a direction of which year.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProgramWithoutDirectionQuery {
    /// Calendar year; this year when absent.
    #[validate(range(min = FIRST_YEAR, max = LAST_YEAR))]
    #[param(minimum = 2000, maximum = 2100)]
    pub year: Option<i32>,
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
