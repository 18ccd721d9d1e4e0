//! What travels about personal data.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{DataRead, Erased, ErasureAct, Purpose, Section};
use crate::authz::Role;
use crate::http::page_view;
use crate::values::day;
use crate::values::text::collapse;

/// What personal data is read for (цель обработки).
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PersonalDataPurpose)]
pub enum PurposeDto {
    /// Keeping the record of an employee (кадровый учёт).
    Personnel,
    /// Training and its planning (обучение).
    Training,
    /// Certification of teachers (аттестация).
    Certification,
    /// Reporting of a municipality or region (отчётность).
    Reporting,
    /// The federal register of documents (ФИС ФРДО).
    FederalRegister,
    /// Supervision and checks (контроль).
    Supervision,
    /// The person asked for it (обращение субъекта).
    SubjectRequest,
}

crate::values::mirror!(PurposeDto => Purpose {
    Personnel, Training, Certification, Reporting, FederalRegister, Supervision, SubjectRequest,
});

/// A field of a record (поле записи).
#[derive(Debug, Serialize, ToSchema)]
pub struct MyDataField {
    /// Name of the field.
    #[schema(min_length = 1, max_length = 63, example = "last_name")]
    pub name: String,
    /// Its value as text; lists and objects as JSON.
    #[schema(max_length = 100000, example = "Соколова")]
    pub value: String,
}

/// One record about the caller (запись).
#[derive(Debug, Serialize, ToSchema)]
pub struct MyDataRecord {
    /// Its fields; empty ones are left out.
    #[schema(max_items = 40)]
    pub fields: Vec<MyDataField>,
}

/// Records of one kind about the caller (раздел).
#[derive(Debug, Serialize, ToSchema)]
pub struct MyDataSection {
    /// What they are: `persons`, `employments`, `credentials`, `ledger_entries`, …
    #[schema(min_length = 1, max_length = 63, example = "employments")]
    pub kind: String,
    /// The records.
    #[schema(max_items = 100000)]
    pub records: Vec<MyDataRecord>,
}

impl From<Section> for MyDataSection {
    fn from(section: Section) -> Self {
        let record = |fields: Vec<(String, String)>| MyDataRecord {
            fields: fields.into_iter().map(|(name, value)| MyDataField { name, value }).collect(),
        };
        Self { kind: section.kind, records: section.records.into_iter().map(record).collect() }
    }
}

/// Everything that is kept about the caller (сведения о субъекте персональных данных).
#[derive(Debug, Serialize, ToSchema)]
pub struct MyDataView {
    /// The caller's card; absent when no person is behind the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub person_id: Option<Uuid>,
    /// Other cards that were merged into it.
    #[schema(max_items = 100)]
    pub merged_ids: Vec<Uuid>,
    /// By kind, in the order of their names.
    #[schema(max_items = 200)]
    pub sections: Vec<MyDataSection>,
}

/// That somebody was shown the caller's personal data (обращение к персональным данным).
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonalDataReadItem {
    /// The line's id.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// The role whose right was used.
    pub role: Role,
    /// The organization where that role is held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// By which operation: its operationId.
    #[schema(min_length = 1, max_length = 100, example = "get_person")]
    pub operation: String,
    /// What for.
    pub purpose: PurposeDto,
}

impl From<DataRead> for PersonalDataReadItem {
    fn from(read: DataRead) -> Self {
        Self {
            id: read.id,
            at: read.at,
            role: read.role,
            organization_id: read.organization_id,
            operation: read.operation,
            purpose: read.purpose.into(),
        }
    }
}

page_view! {
    /// One page of the journal about the caller, the newest first.
    PersonalDataReadPage of PersonalDataReadItem
}

/// Which page of the journal.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct PersonalDataReadQuery {
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 1000))]
    #[param(max_length = 1000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}

/// The act by which personal data is erased (акт об уничтожении персональных данных).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonErasureCreate {
    /// Number of the act.
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "7-ПД")]
    pub act_number: String,
    /// Date of the act, today at the latest.
    #[schema(example = "2026-03-02")]
    #[serde(deserialize_with = "day")]
    pub act_date: NaiveDate,
    /// Ground of the act (основание).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Отзыв согласия, срок хранения истёк")]
    pub ground: String,
}

impl From<PersonErasureCreate> for ErasureAct {
    fn from(body: PersonErasureCreate) -> Self {
        Self { number: collapse(&body.act_number), date: body.act_date, ground: collapse(&body.ground) }
    }
}

/// What was erased by an act (обезличивание).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonErasure)]
pub struct PersonErasureView {
    /// The person, who has no name any more.
    pub person_id: Uuid,
    /// Number of the act.
    #[schema(max_length = 100, example = "7-ПД")]
    pub act_number: String,
    /// Date of the act.
    pub act_date: NaiveDate,
    /// Ground of the act.
    #[schema(max_length = 500, example = "Отзыв согласия, срок хранения истёк")]
    pub ground: String,
    /// Day of the erasure.
    pub erased_on: NaiveDate,
    /// How many scans of documents were removed.
    #[schema(minimum = 0, maximum = 100000)]
    pub files_removed: u32,
}

impl PersonErasureView {
    /// The representation of an erasure by that act.
    pub fn new(person_id: Uuid, act: ErasureAct, erased: &Erased) -> Self {
        Self {
            person_id,
            act_number: act.number,
            act_date: act.date,
            ground: act.ground,
            erased_on: erased.erased_on,
            files_removed: u32::try_from(erased.files_removed).unwrap_or(u32::MAX),
        }
    }
}
