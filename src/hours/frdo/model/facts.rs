//! What the system knows about a document, as the text of a record.

use chrono::{Datelike, NaiveDate};
use uuid::Uuid;

use super::classifier::{ADVANCED, CERTIFICATE, DIPLOMA, NO, RETRAINING, YES};
use super::field::{Field, Record};
use super::step::Paper;
use crate::hours::duplicates::model::{Duplicate, Ground};
use crate::hours::federal_details::model::{CredentialDetails, PersonDetails};
use crate::hours::model::credential::State;
use crate::values::{DocumentKind, Hours, ProgramKind, Snils};

/// What a document says.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The document.
    pub credential_id: Uuid,
    /// Whose it is.
    pub person_id: Uuid,
    /// Its kind.
    pub kind: DocumentKind,
    /// Where it stands.
    pub state: State,
    /// Series.
    pub series: Option<String>,
    /// Number of the form.
    pub number: Option<String>,
    /// Registration number.
    pub registration_number: Option<String>,
    /// Kind of program; that of the document when nothing is said.
    pub program_kind: Option<ProgramKind>,
    /// Title of the program.
    pub title: String,
    /// Academic hours.
    pub hours: Hours,
    /// First day of learning.
    pub started_on: Option<NaiveDate>,
    /// Last day of learning.
    pub completed_on: Option<NaiveDate>,
    /// Day of issue.
    pub issued_on: NaiveDate,
}

/// Whose document it is.
#[derive(Debug, Clone)]
pub struct Holder {
    /// Last name.
    pub last_name: String,
    /// First name.
    pub first_name: String,
    /// Middle name.
    pub middle_name: Option<String>,
    /// СНИЛС.
    pub snils: Option<String>,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
}

impl Facts {
    /// The paper that may be sent, with what the register asks beside it.
    pub fn paper(&self, holder: &Holder, person: &PersonDetails, about: &CredentialDetails) -> Paper {
        let mut record = Record::default();
        self.say_document(&mut record);
        holder.say(&mut record);
        say_person(&mut record, person);
        self.say_study(&mut record, about);
        say_confirmations(&mut record, about);
        Paper {
            credential_id: self.credential_id,
            person_id: self.person_id,
            kind: self.kind,
            state: self.state,
            duplicate_id: None,
            issued_on: self.issued_on,
            first_issued_on: self.issued_on,
            record,
        }
    }

    /// The duplicate of a paper: numbers and day of its own, and the paper beside it. Its ground is confirmed by it; what is
    /// confirmed of the paper, and the number it corrects, are the paper's. The template does not say whose name of the holder
    /// stands beside the original (B5): it is the one that goes with the paper.
    pub fn duplicate(original: &Paper, duplicate: &Duplicate) -> Paper {
        let mut record = original.record.clone();
        for (from, to) in [
            (Field::DocumentKind, Field::OriginalTitle),
            (Field::Series, Field::OriginalSeries),
            (Field::Number, Field::OriginalNumber),
            (Field::RegistrationNumber, Field::OriginalRegistrationNumber),
            (Field::IssuedOn, Field::OriginalIssuedOn),
            (Field::LastName, Field::OriginalLastName),
            (Field::FirstName, Field::OriginalFirstName),
            (Field::MiddleName, Field::OriginalMiddleName),
        ] {
            record.set(to, original.record.get(from));
        }
        let numbers = &duplicate.numbers;
        for (field, text) in [
            (Field::Series, &numbers.series),
            (Field::Number, &numbers.number),
            (Field::RegistrationNumber, &numbers.registration_number),
        ] {
            record.set(field, text.as_deref().unwrap_or_default());
        }
        record.set(Field::IssuedOn, dotted(duplicate.issued_on));
        record.set(Field::ReplacesNumber, "");
        for (field, ground) in [
            (Field::LossConfirmed, Ground::Loss),
            (Field::ExchangeConfirmed, Ground::Exchange),
            (Field::DestructionConfirmed, Ground::Destruction),
        ] {
            record.set(field, if duplicate.ground == ground { YES } else { NO });
        }
        Paper { duplicate_id: Some(duplicate.id), issued_on: duplicate.issued_on, record, ..original.clone() }
    }

