//! The columns of a regulation that hold its document.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde_json::Value;

use crate::db::schema::regulations;
use crate::error::Result;
use crate::regulations::documents::DocumentColumns;
use crate::regulations::profile::RegulationDocument;

#[derive(Queryable, Selectable)]
#[diesel(table_name = regulations)]
pub(super) struct DocumentRow {
    level: String,
    code: String,
    title: String,
    title_en: String,
    issuing_body: String,
    controlled_by: Option<String>,
    act_number: Option<String>,
    act_date: Option<NaiveDate>,
    official_publication: bool,
    obligations: Value,
    legal_basis: Value,
    repealed_acts: Value,
    remarks: Value,
    profile: Value,
}

impl DocumentRow {
    /// The document that the columns hold.
    pub(super) fn document(self) -> Result<Box<RegulationDocument>> {
        let columns = DocumentColumns {
            level: self.level,
            code: self.code,
            title: self.title,
            title_en: self.title_en,
            issuing_body: self.issuing_body,
            controlled_by: self.controlled_by,
            act_number: self.act_number,
            act_date: self.act_date,
            official_publication: self.official_publication,
            obligations: self.obligations,
            legal_basis: self.legal_basis,
            repealed_acts: self.repealed_acts,
            remarks: self.remarks,
            profile: self.profile,
        };
        columns.document()
    }
}

#[derive(Insertable, AsChangeset)]
#[diesel(table_name = regulations, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct DocumentSet<'a> {
    level: &'a str,
    code: &'a str,
    title: &'a str,
    title_en: &'a str,
    issuing_body: &'a str,
    controlled_by: Option<&'a str>,
    act_number: Option<&'a str>,
    act_date: Option<NaiveDate>,
    official_publication: bool,
    obligations: &'a Value,
    legal_basis: &'a Value,
    repealed_acts: &'a Value,
    remarks: &'a Value,
    profile: &'a Value,
}

/// The document as columns to be written.
pub(super) fn set_document(columns: &DocumentColumns) -> DocumentSet<'_> {
    DocumentSet {
        level: &columns.level,
        code: &columns.code,
        title: &columns.title,
        title_en: &columns.title_en,
        issuing_body: &columns.issuing_body,
        controlled_by: columns.controlled_by.as_deref(),
        act_number: columns.act_number.as_deref(),
        act_date: columns.act_date,
        official_publication: columns.official_publication,
        obligations: &columns.obligations,
        legal_basis: &columns.legal_basis,
        repealed_acts: &columns.repealed_acts,
        remarks: &columns.remarks,
        profile: &columns.profile,
    }
}
