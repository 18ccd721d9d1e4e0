//! What travels about credentials from the server.

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::dto::{CredentialDecisionDto, CredentialStateDto};
use super::model::{Credential, Origin, Warning};
use crate::error::{Language, Text};
use crate::hours::credential_files::views::CredentialFileView;
use crate::hours::credential_receipts::views::CredentialReceiptView;
use crate::hours::duplicates::views::DuplicateView;
use crate::hours::model::Resemblance;
use crate::http::page_view;
use crate::values::{DocumentKind, Hours, ProgramKind};

/// Who brought a credential (источник).
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CredentialOrigin)]
pub enum CredentialOriginDto {
    /// The issuer.
    Provider,
    /// The person.
    Person,
    /// An import.
    Import,
}

crate::values::mirror!(CredentialOriginDto => Origin { Provider, Person, Import });

/// What both papers share.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CredentialWarningCode {
    /// Series and number of the form, of one issuer.
    SameNumber,
    /// The registration number of one year, of one issuer.
    SameRegistrationNumber,
}

/// Something to look at before deciding (предупреждение): it refuses nothing.
#[derive(Debug, Serialize, ToSchema)]
pub struct CredentialWarning {
    /// What both papers share.
    pub code: CredentialWarningCode,
    /// In words.
    #[schema(max_length = 500)]
    pub message: String,
    /// The other paper of the person.
    pub credential_id: Uuid,
    /// Its kind.
    pub kind: DocumentKind,
}

impl CredentialWarning {
    fn new(warning: &Warning, language: Language) -> Self {
        let (code, words) = match warning.shared {
            Resemblance::Number => (CredentialWarningCode::SameNumber, SAME_NUMBER),
            Resemblance::Registration => (CredentialWarningCode::SameRegistrationNumber, SAME_REGISTRATION),
        };
        let message = words.in_language(language).to_owned();
        Self { code, message, credential_id: warning.other, kind: warning.kind }
    }

    fn of(id: Uuid, warnings: &[Warning], language: Language) -> Vec<Self> {
        // Whoever has more than that to look at has looked enough.
        const MOST: usize = 20;
        let own = warnings.iter().filter(|warning| warning.of == id).take(MOST);
        own.map(|warning| Self::new(warning, language)).collect()
    }
}

const SAME_NUMBER: Text = Text::new(
    "У человека есть документ другого вида с той же серией и номером от той же организации: не одно ли это обучение",
    "The person has a paper of another kind with the same series and number by the same issuer: it may be one learning",
);
const SAME_REGISTRATION: Text = Text::new(
    "У человека есть документ другого вида с тем же регистрационным номером от той же организации: не одно ли это обучение",
    "The person has a paper of another kind with the same registration number by the same issuer: it may be one learning",
);

/// A paper about learning (документ об обучении).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Credential)]
pub struct CredentialView {
    /// The credential's id.
    pub id: Uuid,
    /// Whose paper it is.
    pub person_id: Uuid,
    /// The issuer, if it is known to the system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuer_id: Option<Uuid>,
    /// The issuer as the paper names it.
    #[schema(max_length = 500)]
    pub issuer_name: String,
    /// Kind of paper.
    pub kind: DocumentKind,
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
    /// The program learnt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_id: Option<Uuid>,
    /// The single module learnt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub module_id: Option<Uuid>,
    /// The activity of the person's route that it completes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<Uuid>,
    /// Kind of program.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub program_kind: Option<ProgramKind>,
    /// Title of the program or topic.
    #[schema(max_length = 500)]
    pub title: String,
    /// Academic hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// `true` when it credits what was learnt elsewhere.
    pub credited: bool,
    /// First day of learning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub started_on: Option<NaiveDate>,
    /// Last day of learning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed_on: Option<NaiveDate>,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Who brought it.
    pub origin: CredentialOriginDto,
    /// Where it stands.
    pub state: CredentialStateDto,
    /// Why it was disputed, refused or annulled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 2000)]
    pub reason: Option<String>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
    /// When the last decision was taken.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
    /// Its scan, if somebody has brought one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<CredentialFileView>,
    /// That a school of the person has the paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<CredentialReceiptView>,
    /// The duplicate that is the valid form now, if one was issued; the numbers above are those of the first form.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duplicate: Option<DuplicateView>,
    /// The code by which anybody checks the valid form with `verify_credential`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(
        min_length = 20,
        max_length = 20,
        pattern = "^[0-9A-HJKMNP-TV-Z]{20}$",
        example = "01AZ0ZHJKMNPQRSTVWXY"
    )]
    pub verification_code: Option<String>,
    /// What to look at before deciding: other papers of the person that the caller sees and that may be the same one.
    #[schema(max_items = 20)]
    pub warnings: Vec<CredentialWarning>,
    /// The decisions the caller may take now with `decide_credential`.
    #[schema(max_items = 4)]
    pub allowed_decisions: Vec<CredentialDecisionDto>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

