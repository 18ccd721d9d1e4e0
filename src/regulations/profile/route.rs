//! Section `route`: what a route is called, how long it lasts, and its four sub-sections.

use super::macros::{rules, section, vocabulary};
use super::route_activities::RouteActivitiesProfile;
use super::route_content::RouteContentProfile;
use super::route_life::RouteLifeProfile;
use super::route_people::RoutePeopleProfile;
use super::rule::RuleSeverity;

section! {
    /// Rules about learning routes (индивидуальные образовательные маршруты).
    pub struct RouteProfile {
        /// What routes are called here; the first is the usual kind. Empty: one kind, `route`.
        #[schema(max_items = 64)]
        pub kinds: Vec<RouteKindRule>,
        /// Shortest and longest duration. Absent: any.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub term: Option<RouteTermRule>,
        /// Who starts, drafts, learns, takes part and accompanies.
        pub people: RoutePeopleProfile,
        /// What a route must contain when it is submitted.
        pub content: RouteContentProfile,
        /// What its activities are and how they are justified.
        pub activities: RouteActivitiesProfile,
        /// How it starts, changes, is followed and closed.
        pub life: RouteLifeProfile,
    }
}

vocabulary! {
    /// The legal sort of a route (вид маршрута).
    pub enum RouteKind {
        /// Individual learning route, ИОМ (индивидуальный образовательный маршрут).
        Route = "route",
        /// Individual learning program, ИОП (индивидуальная образовательная программа).
        Program = "program",
        /// Personalised program (персонифицированная программа).
        PersonalizedProgram = "personalized_program",
        /// Individual study plan (индивидуальный учебный план).
        StudyPlan = "study_plan",
    }
}

rules! {
    /// A kind of route and its name in this regulation (вид маршрута и его название).
    pub struct RouteKindRule {
        /// The kind; each at most once.
        pub kind: RouteKind,
        /// The regulation's own name in Russian.
        #[schema(min_length = 1, max_length = 300)]
        pub title_ru: String,
        /// The name in English.
        #[schema(min_length = 1, max_length = 300)]
        pub title_en: String,
    }

    /// How long a route may last, in calendar months from its first to its last day (срок).
    pub struct RouteTermRule {
        /// Shortest duration in months. Absent: no lower limit.
        #[serde(default)]
        #[schema(minimum = 1, maximum = 120)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub min_months: Option<u16>,
        /// Longest duration in months. Absent: no upper limit.
        #[serde(default)]
        #[schema(minimum = 1, maximum = 120)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub max_months: Option<u16>,
        /// What another duration means. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
    }
}
