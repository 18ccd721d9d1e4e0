//! What travels about credentials to the server.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{CredentialData, Decision, NewCredential};
use super::numbering::Ranges;
use crate::hours::model::credential::State;
use crate::planning::outside_learning::model::OutsideRoute;
use crate::values::text::{collapse, is_blank};
use crate::values::{DocumentKind, Hours, ProgramKind, day};

/// State of a credential (состояние документа).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CredentialState)]
pub enum CredentialStateDto {
    /// Reported by the person, not confirmed yet.
    Reported,
    /// Issued by the provider, not received yet.
    Issued,
    /// Confirmed: its hours are in the ledger.
    Confirmed,
    /// Doubted; settled by confirming or refusing.
    Disputed,
    /// Not accepted.
    Refused,
    /// Taken out of the ledger again.
    Annulled,
}

crate::values::mirror!(CredentialStateDto => State { Reported, Issued, Confirmed, Disputed, Refused, Annulled });

/// What is decided on a credential (решение по документу).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CredentialDecision)]
pub enum CredentialDecisionDto {
    /// Accept it: its hours enter the ledger.
    Confirm,
    /// Doubt it; needs a reason.
    Dispute,
    /// Do not accept it; needs a reason.
    Refuse,
    /// Take its hours out of the ledger again; needs a reason.
    Annul,
}

crate::values::mirror!(CredentialDecisionDto => Decision { Confirm, Dispute, Refuse, Annul });

/// A paper about learning to be recorded.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CredentialCreate {
    /// Whose paper it is; the caller's own person reports it, for anybody else it is issued.
    pub person_id: Uuid,
    /// The issuer, if it is known to the system; when issuing, the caller's own organization by default.
    pub issuer_id: Option<Uuid>,
    /// The issuer as the paper names it; needed when reporting without `issuer_id`.
    #[validate(length(min = 2, max = 500))]
    #[schema(min_length = 2, max_length = 500, example = "КАУ ДПО «АИРО имени А. М. Топорова»")]
    pub issuer_name: Option<String>,
    /// Kind of paper.
    pub kind: DocumentKind,
    /// Series (серия).
    #[validate(length(max = 50))]
    #[schema(max_length = 50, example = "ПК")]
    pub series: Option<String>,
    /// Number of the form (номер бланка); this or `registration_number` is needed.
    #[validate(length(max = 50))]
    #[schema(max_length = 50, example = "220400-12345")]
    pub number: Option<String>,
    /// Take series and number from this range of the issuer (диапазон номеров) instead; only when issuing.
    pub number_range_id: Option<Uuid>,
    /// Registration number (регистрационный номер).
    #[validate(length(max = 50))]
    #[schema(max_length = 50, example = "77/25")]
    pub registration_number: Option<String>,
    /// Take the registration number from this range of the issuer instead; only when issuing.
    pub registration_range_id: Option<Uuid>,
    /// The program learnt, if it is known to the system.
    pub program_id: Option<Uuid>,
    /// The single module learnt; needs `program_id`.
    pub module_id: Option<Uuid>,
    /// The activity of the person's route that it completes.
    pub activity_id: Option<Uuid>,
    /// The enrollment at the caller's own organization that it certifies: completed, with the same hours. Program,
    /// module, activity and days follow from it where they are not said.
    pub enrollment_id: Option<Uuid>,
    /// The approved request of the person to learn at his or her own expense (заявление об обучении за свой счёт) by which
    /// it was learnt: the ledger marks the hours as outside the route. Not together with `activity_id`.
    pub own_expense_request_id: Option<Uuid>,
    /// The approved offer to a school of the person by which it was learnt, likewise; not together with
    /// `own_expense_request_id`.
    pub external_offer_id: Option<Uuid>,
    /// Kind of program; that of `program_id` by default, absent for a seminar.
    pub program_kind: Option<ProgramKind>,
    /// Title of the program or topic as the paper names it.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Функциональная грамотность на уроках")]
    pub title: String,
    /// Academic hours in steps of 0.5.
    #[validate(range(min = 0.5, max = 10_000.0))]
    #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5, example = 36)]
    pub hours: Hours,
    /// `true` when it credits what was learnt elsewhere (зачтено): it is not summed again. Default: `false`.
    #[serde(default)]
    pub credited: bool,
    /// First day of learning; since 2025-09-01 it decides whether the provider was eligible.
    #[serde(default, deserialize_with = "day")]
    pub started_on: Option<NaiveDate>,
    /// Last day of learning.
    #[serde(default, deserialize_with = "day")]
    pub completed_on: Option<NaiveDate>,
    /// Day of issue.
    #[serde(deserialize_with = "day")]
    pub issued_on: NaiveDate,
}

impl CredentialCreate {
    /// The ranges from which its numbers are taken.
    pub fn ranges(&self) -> Ranges {
        Ranges { form: self.number_range_id, registration: self.registration_range_id }
    }
}

impl From<CredentialCreate> for NewCredential {
    fn from(body: CredentialCreate) -> Self {
        let written = |text: Option<String>| text.map(|text| collapse(&text)).filter(|text| !is_blank(text));
        let own = body.own_expense_request_id.map(OutsideRoute::OwnExpense);
        let offer = body.external_offer_id.map(OutsideRoute::Offer);
        Self {
            outside_route: own.into_iter().chain(offer).collect(),
            person_id: body.person_id,
            enrollment_id: body.enrollment_id,
            data: CredentialData {
                issuer_id: body.issuer_id,
                issuer_name: written(body.issuer_name).unwrap_or_default(),
                kind: body.kind,
                series: written(body.series),
                number: written(body.number),
                registration_number: written(body.registration_number),
                program_id: body.program_id,
                module_id: body.module_id,
                activity_id: body.activity_id,
                program_kind: body.program_kind,
                title: collapse(&body.title),
                hours: body.hours,
                credited: body.credited,
                started_on: body.started_on,
                completed_on: body.completed_on,
                issued_on: body.issued_on,
            },
            external: None,
        }
    }
}

/// A decision on a credential.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CredentialDecide {
    /// What is decided.
    pub decision: CredentialDecisionDto,
    /// Why; needed for everything but confirming.
    #[validate(length(min = 1, max = 2000))]
    #[schema(min_length = 1, max_length = 2000, example = "Часы указаны неверно")]
    pub reason: Option<String>,
}

/// Which credentials to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CredentialQuery {
    /// Only in this state.
    pub state: Option<CredentialStateDto>,
    /// Only of this issuer.
    pub issuer_id: Option<Uuid>,
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}
