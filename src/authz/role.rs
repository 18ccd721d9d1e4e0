//! The roles of the hierarchy teacher → school → municipality → region (design §2).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The level of the hierarchy a role belongs to (уровень).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// One employee, about himself or herself.
    Person,
    /// One school (общеобразовательная организация).
    School,
    /// One organization that provides training (организация ДПО).
    Provider,
    /// One municipality and everything in it.
    Municipality,
    /// One region and everything in it.
    Region,
    /// The installation itself.
    Platform,
}

impl Level {
    /// Every level, from the employee up.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::School, Self::Provider, Self::Municipality, Self::Region, Self::Platform];

    /// The stable name used in tokens and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::School => "school",
            Self::Provider => "provider",
            Self::Municipality => "municipality",
            Self::Region => "region",
            Self::Platform => "platform",
        }
    }

    /// The level of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == name)
    }
}

/// A role a person or a service account may hold at an organization (роль).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Every employee who learns, heads included (педагогический работник).
    Teacher,
    /// Head of a methodical association (руководитель МО).
    AssociationHead,
    /// Deputy director for teaching (заместитель директора по УВР).
    DeputyDirector,
    /// Head of the school (директор).
    Director,
    /// Employee in charge of the programs (куратор программ).
    ProgramCurator,
    /// Tutor who accompanies a route (тьютор маршрута).
    RouteTutor,
    /// Secretary of a council (секретарь совета).
    CouncilSecretary,
    /// Officer of the municipal education authority (специалист МОУО).
    MunicipalOfficer,
    /// Methodist of the municipal centre (методист ИМЦ).
    MunicipalMethodist,
    /// Officer of the regional ministry or department (специалист министерства).
    MinistryOfficer,
    /// Regional operator (региональный оператор).
    RegionalOperator,
    /// Regional coordinator of diagnostics (региональный координатор).
    RegionalCoordinator,
    /// Officer of the education quality centre (специалист РЦОКО).
    QualityOfficer,
    /// Reviewer of programs (эксперт программ).
    Reviewer,
    /// Officer of a training provider (специалист организации ДПО).
    ProviderOfficer,
    /// Leader of one offering (руководитель курса, семинара).
    OfferingLeader,
    /// Reads a subtree, changes nothing (аудитор).
    Auditor,
    /// A service account of another system with explicit grants (интеграция).
    Integration,
    /// Accounts and settings, no decisions of substance (администратор платформы).
    PlatformAdmin,
}

impl Role {
    /// Every role, in the order of the policy tables' columns.
    pub const ALL: [Self; 19] = [
        Self::Teacher,
        Self::AssociationHead,
        Self::DeputyDirector,
        Self::Director,
        Self::ProgramCurator,
        Self::RouteTutor,
        Self::CouncilSecretary,
        Self::MunicipalOfficer,
        Self::MunicipalMethodist,
        Self::MinistryOfficer,
        Self::RegionalOperator,
        Self::RegionalCoordinator,
        Self::QualityOfficer,
        Self::Reviewer,
        Self::ProviderOfficer,
        Self::OfferingLeader,
        Self::Auditor,
        Self::Integration,
        Self::PlatformAdmin,
    ];

    /// The stable name used in tokens, profiles and the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Teacher => "teacher",
            Self::AssociationHead => "association_head",
            Self::DeputyDirector => "deputy_director",
            Self::Director => "director",
            Self::ProgramCurator => "program_curator",
            Self::RouteTutor => "route_tutor",
            Self::CouncilSecretary => "council_secretary",
            Self::MunicipalOfficer => "municipal_officer",
            Self::MunicipalMethodist => "municipal_methodist",
            Self::MinistryOfficer => "ministry_officer",
            Self::RegionalOperator => "regional_operator",
            Self::RegionalCoordinator => "regional_coordinator",
            Self::QualityOfficer => "quality_officer",
            Self::Reviewer => "reviewer",
            Self::ProviderOfficer => "provider_officer",
            Self::OfferingLeader => "offering_leader",
            Self::Auditor => "auditor",
            Self::Integration => "integration",
            Self::PlatformAdmin => "platform_admin",
        }
    }

    /// The role of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }

    /// The level the role acts at; `None` for roles whose level is that of the organization they are held at.
    pub const fn level(self) -> Option<Level> {
        match self {
            Self::Teacher => Some(Level::Person),
            Self::AssociationHead
            | Self::DeputyDirector
            | Self::Director
            | Self::ProgramCurator
            | Self::RouteTutor
            | Self::CouncilSecretary => Some(Level::School),
            Self::MunicipalOfficer | Self::MunicipalMethodist => Some(Level::Municipality),
            Self::MinistryOfficer
            | Self::RegionalOperator
            | Self::RegionalCoordinator
            | Self::QualityOfficer
            | Self::Reviewer => Some(Level::Region),
            Self::ProviderOfficer | Self::OfferingLeader => Some(Level::Provider),
            Self::PlatformAdmin => Some(Level::Platform),
            Self::Auditor | Self::Integration => None,
        }
    }
}
