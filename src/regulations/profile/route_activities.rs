//! Section `route.activities`: what the activities of a route are and how each is justified.

use super::macros::{rules, section, vocabulary};
use super::rule::{RequirementRule, RuleSeverity, on};
use super::vocabulary::ActivityKind;

section! {
    /// The activities of a route (мероприятия маршрута).
    pub struct RouteActivitiesProfile {
        /// Kinds of activities the regulation names. Absent: all.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub kinds: Option<ActivityKindsRule>,
        /// What an activity must answer. Absent: links are free.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub links: Option<ActivityLinksRule>,
        /// Bases an activity may cite. Absent: all.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub bases: Option<ActivityBasesRule>,
        /// Each activity names its hours, more than zero.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub hours_required: Option<RequirementRule>,
        /// Fields an event must have. Absent: free.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub events: Option<EventActivitiesRule>,
        /// Self-education says its content in words. Absent: free.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub self_education: Option<SelfEducationRule>,
        /// Methodical work says whether it is done alone or in a creative group, and names the group. Absent: free.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub methodical_work: Option<RequirementRule>,
        /// Where programs are chosen from. Absent: any, also a free topic.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub program_choice: Option<ProgramChoiceRule>,
        /// The learner keeps the dates of activities; late ones are listed (соблюдение сроков).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub keep_dates: Option<RequirementRule>,
    }
}

vocabulary! {
    /// Which activities a rule is about (область правила).
    pub enum ActivityScope {
        /// All activities.
        All = "all",
        /// Only those of the elective part (вариативная часть).
        Elective = "elective",
    }

    /// What an activity may answer (на что отвечает мероприятие).
    pub enum ActivityLinkTarget {
        /// A deficit or a difficulty (дефицит, затруднение).
        Deficit = "deficit",
        /// A need (потребность).
        Need = "need",
        /// A problem of professional development named in the route (проблема развития).
        Problem = "problem",
        /// A finding of the assessment of pupils (вывод по результатам оценочных процедур).
        OutcomeFinding = "outcome_finding",
    }

    /// Why an activity is in the route (основание выбора).
    pub enum ActivityBasis {
        /// Professional interest (профессиональный интерес).
        Interest = "interest",
        /// A deficit or difficulty (дефицит, затруднение).
        Deficit = "deficit",
        /// A need of the learner (образовательная потребность).
        Need = "need",
        /// A priority of the school (приоритет школы).
        SchoolPriority = "school_priority",
        /// A need of the education system or the organization (потребность системы).
        SystemPriority = "system_priority",
        /// A concrete problem of the teacher (проблема педагога).
        PersonalProblem = "personal_problem",
        /// A recommendation (рекомендация).
        Recommendation = "recommendation",
        /// A finding of the assessment of pupils (результаты оценочных процедур).
        OutcomeFinding = "outcome_finding",
    }

    /// A field of an event (поле мероприятия).
    pub enum EventField {
        /// Academic hours (количество часов).
        Hours = "hours",
        /// Place (место проведения).
        Place = "place",
        /// Level: school, municipal, regional, national, international (уровень мероприятия).
        Level = "level",
        /// Degree of participation (степень участия).
        Participation = "participation",
    }

    /// The form of an event (форма мероприятия).
    pub enum EventForm {
        /// Distance learning (дистанционное обучение).
        DistanceLearning = "distance_learning",
        /// Master class (мастер-класс).
        MasterClass = "master_class",
        /// Round table (круглый стол).
        RoundTable = "round_table",
        /// Open lesson (открытый урок).
        OpenLesson = "open_lesson",
        /// Exhibition (выставка).
        Exhibition = "exhibition",
        /// Seminar (семинар).
        Seminar = "seminar",
        /// Workshop (практикум).
        Workshop = "workshop",
        /// Conference (конференция).
        Conference = "conference",
        /// Forum (форум).
        Forum = "forum",
        /// Meeting of a professional association (занятие профессионального объединения).
        AssociationMeeting = "association_meeting",
        /// Course (курс).
        Course = "course",
        /// Any other form, described in words (иное).
        Other = "other",
    }

    /// Where programs are chosen from (источник программ).
    pub enum ProgramSource {
        /// Only from the programs that are listed in the system.
        Listed = "listed",
        /// A listed program or a topic in one's own words.
        ListedOrFreeTopic = "listed_or_free_topic",
    }

    /// What becomes of a program that is not in the registry (программа вне реестра).
    pub enum OutsideRegistryPolicy {
        /// Nothing.
        Free = "free",
        /// It is marked.
        Flag = "flag",
        /// It is refused.
        Forbid = "forbid",
    }
}

rules! {
    /// Kinds of activities (виды мероприятий).
    pub struct ActivityKindsRule {
        /// The kinds; each once.
        #[schema(min_items = 1, max_items = 64)]
        pub kinds: Vec<ActivityKind>,
    }

    /// What an activity must answer (связь мероприятия с дефицитом, проблемой).
    pub struct ActivityLinksRule {
        /// Which activities must have a link.
        pub scope: ActivityScope,
        /// What a link may lead to; one suffices.
        #[schema(min_items = 1, max_items = 64)]
        pub targets: Vec<ActivityLinkTarget>,
        /// `true`: a written justification replaces the link. Default: `false`.
        #[serde(default)]
        pub justification_instead: bool,
        /// What an activity without a link means on submission. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
    }

    /// Bases an activity may cite (основания выбора мероприятий).
    pub struct ActivityBasesRule {
        /// The bases; each once.
        #[schema(min_items = 1, max_items = 64)]
        pub bases: Vec<ActivityBasis>,
    }

    /// Rules for events (мероприятия иных форм).
    pub struct EventActivitiesRule {
        /// The fields an event must have.
        #[schema(min_items = 1, max_items = 64)]
        pub required_fields: Vec<EventField>,
        /// The forms the regulation names.
        #[schema(min_items = 1, max_items = 64)]
        pub forms: Vec<EventForm>,
    }

    /// Self-education within a route (самообразование). Each such activity says its content.
    pub struct SelfEducationRule {
        /// `true`: the route has at least one such activity. Default: `false`.
        #[serde(default)]
        pub required: bool,
        /// What a violation means on submission. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
    }

    /// Where programs are chosen from (выбор программ).
    pub struct ProgramChoiceRule {
        /// The source of programs.
        pub source: ProgramSource,
        /// What becomes of a program outside the registry.
        pub outside_registry: OutsideRegistryPolicy,
        /// `true`: single modules may be taken without the whole program. Default: `true`.
        #[serde(default = "on")]
        pub single_modules: bool,
    }
}
