//! What travels about printed credentials.

use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::service::Printed;
use crate::hours::verification::model::Standing;
use crate::hours::verification::views::CredentialStandingDto;
use crate::values::{DocumentKind, Hours};

/// The printed form of a credential (печатная форма документа).
#[derive(Debug, Serialize, ToSchema)]
pub struct CredentialPaper {
    /// The credential.
    pub credential_id: Uuid,
    /// Whether it is worth what it says.
    pub standing: CredentialStandingDto,
    /// `true`: it is a duplicate (дубликат) of a form that was lost, exchanged or destroyed.
    pub duplicate: bool,
    /// Kind of paper.
    pub kind: DocumentKind,
    /// Full name of the holder.
    #[schema(max_length = 302, example = "Иванова Анна Петровна")]
    pub holder: String,
    /// The issuer as the paper names it.
    #[schema(max_length = 500)]
    pub issuer_name: String,
    /// Series.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50)]
    pub series: Option<String>,
    /// Number of the form.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50)]
    pub number: Option<String>,
    /// Registration number.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 50)]
    pub registration_number: Option<String>,
    /// Title of the program or topic.
    #[schema(max_length = 500)]
    pub title: String,
    /// Academic hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// First day of learning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_on: Option<NaiveDate>,
    /// Last day of learning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_on: Option<NaiveDate>,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Where anybody checks it: an address when the server knows its own (`ROST_PUBLIC_URL`), else the code alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 500, example = "https://rost.example/api/v1/verify/01AZ0ZHJKMNPQRSTVWXY")]
    pub verified_at: Option<String>,
}

impl CredentialPaper {
    /// The paper, checked there.
    pub fn new(printed: &Printed, verified_at: Option<String>) -> Self {
        let (credential, holder) = (&printed.credential, &printed.holder);
        let data = credential.data.clone();
        Self {
            credential_id: credential.id,
            standing: Standing::from(credential.state).into(),
            duplicate: printed.duplicate,
            kind: data.kind,
            holder: holder.to_string(),
            issuer_name: data.issuer_name,
            series: data.series,
            number: data.number,
            registration_number: data.registration_number,
            title: data.title,
            hours: data.hours,
            started_on: data.started_on,
            completed_on: data.completed_on,
            issued_on: data.issued_on,
            verified_at,
        }
    }
}

/// A credential to be printed: PDF, A4, with its fonts (документ для печати).
#[derive(Debug, Serialize, ToSchema)]
#[schema(max_length = 20_000_000, format = Binary, example = "%PDF-1.7")]
pub struct CredentialPrint(pub String);
