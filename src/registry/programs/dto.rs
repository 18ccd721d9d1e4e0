//! What travels about programs.

mod decisions;
mod details;
mod facets;
mod item;
mod query;
mod versions;
mod vocabulary;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::{Module, ModuleData, Program, ProgramData, ProgramDetails, ProgramVersion};
use crate::http::page_view;
use crate::values::{EducationLevel, Hours, ProgramKind};

pub use decisions::{ProgramDecisionCreate, ProgramDecisionKind, ProgramDecisionView};
pub use details::{ProgramStandardBody, QualityMarkBody};
pub use facets::{ProgramFacet, ProgramFacetList, ProgramFacetValue};
pub use item::ProgramItem;
pub use query::{ProgramQuery, ProgramSort};
pub use versions::{
    NextProgramVersion, ProgramDifference, ProgramDifferenceQuery, ProgramFieldChange, ProgramVersionItem,
    ProgramVersionPage, ProgramVersionQuery, ProgramVersionView,
};
pub use vocabulary::{
    ProgramAudienceDto, ProgramDeliveryDto, ProgramFundingDto, ProgramPosition, ProgramStateDto,
    ProgramSubject, QualityMarkKindDto, StandardKindDto, StudyFormDto,
};

/// What is said of a program.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProgramData)]
pub struct ProgramBody {
    /// Kind (вид программы): advanced training has at least 16 hours, retraining at least 250.
    pub kind: ProgramKind,
    /// Title (наименование).
    #[validate(length(min = 3, max = 500))]
    #[schema(
        min_length = 3,
        max_length = 500,
        example = "Формирование функциональной грамотности школьников"
    )]
    pub title: String,
    /// What it is about (аннотация).
    #[validate(length(max = 5000))]
    #[schema(
        max_length = 5000,
        example = "Приёмы работы с заданиями по читательской и математической грамотности."
    )]
    pub annotation: String,
    /// Volume in academic hours, in steps of a half (объём).
    #[validate(range(min = 0.5, max = 5_000.0))]
    #[schema(value_type = f64, minimum = 16, maximum = 5000, multiple_of = 0.5, example = 36)]
    pub hours: Hours,
    /// `true`: the modules make up the whole program, their hours add up to its own.
    pub fully_modular: bool,
    /// Form of study.
    pub study_form: StudyFormDto,
    /// Ways of delivery.
    #[validate(length(min = 1, max = 4))]
    #[schema(min_items = 1, max_items = 4)]
    pub delivery: Vec<ProgramDeliveryDto>,
    /// For whom it is.
    #[validate(length(min = 1, max = 2))]
    #[schema(min_items = 1, max_items = 2)]
    pub audience: Vec<ProgramAudienceDto>,
    /// Levels of education it is meant for; empty: all.
    #[serde(default)]
    #[validate(length(max = 6))]
    #[schema(max_items = 6)]
    pub education_levels: Vec<EducationLevel>,
    /// Subjects it is meant for; empty: all.
    #[serde(default)]
    #[validate(length(max = 30))]
    #[schema(max_items = 30)]
    pub subjects: Vec<ProgramSubject>,
    /// Price for a person in whole roubles; absent when it is free.
    #[validate(range(max = 10_000_000))]
    #[schema(minimum = 0, maximum = 10_000_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub price_rubles: Option<u32>,
    /// Positions it is meant for (должности); empty: all.
    #[serde(default)]
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    pub positions: Vec<ProgramPosition>,
    /// Standards it is written in line with: professional standards and ФГОС by their codes.
    #[serde(default)]
    #[validate(length(max = 20), nested)]
    #[schema(max_items = 20)]
    pub standards: Vec<ProgramStandardBody>,
    /// `true`: carried out together with the partners (сетевая форма).
    #[serde(default)]
    pub network_form: bool,
    /// The partners of a network form: organizations of the region.
    #[serde(default)]
    #[validate(length(max = 20))]
    #[schema(max_items = 20)]
    pub partner_ids: Vec<Uuid>,
    /// Marks of quality, shown to whoever chooses (знаки качества).
    #[serde(default)]
    #[validate(length(max = 10), nested)]
    #[schema(max_items = 10)]
    pub quality_marks: Vec<QualityMarkBody>,
    /// Who may pay for it (источники финансирования).
    #[serde(default)]
    #[validate(length(max = 4))]
    #[schema(max_items = 4)]
    pub funding: Vec<ProgramFundingDto>,
    /// Its number in the federal registry of programs (федеральный реестр ДПП).
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "ДПП-2025-00123")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub federal_registry_id: Option<String>,
}

