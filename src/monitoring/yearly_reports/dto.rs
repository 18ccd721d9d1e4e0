//! Yearly reports as they travel.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::service::YearlyReport;
use crate::error::Language;
use crate::monitoring::measures::dto::{
    MeasureDefinitionView, MeasureLevel, MeasureLine, MeasureValue, placed,
};
use crate::monitoring::measures::model::Measure;

/// A measure in the report of a year (показатель годового отчёта).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = YearlyReportMeasure)]
pub struct YearlyReportMeasureView {
    /// What it means.
    pub definition: MeasureDefinitionView,
    /// Its values on the day of the report, as `list_measures` tells them: by key, the unit itself first, then those directly
    /// under it by name. None where nothing is known.
    #[schema(max_items = 100_000)]
    pub values: Vec<MeasureValue>,
    /// How it went at the unit, by key, on the days of the report.
    #[schema(max_items = 1_000)]
    pub lines: Vec<MeasureLine>,
}

/// The report of a year (годовой отчёт).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = YearlyReport)]
pub struct YearlyReportView {
    /// The calendar year.
    #[schema(minimum = 2000, maximum = 2100)]
    pub year: i32,
    /// What the unit is.
    pub level: MeasureLevel,
    /// The school, the municipal authority or the region.
    pub place_id: Uuid,
    /// Its name.
    #[schema(max_length = 500)]
    pub name: String,
    /// The day it is as of: the last of the year, or today while the year lasts.
    pub as_of: NaiveDate,
    /// The days of its lines: the last of the year before, the ends of quarters, the day it is as of.
    #[schema(min_items = 1, max_items = 5)]
    pub days: Vec<NaiveDate>,
    /// Every measure, in the order of `list_measure_definitions`.
    #[schema(max_items = 100)]
    pub measures: Vec<YearlyReportMeasureView>,
}

impl YearlyReportView {
    /// The report in a language.
    pub fn new(report: YearlyReport, language: Language) -> Self {
        let YearlyReport { days, measured } = report;
        let (level, place_id) = placed(measured.place);
        let mut values: BTreeMap<Measure, Vec<MeasureValue>> = BTreeMap::new();
        for line in measured.lines {
            values.entry(line.line.measure).or_default().push(line.into());
        }
        let mut series = measured.series;
        let measures = Measure::ALL.into_iter().map(|measure| {
            let definition = measure.definition();
            let lines = series.remove(&measure).unwrap_or_default().into_iter();
            YearlyReportMeasureView {
                values: values.remove(&measure).unwrap_or_default(),
                lines: lines.map(|line| MeasureLine::new(line, definition.unit)).collect(),
                definition: MeasureDefinitionView::new(&definition, language),
            }
        });
        Self {
            year: days.year(),
            level,
            place_id,
            name: measured.name,
            as_of: days.as_of,
            measures: measures.collect(),
            days: days.days,
        }
    }
}

/// A yearly report to be printed: PDF, A4, with its fonts (годовой отчёт для печати).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 50_000_000, format = Binary, example = "%PDF-1.7")]
pub struct YearlyReportPaper(pub String);

/// Whose report.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct YearlyReportQuery {
    /// The school, the municipal authority or the ministry; the caller's own level when absent.
    pub organization_id: Option<Uuid>,
}
