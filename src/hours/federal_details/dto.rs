//! Federal details as they travel.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::{CredentialDetails, PersonDetails};

/// What the federal register asks of a person (сведения о получателе для ФРДО).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PersonFederalDetailsSet {
    /// Sex (пол): «Муж» or «Жен», as the papers write it.
    #[validate(length(max = 20))]
    #[schema(max_length = 20, example = "Жен")]
    pub sex: Option<String>,
    /// Citizenship (гражданство): code of the country by ОКСМ, or its name; Russia (643) when absent.
    #[validate(length(max = 100))]
    #[schema(max_length = 100, example = "643")]
    pub citizenship: Option<String>,
    /// Level of the education there is (уровень образования): «Высшее образование» or «Среднее профессиональное
    /// образование».
    #[validate(length(max = 100))]
    #[schema(max_length = 100, example = "Высшее образование")]
    pub prior_education_level: Option<String>,
    /// Surname in the document about that education (фамилия в дипломе): may differ from the present one.
    #[validate(length(max = 100))]
    #[schema(max_length = 100, example = "Петрова")]
    pub prior_document_surname: Option<String>,
    /// Series of that document (серия диплома).
    #[validate(length(max = 50))]
    #[schema(max_length = 50, example = "ВСГ")]
    pub prior_document_series: Option<String>,
    /// Number of that document (номер диплома).
    #[validate(length(max = 50))]
    #[schema(max_length = 50, example = "1234567")]
    pub prior_document_number: Option<String>,
}

impl From<PersonFederalDetailsSet> for PersonDetails {
    fn from(body: PersonFederalDetailsSet) -> Self {
        Self {
            sex: body.sex,
            citizenship: body.citizenship,
            prior_education_level: body.prior_education_level,
            prior_document_surname: body.prior_document_surname,
            prior_document_series: body.prior_document_series,
            prior_document_number: body.prior_document_number,
        }
    }
}

/// What the federal register asks of a person (сведения о получателе для ФРДО).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PersonFederalDetails)]
pub struct PersonFederalDetailsView {
    /// The person.
    pub person_id: Uuid,
    /// Sex (пол): «Муж» or «Жен», as the papers write it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 20, example = "Жен")]
    pub sex: Option<String>,
    /// Citizenship (гражданство): code of the country by ОКСМ, or its name; Russia (643) when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, example = "643")]
    pub citizenship: Option<String>,
    /// Level of the education there is (уровень образования): «Высшее образование» or «Среднее профессиональное
    /// образование».
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, example = "Высшее образование")]
    pub prior_education_level: Option<String>,
    /// Surname in the document about that education (фамилия в дипломе): may differ from the present one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, example = "Петрова")]
    pub prior_document_surname: Option<String>,
    /// Series of that document (серия диплома).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50, example = "ВСГ")]
    pub prior_document_series: Option<String>,
    /// Number of that document (номер диплома).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50, example = "1234567")]
    pub prior_document_number: Option<String>,
}

impl PersonFederalDetailsView {
    /// The representation of what is said of that person.
    pub fn new(person_id: Uuid, details: PersonDetails) -> Self {
        Self {
            person_id,
            sex: details.sex,
            citizenship: details.citizenship,
            prior_education_level: details.prior_education_level,
            prior_document_surname: details.prior_document_surname,
            prior_document_series: details.prior_document_series,
            prior_document_number: details.prior_document_number,
        }
    }
}