/// What is said of a module (модуль): a self-contained block of a program.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProgramModuleData)]
pub struct ProgramModuleBody {
    /// Title.
    #[validate(length(min = 3, max = 500))]
    #[schema(min_length = 3, max_length = 500, example = "Читательская грамотность на уроках истории")]
    pub title: String,
    /// Volume in academic hours, in steps of a half.
    #[validate(range(min = 0.5, max = 5_000.0))]
    #[schema(value_type = f64, minimum = 0.5, maximum = 5000, multiple_of = 0.5, example = 12)]
    pub hours: Hours,
    /// Who teaches it; the program's provider when absent.
    pub provider_id: Option<Uuid>,
    /// Ways of delivery.
    #[validate(length(min = 1, max = 4))]
    #[schema(min_items = 1, max_items = 4)]
    pub delivery: Vec<ProgramDeliveryDto>,
    /// Competencies it develops: how the program answers deficits.
    #[serde(default)]
    #[validate(length(max = 50))]
    #[schema(max_items = 50)]
    pub competency_ids: Vec<Uuid>,
}

/// A program to be written.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramCreate {
    /// Whose program it is: the caller's own organization.
    pub provider_id: Uuid,
    /// What is said of it.
    #[validate(nested)]
    pub data: ProgramBody,
    /// Its modules in their order.
    #[serde(default)]
    #[validate(length(max = 60), nested)]
    #[schema(max_items = 60)]
    pub modules: Vec<ProgramModuleBody>,
}

/// A program as it is to be: everything said of it, and all its modules. Of an accepted program it makes the next
/// version.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProgramUpdate {
    /// What is said of it.
    #[validate(nested)]
    pub data: ProgramBody,
    /// Its modules in their order; they replace all the modules there were.
    #[serde(default)]
    #[validate(length(max = 60), nested)]
    #[schema(max_items = 60)]
    pub modules: Vec<ProgramModuleBody>,
    /// What is new in the next version of an accepted program, in words.
    #[validate(length(min = 3, max = 2000))]
    #[schema(min_length = 3, max_length = 2000, example = "Добавлен модуль по обновлённым ФГОС")]
    pub note: Option<String>,
}

/// A module of a program (модуль).
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ProgramModule)]
pub struct ProgramModuleView {
    /// The module's id.
    pub id: Uuid,
    /// Order within the program, from 1.
    #[schema(minimum = 1, maximum = 60)]
    pub position: i32,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Volume in academic hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 5000, multiple_of = 0.5)]
    pub hours: Hours,
    /// Who teaches it.
    pub provider_id: Uuid,
    /// Ways of delivery.
    #[schema(max_items = 4)]
    pub delivery: Vec<ProgramDeliveryDto>,
    /// Competencies it develops.
    #[schema(max_items = 50)]
    pub competency_ids: Vec<Uuid>,
}

/// A program (дополнительная профессиональная программа).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Program)]
pub struct ProgramView {
    /// The program's id.
    pub id: Uuid,
    /// The region it belongs to.
    pub region_id: Uuid,
    /// Whose program it is.
    pub provider_id: Uuid,
    /// The provider's name.
    #[schema(max_length = 500)]
    pub provider_name: String,
    /// Edition, from 1.
    #[schema(minimum = 1, maximum = 10_000)]
    pub edition: i32,
    /// State of its life cycle.
    pub state: ProgramStateDto,
    /// The last decision on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<ProgramDecisionView>,
    /// Whether it stands in the registry now.
    pub in_registry: bool,
    /// The next version on its way, for those who write it or decide on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_version: Option<NextProgramVersion>,
    /// What is said of it.
    pub data: ProgramBody,
    /// Its modules in their order.
    #[schema(max_items = 60)]
    pub modules: Vec<ProgramModuleView>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

page_view! {
    /// One page of programs.
    ProgramPage of ProgramItem
}

impl ProgramView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(
        program: Program,
        modules: Vec<Module>,
        next: Option<ProgramVersion>,
        allowed_actions: Vec<String>,
    ) -> Self {
        Self {
            id: program.id,
            next_version: next.map(Into::into),
            region_id: program.region_id,
            provider_id: program.provider_id,
            in_registry: program.in_active_registry(),
            provider_name: program.provider_name,
            edition: program.edition,
            state: program.state.into(),
            decision: program.decision.map(Into::into),
            data: program.data.into(),
            modules: modules.into_iter().map(Into::into).collect(),
            allowed_actions,
        }
    }
}

