//! What travels about regulations. The document itself is described in [`super::profile`].

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Regulation, RegulationState};
use super::presets::Preset;
use super::profile::{RegulationDocument, RegulationLevel, RegulationObligation};
use super::service::{NewRegulation, RegulationDetail};
use crate::error::{Error, Result};
use crate::http::page_view;
use crate::values::day;

/// Where a regulation stands today (состояние положения); derived from its dates.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = RegulationState)]
pub enum RegulationStateDto {
    /// It may be changed and binds nobody (проект).
    Draft,
    /// Published; its first day has not come yet (опубликовано).
    Published,
    /// It binds (действует).
    InForce,
    /// Its last day has passed (утратило силу).
    Repealed,
}

crate::values::mirror!(RegulationStateDto => RegulationState { Draft, Published, InForce, Repealed });

/// A regulation to be drafted: from a preset, or from a document of one's own; exactly one of the two.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegulationCreate {
    /// The organization whose subtree it is to bind: a ministry, a municipal authority or a school.
    pub owner_id: Uuid,
    /// Code of a preset.
    #[validate(length(min = 1, max = 64))]
    #[schema(min_length = 1, max_length = 64, example = "p4-altai-krai")]
    pub preset_code: Option<String>,
    /// A document of one's own; its level is that of the owner.
    pub document: Option<Box<RegulationDocument>>,
}

impl RegulationCreate {
    /// Finds the preset.
    pub fn to_model(&self) -> Result<NewRegulation> {
        match (&self.preset_code, &self.document) {
            (Some(code), None) => {
                let preset = Preset::find(code).ok_or_else(|| {
                    Error::field("/preset_code", "unknown", "Такого образца нет", "There is no such preset")
                })?;
                let document = Box::new(preset.load().map_err(Error::internal)?.document().clone());
                Ok(NewRegulation { owner_id: self.owner_id, preset: Some(preset), document })
            }
            (None, Some(document)) => {
                Ok(NewRegulation { owner_id: self.owner_id, preset: None, document: document.clone() })
            }
            _ => Err(Error::field(
                "",
                "one_of",
                "Укажите либо preset_code, либо document",
                "Give either preset_code or document",
            )),
        }
    }
}

/// The document of a draft, written anew.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegulationUpdate {
    /// The whole document; its level stays.
    pub document: Box<RegulationDocument>,
}

/// The day a regulation takes effect (вступление в силу).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegulationPublication {
    /// First day in force, later than that of every other regulation of the owner. The owner's regulation in force
    /// until then ends the day before.
    #[serde(deserialize_with = "day")]
    pub effective_from: NaiveDate,
}

/// A regulation with its document (положение).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Regulation)]
pub struct RegulationView {
    /// The regulation's id.
    pub id: Uuid,
    /// The organization whose subtree it binds.
    pub owner_id: Uuid,
    /// Where it stands today.
    pub state: RegulationStateDto,
    /// The preset it was made from.
    #[schema(max_length = 64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preset_code: Option<String>,
    /// First day in force; absent of a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<NaiveDate>,
    /// Last day in force, once a later regulation of the owner is published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_until: Option<NaiveDate>,
    /// The regulation it replaces.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supersedes_id: Option<Uuid>,
    /// When it was published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_at: Option<DateTime<Utc>>,
    /// The document: its acts and its rules.
    pub document: Box<RegulationDocument>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<RegulationDetail> for RegulationView {
    fn from(detail: RegulationDetail) -> Self {
        let regulation = detail.regulation;
        Self {
            id: regulation.id,
            owner_id: regulation.owner.id,
            state: detail.state.into(),
            preset_code: regulation.preset,
            effective_from: regulation.effective_from,
            effective_until: regulation.effective_until,
            supersedes_id: regulation.supersedes_id,
            published_at: regulation.published_at,
            document: detail.document,
            allowed_actions: detail.allowed_actions,
        }
    }
}

/// The regulation that binds an organization on a day.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = BindingRegulation)]
pub struct BindingRegulationView {
    /// Whether it is mandatory or recommended for that organization; absent when the regulation does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub obligation: Option<RegulationObligation>,
    /// The regulation.
    pub regulation: RegulationView,
}

/// A regulation in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegulationItem {
    /// The regulation's id.
    pub id: Uuid,
    /// The organization whose subtree it binds.
    pub owner_id: Uuid,
    /// The level of the owner.
    pub level: RegulationLevel,
    /// Stable code of its document.
    #[schema(max_length = 64)]
    pub code: String,
    /// Title in Russian (название).
    #[schema(max_length = 1000)]
    pub title_ru: String,
    /// Where it stands today.
    pub state: RegulationStateDto,
    /// First day in force; absent of a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<NaiveDate>,
    /// Last day in force, once it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective_until: Option<NaiveDate>,
}

impl From<(Regulation, RegulationState)> for RegulationItem {
    fn from((regulation, state): (Regulation, RegulationState)) -> Self {
        Self {
            id: regulation.id,
            owner_id: regulation.owner.id,
            level: regulation.level,
            code: regulation.code,
            title_ru: regulation.title,
            state: state.into(),
            effective_from: regulation.effective_from,
            effective_until: regulation.effective_until,
        }
    }
}

page_view! {
    /// One page of regulations, by title.
    RegulationPage of RegulationItem
}

/// Which regulations to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RegulationQuery {
    /// Only of this owner.
    pub owner_id: Option<Uuid>,
    /// Only of this level.
    pub level: Option<RegulationLevel>,
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

/// On which day a regulation is to bind.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct BindingRegulationQuery {
    /// The day; today by the clock of the region when absent.
    #[serde(default, deserialize_with = "day")]
    pub on: Option<NaiveDate>,
}

/// A regulation that ships with the product, in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct RegulationPresetItem {
    /// Its code.
    #[schema(max_length = 64, example = "p4-altai-krai")]
    pub code: String,
    /// Title in Russian.
    #[schema(max_length = 1000)]
    pub title_ru: String,
    /// Title in English.
    #[schema(max_length = 1000)]
    pub title_en: String,
    /// The level of organizations it is made for.
    pub level: RegulationLevel,
}

/// A regulation that ships with the product (образец положения).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RegulationPreset)]
pub struct RegulationPresetView {
    /// Its code.
    #[schema(max_length = 64, example = "p4-altai-krai")]
    pub code: String,
    /// The whole document, to use as it is or to start one's own from.
    pub document: Box<RegulationDocument>,
}

page_view! {
    /// The presets; there are few, so the list is one page.
    RegulationPresetPage of RegulationPresetItem
}
