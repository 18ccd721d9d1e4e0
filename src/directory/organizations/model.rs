//! What an organization is, and where in the tree it may stand.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::error::{FieldProblem, Text};

/// What an organization is in the hierarchy (тип организации).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganizationKind {
    /// Regional ministry or department.
    Ministry,
    /// Municipal education authority; it *is* the municipality.
    MunicipalAuthority,
    /// Municipal methodical centre.
    MunicipalCenter,
    /// School.
    School,
    /// Provider of continuing professional education.
    Provider,
    /// Regional operator.
    RegionalOperator,
    /// Regional coordinator of diagnostics.
    RegionalCoordinator,
    /// Regional education quality centre.
    QualityCenter,
}

impl OrganizationKind {
    /// Every kind.
    pub const ALL: [Self; 8] = [
        Self::Ministry,
        Self::MunicipalAuthority,
        Self::MunicipalCenter,
        Self::School,
        Self::Provider,
        Self::RegionalOperator,
        Self::RegionalCoordinator,
        Self::QualityCenter,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ministry => "ministry",
            Self::MunicipalAuthority => "municipal_authority",
            Self::MunicipalCenter => "municipal_center",
            Self::School => "school",
            Self::Provider => "provider",
            Self::RegionalOperator => "regional_operator",
            Self::RegionalCoordinator => "regional_coordinator",
            Self::QualityCenter => "quality_center",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Kinds whose methodical associations unite people of several schools (городские объединения).
    pub const fn unites_schools(self) -> bool {
        matches!(self, Self::MunicipalAuthority | Self::MunicipalCenter)
    }

    /// Kinds that may come under another municipality: those that have no subordinates and are not a region's only one.
    pub const fn may_move(self) -> bool {
        match self {
            Self::MunicipalCenter | Self::School | Self::Provider => true,
            Self::Ministry
            | Self::MunicipalAuthority
            | Self::RegionalOperator
            | Self::RegionalCoordinator
            | Self::QualityCenter => false,
        }
    }

    /// Kinds that may own programs: an additional professional program is given by an organization of additional
    /// professional education (P1-10), or by who acts as one (P3-26, P4-32); never by a school.
    pub const fn may_own_programs(self) -> bool {
        match self {
            Self::Provider | Self::MunicipalCenter | Self::RegionalOperator | Self::RegionalCoordinator => {
                true
            }
            Self::Ministry | Self::MunicipalAuthority | Self::School | Self::QualityCenter => false,
        }
    }

    /// Kinds that may hold training and issue documents of it: those that may own programs, and schools, which hold
    /// internships and seminars (P2-9, P1-51).
    pub const fn may_provide(self) -> bool {
        match self {
            Self::Provider
            | Self::MunicipalCenter
            | Self::School
            | Self::RegionalOperator
            | Self::RegionalCoordinator => true,
            Self::Ministry | Self::MunicipalAuthority | Self::QualityCenter => false,
        }
    }
}

/// Type of the founder (тип учредителя); decides eligibility as provider since 2025-09-01 (B1.8).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FounderType {
    /// The federation.
    Federal,
    /// A region.
    Regional,
    /// A municipality.
    Municipal,
    /// A state corporation or company.
    StateCorporation,
    /// «Сириус», «Сколково», innovation centres.
    InnovationTerritory,
    /// An all-Russian sports federation.
    SportsFederation,
    /// Anybody else.
    Private,
}

impl FounderType {
    /// Every type.
    pub const ALL: [Self; 7] = [
        Self::Federal,
        Self::Regional,
        Self::Municipal,
        Self::StateCorporation,
        Self::InnovationTerritory,
        Self::SportsFederation,
        Self::Private,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Federal => "federal",
            Self::Regional => "regional",
            Self::Municipal => "municipal",
            Self::StateCorporation => "state_corporation",
            Self::InnovationTerritory => "innovation_territory",
            Self::SportsFederation => "sports_federation",
            Self::Private => "private",
        }
    }

    /// The type of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// What an organization is besides its kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrganizationFunction {
    /// Base school of a municipality.
    BaseSchool,
    /// Regional innovation site (P1-35).
    InnovationSite,
    /// Centre for continuous professional mastery.
    MasteryCenter,
}

