//! What an application is, what must be true of one, and what becomes of it.

mod check;
mod state;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub use check::{ApplicantFacts, people_problems, problems};
pub use state::{ApplicationEvent, ApplicationRefusal, step};

use crate::training::vocabulary::{ApplicationKind, ApplicationState};
use crate::values::PersonName;

/// A person named in a new application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Applicant {
    /// Who.
    pub person_id: Uuid,
    /// The activity of his or her route that the training fulfils.
    pub activity_id: Option<Uuid>,
}

/// An application as asked for.
#[derive(Debug, Clone)]
pub struct NewApplication {
    /// For which offering.
    pub offering_id: Uuid,
    /// Who applies.
    pub kind: ApplicationKind,
    /// The school the people come from.
    pub organization_id: Option<Uuid>,
    /// The ground of a referral.
    pub ground: Option<String>,
    /// Words to the provider.
    pub comment: Option<String>,
    /// For whom; nobody named: the caller.
    pub people: Vec<Applicant>,
}

/// An application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school.
    pub municipality_id: Option<Uuid>,
    /// The school the people come from.
    pub organization_id: Uuid,
    /// The person who applies for himself or herself.
    pub person_id: Option<Uuid>,
    /// The offering.
    pub offering_id: Uuid,
    /// Its organiser.
    pub provider_id: Uuid,
    /// Who applies.
    pub kind: ApplicationKind,
    /// The ground of a referral.
    pub ground: Option<String>,
    /// Words to the provider.
    pub comment: Option<String>,
    /// How many people it names.
    pub people_count: i32,
    /// Where it stands.
    pub state: ApplicationState,
    /// Why it was declined or withdrawn.
    pub reason: Option<String>,
    /// The account that submitted it.
    pub submitted_by: Uuid,
    /// The account that decided.
    pub decided_by: Option<Uuid>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// Row version.
    pub version: i64,
    /// When it was submitted.
    pub created_at: DateTime<Utc>,
}

/// A person in an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApplicationPerson {
    /// Who.
    pub person_id: Uuid,
    /// The name.
    pub name: PersonName,
    /// The activity of his or her route.
    pub activity_id: Option<Uuid>,
    /// When he or she took notice of the referral.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// The enrollment that followed.
    pub enrollment_id: Option<Uuid>,
    /// Heads of his or her associations.
    pub heads: Vec<Uuid>,
}

/// The offering of an application in a few words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferingInBrief {
    /// Title.
    pub title: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Who leads it.
    pub leader_id: Option<Uuid>,
}
