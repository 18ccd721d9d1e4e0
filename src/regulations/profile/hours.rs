//! Section `hours`: the local norm of hours. The federal check "once in three years" is law and not part of it.

use super::macros::{rules, section, vocabulary};
use super::rule::PermissionRule;
use crate::values::{DocumentKind, EducationLevel, Hours};

/// The window when the regulation names none, in months.
pub const DEFAULT_WINDOW_MONTHS: u16 = 36;

section! {
    /// The norm of hours and what counts towards it (норма часов и накопительная система).
    pub struct HoursProfile {
        /// The norm of each education level. Empty: no local norm; a level without a row has none.
        #[schema(max_items = 64)]
        pub norms: Vec<HourNormRule>,
        /// The sliding window. Absent: 36 months by date of completion, else of issue.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub window: Option<HourWindowRule>,
        /// Documents whose hours count. Absent: every kind.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub accepted_documents: Option<AcceptedDocumentsRule>,
        /// The norm of somebody who teaches at several levels. Absent: the highest.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub mixed_levels: Option<MixedLevelsRule>,
        /// Whether hours of retraining count. Absent: they do.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub retraining: Option<RetrainingHoursRule>,
        /// Whether credited modules are summed. Absent: they are not.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub credited_modules: Option<CreditedModulesRule>,
        /// Hours may be collected at several providers (в разных организациях). Absent: they may as well.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub several_providers: Option<PermissionRule>,
    }
}

vocabulary! {
    /// The date that puts an entry in or out of the window (дата учёта часов).
    pub enum WindowDate {
        /// Date of completion; date of issue when it is unknown.
        CompletedOnElseIssuedOn = "completed_on_else_issued_on",
        /// Date of issue of the document.
        IssuedOn = "issued_on",
    }

    /// The norm of somebody who teaches at several levels (норма при нескольких уровнях).
    pub enum MixedLevelsChoice {
        /// The highest of the norms.
        Highest = "highest",
        /// The lowest of the norms.
        Lowest = "lowest",
    }

    /// What becomes of the hours of credited modules (часы зачтённых модулей).
    pub enum CreditedHoursPolicy {
        /// They satisfy a requirement and are not summed again.
        NotSummed = "not_summed",
        /// They are summed like any others.
        Summed = "summed",
    }
}

rules! {
    /// The norm of one education level (норма часов).
    pub struct HourNormRule {
        /// The level; each at most once.
        pub education_level: EducationLevel,
        /// Academic hours within one window, in steps of 0.5.
        #[schema(value_type = f64, minimum = 0.5, maximum = 10000, multiple_of = 0.5)]
        pub hours: Hours,
    }

    /// The sliding window (скользящий период).
    pub struct HourWindowRule {
        /// Length in calendar months, clamped at month ends.
        #[schema(minimum = 1, maximum = 120)]
        pub months: u16,
        /// The date that counts.
        pub date: WindowDate,
    }

    /// Documents whose hours count (учитываемые документы).
    pub struct AcceptedDocumentsRule {
        /// The kinds; each once.
        #[schema(min_items = 1, max_items = 64)]
        pub kinds: Vec<DocumentKind>,
    }

    /// The norm at several levels (норма при работе на нескольких уровнях).
    pub struct MixedLevelsRule {
        /// Which norm is taken.
        pub choice: MixedLevelsChoice,
    }

    /// Hours of professional retraining (часы переподготовки).
    pub struct RetrainingHoursRule {
        /// `true`: they count towards the norm.
        pub counts: bool,
    }

    /// Hours of credited modules (часы зачтённых модулей).
    pub struct CreditedModulesRule {
        /// What becomes of them.
        pub policy: CreditedHoursPolicy,
    }
}

impl HoursProfile {
    /// Length of the window in months.
    pub fn window_months(&self) -> u16 {
        self.window.as_ref().map_or(DEFAULT_WINDOW_MONTHS, |window| window.months)
    }

    /// The date that puts an entry in the window.
    pub fn window_date(&self) -> WindowDate {
        self.window.as_ref().map_or(WindowDate::CompletedOnElseIssuedOn, |window| window.date)
    }

    /// Whether hours of a document of that kind count.
    pub fn accepts(&self, kind: DocumentKind) -> bool {
        self.accepted_documents.as_ref().is_none_or(|rule| rule.kinds.contains(&kind))
    }

    /// Whether hours of retraining count.
    pub fn retraining_counts(&self) -> bool {
        self.retraining.as_ref().is_none_or(|rule| rule.counts)
    }

    /// Whether hours of credited modules are summed.
    pub fn credited_modules_summed(&self) -> bool {
        self.credited_modules.as_ref().is_some_and(|rule| rule.policy == CreditedHoursPolicy::Summed)
    }
}
