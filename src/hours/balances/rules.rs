//! What the binding regulation says about one person's hours: the profile as the fold obeys it (P0-3).

use crate::hours::model::{DateRule, HoursRule, Norm, ProviderDefect, Reason};
use crate::regulations::model::BindingRegulation;
use crate::regulations::profile::{RequiredHours, WindowDate, required_hours};
use crate::values::{DocumentKind, EducationLevel};

/// The norm that the regulation sets for these levels.
pub fn norm(regulation: Option<&BindingRegulation>, levels: &[EducationLevel]) -> Option<RequiredHours> {
    required_hours(&regulation?.profile, levels)
}

/// The rule for somebody who teaches at these levels. Regulation and levels alone decide, never the person.
pub fn rule(regulation: Option<&BindingRegulation>, levels: &[EducationLevel]) -> HoursRule {
    let Some(found) = regulation else { return HoursRule::default() };
    let hours = &found.profile.hours;
    HoursRule {
        norm: norm(regulation, levels).map(|required| Norm {
            hours: required.hours,
            paragraph: required.paragraph.unwrap_or_default(),
        }),
        window_months: hours.window_months(),
        accepted_kinds: DocumentKind::ALL.into_iter().filter(|kind| hours.accepts(*kind)).collect(),
        date_rule: match hours.window_date() {
            WindowDate::CompletedOnElseIssuedOn => DateRule::CompletedElseIssued,
            WindowDate::IssuedOn => DateRule::Issued,
        },
        credited_modules_count: hours.credited_modules_summed(),
        retraining_counts: hours.retraining_counts(),
    }
}

/// Who may train teachers, since 1 September 2025 (B1.8).
const PROVIDERS_ARTICLE: &str = "273-ФЗ, ст. 76";

/// Whoever teaches needs a licence (B1.9).
const LICENCES_ARTICLE: &str = "273-ФЗ, ст. 91";

/// The paragraph that says which papers count; none where the regulation says nothing of kinds.
pub fn paragraph_of_kinds(regulation: Option<&BindingRegulation>) -> Option<String> {
    regulation?.profile.hours.accepted_documents.as_ref()?.paragraph.clone()
}

/// The paragraph of the regulation, or the article of the law, for which hours are not counted.
pub fn paragraph(regulation: Option<&BindingRegulation>, reason: Reason) -> Option<String> {
    if let Reason::ProviderNotEligible { because, .. } = reason {
        let article = match because {
            ProviderDefect::Founder | ProviderDefect::FounderUnknown => PROVIDERS_ARTICLE,
            ProviderDefect::LicenceSuspended(_) | ProviderDefect::NoLicence(_) => LICENCES_ARTICLE,
        };
        return Some(article.to_owned());
    }
    let profile = &regulation?.profile;
    match reason {
        Reason::OutsideWindow { .. } | Reason::NotYetEffective { .. } | Reason::DateMissing => {
            profile.hours.window.as_ref()?.paragraph.clone()
        }
        Reason::KindNotAccepted { .. } => paragraph_of_kinds(regulation),
        Reason::RetrainingNotSummed => profile.hours.retraining.as_ref()?.paragraph.clone(),
        Reason::CreditedNotSummed => profile.hours.credited_modules.as_ref()?.paragraph.clone(),
        Reason::AwaitingConfirmation | Reason::Disputed | Reason::Refused => {
            profile.recording.credential_confirmers.as_ref()?.paragraph.clone()
        }
        Reason::ProviderNotEligible { .. } | Reason::Duplicate { .. } | Reason::Reversed { .. } => None,
    }
}
