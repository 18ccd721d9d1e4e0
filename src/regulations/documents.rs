//! Documents as columns and back, and what is wrong with a document in the words of the API.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::profile::{ProfileProblem, RegulationDocument, RegulationLevel, ValidRegulation, validate_document};
use crate::error::{Error, FieldProblem, Result, Text};

/// The parts of a document that are columns of their own.
pub(super) struct DocumentColumns {
    pub(super) level: String,
    pub(super) code: String,
    pub(super) title: String,
    pub(super) title_en: String,
    pub(super) issuing_body: String,
    pub(super) controlled_by: Option<String>,
    pub(super) act_number: Option<String>,
    pub(super) act_date: Option<chrono::NaiveDate>,
    pub(super) official_publication: bool,
    pub(super) obligations: Value,
    pub(super) legal_basis: Value,
    pub(super) repealed_acts: Value,
    pub(super) remarks: Value,
    pub(super) profile: Value,
}

/// Checks a document as a whole; every problem has its pointer into the request.
pub(super) fn validated(document: &RegulationDocument) -> Result<ValidRegulation> {
    validate_document(document).map_err(|problems| Error::invalid(problems.into_iter().map(field).collect()))
}

fn field(problem: ProfileProblem) -> FieldProblem {
    FieldProblem::new(
        format!("/document{}", problem.pointer),
        problem.code.as_str(),
        Text::owned(problem.message_ru, problem.message_en),
    )
}

impl DocumentColumns {
    pub(super) fn new(regulation: &ValidRegulation) -> Result<Self> {
        let document = regulation.document().clone();
        Ok(Self {
            level: document.level.as_str().to_owned(),
            obligations: json(&document.obligations)?,
            legal_basis: json(&document.legal_basis)?,
            repealed_acts: json(&document.supersedes)?,
            remarks: json(&document.remarks)?,
            profile: json(&document.profile)?,
            code: document.code,
            title: document.title_ru,
            title_en: document.title_en,
            issuing_body: document.issuing_body,
            controlled_by: document.controlled_by,
            act_number: document.act_number,
            act_date: document.act_date,
            official_publication: document.official_publication,
        })
    }

    pub(super) fn document(self) -> Result<RegulationDocument> {
        Ok(RegulationDocument {
            level: RegulationLevel::parse(&self.level)
                .ok_or_else(|| Error::internal("unknown level in the database"))?,
            obligations: parsed(self.obligations)?,
            legal_basis: parsed(self.legal_basis)?,
            supersedes: parsed(self.repealed_acts)?,
            remarks: parsed(self.remarks)?,
            profile: parsed(self.profile)?,
            code: self.code,
            title_ru: self.title,
            title_en: self.title_en,
            issuing_body: self.issuing_body,
            controlled_by: self.controlled_by,
            act_number: self.act_number,
            act_date: self.act_date,
            official_publication: self.official_publication,
        })
    }
}

fn json(value: &impl Serialize) -> Result<Value> {
    serde_json::to_value(value).map_err(Error::internal)
}

fn parsed<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(Error::internal)
}
