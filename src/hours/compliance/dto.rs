//! What travels about compliance.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::service::{Compliance, Group};
use crate::hours::balances::dto::{FrequencyStatusDto, LocalStatusDto};
use crate::hours::model::{FrequencyStatus, LocalStatus};
use crate::hours::standings::model::{Grouping, Stands, Tally};
use crate::values::{Hours, day, mirror};

/// By what the numbers are broken down (разрез). New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum HoursGrouping {
    /// The position (должность); somebody in two counts in both.
    Position,
    /// The level of education taught (уровень образования); somebody who teaches at two counts at both.
    EducationLevel,
    /// The subject taught (предмет); somebody who teaches two counts in both.
    Subject,
    /// By what most of the missing hours fail (причина), of those who do not meet the norm.
    Reason,
    /// The employer (организация).
    Organization,
}

mirror!(HoursGrouping => Grouping { Position, EducationLevel, Subject, Reason, Organization });

/// Which compliance.
#[derive(Debug, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HoursComplianceQuery {
    /// The day of the question; today when absent.
    #[serde(default, deserialize_with = "day")]
    pub as_of: Option<NaiveDate>,
    /// Consider only what had been recorded by then; now when absent.
    pub known_at: Option<DateTime<Utc>>,
    /// Break the numbers down by this; not at all when absent.
    pub group_by: Option<HoursGrouping>,
}

/// How many people stand where on the local check.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct LocalHoursCounts {
    /// The sum reaches the norm.
    #[schema(minimum = 0, maximum = 1000000)]
    pub met: u32,
    /// It does not.
    #[schema(minimum = 0, maximum = 1000000)]
    pub not_met: u32,
    /// The regulation sets no norm for them.
    #[schema(minimum = 0, maximum = 1000000)]
    pub no_norm: u32,
}

/// How many people stand where on the federal check.
#[derive(Debug, Default, Serialize, ToSchema)]
pub struct FederalFrequencyCounts {
    /// Trained within three years.
    #[schema(minimum = 0, maximum = 1000000)]
    pub met: u32,
    /// Trained longer ago.
    #[schema(minimum = 0, maximum = 1000000)]
    pub overdue: u32,
    /// No completed training is known.
    #[schema(minimum = 0, maximum = 1000000)]
    pub never_trained: u32,
}

/// Where one person stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonCompliance {
    /// The person.
    pub person_id: Uuid,
    /// Family name.
    #[schema(max_length = 100)]
    pub last_name: String,
    /// Given name.
    #[schema(max_length = 100)]
    pub first_name: String,
    /// Patronymic.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub middle_name: Option<String>,
    /// The local check.
    pub local_hours: LocalStatusDto,
    /// The norm; absent where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub required: Option<Hours>,
    /// The sum of the counted hours.
    #[schema(value_type = f64, minimum = 0, maximum = 1000000, multiple_of = 0.5)]
    pub counted: Hours,
    /// What is missing to the norm.
    #[schema(value_type = f64, minimum = 0, maximum = 10000, multiple_of = 0.5)]
    pub missing: Hours,
    /// The first day the norm stops being met if nothing is added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub norm_breaks_on: Option<NaiveDate>,
    /// The federal check.
    pub federal_frequency: FrequencyStatusDto,
    /// The last day by which new training leaves no gap by law; the day of the question when no training is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_training_due_on: Option<NaiveDate>,
}

impl PersonCompliance {
    fn on(as_of: NaiveDate, Stands { pair, name, standing }: Stands) -> Self {
        Self {
            person_id: pair.0,
            last_name: name.last().to_owned(),
            first_name: name.first().to_owned(),
            middle_name: name.middle().map(str::to_owned),
            local_hours: standing.local_hours.into(),
            required: standing.required,
            counted: standing.counted,
            missing: standing.missing,
            norm_breaks_on: standing.norm_breaks_on,
            federal_frequency: standing.federal_frequency.into(),
            next_training_due_on: standing.training_due_on(as_of),
        }
    }
}

/// The numbers of one group (группа).
#[derive(Debug, Serialize, ToSchema)]
pub struct HoursComplianceGroup {
    /// The position, level, subject or reason code as it is recorded, or the id of the organization.
    #[schema(min_length = 1, max_length = 500, example = "учитель")]
    pub key: String,
    /// The name of the organization; absent in other groups.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub label: Option<String>,
    /// Counts of the local check.
    pub local_hours: LocalHoursCounts,
    /// Counts of the federal check.
    pub federal_frequency: FederalFrequencyCounts,
}

impl From<Group> for HoursComplianceGroup {
    fn from(group: Group) -> Self {
        let (local_hours, federal_frequency) = counts(&group.tallies);
        Self { key: group.key, label: group.label, local_hours, federal_frequency }
    }
}

fn counts(tallies: &[Tally]) -> (LocalHoursCounts, FederalFrequencyCounts) {
    let sum = |of: &dyn Fn(&Tally) -> bool| {
        let people: i64 = tallies.iter().filter(|tally| of(tally)).map(|tally| tally.people).sum();
        u32::try_from(people).unwrap_or_default()
    };
    let local = |status| sum(&|tally: &Tally| tally.local == status);
    let federal = |status| sum(&|tally: &Tally| tally.federal == status);
    let local_hours = LocalHoursCounts {
        met: local(LocalStatus::Met),
        not_met: local(LocalStatus::NotMet),
        no_norm: local(LocalStatus::NoNorm),
    };
    let federal_frequency = FederalFrequencyCounts {
        met: federal(FrequencyStatus::Met),
        overdue: federal(FrequencyStatus::Overdue),
        never_trained: federal(FrequencyStatus::NeverTrained),
    };
    (local_hours, federal_frequency)
}

/// The hours of an organization's people on a day (выполнение нормы).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HoursCompliance)]
pub struct HoursComplianceView {
    /// The organization.
    pub organization_id: Uuid,
    /// The regulation that binds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regulation_id: Option<Uuid>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500)]
    pub regulation_title: Option<String>,
    /// The day of the question.
    pub as_of: NaiveDate,
    /// Counts of the local check.
    pub local_hours: LocalHoursCounts,
    /// Counts of the federal check.
    pub federal_frequency: FederalFrequencyCounts,
    /// By what `groups` break the numbers down; absent when nothing is asked to be broken down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grouped_by: Option<HoursGrouping>,
    /// The same by group, by key; absent when nothing is asked to be broken down.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 2000)]
    pub groups: Option<Vec<HoursComplianceGroup>>,
    /// Everybody who works there, by name; absent for callers who may not read their balances, and of municipalities and
    /// regions.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_items = 10000)]
    pub persons: Option<Vec<PersonCompliance>>,
}

impl From<Compliance> for HoursComplianceView {
    fn from(found: Compliance) -> Self {
        let (local_hours, federal_frequency) = counts(&found.tallies);
        let as_of = found.as_of;
        let persons =
            |people: Vec<Stands>| people.into_iter().map(|it| PersonCompliance::on(as_of, it)).collect();
        Self {
            organization_id: found.organization_id,
            regulation_id: found.regulation.as_ref().map(|regulation| regulation.id),
            regulation_title: found.regulation.map(|regulation| regulation.title),
            as_of,
            local_hours,
            federal_frequency,
            grouped_by: found.grouped_by.map(Into::into),
            groups: found.groups.map(|groups| groups.into_iter().map(Into::into).collect()),
            persons: found.people.map(persons),
        }
    }
}
