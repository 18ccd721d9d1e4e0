//! V-40, columns A to AN: source B5 (five public code bases, FRDO-40A to FRDO-40E). The headings of the original's columns
//! are worded by us: B5 gives them in short.

use super::{Column, column};
use crate::hours::frdo::model::field::Field;

/// The columns in order.
pub(super) const COLUMNS: &[Column] = &[
    column("Вид документа", Field::DocumentKind),
    column("Статус документа", Field::DocumentStatus),
    column("Подтверждение утраты", Field::LossConfirmed),
    column("Подтверждение обмена", Field::ExchangeConfirmed),
    column("Подтверждение уничтожения", Field::DestructionConfirmed),
    column("Серия документа", Field::Series),
    column("Номер документа", Field::Number),
    column("Дата выдачи документа", Field::IssuedOn),
    column("Регистрационный номер документа", Field::RegistrationNumber),
    column(
        "Дополнительная профессиональная программа (повышение квалификации / профессиональная переподготовка)",
        Field::ProgramKind,
    ),
    column("Наименование дополнительной профессиональной программы", Field::ProgramTitle),
    column("Наименование области профессиональной деятельности", Field::ProfessionalArea),
    column("Укрупненные группы специальностей и (или) направлений подготовки", Field::SpecialtyGroup),
    column("Наименование квалификации, профессии, специальности (при наличии)", Field::QualificationTitle),
    column("Уровень имеющегося образования (ВО/СПО)", Field::PriorEducationLevel),
    column("Фамилия, указанная в документе о ВО или СПО", Field::PriorDocumentSurname),
    column("Серия документа о ВО/СПО", Field::PriorDocumentSeries),
    column("Номер документа о ВО/СПО", Field::PriorDocumentNumber),
    column("Год начала обучения", Field::StudyStartYear),
    column("Год окончания обучения", Field::StudyEndYear),
    column("Срок обучения, часов", Field::Hours),
    column("Фамилия получателя", Field::LastName),
    column("Имя получателя", Field::FirstName),
    column("Отчество получателя (при наличии)", Field::MiddleName),
    column("Дата рождения получателя", Field::BirthDate),
    column("Пол получателя", Field::Sex),
    column("СНИЛС", Field::Snils),
    column("Форма обучения", Field::StudyForm),
    column("Источник финансирования обучения", Field::FundingSource),
    column(
        "Форма получения образования на момент прекращения образовательных отношений",
        Field::EducationDelivery,
    ),
    column("Гражданство получателя (код страны по ОКСМ)", Field::Citizenship),
    column("Наименование документа об образовании (оригинала)", Field::OriginalTitle),
    column("Серия (оригинала)", Field::OriginalSeries),
    column("Номер (оригинала)", Field::OriginalNumber),
    column("Регистрационный N (оригинала)", Field::OriginalRegistrationNumber),
    column("Дата выдачи (оригинала)", Field::OriginalIssuedOn),
    column("Фамилия получателя (оригинала)", Field::OriginalLastName),
    column("Имя получателя (оригинала)", Field::OriginalFirstName),
    column("Отчество получателя (оригинала)", Field::OriginalMiddleName),
    column("Номер документа для изменения", Field::ReplacesNumber),
];
