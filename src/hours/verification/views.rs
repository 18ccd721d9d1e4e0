//! What travels about verification.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

use super::model::{Standing, Verified};
use crate::values::{DocumentKind, Hours};

/// Whether a paper is worth what it says (состояние документа для проверяющего).
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CredentialStanding)]
pub enum CredentialStandingDto {
    /// The holder's school has confirmed it.
    Valid,
    /// It was recorded, and nobody has confirmed it.
    NotConfirmed,
    /// A duplicate was issued since: this form is not valid any more.
    Replaced,
    /// It was taken back.
    Annulled,
}

crate::values::mirror!(CredentialStandingDto => Standing { Valid, NotConfirmed, Replaced, Annulled });

/// What is said of a paper to whoever has its code (результат проверки): no more than the paper says itself.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CredentialVerification)]
pub struct CredentialVerificationView {
    /// Whether it is worth what it says.
    pub standing: CredentialStandingDto,
    /// Kind of paper.
    pub kind: DocumentKind,
    /// Title of the program or topic.
    #[schema(max_length = 500)]
    pub title: String,
    /// Academic hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// The issuer, by its name in the directory: a paper may name anybody.
    #[schema(max_length = 500)]
    pub issuer_name: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Family name and initials of the holder; absent when the holder's personal data was erased.
    #[schema(max_length = 110, example = "Иванова А. П.")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
}

impl From<Verified> for CredentialVerificationView {
    fn from(found: Verified) -> Self {
        Self {
            standing: found.standing.into(),
            kind: found.kind,
            title: found.title,
            hours: found.hours,
            issuer_name: found.issuer_name,
            issued_on: found.issued_on,
            holder: found.holder,
        }
    }
}