/// What is said of a paper to a caller beside what is on it.
#[derive(Debug)]
pub struct BesidePaper {
    /// Its scan.
    pub file: Option<CredentialFileView>,
    /// That a school has it.
    pub receipt: Option<CredentialReceiptView>,
    /// The duplicate that is the valid form now.
    pub duplicate: Option<DuplicateView>,
    /// The code by which it is checked.
    pub verification_code: Option<String>,
    /// Papers that may be the same one.
    pub warnings: Vec<Warning>,
    /// The decisions the caller may take.
    pub decisions: Vec<CredentialDecisionDto>,
    /// What the caller may do.
    pub actions: Vec<&'static str>,
}

impl CredentialView {
    /// The representation for a caller.
    pub fn new(credential: Credential, beside: BesidePaper, language: Language) -> Self {
        let warnings = CredentialWarning::of(credential.id, &beside.warnings, language);
        let data = credential.data;
        Self {
            id: credential.id,
            person_id: credential.person_id,
            issuer_id: data.issuer_id,
            issuer_name: data.issuer_name,
            kind: data.kind,
            series: data.series,
            number: data.number,
            registration_number: data.registration_number,
            program_id: data.program_id,
            module_id: data.module_id,
            activity_id: data.activity_id,
            program_kind: data.program_kind,
            title: data.title,
            hours: data.hours,
            credited: data.credited,
            started_on: data.started_on,
            completed_on: data.completed_on,
            issued_on: data.issued_on,
            origin: credential.origin.into(),
            state: credential.state.into(),
            reason: credential.reason,
            recorded_at: credential.created_at,
            decided_at: credential.decided_at,
            file: beside.file,
            receipt: beside.receipt,
            duplicate: beside.duplicate,
            verification_code: beside.verification_code,
            warnings,
            allowed_decisions: beside.decisions,
            allowed_actions: beside.actions.into_iter().map(str::to_owned).collect(),
        }
    }
}

/// A credential in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct CredentialItem {
    /// The credential's id.
    pub id: Uuid,
    /// Whose paper it is.
    pub person_id: Uuid,
    /// The issuer as the paper names it.
    #[schema(max_length = 500)]
    pub issuer_name: String,
    /// Kind of paper.
    pub kind: DocumentKind,
    /// Title of the program or topic.
    #[schema(max_length = 500)]
    pub title: String,
    /// Academic hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
    pub hours: Hours,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Where it stands.
    pub state: CredentialStateDto,
    /// What to look at before deciding: other papers of the person that the caller sees and that may be the same one.
    #[schema(max_items = 20)]
    pub warnings: Vec<CredentialWarning>,
}

impl CredentialItem {
    /// The representation with the warnings that are for it.
    pub fn new(credential: Credential, warnings: &[Warning], language: Language) -> Self {
        Self {
            warnings: CredentialWarning::of(credential.id, warnings, language),
            id: credential.id,
            person_id: credential.person_id,
            issuer_name: credential.data.issuer_name,
            kind: credential.data.kind,
            title: credential.data.title,
            hours: credential.data.hours,
            issued_on: credential.data.issued_on,
            state: credential.state.into(),
        }
    }
}

page_view! {
    /// One page of credentials, the newest first.
    CredentialPage of CredentialItem
}
