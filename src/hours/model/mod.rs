//! The pure rules of hours: what a ledger entry is, when two papers are one, what counts on a day and why not.
//!
//! - [`LedgerEntry`] is a [`Credit`] or the [`Reversal`] of one.
//! - [`DocumentIdentity`] keeps the same paper from counting twice, whatever path it came by.
//! - [`HoursRule`] is what the regulation says; [`federal`] is what the law says.
//! - [`balance()`] folds entries into a [`Balance`]: two checks, every hour counted or not with its [`Reason`].
//! - [`course()`] follows the two answers over many days; [`by_month`] says what leaves the window when.
//! - [`credential`] is the life of a paper from report to confirmation and annulment.
//!
//! Nothing here reads a clock: `as_of` and `known_at` are arguments.

mod balance;
mod course;
pub mod credential;
mod document;
mod document_identity;
mod eligibility;
mod entry;
pub mod federal;
mod forecast;
mod frequency;
mod issue;
mod reason;
mod rule;
mod sorting;

#[cfg(test)]
mod tests;

pub use balance::{Balance, LocalHours, LocalStatus, balance};
pub use course::{Answers, course};
pub use document::{Document, Issuer};
pub(in crate::hours) use document_identity::cyrillic;
pub use document_identity::{DocumentIdentity, Resemblance};
pub use eligibility::{Eligibility, FounderSpan, FounderType, LicenceSpan, ProviderFacts, Suspension};
pub use entry::{Credit, History, LedgerEntry, Pending, PendingStanding, Reversal, Transfer};
pub use forecast::{Expiry, MonthOfExpiry, by_month};
pub use frequency::{FederalFrequency, FrequencyStatus, Gap};
pub use issue::{IssueProblem, issue_problems};
pub use reason::{ProviderDefect, Reason};
pub use rule::{DateRule, HoursRule, Norm};
pub use sorting::{Counted, NotCounted, Source};
