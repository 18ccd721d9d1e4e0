//! The fields of a row, and what the register asks of each.

use std::collections::BTreeMap;

use super::classifier::{
    self, CONFIRMATION, DELIVERY, DOCUMENT_KIND, DOCUMENT_STATUS, EDUCATION_LEVEL, FUNDING,
    PROFESSIONAL_AREA, PROGRAM_KIND, SEX, SPECIALTY_GROUP, STUDY_FORM,
};

/// A field of the register (B5, column «API field»).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Вид документа.
    DocumentKind,
    /// Статус документа.
    DocumentStatus,
    /// Подтверждение утраты, обмена или уничтожения: one column of V-38.
    Confirmation,
    /// Подтверждение утраты.
    LossConfirmed,
    /// Подтверждение обмена.
    ExchangeConfirmed,
    /// Подтверждение уничтожения.
    DestructionConfirmed,
    /// Серия документа.
    Series,
    /// Номер документа.
    Number,
    /// Дата выдачи документа.
    IssuedOn,
    /// Регистрационный номер.
    RegistrationNumber,
    /// Дополнительная профессиональная программа.
    ProgramKind,
    /// Наименование программы.
    ProgramTitle,
    /// Область профессиональной деятельности.
    ProfessionalArea,
    /// Укрупнённая группа специальностей.
    SpecialtyGroup,
    /// Наименование квалификации.
    QualificationTitle,
    /// Уровень имеющегося образования.
    PriorEducationLevel,
    /// Фамилия, указанная в документе о ВО или СПО.
    PriorDocumentSurname,
    /// Серия документа о ВО или СПО.
    PriorDocumentSeries,
    /// Номер документа о ВО или СПО.
    PriorDocumentNumber,
    /// Год начала обучения.
    StudyStartYear,
    /// Год окончания обучения.
    StudyEndYear,
    /// Срок обучения, часов.
    Hours,
    /// Фамилия получателя.
    LastName,
    /// Имя получателя.
    FirstName,
    /// Отчество получателя.
    MiddleName,
    /// Дата рождения получателя.
    BirthDate,
    /// Пол получателя.
    Sex,
    /// СНИЛС.
    Snils,
    /// Форма обучения.
    StudyForm,
    /// Источник финансирования обучения.
    FundingSource,
    /// Форма получения образования.
    EducationDelivery,
    /// Гражданство получателя.
    Citizenship,
    /// Of the original of a duplicate: наименование документа.
    OriginalTitle,
    /// … серия.
    OriginalSeries,
    /// … номер.
    OriginalNumber,
    /// … регистрационный номер.
    OriginalRegistrationNumber,
    /// … дата выдачи.
    OriginalIssuedOn,
    /// … фамилия получателя.
    OriginalLastName,
    /// … имя получателя.
    OriginalFirstName,
    /// … отчество получателя.
    OriginalMiddleName,
    /// Номер документа для изменения.
    ReplacesNumber,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Content {
    /// Text of at most so many characters.
    Text(usize),
    /// The same; «нет» when there is nothing.
    TextOrNone(usize),
    /// A part of a name.
    Name,
    /// One of the words of a classifier, exactly.
    Words(&'static [classifier::Word]),
    /// «Да» or «Нет»; «Нет» when nothing is said.
    Confirmation,
    /// A day, dd.MM.yyyy.
    Day,
    /// A year of four digits.
    Year,
    /// Whole hours, rounded up.
    Hours,
    /// СНИЛС, XXX-XXX-XXX YY.
    Snils,
    /// Three digits of a country; Russia when nothing is said.
    Country,
}

/// When a cell may not be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Never empty.
    Always,
    /// May be empty.
    Optional,
    /// Needed of citizens of Russia: others may have none.
    OfCitizens,
    /// Needed in duplicates, empty in all else.
    InDuplicates,
    /// The same, but may be empty there too.
    OptionalInDuplicates,
    /// Needed in changes and annulments, empty in all else.
    InCorrections,
}

