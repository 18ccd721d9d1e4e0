//! What a role held somewhere is, and where which role may be held.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::{Level, Role};
use crate::directory::organizations::model::OrganizationKind;
use crate::error::{FieldProblem, Text};
use crate::values::PersonName;

/// A role held on a day: what a token says of its holder.
pub type Grant = (Role, Level, Option<Uuid>);

/// Who holds a role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holder {
    /// A person, whatever account he signs in with.
    Person(Uuid),
    /// An account without a person: a service, an administrator of the platform.
    Account(Uuid),
}

/// The act that gave a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// Number.
    pub number: String,
    /// Date.
    pub date: NaiveDate,
}

/// A role about to be given.
#[derive(Debug, Clone)]
pub struct NewRoleAssignment {
    /// Who gets it.
    pub holder: Holder,
    /// Which role.
    pub role: Role,
    /// Where; none for administrators of the platform.
    pub organization_id: Option<Uuid>,
    /// The act.
    pub act: Option<Act>,
    /// First day; today when absent.
    pub valid_from: Option<NaiveDate>,
    /// Last day; open when absent.
    pub valid_until: Option<NaiveDate>,
}

/// Roles that one organization of a region has at a time: its operator (P2-2) and its coordinator (P4-10).
pub const fn one_organization_in_a_region(role: Role) -> bool {
    matches!(role, Role::RegionalOperator | Role::RegionalCoordinator)
}

/// A role given to somebody.
#[derive(Debug, Clone)]
pub struct RoleAssignment {
    /// The id.
    pub id: Uuid,
    /// The tenant; none for administrators of the platform.
    pub region_id: Option<Uuid>,
    /// In which municipality.
    pub municipality_id: Option<Uuid>,
    /// Where.
    pub organization_id: Option<Uuid>,
    /// Who holds it.
    pub holder: Holder,
    /// The name of the person who holds it.
    pub holder_name: Option<PersonName>,
    /// Which role.
    pub role: Role,
    /// At which level it acts.
    pub level: Level,
    /// The act.
    pub act: Option<Act>,
    /// First day.
    pub valid_from: NaiveDate,
    /// Last day, if there is one.
    pub valid_until: Option<NaiveDate>,
    /// Row version.
    pub version: i64,
}

/// Which assignments a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only at this organization.
    pub organization_id: Option<Uuid>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
    /// Only this role.
    pub role: Option<Role>,
    /// Only those in force on this day.
    pub on: Option<NaiveDate>,
}

/// The grants of a holder: assigned ones, and `teacher` for every place of work, each once.
pub fn grants(assigned: Vec<Grant>, workplaces: Vec<Uuid>) -> Vec<Grant> {
    let implied =
        workplaces.into_iter().map(|organization| (Role::Teacher, Level::Person, Some(organization)));
    let mut grants: Vec<Grant> = Vec::with_capacity(assigned.len());
    for grant in assigned.into_iter().chain(implied) {
        if !grants.contains(&grant) {
            grants.push(grant);
        }
    }
    grants
}

/// The level at which a role acts at an organization of that kind; none where it cannot be held.
pub fn level_at(role: Role, kind: OrganizationKind) -> Option<Level> {
    use OrganizationKind::{
        Ministry, MunicipalAuthority, MunicipalCenter, Provider, QualityCenter, RegionalCoordinator,
        RegionalOperator, School,
    };
    let fits = match role {
        Role::AssociationHead
        | Role::DeputyDirector
        | Role::Director
        | Role::ProgramCurator
        | Role::RouteTutor
        | Role::CouncilSecretary => kind == School,
        Role::MunicipalOfficer => kind == MunicipalAuthority,
        Role::MunicipalMethodist => matches!(kind, MunicipalCenter | MunicipalAuthority),
        Role::MinistryOfficer => kind == Ministry,
        Role::RegionalOperator => kind == RegionalOperator,
        Role::RegionalCoordinator => kind == RegionalCoordinator,
        Role::QualityOfficer => kind == QualityCenter,
        Role::Reviewer => matches!(kind, Ministry | RegionalOperator | RegionalCoordinator | QualityCenter),
        Role::ProviderOfficer | Role::OfferingLeader => kind.may_provide(),
        Role::Auditor | Role::Integration => true,
        // The one follows from an employment, the other is held nowhere in particular.
        Role::Teacher | Role::PlatformAdmin => false,
    };
    let level_of_kind = match kind {
        School => Level::School,
        Provider => Level::Provider,
        MunicipalAuthority | MunicipalCenter => Level::Municipality,
        Ministry | RegionalOperator | RegionalCoordinator | QualityCenter => Level::Region,
    };
    fits.then(|| role.level().unwrap_or(level_of_kind))
}

/// Whether the role is held by people, by accounts without a person, or by either.
pub const fn may_hold(role: Role, holder: Holder) -> bool {
    match (role, holder) {
        (Role::Integration | Role::PlatformAdmin, Holder::Person(_)) => false,
        (Role::Integration | Role::PlatformAdmin | Role::Auditor, Holder::Account(_)) => true,
        (_, Holder::Person(_)) => true,
        (_, Holder::Account(_)) => false,
    }
}

/// Whether the holder must work at the organization. Experts, auditors and leaders of offerings come from elsewhere.
pub const fn needs_employment(role: Role) -> bool {
    !matches!(role, Role::Reviewer | Role::Auditor | Role::OfferingLeader)
}

/// The names of the roles that do not hang on an employment.
pub fn free_of_employment() -> Vec<&'static str> {
    Role::ALL.into_iter().filter(|role| !needs_employment(*role)).map(Role::as_str).collect()
}

/// What is wrong with the role, its place and its holder: everything at once.
pub fn problems(new: &NewRoleAssignment, kind: Option<OrganizationKind>) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut add = |pointer: &str, code: &'static str, ru: &'static str, en: &'static str| {
        problems.push(FieldProblem::new(pointer, code, Text::new(ru, en)));
    };
    match (new.role, kind) {
        (Role::Teacher, _) => add(
            "/role",
            "role_follows_from_employment",
            "Роль педагога следует из трудоустройства и не назначается",
            "The role of a teacher follows from an employment and is not assigned",
        ),
        (Role::PlatformAdmin, None) => {}
        (Role::PlatformAdmin, Some(_)) => add(
            "/organization_id",
            "role_does_not_fit",
            "Администратор платформы не привязан к организации",
            "An administrator of the platform belongs to no organization",
        ),
        (_, None) => add("/organization_id", "required", "Укажите организацию", "Name the organization"),
        (role, Some(kind)) if level_at(role, kind).is_none() => add(
            "/role",
            "role_does_not_fit",
            "Такая роль не назначается в организации этого типа",
            "This role cannot be held at an organization of this kind",
        ),
        _ => {}
    }
    if !may_hold(new.role, new.holder) {
        let pointer = match new.holder {
            Holder::Person(_) => "/person_id",
            Holder::Account(_) => "/account_id",
        };
        add(
            pointer,
            "holder_does_not_fit",
            "Эту роль получает не такой держатель",
            "This role is held by another kind of holder",
        );
    }
    if let (Some(from), Some(until)) = (new.valid_from, new.valid_until)
        && until < from
    {
        add(
            "/valid_until",
            "dates_out_of_order",
            "Последний день раньше первого",
            "The last day is before the first",
        );
    }
    problems
}
