//! What a methodical association is.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::values::PersonName;

/// What is said of an association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssociationData {
    /// Name.
    pub name: String,
    /// Subject it is about.
    pub subject: Option<String>,
    /// The head.
    pub head_person_id: Option<Uuid>,
}

/// A methodical association of an organization.
#[derive(Debug, Clone)]
pub struct Association {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// In which municipality.
    pub municipality_id: Option<Uuid>,
    /// Where.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: AssociationData,
    /// Row version.
    pub version: i64,
}

/// A membership.
#[derive(Debug, Clone)]
pub struct Member {
    /// The association.
    pub association_id: Uuid,
    /// The person.
    pub person_id: Uuid,
    /// The person's name.
    pub name: PersonName,
    /// First day.
    pub since: NaiveDate,
    /// Last day, if it has ended.
    pub until: Option<NaiveDate>,
}

/// Which associations a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
}
