//! Papers about training.

use crate::values::DocumentKind;

/// A paper as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its kind.
    pub kind: DocumentKind,
    /// Who issued it: the provider's id where the directory knows it, else the name as written.
    pub issuer: String,
    /// Series (серия).
    pub series: Option<String>,
    /// Number of the form (номер бланка).
    pub number: Option<String>,
    /// Registration number in the issuer's book (регистрационный номер).
    pub registration_number: Option<String>,
    /// Program or topic as written; tells papers without any number apart.
    pub title: Option<String>,
}