/// What the federal register asks of a document (сведения о документе для ФРДО).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CredentialFederalDetailsSet {
    /// Area of professional work (область профессиональной деятельности), by the classifier.
    #[validate(length(max = 200))]
    #[schema(max_length = 200, example = "Образование и наука")]
    pub professional_area: Option<String>,
    /// Enlarged group of specialities (укрупнённая группа специальностей), by the classifier.
    #[validate(length(max = 200))]
    #[schema(max_length = 200, example = "Образование и педагогические науки")]
    pub specialty_group: Option<String>,
    /// Qualification that was given (квалификация), if there is one; mostly after retraining.
    #[validate(length(max = 500))]
    #[schema(max_length = 500, example = "Учитель математики")]
    pub qualification_title: Option<String>,
    /// Year in which learning began (год начала обучения); that of `started_on` of the document when absent.
    #[validate(range(min = 1950, max = 2199))]
    #[schema(minimum = 1950, maximum = 2199, example = 2026)]
    pub study_start_year: Option<i32>,
    /// Year in which it ended (год окончания обучения); that of `completed_on` of the document when absent.
    #[validate(range(min = 1950, max = 2199))]
    #[schema(minimum = 1950, maximum = 2199, example = 2026)]
    pub study_end_year: Option<i32>,
    /// Form of study (форма обучения): «Очная», «Заочная» or «Очно-заочная».
    #[validate(length(max = 50))]
    #[schema(max_length = 50, example = "Очная")]
    pub study_form: Option<String>,
    /// Who paid (источник финансирования): «Платное обучение» or «Бюджетное обучение».
    #[validate(length(max = 100))]
    #[schema(max_length = 100, example = "Бюджетное обучение")]
    pub funding_source: Option<String>,
    /// Form of education when learning ended (форма получения образования): in an educational organization or outside.
    #[validate(length(max = 100))]
    #[schema(max_length = 100, example = "в образовательной организации")]
    pub education_delivery: Option<String>,
    /// The loss of the document is confirmed (подтверждение утраты); `false` by default.
    #[serde(default)]
    pub loss_confirmed: bool,
    /// The exchange of the document is confirmed (подтверждение обмена); `false` by default.
    #[serde(default)]
    pub exchange_confirmed: bool,
    /// The destruction of the document is confirmed (подтверждение уничтожения); `false` by default.
    #[serde(default)]
    pub destruction_confirmed: bool,
    /// Number in the register that this document corrects (номер документа для изменения), when another system sent it
    /// there.
    #[validate(length(max = 30))]
    #[schema(max_length = 30, example = "1234567")]
    pub replaces_number: Option<String>,
}

impl From<CredentialFederalDetailsSet> for CredentialDetails {
    fn from(body: CredentialFederalDetailsSet) -> Self {
        Self {
            professional_area: body.professional_area,
            specialty_group: body.specialty_group,
            qualification_title: body.qualification_title,
            study_start_year: body.study_start_year,
            study_end_year: body.study_end_year,
            study_form: body.study_form,
            funding_source: body.funding_source,
            education_delivery: body.education_delivery,
            loss_confirmed: body.loss_confirmed,
            exchange_confirmed: body.exchange_confirmed,
            destruction_confirmed: body.destruction_confirmed,
            replaces_number: body.replaces_number,
        }
    }
}

/// What the federal register asks of a document (сведения о документе для ФРДО).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CredentialFederalDetails)]
pub struct CredentialFederalDetailsView {
    /// The credential.
    pub credential_id: Uuid,
    /// Area of professional work (область профессиональной деятельности), by the classifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, example = "Образование и наука")]
    pub professional_area: Option<String>,
    /// Enlarged group of specialities (укрупнённая группа специальностей), by the classifier.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, example = "Образование и педагогические науки")]
    pub specialty_group: Option<String>,
    /// Qualification that was given (квалификация), if there is one; mostly after retraining.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, example = "Учитель математики")]
    pub qualification_title: Option<String>,
    /// Year in which learning began (год начала обучения); that of `started_on` of the document when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1950, maximum = 2199, example = 2026)]
    pub study_start_year: Option<i32>,
    /// Year in which it ended (год окончания обучения); that of `completed_on` of the document when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1950, maximum = 2199, example = 2026)]
    pub study_end_year: Option<i32>,
    /// Form of study (форма обучения): «Очная», «Заочная» or «Очно-заочная».
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50, example = "Очная")]
    pub study_form: Option<String>,
    /// Who paid (источник финансирования): «Платное обучение» or «Бюджетное обучение».
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, example = "Бюджетное обучение")]
    pub funding_source: Option<String>,
    /// Form of education when learning ended (форма получения образования): in an educational organization or outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, example = "в образовательной организации")]
    pub education_delivery: Option<String>,
    /// The loss of the document is confirmed (подтверждение утраты); `false` by default.
    pub loss_confirmed: bool,
    /// The exchange of the document is confirmed (подтверждение обмена); `false` by default.
    pub exchange_confirmed: bool,
    /// The destruction of the document is confirmed (подтверждение уничтожения); `false` by default.
    pub destruction_confirmed: bool,
    /// Number in the register that this document corrects (номер документа для изменения), when another system sent it
    /// there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 30, example = "1234567")]
    pub replaces_number: Option<String>,
}

impl CredentialFederalDetailsView {
    /// The representation of what is said of that credential.
    pub fn new(credential_id: Uuid, details: CredentialDetails) -> Self {
        Self {
            credential_id,
            professional_area: details.professional_area,
            specialty_group: details.specialty_group,
            qualification_title: details.qualification_title,
            study_start_year: details.study_start_year,
            study_end_year: details.study_end_year,
            study_form: details.study_form,
            funding_source: details.funding_source,
            education_delivery: details.education_delivery,
            loss_confirmed: details.loss_confirmed,
            exchange_confirmed: details.exchange_confirmed,
            destruction_confirmed: details.destruction_confirmed,
            replaces_number: details.replaces_number,
        }
    }
}
