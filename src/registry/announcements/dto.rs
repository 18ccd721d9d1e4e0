//! What travels about announcements.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Announcement, AnnouncementData, NamedAssociation, SilentPerson, SilentSchool};
use super::vocabulary::AnnouncementAudience;
use crate::directory::checks;
use crate::http::page_view;

/// An announcement to be published (информирование).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnouncementCreate {
    /// The school or the municipal authority it is for; absent: the whole region.
    pub organization_id: Option<Uuid>,
    /// What is said.
    #[validate(nested)]
    pub data: AnnouncementBody,
}

/// What is said in an announcement.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AnnouncementData)]
pub struct AnnouncementBody {
    /// Title.
    #[validate(length(min = 3, max = 300))]
    #[schema(min_length = 3, max_length = 300, example = "Семинары на 2026/2027 учебный год")]
    pub title: String,
    /// The announcement in words.
    #[validate(length(min = 3, max = 10_000))]
    #[schema(min_length = 3, max_length = 10_000, example = "Приглашаем на программы и семинары центра")]
    pub text: String,
    /// Who is asked to acknowledge; each once.
    #[validate(length(min = 1, max = 3))]
    #[schema(min_items = 1, max_items = 3)]
    pub audience: Vec<AnnouncementAudience>,
    /// Products that participants are expected to make (ожидаемые продукты, P3-12).
    #[serde(default)]
    #[validate(length(max = 50), custom(function = "checks::short_texts"))]
    #[schema(max_items = 50, value_type = Vec<ExpectedProduct>, example = json!(["рабочая программа"]))]
    pub expected_products: Vec<String>,
    /// The programs it is about, accepted in the region.
    #[serde(default)]
    #[validate(length(max = 200))]
    #[schema(max_items = 200)]
    pub program_ids: Vec<Uuid>,
    /// The offerings it is about (темы, P3-37): open or running ones of the region.
    #[serde(default)]
    #[validate(length(max = 200))]
    #[schema(max_items = 200)]
    pub offering_ids: Vec<Uuid>,
    /// The methodical associations it names with their heads (руководители профессиональных объединений, P3-12); each has
    /// a head.
    #[serde(default)]
    #[validate(length(max = 200))]
    #[schema(max_items = 200)]
    pub association_ids: Vec<Uuid>,
}

/// A product that participants are expected to make (ожидаемый продукт).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(min_length = 1, max_length = 200, example = "рабочая программа")]
pub struct ExpectedProduct(pub String);

impl From<AnnouncementBody> for AnnouncementData {
    fn from(body: AnnouncementBody) -> Self {
        let mut audience = body.audience;
        audience.sort_unstable();
        audience.dedup();
        let once = |mut ids: Vec<Uuid>| {
            ids.sort_unstable();
            ids.dedup();
            ids
        };
        Self {
            title: body.title,
            text: body.text,
            audience,
            expected_products: body.expected_products,
            program_ids: once(body.program_ids),
            offering_ids: once(body.offering_ids),
            association_ids: once(body.association_ids),
        }
    }
}

/// An association that an announcement names (объединение и его руководитель): as it was on the day of publication.
#[derive(Debug, Serialize, ToSchema)]
pub struct AnnouncedAssociation {
    /// The association.
    pub association_id: Uuid,
    /// Its name then.
    #[schema(max_length = 200)]
    pub name: String,
    /// Its head then.
    pub head_person_id: Uuid,
    /// The head's name in full (фамилия, имя, отчество).
    #[schema(max_length = 310)]
    pub head_name: String,
}

impl From<NamedAssociation> for AnnouncedAssociation {
    fn from(named: NamedAssociation) -> Self {
        Self {
            association_id: named.association_id,
            name: named.name,
            head_person_id: named.head_person_id,
            head_name: named.head_name,
        }
    }
}

/// An announcement (доведение до сведения).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Announcement)]
pub struct AnnouncementView {
    /// The announcement's id.
    pub id: Uuid,
    /// The municipality it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
    /// The school it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// The organization that informs.
    pub author_id: Uuid,
    /// What is said.
    pub data: AnnouncementBody,
    /// The associations it names with their heads, by name.
    #[schema(max_items = 200)]
    pub associations: Vec<AnnouncedAssociation>,
    /// Day of publication, by the region's clock.
    pub published_on: NaiveDate,
    /// When the caller acknowledged it; absent until then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl AnnouncementView {
    /// The representation for a caller who may do `allowed_actions`.
    pub fn new(announcement: Announcement, allowed_actions: Vec<String>) -> Self {
        let data = announcement.data;
        Self {
            id: announcement.id,
            municipality_id: announcement.municipality_id,
            organization_id: announcement.organization_id,
            author_id: announcement.author_id,
            data: AnnouncementBody {
                title: data.title,
                text: data.text,
                audience: data.audience,
                expected_products: data.expected_products,
                program_ids: data.program_ids,
                offering_ids: data.offering_ids,
                association_ids: data.association_ids,
            },
            associations: announcement.associations.into_iter().map(Into::into).collect(),
            published_on: announcement.published_on,
            acknowledged_at: announcement.acknowledged_at,
            allowed_actions,
        }
    }
}

page_view! {
    /// One page of announcements, newest first.
    AnnouncementPage of AnnouncementView
}

/// Which announcements to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AnnouncementQuery {
    /// `false`: only what the caller has not acknowledged; `true`: only the rest.
    pub acknowledged: Option<bool>,
    /// Only about this program.
    pub program_id: Option<Uuid>,
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

/// The caller takes note; there is nothing to say.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AnnouncementAcknowledgementCreate {}

/// A school takes note.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SchoolAcknowledgementCreate {
    /// The school.
    pub organization_id: Uuid,
}

/// Who has taken note, and when first (отметка об ознакомлении).
#[derive(Debug, Serialize, ToSchema)]
pub struct AnnouncementAcknowledgement {
    /// The announcement.
    pub announcement_id: Uuid,
    /// The person; absent for a school.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// The school; absent for a person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// When; a repeat does not change it.
    pub acknowledged_at: DateTime<Utc>,
}

/// Somebody who has not acknowledged yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnacknowledgedPerson {
    /// The person.
    pub person_id: Uuid,
    /// Family name.
    #[schema(max_length = 100)]
    pub last_name: String,
    /// Given name.
    #[schema(max_length = 100)]
    pub first_name: String,
    /// Patronymic.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100)]
    pub middle_name: Option<String>,
}

impl From<SilentPerson> for UnacknowledgedPerson {
    fn from(person: SilentPerson) -> Self {
        Self {
            person_id: person.person_id,
            last_name: person.last_name,
            first_name: person.first_name,
            middle_name: person.middle_name,
        }
    }
}

/// A school that has not acknowledged yet.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnacknowledgedSchool {
    /// The school.
    pub organization_id: Uuid,
    /// Its name.
    #[schema(max_length = 500)]
    pub name: String,
    /// Its municipality; absent for a state school.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub municipality_id: Option<Uuid>,
}

impl From<SilentSchool> for UnacknowledgedSchool {
    fn from(school: SilentSchool) -> Self {
        Self {
            organization_id: school.organization_id,
            name: school.name,
            municipality_id: school.municipality_id,
        }
    }
}

page_view! {
    /// One page of people who have not acknowledged, by name.
    UnacknowledgedPersonPage of UnacknowledgedPerson
}

page_view! {
    /// One page of schools that have not acknowledged, by name.
    UnacknowledgedSchoolPage of UnacknowledgedSchool
}

/// A place in the list of those who have not acknowledged.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct UnacknowledgedQuery {
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
