//! What a licence is and how it is suspended.

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::ProviderVerdict;
use crate::error::{FieldProblem, Text};
use crate::hours::model::{Eligibility, LicenceSpan, Suspension};

/// What stands on a licence.
#[derive(Debug, Clone)]
pub struct LicenceData {
    /// Number.
    pub number: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Who issued it.
    pub issued_by: String,
    /// Number of the entry in the state register.
    pub register_entry: Option<String>,
    /// First day of validity.
    pub valid_from: NaiveDate,
    /// Last day of validity.
    pub valid_until: Option<NaiveDate>,
}

/// A suspension with its reason.
#[derive(Debug, Clone)]
pub struct LicenceSuspension {
    /// The days.
    pub days: Suspension,
    /// Why.
    pub reason: String,
}

/// A licence.
#[derive(Debug, Clone)]
pub struct ProviderLicence {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The provider.
    pub organization_id: Uuid,
    /// What stands on it.
    pub data: LicenceData,
    /// Its suspensions, oldest first.
    pub suspensions: Vec<LicenceSuspension>,
    /// Row version.
    pub version: i64,
}

impl ProviderLicence {
    /// Its days, as the rules of hours see them.
    pub fn span(&self) -> LicenceSpan {
        LicenceSpan {
            from: self.data.valid_from,
            until: self.data.valid_until,
            suspensions: self.suspensions.iter().map(|suspension| suspension.days).collect(),
        }
    }

    /// The suspension that has no last day yet.
    pub fn running_suspension(&self) -> Option<&LicenceSuspension> {
        self.suspensions.iter().find(|suspension| suspension.days.until.is_none())
    }

    /// What is wrong with a suspension from that day on.
    pub fn suspension_problem(&self, from: NaiveDate) -> Option<FieldProblem> {
        let words = if from < self.data.valid_from || self.data.valid_until.is_some_and(|until| until < from)
        {
            Text::new("В этот день лицензия не действует", "The licence is not valid on that day")
        } else if self.suspensions.iter().any(|known| known.days.until.is_none_or(|until| until >= from)) {
            Text::new(
                "Новое приостановление начинается после прежнего",
                "A suspension begins after the one before has ended",
            )
        } else {
            return None;
        };
        Some(FieldProblem::new("/suspended_from", "date_out_of_range", words))
    }
}

impl LicenceData {
    /// What is wrong with the dates: a licence that is recorded has been issued, though its first day may lie ahead.
    pub fn problems(&self, today: NaiveDate) -> Vec<FieldProblem> {
        let early = (self.issued_on > today).then(|| {
            let words = Text::new("День ещё не наступил", "The day has not come yet");
            FieldProblem::new("/data/issued_on", "date_in_future", words)
        });
        early.into_iter().chain(self.reversed()).collect()
    }

    fn reversed(&self) -> Vec<FieldProblem> {
        if self.valid_until.is_none_or(|until| until >= self.valid_from) {
            return Vec::new();
        }
        let words = Text::new("Кончается раньше, чем начинается", "It ends before it begins");
        vec![FieldProblem::new("/data/valid_until", "dates_reversed", words)]
    }
}

/// Whether a provider may train teachers on a row of days, and why not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProviderStanding {
    /// In words of the API.
    pub verdict: ProviderVerdict,
    /// Whether hours count.
    pub counts: bool,
    /// The first of the days it may not, where a licence is the cause.
    pub since: Option<NaiveDate>,
    /// Why the licence was suspended.
    pub reason: Option<String>,
}

impl ProviderStanding {
    /// What follows from a verdict and the licences behind it.
    pub fn new(eligibility: Eligibility, licences: &[ProviderLicence]) -> Self {
        let (since, suspended) = match eligibility {
            Eligibility::Suspended { on } => (Some(on), true),
            Eligibility::Unlicensed { on } => (Some(on), false),
            Eligibility::NotRestricted
            | Eligibility::Eligible
            | Eligibility::Ineligible
            | Eligibility::Unknown => (None, false),
        };
        let reason = since.filter(|_| suspended).and_then(|on| {
            let mut suspensions = licences.iter().flat_map(|licence| &licence.suspensions);
            let found = suspensions.find(|suspension| suspension.days.covers(on));
            found.map(|suspension| suspension.reason.clone())
        });
        let counts = matches!(eligibility, Eligibility::Eligible | Eligibility::NotRestricted);
        Self { verdict: verdict(eligibility), counts, since, reason }
    }

    /// Whether training there is known to be against the law: nothing is concluded from a founder nobody recorded.
    pub const fn is_barred(&self) -> bool {
        !self.counts && !matches!(self.verdict, ProviderVerdict::FounderUnknown)
    }
}

/// The verdict in words of the API.
pub const fn verdict(eligibility: Eligibility) -> ProviderVerdict {
    match eligibility {
        Eligibility::NotRestricted => ProviderVerdict::NotRestricted,
        Eligibility::Eligible => ProviderVerdict::Eligible,
        Eligibility::Ineligible => ProviderVerdict::FounderNotEligible,
        Eligibility::Unknown => ProviderVerdict::FounderUnknown,
        Eligibility::Suspended { .. } => ProviderVerdict::LicenceSuspended,
        Eligibility::Unlicensed { .. } => ProviderVerdict::NoLicence,
    }
}