impl OrganizationFunction {
    /// Every function.
    pub const ALL: [Self; 3] = [Self::BaseSchool, Self::InnovationSite, Self::MasteryCenter];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::BaseSchool => "base_school",
            Self::InnovationSite => "innovation_site",
            Self::MasteryCenter => "mastery_center",
        }
    }

    /// The function of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|function| function.as_str() == name)
    }
}

/// What is said of an organization.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationData {
    /// Full name.
    pub name: String,
    /// Short name.
    pub short_name: Option<String>,
    /// Tax number.
    pub inn: Option<String>,
    /// Registration number.
    pub ogrn: Option<String>,
    /// Territory code.
    pub oktmo: Option<String>,
    /// Type of the founder.
    pub founder_type: Option<FounderType>,
    /// First day on which it no longer exists.
    pub closed_on: Option<NaiveDate>,
    /// What it is besides its kind.
    pub functions: Vec<OrganizationFunction>,
}

/// An organization in the tree.
#[derive(Debug, Clone)]
pub struct Organization {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The organization it is subordinate to.
    pub parent_id: Option<Uuid>,
    /// What it is.
    pub kind: OrganizationKind,
    /// What is said of it.
    pub data: OrganizationData,
    /// Row version.
    pub version: i64,
}

/// Where a new organization stands; the refusal names the rule of the tree.
pub fn place(
    kind: OrganizationKind,
    id: Uuid,
    parent: Option<&Organization>,
) -> Result<(Option<Uuid>, Option<Uuid>), Vec<FieldProblem>> {
    use OrganizationKind::{Ministry, MunicipalAuthority, MunicipalCenter};
    let problem = |ru, en| Err(vec![FieldProblem::new("/parent_id", "wrong_parent", Text::new(ru, en))]);
    match (kind, parent) {
        (Ministry, None) => Ok((None, None)),
        (Ministry, Some(_)) => {
            problem("Министерство — корень региона", "A ministry is the root of its region")
        }
        (_, None) => problem("Укажите вышестоящую организацию", "Name the organization it is subordinate to"),
        (MunicipalAuthority, Some(parent)) if parent.kind == Ministry => Ok((Some(parent.id), Some(id))),
        (MunicipalAuthority, Some(_)) => problem(
            "Муниципальный орган подчинён министерству",
            "A municipal authority stands under the ministry",
        ),
        (MunicipalCenter, Some(parent)) if parent.kind == MunicipalAuthority => {
            Ok((Some(parent.id), Some(parent.id)))
        }
        (MunicipalCenter, Some(_)) => problem(
            "Методический центр подчинён муниципальному органу",
            "A municipal centre stands under a municipal authority",
        ),
        (_, Some(parent)) if matches!(parent.kind, Ministry | MunicipalAuthority) => {
            Ok((Some(parent.id), parent.municipality_id))
        }
        (_, Some(_)) => problem(
            "Вышестоящей может быть только министерство или муниципальный орган",
            "Only a ministry or a municipal authority has subordinates",
        ),
    }
}

/// Where an organization stands when it comes under that parent: its parent and its municipality.
pub fn place_under(
    organization: &Organization,
    parent: &Organization,
) -> Result<(Option<Uuid>, Option<Uuid>), Vec<FieldProblem>> {
    let problem =
        |code: &'static str, ru, en| Err(vec![FieldProblem::new("/parent_id", code, Text::new(ru, en))]);
    if !organization.kind.may_move() {
        return problem("wrong_kind", "Такая организация не переходит", "Such an organization does not move");
    }
    if parent.region_id != organization.region_id {
        return problem("other_region", "Это другой регион", "This is another region");
    }
    if organization.parent_id == Some(parent.id) {
        return problem("unchanged", "Она уже ему подчинена", "It is subordinate to it already");
    }
    place(organization.kind, organization.id, Some(parent))
}
