//! The closed sets of names as they travel.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::registry::programs::model::{
    ProgramAudience, ProgramDelivery, ProgramFunding, ProgramState, QualityMarkKind, StandardKind, StudyForm,
};

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
    /// Being reviewed; the decision follows.
    UnderReview,
    /// Accepted: visible to the whole region.
    Accepted,
    /// Returned for rework with a reason and a date.
    Returned,
    /// Rejected with a reason.
    Rejected,
}

crate::values::mirror!(ProgramStateDto => ProgramState { Draft, Submitted, UnderReview, Accepted, Returned, Rejected });

/// A subject taught at school (учебный предмет).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(min_length = 2, max_length = 100, example = "математика")]
pub struct ProgramSubject(pub String);

/// A position of people who learn (должность).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(min_length = 2, max_length = 100, example = "учитель-логопед")]
pub struct ProgramPosition(pub String);

/// What a program is written in line with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = StandardKind)]
pub enum StandardKindDto {
    /// Professional standard (профессиональный стандарт).
    ProfessionalStandard,
    /// Federal state educational standard (ФГОС).
    EducationalStandard,
}

crate::values::mirror!(StandardKindDto => StandardKind { ProfessionalStandard, EducationalStandard });

/// What speaks for the quality of a program. New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = QualityMarkKind)]
pub enum QualityMarkKindDto {
    /// Professional and public accreditation (профессионально-общественная аккредитация).
    PublicAccreditation,
    /// Independent assessment of quality (независимая оценка качества).
    IndependentAssessment,
    /// Chosen for the federal registry of programs (федеральный реестр ДПП).
    FederalRegistry,
    /// An award of a contest (победитель конкурса).
    Award,
}

crate::values::mirror!(QualityMarkKindDto => QualityMarkKind {
    PublicAccreditation, IndependentAssessment, FederalRegistry, Award
});

/// Who may pay for a program. New values may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ProgramFunding)]
pub enum ProgramFundingDto {
    /// The state assignment: free for the learner (государственное задание).
    StateAssignment,
    /// The school (средства организации).
    School,
    /// The learner (собственные средства).
    Learner,
    /// A grant or a project (грант).
    Grant,
}

crate::values::mirror!(ProgramFundingDto => ProgramFunding { StateAssignment, School, Learner, Grant });
