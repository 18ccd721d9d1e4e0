//! Measures as they travel.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Definition, Measure, Unit};
use super::service::{NamedLine, Point, Series, SeriesLine};
use crate::diagnostics::analytics::model::Place;
use crate::error::{Language, Text};
use crate::http::page_view;
use crate::values::{day, mirror};

/// A measure (показатель). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureCode {
    /// Staff with a result of diagnostics (охват диагностикой).
    DiagnosticCoverage,
    /// Deficits that are not closed, by block (незакрытые дефициты).
    DeficitsOpen,
    /// Deficits closed by repeat diagnostics, by block (закрытые дефициты).
    DeficitsClosed,
    /// Staff with a route in force (охват маршрутами).
    RouteCoverage,
    /// Routes by state (маршруты по состояниям).
    RoutesByState,
    /// Routes in force with something overdue (маршруты с просрочкой).
    RoutesLate,
    /// Staff whose hours reach the norm (выполнение нормы часов).
    HoursNorm,
    /// Staff trained within three years (обучение раз в три года).
    TrainingFrequency,
    /// Training that ended completed (завершённое обучение).
    EnrollmentsCompleted,
    /// What schools ordered that the state assignment bears (заказ школ в государственном задании).
    OrdersAssigned,
    /// What the operator's order takes of the state assignment, line by line; of the region alone (заказ и государственное
    /// задание).
    AssignmentOrdered,
    /// Completed training with an agreed support plan (планы сопровождения).
    SupportPlans,
    /// Delayed outcomes that are due and recorded (отсроченные результаты).
    DelayedOutcomes,
    /// Methodical products by state (методические продукты по состояниям).
    ProductsByState,
    /// Money by source (расходы по источникам).
    Spending,
    /// Staff with fewer deficits than a year ago (профессиональный рост).
    Growth,
}

mirror!(MeasureCode => Measure {
    DiagnosticCoverage, DeficitsOpen, DeficitsClosed, RouteCoverage, RoutesByState, RoutesLate, HoursNorm,
    TrainingFrequency, EnrollmentsCompleted, OrdersAssigned, AssignmentOrdered, SupportPlans, DelayedOutcomes,
    ProductsByState, Spending, Growth,
});

/// What the number of a measure is (единица). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureUnit {
    /// The numerator in per cent of the denominator.
    Percent,
    /// The numerator alone, in kopecks.
    Kopecks,
}

mirror!(MeasureUnit => Unit { Percent, Kopecks });

/// The level of a unit that is measured (уровень).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureLevel {
    /// One school, or another organization that stands by itself.
    School,
    /// One municipality with all its schools.
    Municipality,
    /// The whole region.
    Region,
}

/// The level and the id of a place.
pub(in crate::monitoring) const fn placed(place: Place) -> (MeasureLevel, Uuid) {
    match place {
        Place::School(id) => (MeasureLevel::School, id),
        Place::Municipality(id) => (MeasureLevel::Municipality, id),
        Place::Region(id) => (MeasureLevel::Region, id),
    }
}

/// What a measure means (определение показателя).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MeasureDefinition)]
pub struct MeasureDefinitionView {
    /// The measure.
    pub measure: MeasureCode,
    /// Its name, in the language of the caller.
    #[schema(max_length = 300)]
    pub title: String,
    /// What its number is.
    pub unit: MeasureUnit,
    /// What is counted, in the language of the caller.
    #[schema(max_length = 500)]
    pub numerator: String,
    /// Of how many, in the language of the caller; absent where the number stands alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub denominator: Option<String>,
    /// What it is broken down by; absent where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub broken_down_by: Option<String>,
    /// What it is counted from, in the language of the caller.
    #[schema(max_length = 500)]
    pub source: String,
}

impl MeasureDefinitionView {
    /// The definition in a language.
    pub fn new(definition: &Definition, language: Language) -> Self {
        let said = |text: &Text| text.in_language(language).to_owned();
        Self {
            measure: definition.measure.into(),
            title: said(&definition.title),
            unit: definition.unit.into(),
            numerator: said(&definition.numerator),
            denominator: definition.denominator.as_ref().map(said),
            broken_down_by: definition.key.as_ref().map(said),
            source: said(&definition.source),
        }
    }
}

/// Every measure with what it means.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureDefinitionList {
    /// The definitions, in the order of the measures.
    #[schema(max_items = 100)]
    pub items: Vec<MeasureDefinitionView>,
}

