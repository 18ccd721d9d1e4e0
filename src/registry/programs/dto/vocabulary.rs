//! The closed sets of names as they travel.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::registry::programs::model::{ProgramAudience, ProgramDelivery, ProgramState, StudyForm};

/// Form of study (форма обучения).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = StudyForm)]
pub enum StudyFormDto {
    /// Full-time (очная).
    FullTime,
    /// Part-time (очно-заочная).
    PartTime,
    /// Extramural (заочная).
    Extramural,
}

crate::values::mirror!(StudyFormDto => StudyForm { FullTime, PartTime, Extramural });

/// Way of delivery (способ реализации).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ProgramDelivery)]
pub enum ProgramDeliveryDto {
    /// In person (очно).
    InPerson,
    /// With distance technologies (с применением дистанционных технологий).
    Distance,
    /// E-learning only (электронное обучение).
    ELearning,
    /// As an internship (стажировка).
    Internship,
}

crate::values::mirror!(ProgramDeliveryDto => ProgramDelivery { InPerson, Distance, ELearning, Internship });

/// For whom a program is (адресат).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ProgramAudience)]
pub enum ProgramAudienceDto {
    /// Teachers (педагоги).
    Teacher,
    /// Heads of schools (руководители).
    Head,
}

crate::values::mirror!(ProgramAudienceDto => ProgramAudience { Teacher, Head });

/// State of a program (состояние программы).
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ProgramState)]
pub enum ProgramStateDto {
    /// Being written by its provider.
    Draft,
    /// Waiting for the decision of the registry's keeper.
    Submitted,
    /// Accepted: visible to the whole region.
    Accepted,
    /// Returned for rework with a reason and a date.
    Returned,
    /// Rejected with a reason.
    Rejected,
}

crate::values::mirror!(ProgramStateDto => ProgramState { Draft, Submitted, Accepted, Returned, Rejected });

/// A subject taught at school (учебный предмет).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(min_length = 2, max_length = 100, example = "математика")]
pub struct ProgramSubject(pub String);
