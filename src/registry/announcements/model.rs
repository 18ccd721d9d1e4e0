//! What an announcement is.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::vocabulary::AnnouncementAudience;
use crate::authz::Target;

/// What is said in an announcement.
#[derive(Debug, Clone)]
pub struct AnnouncementData {
    /// Title.
    pub title: String,
    /// In words.
    pub text: String,
    /// Who acknowledges.
    pub audience: Vec<AnnouncementAudience>,
    /// Products that participants are expected to make.
    pub expected_products: Vec<String>,
    /// The programs it is about.
    pub program_ids: Vec<Uuid>,
    /// The offerings it is about.
    pub offering_ids: Vec<Uuid>,
    /// The associations it names.
    pub association_ids: Vec<Uuid>,
}

/// An association that a new announcement names.
#[derive(Debug, Clone)]
pub struct NewNamed {
    /// The association.
    pub association_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its head.
    pub head_person_id: Uuid,
}

/// An association as an announcement names it: it and its head on the day of publication.
#[derive(Debug, Clone)]
pub struct NamedAssociation {
    /// The association.
    pub association_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its head.
    pub head_person_id: Uuid,
    /// The head's name in full.
    pub head_name: String,
}

/// An announcement.
#[derive(Debug, Clone)]
pub struct Announcement {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality it is for.
    pub municipality_id: Option<Uuid>,
    /// The school it is for.
    pub organization_id: Option<Uuid>,
    /// Who informs.
    pub author_id: Uuid,
    /// What is said.
    pub data: AnnouncementData,
    /// Day of publication.
    pub published_on: NaiveDate,
    /// The associations it names, by name.
    pub associations: Vec<NamedAssociation>,
    /// Whether the actor heads an association: announcements may ask for that alone.
    pub reader_heads: bool,
    /// When the actor acknowledged it, if he has.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// Row version.
    pub version: i64,
}

impl Announcement {
    /// The announcement as a target of rights.
    pub fn target(&self) -> Target {
        Target::place(self.region_id, self.municipality_id, self.organization_id)
    }

    /// Whether such people or organizations are asked.
    pub fn asks(&self, audience: AnnouncementAudience) -> bool {
        self.data.audience.contains(&audience)
    }

    /// Whether its reader is asked to take note for himself.
    pub fn asks_reader(&self) -> bool {
        self.asks(AnnouncementAudience::Persons)
            || (self.asks(AnnouncementAudience::AssociationHeads) && self.reader_heads)
    }
}

/// Somebody who has not acknowledged yet.
#[derive(Debug, Clone)]
pub struct SilentPerson {
    /// The person.
    pub person_id: Uuid,
    /// Family name.
    pub last_name: String,
    /// Given name.
    pub first_name: String,
    /// Patronymic.
    pub middle_name: Option<String>,
}

/// A school that has not acknowledged yet.
#[derive(Debug, Clone)]
pub struct SilentSchool {
    /// The school.
    pub organization_id: Uuid,
    /// Its name.
    pub name: String,
    /// Its municipality.
    pub municipality_id: Option<Uuid>,
}