/// A measure of one unit on a day (значение показателя).
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureValue {
    /// The measure.
    pub measure: MeasureCode,
    /// What it is broken down by: the code of a block, a state, a source; absent where it is not broken down.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub key: Option<String>,
    /// The name of the key, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub label: Option<String>,
    /// What the unit is.
    pub level: MeasureLevel,
    /// The school, the municipal authority or the region.
    pub place_id: Uuid,
    /// Its name.
    #[schema(max_length = 500)]
    pub name: String,
    /// The day.
    pub as_of: NaiveDate,
    /// Whether fewer than five people stand behind the number, or behind that of another unit that it would betray: then
    /// there is none.
    pub hidden: bool,
    /// What is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub numerator: Option<i64>,
    /// Of how many; absent where the number stands alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub denominator: Option<i64>,
    /// In per cent, rounded down, above 100 where more is ordered than assigned; absent where there is nothing to divide by, and
    /// in other units.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    pub percent: Option<i64>,
}

impl From<NamedLine> for MeasureValue {
    fn from(named: NamedLine) -> Self {
        let NamedLine { line, name, as_of } = named;
        let (level, place_id) = placed(line.place);
        let in_percent = line.measure.definition().unit == Unit::Percent;
        let shares = line.shown.filter(|_| in_percent);
        Self {
            measure: line.measure.into(),
            key: Some(line.key).filter(|key| !key.is_empty()),
            label: line.label,
            level,
            place_id,
            name,
            as_of,
            hidden: line.shown.is_none(),
            numerator: line.shown.map(|numbers| numbers.numerator),
            denominator: shares.map(|numbers| numbers.denominator),
            percent: shares.and_then(|numbers| numbers.percent()),
        }
    }
}

page_view! {
    /// One page of measures: by measure and key, the unit that was asked for first, then those directly under it by name.
    MeasurePage of MeasureValue
}

/// Which measures.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MeasureQuery {
    /// The school, the municipal authority or the ministry; the caller's own level when absent.
    pub organization_id: Option<Uuid>,
    /// Only this measure.
    pub measure: Option<MeasureCode>,
    /// As it stood on this day; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub as_of: Option<NaiveDate>,
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

/// Which series.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MeasureSeriesQuery {
    /// The measure.
    pub measure: MeasureCode,
    /// The school, the municipal authority or the ministry; the caller's own level when absent.
    pub organization_id: Option<Uuid>,
    /// Last day; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub until: Option<NaiveDate>,
    /// How many months lie between two points; 1 when absent.
    #[validate(range(min = 1, max = 12))]
    #[param(minimum = 1, maximum = 12)]
    pub step_months: Option<u32>,
    /// How many points, the last day among them; 12 when absent.
    #[validate(range(min = 2, max = 13))]
    #[param(minimum = 2, maximum = 13)]
    pub points: Option<u32>,
}

/// A point of a series.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasurePoint {
    /// The day.
    pub day: NaiveDate,
    /// Whether too few people stand behind the number: then there is none.
    pub hidden: bool,
    /// What is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000_000_000_i64)]
    pub numerator: Option<i64>,
    /// Of how many; absent where the number stands alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 1_000_000_000)]
    pub denominator: Option<i64>,
    /// In per cent, rounded down, above 100 where more is ordered than assigned; absent where there is nothing to divide by, and
    /// in other units.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 0, maximum = 100_000_000_000_i64)]
    pub percent: Option<i64>,
}

/// One line of a chart: a measure, or one of its keys.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeasureLine {
    /// What it is broken down by; absent where it is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200)]
    pub key: Option<String>,
    /// The name of the key, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub label: Option<String>,
    /// Its points, the oldest first, on the same days in every line.
    #[schema(max_items = 13)]
    pub points: Vec<MeasurePoint>,
}

/// How a measure went (ряд значений показателя): what a chart draws.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MeasureSeries)]
pub struct MeasureSeriesView {
    /// The measure.
    pub measure: MeasureCode,
    /// What its number is.
    pub unit: MeasureUnit,
    /// What the unit is.
    pub level: MeasureLevel,
    /// The school, the municipal authority or the region.
    pub place_id: Uuid,
    /// Its lines, by key.
    #[schema(max_items = 1_000)]
    pub lines: Vec<MeasureLine>,
}

impl MeasureLine {
    /// The line of a measure in that unit.
    pub(in crate::monitoring) fn new(line: SeriesLine, unit: Unit) -> Self {
        let point = |point: Point| {
            let shares = point.shown.filter(|_| unit == Unit::Percent);
            MeasurePoint {
                day: point.day,
                hidden: point.shown.is_none(),
                numerator: point.shown.map(|numbers| numbers.numerator),
                denominator: shares.map(|numbers| numbers.denominator),
                percent: shares.and_then(|numbers| numbers.percent()),
            }
        };
        Self {
            key: Some(line.key).filter(|key| !key.is_empty()),
            label: line.label,
            points: line.points.into_iter().map(point).collect(),
        }
    }
}

impl From<Series> for MeasureSeriesView {
    fn from(series: Series) -> Self {
        let unit = series.measure.definition().unit;
        let (level, place_id) = placed(series.place);
        let lines = series.lines.into_iter().map(|line| MeasureLine::new(line, unit));
        Self { measure: series.measure.into(), unit: unit.into(), level, place_id, lines: lines.collect() }
    }
}
