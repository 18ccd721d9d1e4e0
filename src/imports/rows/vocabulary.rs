//! What the words of files stand for.

use crate::authz::Role;
use crate::diagnostics::instruments::model::Procedure;
use crate::diagnostics::results::model::ResultMode;
use crate::directory::employments::model::EmploymentKind;
use crate::directory::organizations::model::{FounderType, OrganizationFunction, OrganizationKind};
use crate::registry::programs::model::{ProgramAudience, ProgramDelivery, ProgramFunding, StudyForm};
use crate::values::{DocumentKind, EducationLevel, ProgramKind};

/// A closed vocabulary of cells: the words of Russian files, and the names of the API.
pub(super) struct Vocabulary<T: 'static> {
    /// Words in small letters, of each value the one that is recommended first.
    words: &'static [(&'static str, T)],
    /// The name of a value in the API.
    name: fn(T) -> &'static str,
}

impl<T: Copy> Vocabulary<T> {
    /// What a word stands for, in letters of any size.
    pub(super) fn value(&self, written: &str) -> Option<T> {
        let written = written.trim().to_lowercase();
        let is_meant = |(word, value): &&(&str, T)| *word == written || (self.name)(*value) == written;
        self.words.iter().find(is_meant).map(|(_, value)| *value)
    }

    /// The recommended words and the names, as a refusal tells them.
    pub(super) fn told(&self) -> (String, String) {
        let (mut words, mut names) = (Vec::new(), Vec::new());
        for (word, value) in self.words {
            let name = (self.name)(*value);
            if !names.contains(&name) {
                words.push(*word);
                names.push(name);
            }
        }
        (words.join(", "), names.join(", "))
    }
}

/// Documents, in the words of the federal register (B5).
pub(super) const DOCUMENT_KIND: Vocabulary<DocumentKind> = Vocabulary {
    words: &[
        ("удостоверение", DocumentKind::PdCertificate),
        ("удостоверение о повышении квалификации", DocumentKind::PdCertificate),
        ("диплом", DocumentKind::RetrainingDiploma),
        ("диплом о профессиональной переподготовке", DocumentKind::RetrainingDiploma),
        ("сертификат", DocumentKind::ParticipationCertificate),
        ("справка", DocumentKind::StudyStatement),
        ("справка об обучении", DocumentKind::StudyStatement),
    ],
    name: DocumentKind::as_str,
};

/// Kinds of programs, in the words of the federal register (B5).
pub(super) const PROGRAM_KIND: Vocabulary<ProgramKind> = Vocabulary {
    words: &[
        ("повышение квалификации", ProgramKind::AdvancedTraining),
        ("пк", ProgramKind::AdvancedTraining),
        ("профессиональная переподготовка", ProgramKind::Retraining),
        ("пп", ProgramKind::Retraining),
    ],
    name: ProgramKind::as_str,
};

/// How a diagnostic was taken.
pub(super) const RESULT_MODE: Vocabulary<ResultMode> = Vocabulary {
    words: &[
        ("онлайн", ResultMode::Online),
        ("дистанционно", ResultMode::Online),
        ("очно", ResultMode::Offline),
        ("офлайн", ResultMode::Offline),
    ],
    name: ResultMode::as_str,
};

/// Procedures of a diagnostic.
pub(super) const PROCEDURE: Vocabulary<Procedure> = Vocabulary {
    words: &[
        ("тест", Procedure::Test),
        ("тестирование", Procedure::Test),
        ("наблюдение", Procedure::Observation),
        ("самооценка", Procedure::SelfAssessment),
        ("эксперт", Procedure::Expert),
        ("экспертиза", Procedure::Expert),
    ],
    name: Procedure::as_str,
};

