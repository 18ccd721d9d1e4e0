//! Papers about training.

use uuid::Uuid;

use crate::values::DocumentKind;

/// Who issued a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issuer {
    /// An organization of the directory.
    Known(Uuid),
    /// Somebody else, as the paper writes it.
    Named(String),
}

/// A paper as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its kind.
    pub kind: DocumentKind,
    /// Who issued it.
    pub issuer: Issuer,
    /// Series (серия).
    pub series: Option<String>,
    /// Number of the form (номер бланка).
    pub number: Option<String>,
    /// Registration number in the issuer's book (регистрационный номер).
    pub registration_number: Option<String>,
    /// Program or topic as written; tells papers without any number apart.
    pub title: Option<String>,
}
