//! The search of programs as it travels.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::{ProgramAudienceDto, ProgramDeliveryDto, ProgramStateDto, QualityMarkKindDto, StudyFormDto};
use crate::error::{Error, Result};
use crate::registry::programs::model::{ProgramFilter, ProgramOrder};
use crate::values::{EducationLevel, ProgramKind, day};

/// Order of a list of programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ProgramSort {
    /// Best match first; needs `q`. Of more than 500 hits the newest 500 are listed.
    Relevance,
    /// By title.
    Title,
    /// The shortest first.
    Hours,
    /// The cheapest first; free ones cost nothing.
    Price,
    /// By the first day of the next open offering among those asked for; programs without one last, by title.
    Start,
}

/// Which programs to list. Filters narrow each other.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProgramQuery {
    /// Words of title and annotation, in any grammatical form; `"…"` keeps a phrase together, `-` leaves a word
    /// out. When no program holds them, titles with a typing mistake are found.
    #[validate(length(min = 2, max = 200))]
    #[param(min_length = 2, max_length = 200)]
    pub q: Option<String>,
    /// Only this kind.
    pub kind: Option<ProgramKind>,
    /// Only in this state.
    pub state: Option<ProgramStateDto>,
    /// Only programs of this organization.
    pub provider_id: Option<Uuid>,
    /// Only with this way of delivery.
    pub delivery: Option<ProgramDeliveryDto>,
    /// Only in this form of study.
    pub study_form: Option<StudyFormDto>,
    /// Only for these people.
    pub audience: Option<ProgramAudienceDto>,
    /// Only for this level of education, programs for all levels included.
    pub education_level: Option<EducationLevel>,
    /// Only for this subject, programs for all subjects included.
    #[validate(length(min = 2, max = 100))]
    #[param(min_length = 2, max_length = 100)]
    pub subject: Option<String>,
    /// At least this many academic hours.
    #[validate(range(min = 0, max = 10_000))]
    #[param(minimum = 0, maximum = 10_000)]
    pub hours_min: Option<i32>,
    /// At most this many academic hours.
    #[validate(range(min = 0, max = 10_000))]
    #[param(minimum = 0, maximum = 10_000)]
    pub hours_max: Option<i32>,
    /// At most this price in roubles; free programs cost nothing.
    #[validate(range(min = 0, max = 10_000_000))]
    #[param(minimum = 0, maximum = 10_000_000)]
    pub price_max: Option<i32>,
    /// At least this price in roubles.
    #[validate(range(min = 0, max = 10_000_000))]
    #[param(minimum = 0, maximum = 10_000_000)]
    pub price_min: Option<i32>,
    /// Only of providers in this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only with a mark of quality of this kind.
    pub quality_mark: Option<QualityMarkKindDto>,
    /// Only with a module that develops this competency.
    pub competency_id: Option<Uuid>,
    /// Only with a module that develops one of these competencies: up to 20 ids, separated by commas.
    #[validate(length(min = 36, max = 739))]
    #[param(
        min_length = 36,
        max_length = 739,
        pattern = "^[0-9a-fA-F,-]+$",
        example = "019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11"
    )]
    pub competency_ids: Option<String>,
    /// Only with a module that answers one of these deficits of one person: up to 20 ids, separated by commas.
    #[validate(length(min = 36, max = 739))]
    #[param(
        min_length = 36,
        max_length = 739,
        pattern = "^[0-9a-fA-F,-]+$",
        example = "019aa0c5-7d2b-7cc1-8a4e-4c8f7f6f9b11"
    )]
    pub deficit_ids: Option<String>,
    /// Suggestions for this person: only programs with a module that develops the competency of an open deficit.
    pub answers_deficits_of: Option<Uuid>,
    /// `true`: only programs of the active registry; `false`: only others. When absent, learners and suggestions
    /// get the registry where the regulation keeps a regional one, and everything otherwise.
    pub in_registry: Option<bool>,
    /// Only with an open offering that begins on this day or later; today when only another filter of offerings is set.
    #[serde(default, deserialize_with = "day")]
    pub starts_from: Option<NaiveDate>,
    /// Only with an open offering that begins by this day; not before `starts_from`.
    #[serde(default, deserialize_with = "day")]
    pub starts_until: Option<NaiveDate>,
    /// Only with an open offering that takes place in this municipality.
    pub offering_municipality_id: Option<Uuid>,
    /// Order; by relevance when there is a `q`, else by title.
    #[param(inline)]
    pub sort: Option<ProgramSort>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 4000))]
    #[param(max_length = 4000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

impl ProgramQuery {
    /// The search as the rules see it.
    pub fn filter(&self) -> Result<ProgramFilter> {
        let words = self.q.as_deref().map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned);
        let order = match self.sort {
            Some(ProgramSort::Hours) => ProgramOrder::Hours,
            Some(ProgramSort::Price) => ProgramOrder::Price,
            Some(ProgramSort::Start) => ProgramOrder::Start,
            Some(ProgramSort::Relevance) | None if words.is_some() => ProgramOrder::Relevance,
            Some(ProgramSort::Title | ProgramSort::Relevance) | None => ProgramOrder::Title,
        };
        let reversed = self.starts_from.zip(self.starts_until).is_some_and(|(from, until)| until < from);
        if reversed {
            let (ru, en) = ("Последний день раньше первого", "The last day lies before the first");
            return Err(Error::field("starts_until", "dates_out_of_order", ru, en));
        }
        Ok(ProgramFilter {
            order,
            words,
            kind: self.kind,
            state: self.state.map(Into::into),
            provider_id: self.provider_id,
            delivery: self.delivery.map(Into::into),
            study_form: self.study_form.map(Into::into),
            audience: self.audience.map(Into::into),
            education_level: self.education_level,
            subject: self.subject.clone(),
            hours_min: self.hours_min,
            hours_max: self.hours_max,
            price_max: self.price_max,
            price_min: self.price_min,
            municipality_id: self.municipality_id,
            quality_mark: self.quality_mark.map(Into::into),
            competency_id: self.competency_id,
            competency_ids: ids("competency_ids", self.competency_ids.as_deref())?,
            deficit_ids: ids("deficit_ids", self.deficit_ids.as_deref())?,
            answers_deficits_of: self.answers_deficits_of,
            in_registry: self.in_registry,
            starts_from: self.starts_from,
            starts_until: self.starts_until,
            held_in: self.offering_municipality_id,
            today: None,
        })
    }
}

/// The ids of a list that travels in one parameter.
fn ids(parameter: &str, list: Option<&str>) -> Result<Vec<Uuid>> {
    let wrong = || {
        let (ru, en) = ("Идентификаторы через запятую, не больше 20", "Ids separated by commas, 20 at most");
        Error::field(parameter, "wrong_type", ru, en)
    };
    let Some(list) = list else { return Ok(Vec::new()) };
    let found: Vec<Uuid> =
        list.split(',').map(|id| Uuid::parse_str(id).ok().ok_or_else(&wrong)).collect::<Result<_>>()?;
    if found.len() <= 20 { Ok(found) } else { Err(wrong()) }
}