    fn say_document(&self, record: &mut Record) {
        let (kind, usual) = match self.kind {
            DocumentKind::PdCertificate => (CERTIFICATE, Some(ProgramKind::AdvancedTraining)),
            DocumentKind::RetrainingDiploma => (DIPLOMA, Some(ProgramKind::Retraining)),
            // Rejected as a whole: the template has no word for them (B1.11).
            DocumentKind::ParticipationCertificate | DocumentKind::StudyStatement => ("", None),
        };
        let program = match self.program_kind.or(usual) {
            Some(ProgramKind::AdvancedTraining) => ADVANCED,
            Some(ProgramKind::Retraining) => RETRAINING,
            None => "",
        };
        record.set(Field::DocumentKind, kind);
        record.set(Field::ProgramKind, program);
        record.set(Field::ProgramTitle, self.title.as_str());
        record.set(Field::IssuedOn, dotted(self.issued_on));
        record.set(Field::Hours, self.hours.to_string());
        say(record, Field::Series, self.series.as_deref());
        say(record, Field::Number, self.number.as_deref());
        say(record, Field::RegistrationNumber, self.registration_number.as_deref());
    }

    fn say_study(&self, record: &mut Record, about: &CredentialDetails) {
        let start = about.study_start_year.or(self.started_on.map(|day| day.year()));
        let end = about.study_end_year.or(self.completed_on.map(|day| day.year()));
        for (field, year) in [(Field::StudyStartYear, start), (Field::StudyEndYear, end)] {
            if let Some(year) = year {
                record.set(field, year.to_string());
            }
        }
        for (field, text) in [
            (Field::ProfessionalArea, &about.professional_area),
            (Field::SpecialtyGroup, &about.specialty_group),
            (Field::QualificationTitle, &about.qualification_title),
            (Field::StudyForm, &about.study_form),
            (Field::FundingSource, &about.funding_source),
            (Field::EducationDelivery, &about.education_delivery),
            (Field::ReplacesNumber, &about.replaces_number),
        ] {
            say(record, field, text.as_deref());
        }
    }
}

impl Holder {
    fn say(&self, record: &mut Record) {
        record.set(Field::LastName, self.last_name.as_str());
        record.set(Field::FirstName, self.first_name.as_str());
        say(record, Field::MiddleName, self.middle_name.as_deref());
        if let Some(day) = self.birth_date {
            record.set(Field::BirthDate, dotted(day));
        }
        if let Some(digits) = &self.snils {
            let written = Snils::parse(digits).map_or_else(|_| digits.clone(), |snils| snils.to_string());
            record.set(Field::Snils, written);
        }
    }
}

fn say_person(record: &mut Record, person: &PersonDetails) {
    for (field, text) in [
        (Field::Sex, &person.sex),
        (Field::Citizenship, &person.citizenship),
        (Field::PriorEducationLevel, &person.prior_education_level),
        (Field::PriorDocumentSurname, &person.prior_document_surname),
        (Field::PriorDocumentSeries, &person.prior_document_series),
        (Field::PriorDocumentNumber, &person.prior_document_number),
    ] {
        say(record, field, text.as_deref());
    }
}

fn say_confirmations(record: &mut Record, about: &CredentialDetails) {
    for (field, confirmed) in [
        (Field::LossConfirmed, about.loss_confirmed),
        (Field::ExchangeConfirmed, about.exchange_confirmed),
        (Field::DestructionConfirmed, about.destruction_confirmed),
    ] {
        record.set(field, if confirmed { YES } else { NO });
    }
}

fn say(record: &mut Record, field: Field, text: Option<&str>) {
    if let Some(text) = text {
        record.set(field, text);
    }
}

fn dotted(day: NaiveDate) -> String {
    day.format("%d.%m.%Y").to_string()
}
