//! Section `plans`: kinds of plans, their horizon and their makers.

use super::macros::{rules, section, vocabulary};
use super::rule::RequirementRule;
use super::vocabulary::RoutePart;
use crate::authz::Role;

section! {
    /// Plans of training (планы повышения квалификации).
    pub struct PlansProfile {
        /// The kinds of plans, each at most once. Empty: plans are not used.
        #[schema(max_items = 64)]
        pub kinds: Vec<PlanKindRule>,
        /// A plan holds the number of people sent to training, and no more are assigned (численность).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub quota: Option<RequirementRule>,
        /// Resources a plan lists (ресурсы). Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub resources: Option<PlanResourcesRule>,
    }
}

vocabulary! {
    /// The kind of a plan (вид плана).
    pub enum PlanKind {
        /// Over several years (перспективный план).
        Prospective = "prospective",
        /// For a school year (план на учебный год).
        SchoolYear = "school_year",
        /// For a calendar year (план на календарный год).
        CalendarYear = "calendar_year",
        /// Development of competence (план повышения профессиональной компетентности).
        CompetenceDevelopment = "competence_development",
        /// Methodical work of the school (план методической работы).
        MethodicalWork = "methodical_work",
    }

    /// What a plan is made from (источник строк плана).
    pub enum PlanSource {
        /// Choices in the routes of the school.
        Routes = "routes",
        /// The prospective plan, by date.
        ProspectivePlan = "prospective_plan",
        /// Deficits and difficulties.
        Deficits = "deficits",
        /// Needs that were collected.
        Needs = "needs",
    }

    /// The kind of a resource (вид ресурса).
    pub enum PlanResourceKind {
        /// Money (финансовые).
        Financial = "financial",
        /// Rooms and equipment (материально-технические).
        Material = "material",
        /// Methodical materials and help (методические).
        Methodical = "methodical",
    }
}

rules! {
    /// A kind of plan (вид плана).
    pub struct PlanKindRule {
        /// The kind; each at most once.
        pub kind: PlanKind,
        /// Exact length in calendar months. Absent: as the kind says.
        #[serde(default)]
        #[schema(minimum = 1, maximum = 120)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub length_months: Option<u16>,
        /// Who composes it.
        #[schema(min_items = 1, max_items = 64)]
        pub composed_by: Vec<Role>,
        /// What its lines are made from; empty: entered by hand.
        #[serde(default)]
        #[schema(max_items = 64)]
        pub sources: Vec<PlanSource>,
        /// Its sections; empty: none.
        #[serde(default)]
        #[schema(max_items = 64)]
        pub sections: Vec<RoutePart>,
        /// `true`: passes `chains.plan`. Default: `false`.
        #[serde(default)]
        pub approval_required: bool,
    }

    /// Resources of a plan (ресурсы плана).
    pub struct PlanResourcesRule {
        /// The kinds; each once.
        #[schema(min_items = 1, max_items = 64)]
        pub kinds: Vec<PlanResourceKind>,
        /// `true`: a resource missing at the start of a stage is reported as a deviation. Default: `false`.
        #[serde(default)]
        pub provision_controlled: bool,
    }
}