/// Organizations, in the words of a register of them.
pub(super) const ORGANIZATION_KIND: Vocabulary<OrganizationKind> = Vocabulary {
    words: &[
        ("министерство", OrganizationKind::Ministry),
        ("департамент", OrganizationKind::Ministry),
        ("муниципальный орган", OrganizationKind::MunicipalAuthority),
        ("моуо", OrganizationKind::MunicipalAuthority),
        ("методический центр", OrganizationKind::MunicipalCenter),
        ("имц", OrganizationKind::MunicipalCenter),
        ("школа", OrganizationKind::School),
        ("организация дпо", OrganizationKind::Provider),
        ("дпо", OrganizationKind::Provider),
        ("региональный оператор", OrganizationKind::RegionalOperator),
        ("региональный координатор", OrganizationKind::RegionalCoordinator),
        ("центр оценки качества", OrganizationKind::QualityCenter),
        ("рцоко", OrganizationKind::QualityCenter),
    ],
    name: OrganizationKind::as_str,
};

/// Founders, by whom B1.8 tells who may train.
pub(super) const FOUNDER_TYPE: Vocabulary<FounderType> = Vocabulary {
    words: &[
        ("федеральный", FounderType::Federal),
        ("рф", FounderType::Federal),
        ("региональный", FounderType::Regional),
        ("субъект рф", FounderType::Regional),
        ("муниципальный", FounderType::Municipal),
        ("государственная корпорация", FounderType::StateCorporation),
        ("госкорпорация", FounderType::StateCorporation),
        ("инновационная территория", FounderType::InnovationTerritory),
        ("спортивная федерация", FounderType::SportsFederation),
        ("частный", FounderType::Private),
    ],
    name: FounderType::as_str,
};

/// What an organization does beside its work.
pub(super) const FUNCTION: Vocabulary<OrganizationFunction> = Vocabulary {
    words: &[
        ("опорная школа", OrganizationFunction::BaseSchool),
        ("инновационная площадка", OrganizationFunction::InnovationSite),
        ("цнппм", OrganizationFunction::MasteryCenter),
    ],
    name: OrganizationFunction::as_str,
};

/// How somebody is employed, in the words of a personnel list.
pub(super) const EMPLOYMENT_KIND: Vocabulary<EmploymentKind> = Vocabulary {
    words: &[
        ("штатный", EmploymentKind::Staff),
        ("основное", EmploymentKind::Staff),
        ("внутренний совместитель", EmploymentKind::InternalPartTime),
        ("внешний совместитель", EmploymentKind::ExternalPartTime),
        ("совместитель", EmploymentKind::ExternalPartTime),
        ("договор", EmploymentKind::Contract),
    ],
    name: EmploymentKind::as_str,
};

/// Education levels, as schools shorten them.
pub(super) const EDUCATION_LEVEL: Vocabulary<EducationLevel> = Vocabulary {
    words: &[
        ("дошкольное", EducationLevel::Preschool),
        ("ноо", EducationLevel::Primary),
        ("ооо", EducationLevel::Basic),
        ("соо", EducationLevel::Secondary),
        ("спо", EducationLevel::Vocational),
        ("дополнительное", EducationLevel::Additional),
    ],
    name: EducationLevel::as_str,
};

/// Roles, in the words of an order.
pub(super) const ROLE: Vocabulary<Role> = Vocabulary {
    words: &[
        ("директор", Role::Director),
        ("заместитель директора", Role::DeputyDirector),
        ("заместитель", Role::DeputyDirector),
        ("куратор программ", Role::ProgramCurator),
        ("руководитель мо", Role::AssociationHead),
        ("руководитель методического объединения", Role::AssociationHead),
        ("тьютор", Role::RouteTutor),
        ("секретарь педагогического совета", Role::CouncilSecretary),
        ("секретарь совета", Role::CouncilSecretary),
        ("муниципальный методист", Role::MunicipalMethodist),
        ("специалист муниципалитета", Role::MunicipalOfficer),
        ("специалист министерства", Role::MinistryOfficer),
        ("региональный оператор", Role::RegionalOperator),
        ("региональный координатор", Role::RegionalCoordinator),
        ("специалист центра оценки качества", Role::QualityOfficer),
        ("эксперт", Role::Reviewer),
        ("сотрудник организации дпо", Role::ProviderOfficer),
        ("руководитель обучения", Role::OfferingLeader),
        ("аудитор", Role::Auditor),
        ("администратор платформы", Role::PlatformAdmin),
    ],
    name: Role::as_str,
};

