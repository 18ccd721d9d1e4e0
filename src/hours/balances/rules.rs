//! What the binding regulation says about one person's hours: the profile as the fold obeys it (P0-3).

use crate::hours::model::{DateRule, HoursRule, Norm};
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
