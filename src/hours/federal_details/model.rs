//! What the federal register asks beside a document.

/// Of a person. Nothing is said while nobody has written it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonDetails {
    /// Sex, as written.
    pub sex: Option<String>,
    /// Citizenship, as written: a code of a country or its name; Russia when nothing is said.
    pub citizenship: Option<String>,
    /// Level of the education there is, as written.
    pub prior_education_level: Option<String>,
    /// Surname in the document about it.
    pub prior_document_surname: Option<String>,
    /// Series of that document.
    pub prior_document_series: Option<String>,
    /// Number of that document.
    pub prior_document_number: Option<String>,
}

/// Of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CredentialDetails {
    /// Area of professional work, as written.
    pub professional_area: Option<String>,
    /// Enlarged group of specialities, as written.
    pub specialty_group: Option<String>,
    /// Qualification that was given.
    pub qualification_title: Option<String>,
    /// Year in which learning began; that of the document's dates when nothing is said.
    pub study_start_year: Option<i32>,
    /// Year in which it ended; that of the document's dates when nothing is said.
    pub study_end_year: Option<i32>,
    /// Form of study, as written.
    pub study_form: Option<String>,
    /// Who paid, as written.
    pub funding_source: Option<String>,
    /// Form of education when learning ended, as written.
    pub education_delivery: Option<String>,
    /// The loss is confirmed.
    pub loss_confirmed: bool,
    /// The exchange is confirmed.
    pub exchange_confirmed: bool,
    /// The destruction is confirmed.
    pub destruction_confirmed: bool,
    /// Number in the register that this document corrects, sent there by another system.
    pub replaces_number: Option<String>,
}

/// Details with the version of what was written; 0 while nobody has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Versioned<T> {
    /// What is said.
    pub details: T,
    /// Row version.
    pub version: i64,
}
