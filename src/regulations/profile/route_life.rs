//! Section `route.life`: how a route starts, changes, is followed and is closed.

use super::macros::{rules, section, vocabulary};
use super::rule::{RequirementRule, RuleSeverity};
use super::vocabulary::PeriodKind;
use crate::authz::Role;

section! {
    /// The life of a route after it is drafted (реализация маршрута).
    ///
    /// Who approves it and whether an act is needed stands in `chains.route`.
    pub struct RouteLifeProfile {
        /// Preliminary control before the start (предварительный контроль). Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub preliminary_control: Option<PreliminaryControlRule>,
        /// Changes of an active route (корректировка). Absent: by approved revision, petitions are not used.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub changes: Option<RouteChangesRule>,
        /// The route is renewed every period (ежегодное обновление). Absent: it need not be.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub periodic_update: Option<RouteUpdateRule>,
        /// A growth card is filled in every period (карта роста). Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub growth_card: Option<GrowthCardRule>,
        /// Interim results may be heard by a council (заслушивание). Absent: hearings are not used.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub hearing: Option<RouteHearingRule>,
        /// The route closes as completed only when every activity is finished and none is cancelled (исполнение в полном
        /// объёме). Absent: each is finished or cancelled, and at least one is finished.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub full_completion: Option<RequirementRule>,
        /// A final control item is needed to close the route (заключительный контроль).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub final_control: Option<RequirementRule>,
    }
}

vocabulary! {
    /// What preliminary control looks at (предмет предварительного контроля).
    pub enum PreliminaryControlItem {
        /// Analysis of difficulties and of growth (анализ затруднений и продвижений).
        DifficultiesAnalysis = "difficulties_analysis",
        /// A budget, when the route is funded (бюджет реализации).
        BudgetIfFunded = "budget_if_funded",
    }

    /// How an active route is changed (порядок изменений).
    pub enum RouteChangeMode {
        /// By a revision that passes `chains.route_revision`, or `chains.route` when that chain is absent.
        ApprovedRevision = "approved_revision",
        /// Freely by those who may draft; history is kept.
        Free = "free",
    }

}

rules! {
    /// Preliminary control (предварительный контроль).
    pub struct PreliminaryControlRule {
        /// What must be done before the route starts.
        #[schema(min_items = 1, max_items = 64)]
        pub items: Vec<PreliminaryControlItem>,
        /// What a start without it means. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
    }

    /// Changes of an active route (изменения маршрута).
    pub struct RouteChangesRule {
        /// By revision or freely.
        pub mode: RouteChangeMode,
        /// Who may petition for a change (ходатайство). Empty: petitions are not used.
        #[serde(default)]
        #[schema(max_items = 64)]
        pub petitioners: Vec<Role>,
        /// Who enters the change. Empty: those who may draft.
        #[serde(default)]
        #[schema(max_items = 64)]
        pub applied_by: Vec<Role>,
    }

    /// Renewal of the route or its card every period (обновление).
    pub struct RouteUpdateRule {
        /// The period in which at least one update is made.
        pub period: PeriodKind,
        /// Who updates.
        #[schema(min_items = 1, max_items = 64)]
        pub updated_by: Vec<Role>,
    }

    /// The growth card (карта роста).
    pub struct GrowthCardRule {
        /// One card per active route in each such period; due on the period's last day.
        pub period: PeriodKind,
        /// Who fills it in.
        #[schema(min_items = 1, max_items = 64)]
        pub filled_by: Vec<Role>,
        /// `true`: documents about training are handed in with it. Default: `false`.
        #[serde(default)]
        pub with_credentials: bool,
    }

    /// A hearing of interim results (заслушивание промежуточных итогов).
    pub struct RouteHearingRule {
        /// Name of the council in Russian.
        #[schema(min_length = 1, max_length = 300)]
        pub council_ru: String,
        /// Name of the council in English.
        #[schema(min_length = 1, max_length = 300)]
        pub council_en: String,
        /// `true`: must be held; `false`: may be held. Default: `false`.
        #[serde(default)]
        pub required: bool,
    }
}