/// Forms of study, in the words of a list of programs.
pub(super) const STUDY_FORM: Vocabulary<StudyForm> = Vocabulary {
    words: &[
        ("очная", StudyForm::FullTime),
        ("очно-заочная", StudyForm::PartTime),
        ("заочная", StudyForm::Extramural),
    ],
    name: StudyForm::as_str,
};

/// How a program is delivered.
pub(super) const DELIVERY: Vocabulary<ProgramDelivery> = Vocabulary {
    words: &[
        ("очно", ProgramDelivery::InPerson),
        ("дистанционно", ProgramDelivery::Distance),
        ("электронное обучение", ProgramDelivery::ELearning),
        ("стажировка", ProgramDelivery::Internship),
    ],
    name: ProgramDelivery::as_str,
};

/// For whom a program is.
pub(super) const AUDIENCE: Vocabulary<ProgramAudience> = Vocabulary {
    words: &[
        ("педагоги", ProgramAudience::Teacher),
        ("учителя", ProgramAudience::Teacher),
        ("руководители", ProgramAudience::Head),
    ],
    name: ProgramAudience::as_str,
};

/// Who pays for a program.
pub(super) const FUNDING: Vocabulary<ProgramFunding> = Vocabulary {
    words: &[
        ("государственное задание", ProgramFunding::StateAssignment),
        ("госзадание", ProgramFunding::StateAssignment),
        ("школа", ProgramFunding::School),
        ("слушатель", ProgramFunding::Learner),
        ("грант", ProgramFunding::Grant),
    ],
    name: ProgramFunding::as_str,
};

#[cfg(test)]
mod tests {
    use super::*;

    /// Every value has a word, and what is told is understood.
    fn check<T: Copy + PartialEq + std::fmt::Debug>(vocabulary: &Vocabulary<T>, all: &[T]) {
        for value in all {
            assert_eq!(vocabulary.value((vocabulary.name)(*value)), Some(*value));
        }
        let (words, names) = vocabulary.told();
        assert_eq!(words.split(", ").count(), all.len(), "{words}");
        let value = |word| vocabulary.value(word).unwrap();
        assert!(words.split(", ").map(value).eq(names.split(", ").map(value)), "{words}: {names}");
        assert!(vocabulary.words.iter().all(|(word, value)| vocabulary.value(word) == Some(*value)));
        assert!(vocabulary.value("вахтёр").is_none());
    }

    #[test]
    fn every_value_has_a_word_of_its_own() {
        check(&DOCUMENT_KIND, &DocumentKind::ALL);
        check(&PROGRAM_KIND, &ProgramKind::ALL);
        check(&RESULT_MODE, &[ResultMode::Online, ResultMode::Offline]);
        check(&PROCEDURE, &Procedure::ALL);
        check(&ORGANIZATION_KIND, &OrganizationKind::ALL);
        check(&FOUNDER_TYPE, &FounderType::ALL);
        check(&FUNCTION, &OrganizationFunction::ALL);
        check(&EMPLOYMENT_KIND, &EmploymentKind::ALL);
        check(&EDUCATION_LEVEL, &EducationLevel::ALL);
        check(&STUDY_FORM, StudyForm::ALL);
        check(&DELIVERY, ProgramDelivery::ALL);
        check(&AUDIENCE, ProgramAudience::ALL);
        check(&FUNDING, ProgramFunding::ALL);
    }

    #[test]
    fn every_role_has_a_word_but_those_that_are_never_given_by_an_order() {
        let by_order = |role: &Role| ![Role::Teacher, Role::Integration].contains(role);
        let roles: Vec<Role> = Role::ALL.into_iter().filter(by_order).collect();
        check(&ROLE, &roles);
    }

    #[test]
    fn words_are_known_in_letters_of_any_size() {
        assert_eq!(ROLE.value(" Руководитель МО "), Some(Role::AssociationHead));
        assert_eq!(ROLE.value("DIRECTOR"), Some(Role::Director));
    }
}
