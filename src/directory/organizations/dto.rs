//! What travels about organizations.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{FounderType, Organization, OrganizationData, OrganizationFunction, OrganizationKind};
use crate::directory::checks;
use crate::http::page_view;
use crate::values::day;

/// What an organization is in the hierarchy (тип организации).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OrganizationKind)]
pub enum OrganizationKindDto {
    /// Regional ministry or department (министерство, департамент): the root of a region.
    Ministry,
    /// Municipal education authority (МОУО): it is the municipality.
    MunicipalAuthority,
    /// Municipal methodical centre (ИМЦ).
    MunicipalCenter,
    /// School (общеобразовательная организация).
    School,
    /// Provider of continuing professional education (организация ДПО).
    Provider,
    /// Regional operator (региональный оператор).
    RegionalOperator,
    /// Regional coordinator of diagnostics (региональный координатор).
    RegionalCoordinator,
    /// Regional education quality centre (РЦОКО).
    QualityCenter,
}

crate::values::mirror!(OrganizationKindDto => OrganizationKind {
    Ministry, MunicipalAuthority, MunicipalCenter, School, Provider, RegionalOperator, RegionalCoordinator, QualityCenter,
});

/// Type of the founder (тип учредителя); decides eligibility as provider since 1 September 2025 (273-ФЗ art. 76).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = FounderType)]
pub enum FounderTypeDto {
    /// The federation.
    Federal,
    /// A region.
    Regional,
    /// A municipality.
    Municipal,
    /// A state corporation or state company.
    StateCorporation,
    /// On the territory of «Сириус», «Сколково» or an innovation centre.
    InnovationTerritory,
    /// An all-Russian sports federation, in its field.
    SportsFederation,
    /// Anybody else: not eligible for learning that starts on or after 2025-09-01.
    Private,
}

crate::values::mirror!(FounderTypeDto => FounderType {
    Federal, Regional, Municipal, StateCorporation, InnovationTerritory, SportsFederation, Private,
});

/// What an organization is besides its kind (функция).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = OrganizationFunction)]
pub enum OrganizationFunctionDto {
    /// Base school of a municipality (опорная школа).
    BaseSchool,
    /// Regional innovation site (региональная инновационная площадка).
    InnovationSite,
    /// Centre for continuous professional mastery (ЦНППМ).
    MasteryCenter,
}

crate::values::mirror!(OrganizationFunctionDto => OrganizationFunction { BaseSchool, InnovationSite, MasteryCenter });

/// An organization to be added.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationCreate {
    /// The region; only needed for a ministry, else the region of `parent_id`.
    pub region_id: Option<Uuid>,
    /// The organization it is subordinate to: the ministry, or the municipal authority; absent for a ministry.
    pub parent_id: Option<Uuid>,
    /// What it is; cannot be changed later.
    pub kind: OrganizationKindDto,
    /// What is said of it.
    #[validate(nested)]
    pub data: OrganizationBody,
}

/// Where an organization is to stand (переподчинение).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrganizationRelocation {
    /// The municipal authority it comes under, or the ministry.
    pub parent_id: Uuid,
}

/// What is said of an organization.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OrganizationData)]
pub struct OrganizationBody {
    /// Full official name (полное наименование).
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "МБОУ «Средняя общеобразовательная школа № 7»")]
    pub name: String,
    /// Short official name (краткое наименование).
    #[validate(length(min = 2, max = 200))]
    #[schema(min_length = 2, max_length = 200, example = "СОШ № 7")]
    pub short_name: Option<String>,
    /// Tax number (ИНН), 10 digits with a valid check digit; unique within the region and kind.
    #[validate(custom(function = "checks::organization_inn"))]
    #[schema(min_length = 10, max_length = 10, pattern = "^[0-9]{10}$", example = "7707083893")]
    pub inn: Option<String>,
    /// Registration number (ОГРН), 13 digits with a valid check digit.
    #[validate(custom(function = "checks::organization_ogrn"))]
    #[schema(min_length = 13, max_length = 13, pattern = "^[0-9]{13}$", example = "1037739010891")]
    pub ogrn: Option<String>,
    /// Territory code (ОКТМО), 8 or 11 digits.
    #[validate(custom(function = "checks::oktmo"))]
    #[schema(min_length = 8, max_length = 11, pattern = "^[0-9]{8}([0-9]{3})?$", example = "01701000")]
    pub oktmo: Option<String>,
    /// Type of the founder.
    pub founder_type: Option<FounderTypeDto>,
    /// First day on which the organization no longer exists.
    #[serde(default, deserialize_with = "day")]
    pub closed_on: Option<NaiveDate>,
    /// What it is besides its kind.
    #[serde(default)]
    #[validate(length(max = 3))]
    #[schema(max_items = 3)]
    pub functions: Vec<OrganizationFunctionDto>,
}

impl From<OrganizationBody> for OrganizationData {
    fn from(body: OrganizationBody) -> Self {
        Self {
            name: body.name,
            short_name: body.short_name,
            inn: body.inn,
            ogrn: body.ogrn,
            oktmo: body.oktmo,
            founder_type: body.founder_type.map(Into::into),
            closed_on: body.closed_on,
            functions: body.functions.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<OrganizationData> for OrganizationBody {
    fn from(data: OrganizationData) -> Self {
        Self {
            name: data.name,
            short_name: data.short_name,
            inn: data.inn,
            ogrn: data.ogrn,
            oktmo: data.oktmo,
            founder_type: data.founder_type.map(Into::into),
            closed_on: data.closed_on,
            functions: data.functions.into_iter().map(Into::into).collect(),
        }
    }
}

/// An organization (организация).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Organization)]
pub struct OrganizationView {
    /// The organization's id.
    pub id: Uuid,
    /// The region it belongs to.
    pub region_id: Uuid,
    /// The municipal authority on whose territory it lies; absent directly under the region.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// The organization it is subordinate to; absent for a ministry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<Uuid>,
    /// What it is.
    pub kind: OrganizationKindDto,
    /// What is said of it.
    pub data: OrganizationBody,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl OrganizationView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(organization: Organization, allowed_actions: Vec<String>) -> Self {
        Self {
            id: organization.id,
            region_id: organization.region_id,
            municipality_id: organization.municipality_id,
            parent_id: organization.parent_id,
            kind: organization.kind.into(),
            data: organization.data.into(),
            allowed_actions,
        }
    }
}

/// An organization in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrganizationItem {
    /// The organization's id.
    pub id: Uuid,
    /// What it is.
    pub kind: OrganizationKindDto,
    /// Full official name.
    #[schema(max_length = 500)]
    pub name: String,
    /// The municipal authority on whose territory it lies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
}

impl From<Organization> for OrganizationItem {
    fn from(organization: Organization) -> Self {
        Self {
            id: organization.id,
            kind: organization.kind.into(),
            name: organization.data.name,
            municipality_id: organization.municipality_id,
        }
    }
}

page_view! {
    /// One page of organizations, by name.
    OrganizationPage of OrganizationItem
}

/// Which organizations to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrganizationQuery {
    /// Only this kind.
    pub kind: Option<OrganizationKindDto>,
    /// Only on the territory of this municipal authority.
    pub municipality_id: Option<Uuid>,
    /// Part of the full or short name, in any case of letters.
    #[validate(length(min = 2, max = 100))]
    #[param(min_length = 2, max_length = 100)]
    pub q: Option<String>,
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