impl Field {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::DocumentKind => "document_kind",
            Self::DocumentStatus => "document_status",
            Self::Confirmation => "confirmation",
            Self::LossConfirmed => "loss_confirmed",
            Self::ExchangeConfirmed => "exchange_confirmed",
            Self::DestructionConfirmed => "destruction_confirmed",
            Self::Series => "series",
            Self::Number => "number",
            Self::IssuedOn => "issued_on",
            Self::RegistrationNumber => "registration_number",
            Self::ProgramKind => "program_kind",
            Self::ProgramTitle => "program_title",
            Self::ProfessionalArea => "professional_area",
            Self::SpecialtyGroup => "specialty_group",
            Self::QualificationTitle => "qualification_title",
            Self::PriorEducationLevel => "prior_education_level",
            Self::PriorDocumentSurname => "prior_document_surname",
            Self::PriorDocumentSeries => "prior_document_series",
            Self::PriorDocumentNumber => "prior_document_number",
            Self::StudyStartYear => "study_start_year",
            Self::StudyEndYear => "study_end_year",
            Self::Hours => "hours",
            Self::LastName => "last_name",
            Self::FirstName => "first_name",
            Self::MiddleName => "middle_name",
            Self::BirthDate => "birth_date",
            Self::Sex => "sex",
            Self::Snils => "snils",
            Self::StudyForm => "study_form",
            Self::FundingSource => "funding_source",
            Self::EducationDelivery => "education_delivery",
            Self::Citizenship => "citizenship",
            Self::OriginalTitle => "original_title",
            Self::OriginalSeries => "original_series",
            Self::OriginalNumber => "original_number",
            Self::OriginalRegistrationNumber => "original_registration_number",
            Self::OriginalIssuedOn => "original_issued_on",
            Self::OriginalLastName => "original_last_name",
            Self::OriginalFirstName => "original_first_name",
            Self::OriginalMiddleName => "original_middle_name",
            Self::ReplacesNumber => "replaces_number",
        }
    }

    /// What the cell holds, and when it may not be empty: formats and lengths are those of B5.
    pub(super) const fn asked(self) -> (Content, Need) {
        use Content::{Confirmation, Country, Day, Hours, Name, Snils, Text, TextOrNone, Words, Year};
        use Need::{Always, InCorrections, InDuplicates, OfCitizens, Optional, OptionalInDuplicates};
        match self {
            Self::DocumentKind => (Words(DOCUMENT_KIND), Always),
            Self::DocumentStatus => (Words(DOCUMENT_STATUS), Always),
            Self::Confirmation
            | Self::LossConfirmed
            | Self::ExchangeConfirmed
            | Self::DestructionConfirmed => (Confirmation, Always),
            Self::Series => (TextOrNone(20), Optional),
            Self::Number => (Text(30), Always),
            Self::IssuedOn => (Day, Always),
            Self::RegistrationNumber => (Text(25), Optional),
            Self::ProgramKind => (Words(PROGRAM_KIND), Always),
            Self::ProgramTitle => (Text(500), Always),
            Self::ProfessionalArea => (Words(PROFESSIONAL_AREA), Optional),
            Self::SpecialtyGroup => (Words(SPECIALTY_GROUP), Optional),
            Self::QualificationTitle => (TextOrNone(500), Optional),
            Self::PriorEducationLevel => (Words(EDUCATION_LEVEL), Optional),
            Self::PriorDocumentSurname => (Name, Optional),
            Self::PriorDocumentSeries => (Text(20), Optional),
            Self::PriorDocumentNumber => (Text(30), Optional),
            Self::StudyStartYear | Self::StudyEndYear => (Year, Always),
            Self::Hours => (Hours, Always),
            Self::LastName | Self::FirstName => (Name, Always),
            Self::MiddleName => (Name, Optional),
            Self::BirthDate => (Day, Always),
            Self::Sex => (Words(SEX), Always),
            Self::Snils => (Snils, OfCitizens),
            Self::StudyForm => (Words(STUDY_FORM), Optional),
            Self::FundingSource => (Words(FUNDING), Optional),
            Self::EducationDelivery => (Words(DELIVERY), Optional),
            Self::Citizenship => (Country, Always),
            Self::OriginalTitle => (Words(DOCUMENT_KIND), InDuplicates),
            Self::OriginalSeries => (Text(16), OptionalInDuplicates),
            Self::OriginalNumber => (Text(16), InDuplicates),
            Self::OriginalRegistrationNumber => (Text(25), OptionalInDuplicates),
            Self::OriginalIssuedOn => (Day, InDuplicates),
            Self::OriginalLastName | Self::OriginalFirstName => (Name, InDuplicates),
            Self::OriginalMiddleName => (Name, OptionalInDuplicates),
            Self::ReplacesNumber => (Text(30), InCorrections),
        }
    }

    /// Whether the field says what happened to the paper rather than what the paper says.
    pub(super) fn is_about_sending(self) -> bool {
        matches!(self, Self::ReplacesNumber | Self::DocumentStatus)
    }
}

/// Words of a confirmation.
pub(super) const CONFIRMED: &[classifier::Word] = CONFIRMATION;

/// What is written about a document, field by field, as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Record(BTreeMap<Field, String>);

impl Record {
    /// The record with that said in the field.
    #[must_use]
    pub fn with(mut self, field: Field, text: impl Into<String>) -> Self {
        self.set(field, text);
        self
    }

    /// Says that in the field.
    pub fn set(&mut self, field: Field, text: impl Into<String>) {
        self.0.insert(field, text.into());
    }

    /// What is said in the field.
    pub fn get(&self, field: Field) -> &str {
        self.0.get(&field).map_or("", String::as_str)
    }
}