impl From<Module> for ProgramModuleView {
    fn from(module: Module) -> Self {
        Self {
            id: module.id,
            position: module.position,
            title: module.data.title,
            hours: module.data.hours,
            provider_id: module.data.provider_id,
            delivery: module.data.delivery.into_iter().map(Into::into).collect(),
            competency_ids: module.data.competency_ids,
        }
    }
}

impl ProgramModuleBody {
    /// The module as the rules see it; the program's provider teaches it unless another is named.
    pub fn into_data(self, provider_id: Uuid) -> ModuleData {
        ModuleData {
            title: crate::values::text::collapse(&self.title),
            hours: self.hours,
            provider_id: self.provider_id.unwrap_or(provider_id),
            delivery: once(self.delivery.into_iter().map(Into::into)),
            competency_ids: once(self.competency_ids),
        }
    }
}

impl From<ProgramBody> for ProgramData {
    fn from(body: ProgramBody) -> Self {
        Self {
            kind: body.kind,
            title: crate::values::text::collapse(&body.title),
            annotation: body.annotation.trim().to_owned(),
            hours: body.hours,
            fully_modular: body.fully_modular,
            study_form: body.study_form.into(),
            delivery: once(body.delivery.into_iter().map(Into::into)),
            audience: once(body.audience.into_iter().map(Into::into)),
            education_levels: once(body.education_levels),
            subjects: once(
                body.subjects.into_iter().map(|subject| crate::values::text::collapse(&subject.0)),
            ),
            price_rubles: body.price_rubles,
            details: ProgramDetails {
                positions: once(
                    body.positions.iter().map(|position| crate::values::text::collapse(&position.0)),
                ),
                standards: once(body.standards.into_iter().map(Into::into)),
                network_form: body.network_form,
                partner_ids: once(body.partner_ids),
                quality_marks: once(body.quality_marks.into_iter().map(Into::into)),
                funding: once(body.funding.into_iter().map(Into::into)),
                federal_registry_id: body
                    .federal_registry_id
                    .map(|id| id.trim().to_owned())
                    .filter(|id| !id.is_empty()),
            },
        }
    }
}

impl From<ProgramData> for ProgramBody {
    fn from(data: ProgramData) -> Self {
        Self {
            kind: data.kind,
            title: data.title,
            annotation: data.annotation,
            hours: data.hours,
            fully_modular: data.fully_modular,
            study_form: data.study_form.into(),
            delivery: data.delivery.into_iter().map(Into::into).collect(),
            audience: data.audience.into_iter().map(Into::into).collect(),
            education_levels: data.education_levels,
            subjects: data.subjects.into_iter().map(ProgramSubject).collect(),
            price_rubles: data.price_rubles,
            positions: data.details.positions.into_iter().map(ProgramPosition).collect(),
            standards: data.details.standards.into_iter().map(Into::into).collect(),
            network_form: data.details.network_form,
            partner_ids: data.details.partner_ids,
            quality_marks: data.details.quality_marks.into_iter().map(Into::into).collect(),
            funding: data.details.funding.into_iter().map(Into::into).collect(),
            federal_registry_id: data.details.federal_registry_id,
        }
    }
}

/// Every value once, in the order given.
fn once<T: PartialEq>(values: impl IntoIterator<Item = T>) -> Vec<T> {
    values.into_iter().fold(Vec::new(), |mut known, value| {
        if !known.contains(&value) {
            known.push(value);
        }
        known
    })
}
