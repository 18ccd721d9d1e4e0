//! The thematic study plan and the budget of a route as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::ids::new_id;
use crate::learning_routes::model::{BudgetLine, SourceSum, StudyPlanRow, by_source, paid_stages};
use crate::regulations::profile::FundingSource;
use crate::values::{Hours, day};

/// A row of the thematic study plan (строка учебно-тематического плана).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteStudyPlanRow)]
pub struct RouteStudyPlanRowBody {
    /// Its id; in a request one that the route does not have means a new row.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// The activity of the route it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<Uuid>,
    /// Topic (тема).
    #[validate(length(min = 1, max = 1000))]
    #[schema(min_length = 1, max_length = 1000, example = "Критерии и показатели")]
    pub topic: String,
    /// Academic hours.
    #[validate(range(min = 0.5, max = 10_000.0))]
    #[schema(value_type = f64, multiple_of = 0.5, minimum = 0.5, maximum = 10000, example = 4)]
    pub hours: Hours,
    /// The day.
    #[serde(deserialize_with = "day")]
    pub on_date: NaiveDate,
    /// Form of the lesson (форма занятия).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "практикум")]
    pub form: String,
}

impl From<RouteStudyPlanRowBody> for StudyPlanRow {
    fn from(body: RouteStudyPlanRowBody) -> Self {
        Self {
            id: body.id.unwrap_or_else(new_id),
            activity_id: body.activity_id,
            topic: body.topic,
            hours: body.hours,
            on_date: body.on_date,
            form: body.form,
        }
    }
}

impl From<StudyPlanRow> for RouteStudyPlanRowBody {
    fn from(row: StudyPlanRow) -> Self {
        Self {
            id: Some(row.id),
            activity_id: row.activity_id,
            topic: row.topic,
            hours: row.hours,
            on_date: row.on_date,
            form: row.form,
        }
    }
}

/// A line of the budget of a route (строка бюджета).
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = RouteBudgetLine)]
pub struct RouteBudgetLineBody {
    /// Its id; in a request one that the route does not have means a new line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// The stage of the route it pays for; absent: the whole route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_id: Option<Uuid>,
    /// Where the money comes from.
    pub source: FundingSource,
    /// Amount in kopecks.
    #[validate(range(min = 1, max = 100_000_000_000_i64))]
    #[schema(minimum = 1, maximum = 100000000000_i64, example = 1200000)]
    pub amount_kopecks: i64,
    /// Words.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

impl From<RouteBudgetLineBody> for BudgetLine {
    fn from(body: RouteBudgetLineBody) -> Self {
        Self {
            id: body.id.unwrap_or_else(new_id),
            stage_id: body.stage_id,
            source: body.source,
            amount_kopecks: body.amount_kopecks,
            note: body.note,
        }
    }
}

impl From<BudgetLine> for RouteBudgetLineBody {
    fn from(line: BudgetLine) -> Self {
        Self {
            id: Some(line.id),
            stage_id: line.stage_id,
            source: line.source,
            amount_kopecks: line.amount_kopecks,
            note: line.note,
        }
    }
}

/// The budget of a route (бюджет).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteBudget {
    /// Its lines in order.
    #[schema(max_items = 200)]
    pub lines: Vec<RouteBudgetLineBody>,
    /// Sum of the lines in kopecks.
    #[schema(minimum = 0, maximum = 20000000000000_i64)]
    pub total_kopecks: i64,
    /// What each source pays of the whole (по источникам); a source that pays nothing is left out.
    #[schema(max_items = 20)]
    pub by_source: Vec<RouteFundingSum>,
    /// What each stage costs (по этапам), in the order of the lines.
    #[schema(max_items = 200)]
    pub by_stage: Vec<RouteStageFunding>,
}

/// What one source pays (сумма источника).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteFundingSum {
    /// Where the money comes from.
    pub source: FundingSource,
    /// Amount in kopecks.
    #[schema(minimum = 1, maximum = 20000000000000_i64)]
    pub amount_kopecks: i64,
}

/// What a stage of a route costs (финансирование этапа).
#[derive(Debug, Serialize, ToSchema)]
pub struct RouteStageFunding {
    /// The stage; absent: what is paid for the whole route.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_id: Option<Uuid>,
    /// Sum of its lines in kopecks.
    #[schema(minimum = 1, maximum = 20000000000000_i64)]
    pub total_kopecks: i64,
    /// What each source pays of it.
    #[schema(max_items = 20)]
    pub by_source: Vec<RouteFundingSum>,
}

impl From<SourceSum> for RouteFundingSum {
    fn from(sum: SourceSum) -> Self {
        Self { source: sum.source, amount_kopecks: sum.amount_kopecks }
    }
}

/// The sums of the lines that pay for that stage, or for the whole route.
fn of_stage(stage_id: Option<Uuid>, lines: &[BudgetLine]) -> RouteStageFunding {
    let own = lines.iter().filter(|line| line.stage_id == stage_id);
    RouteStageFunding {
        stage_id,
        total_kopecks: own.clone().map(|line| line.amount_kopecks).sum(),
        by_source: by_source(own).into_iter().map(Into::into).collect(),
    }
}

impl From<Vec<BudgetLine>> for RouteBudget {
    fn from(lines: Vec<BudgetLine>) -> Self {
        Self {
            total_kopecks: lines.iter().map(|line| line.amount_kopecks).sum(),
            by_source: by_source(lines.iter()).into_iter().map(Into::into).collect(),
            by_stage: paid_stages(&lines).into_iter().map(|stage_id| of_stage(stage_id, &lines)).collect(),
            lines: lines.into_iter().map(Into::into).collect(),
        }
    }
}
