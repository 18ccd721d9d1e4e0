//! What travels about cycles.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Figure, Stage, StageState};
use super::service::{Counted, ShownCycle};
use crate::authz::Role;
use crate::http::page_view;
use crate::monitoring::held::dto::MonitoringLevel;
use crate::regulations::profile::PeriodKind;
use crate::values::mirror;

/// Where a stage of a cycle stands (состояние этапа).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MonitoringStageState {
    /// It was not opened yet.
    Planned,
    /// Its participants submit.
    Open,
    /// Nothing is submitted any more.
    Closed,
}

mirror!(MonitoringStageState => StageState { Planned, Open, Closed });

/// What is counted in a stage (показатель этапа). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MonitoringFigure {
    /// Findings of pupils' assessment whose period ended in the year.
    Findings,
    /// Needs for training recorded in the year.
    Needs,
    /// People in those needs.
    NeededPeople,
    /// People with a result of diagnostics taken in the year.
    DiagnosedPeople,
    /// Applications for training handed in in the year.
    Applications,
    /// People in those applications.
    AppliedPeople,
    /// Offerings that began in the year.
    Offerings,
    /// Enrollments of the year.
    Enrollments,
    /// Enrollments completed in the year.
    CompletedEnrollments,
    /// Offerings finished in the year in which learners made a product.
    ProductOfferings,
    /// Tasks at the workplace mastered in enrollments that ended in the year.
    WorkplaceTasks,
    /// Deficits closed by repeat diagnostics in the year.
    ClosedDeficits,
    /// Consultations held in the year.
    Consultations,
    /// Orders that schools handed up for the year (поданные заказы).
    SubmittedOrders,
    /// People in those orders.
    OrderedPeople,
    /// People whom the placed municipal order of the year found a place for (размещённый заказ).
    PlacedPeople,
    /// Methodical products begun in the year.
    Products,
    /// Methodical products that passed a defence in the year.
    DefendedProducts,
    /// Methodical products introduced in the year.
    IntroducedProducts,
    /// Methodical products whose introduction the administration checked in the year.
    CheckedProducts,
}

mirror!(MonitoringFigure => Figure {
    Findings, Needs, NeededPeople, DiagnosedPeople, Applications, AppliedPeople, Offerings, Enrollments,
    CompletedEnrollments, ProductOfferings, WorkplaceTasks, ClosedDeficits, Consultations, SubmittedOrders,
    OrderedPeople, PlacedPeople, Products, DefendedProducts, IntroducedProducts, CheckedProducts,
});

/// The cycle of a year to be begun (годовой цикл).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MonitoringCycleCreate {
    /// The ministry or municipal authority that runs it; where one holds the role by default.
    pub organization_id: Option<Uuid>,
    /// The calendar year in which it begins.
    #[validate(range(min = 2000, max = 2100))]
    #[schema(minimum = 2000, maximum = 2100, example = 2026)]
    pub year: i32,
}

/// Something that was counted in a stage.
#[derive(Debug, Serialize, ToSchema)]
pub struct MonitoringStageCount {
    /// What was counted.
    pub figure: MonitoringFigure,
    /// Whether fewer than five people stand behind the number, or it would betray such a group to somebody who reads more than
    /// this place: then there is none.
    pub hidden: bool,
    /// How many.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub count: Option<i64>,
}

/// A stage or block of a cycle (этап, блок).
#[derive(Debug, Serialize, ToSchema)]
pub struct MonitoringStage {
    /// Its place in the cycle, from 1.
    #[schema(minimum = 1, maximum = 64)]
    pub position: i32,
    /// Its code in the regulation.
    #[schema(min_length = 1, max_length = 64, example = "analysis")]
    pub code: String,
    /// Its name in Russian.
    #[schema(max_length = 300)]
    pub title_ru: String,
    /// Its name in English.
    #[schema(max_length = 300)]
    pub title_en: String,
    /// Who submits into it; empty where the regulation names nobody.
    #[schema(max_items = 64)]
    pub participants: Vec<Role>,
    /// Where it stands.
    pub state: MonitoringStageState,
    /// Day it was opened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opened_on: Option<NaiveDate>,
    /// Day it was closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed_on: Option<NaiveDate>,
    /// What was submitted into it from the reader's place; in a list, and for readers without a place, absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub submissions: Option<i64>,
    /// What was done in it at the reader's place, counted; in a list, and for readers without a place, absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 20)]
    pub counts: Option<Vec<MonitoringStageCount>>,
}

impl MonitoringStage {
    fn new(stage: Stage, counted: Option<&Counted>) -> Self {
        let state = stage.state().into();
        Self {
            counts: counted.map(|counted| {
                let count = |(figure, count): (Figure, Option<i64>)| MonitoringStageCount {
                    figure: figure.into(),
                    hidden: count.is_none(),
                    count,
                };
                counted.of(&stage.code).into_iter().map(count).collect()
            }),
            submissions: counted.map(|counted| counted.submissions(stage.position)),
            position: stage.position,
            code: stage.code,
            title_ru: stage.title_ru,
            title_en: stage.title_en,
            participants: stage.participants,
            state,
            opened_on: stage.opened_on,
            closed_on: stage.closed_on,
        }
    }
}

/// The cycle of a year (годовой цикл).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MonitoringCycle)]
pub struct MonitoringCycleView {
    /// The cycle's id.
    pub id: Uuid,
    /// Who runs it.
    pub organization_id: Uuid,
    /// What it is the cycle of.
    pub level: MonitoringLevel,
    /// The regulation that names its stages.
    pub regulation_id: Uuid,
    /// School or calendar year.
    pub period: PeriodKind,
    /// The calendar year in which it begins.
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Stages or blocks, in their order.
    #[schema(max_items = 64)]
    pub stages: Vec<MonitoringStage>,
    /// Whose numbers they are: the region's, the reader's municipality's, the reader's organization's; absent without numbers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_at: Option<MonitoringLevel>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 3)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownCycle> for MonitoringCycleView {
    fn from(shown: ShownCycle) -> Self {
        let ShownCycle { cycle, counted, allowed_actions } = shown;
        let counted = counted.as_ref();
        Self {
            id: cycle.id,
            organization_id: cycle.holder.organization_id,
            level: cycle.holder.level.into(),
            regulation_id: cycle.regulation_id,
            period: cycle.span.period,
            year: cycle.span.year,
            starts_on: cycle.span.starts_on,
            ends_on: cycle.span.ends_on,
            stages: cycle.stages.into_iter().map(|stage| MonitoringStage::new(stage, counted)).collect(),
            counted_at: counted.map(|counted| counted.place.level().into()),
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of cycles, the newest first.
    MonitoringCyclePage of MonitoringCycleView
}

/// Which cycles to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MonitoringCycleQuery {
    /// Only those that begin in this calendar year.
    #[validate(range(min = 2000, max = 2100))]
    #[param(minimum = 2000, maximum = 2100)]
    pub year: Option<i32>,
    /// Only of this ministry or municipal authority.
    pub organization_id: Option<Uuid>,
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
