//! Section `route.content`: what a route must contain when it is submitted.

use super::macros::{rules, section, vocabulary};
use super::rule::{RequirementRule, RuleSeverity};
use super::vocabulary::RoutePart;
use crate::authz::Role;

section! {
    /// The required contents of a route (содержание маршрута).
    pub struct RouteContentProfile {
        /// Parts a route consists of, each with its editors (части). Empty: no parts.
        #[schema(max_items = 64)]
        pub parts: Vec<RoutePartRule>,
        /// Fields of the explanatory note that must be filled (пояснительная записка).
        #[schema(max_items = 64)]
        pub note_fields: Vec<RouteNoteFieldRule>,
        /// Other fields that must be filled on submission.
        #[schema(max_items = 64)]
        pub fields: Vec<RouteFieldRule>,
        /// Stages and what each must say (этапы). Absent: stages are free.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub stages: Option<RouteStagesRule>,
        /// The route as a whole names its final result and the form of the final report.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub final_report: Option<RequirementRule>,
        /// Bounds of the hours of all activities together (объём). Absent: any.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub volume: Option<RouteVolumeRule>,
        /// A thematic study plan is needed (учебно-тематический план).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub study_plan: Option<StudyPlanRule>,
        /// Evidence the route rests on (основания разработки). Absent: none is asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub evidence: Option<RouteEvidenceRule>,
        /// A result of diagnostics must exist first. Absent: it need not.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub diagnostics: Option<RouteDiagnosticsRule>,
        /// The card the route is drawn up as (карта повышения квалификации). Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub card: Option<RouteCardRule>,
        /// The set of documents about the route (комплект документов). Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub dossier: Option<RouteDossierRule>,
        /// The regional procedure of forming routes (порядок формирования ИОМ). Absent: there is none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub template: Option<RouteTemplateRule>,
    }
}

vocabulary! {
    /// A field of the explanatory note (поле пояснительной записки).
    pub enum RouteNoteField {
        /// General aim of the training (общая целевая направленность обучения).
        GeneralAim = "general_aim",
        /// Short description of difficulties and needs (характеристика затруднений и потребностей).
        DifficultiesAndNeeds = "difficulties_and_needs",
        /// Goals of the training (цели обучения).
        Goals = "goals",
        /// Learning tasks (учебные задачи).
        Tasks = "tasks",
    }

    /// A field of a route that a regulation may demand (поле маршрута).
    pub enum RouteField {
        /// The goal (цель).
        Goal = "goal",
        /// The expected results, at least one (планируемые результаты).
        ExpectedResults = "expected_results",
        /// The study form (форма реализации).
        StudyForm = "study_form",
        /// First and last day (сроки).
        Dates = "dates",
        /// Individual priorities of development (индивидуальные приоритеты).
        Priorities = "priorities",
        /// Needs of the learner (образовательные потребности).
        Needs = "needs",
        /// Directions or problems of the training (направления, проблемы).
        Directions = "directions",
        /// Description of the content (описание содержания).
        Content = "content",
        /// Technologies (технологии).
        Technologies = "technologies",
        /// Pace (темп).
        Pace = "pace",
        /// Total time in academic hours (общее время освоения).
        TotalHours = "total_hours",
        /// At least one linked deficit (дефициты).
        Deficits = "deficits",
        /// Personal resources of the learner (личностные ресурсы).
        PersonalResources = "personal_resources",
        /// Context of the school (контекст организации).
        SchoolContext = "school_context",
    }

    /// What a route may rest on (основание разработки).
    pub enum RouteEvidenceKind {
        /// Results of monitoring (результаты мониторинга).
        Monitoring = "monitoring",
        /// Internal control of the organization (внутриорганизационный контроль).
        InternalControl = "internal_control",
        /// Difficulties found (выявленные затруднения).
        Difficulties = "difficulties",
        /// Study of the market of training services (маркетинговое исследование).
        MarketStudy = "market_study",
        /// Results of assessment of pupils (результаты оценочных процедур).
        OutcomeFindings = "outcome_findings",
        /// Results of diagnostics of the teacher (результаты диагностики).
        Diagnostics = "diagnostics",
    }

    /// The moment something is demanded of a route (момент проверки).
    pub enum RouteMoment {
        /// When it is created.
        Creation = "creation",
        /// When it is submitted for approval.
        Submission = "submission",
    }

    /// A block of the printed route card (раздел карты).
    pub enum RouteCardBlock {
        /// Name, post and school of the learner.
        Learner = "learner",
        /// Topic or program.
        Topic = "topic",
        /// First and last day.
        Dates = "dates",
        /// Activities with form, place and organizer.
        Activities = "activities",
        /// Hours.
        Hours = "hours",
        /// Expected product.
        Product = "product",
        /// Results and documents.
        Results = "results",
        /// Yearly updates.
        Updates = "updates",
        /// Approval of the head.
        Approval = "approval",
    }

    /// A group of documents in the dossier of a route (группа документов).
    pub enum DossierGroup {
        /// Acts that rule its development and fulfilment (нормативные документы).
        Acts = "acts",
        /// Diagnosis of difficulties and needs (диагностика).
        Diagnosis = "diagnosis",
        /// The individual program itself (ИОП).
        Route = "route",
        /// The control plan (план контроля).
        ControlPlan = "control_plan",
        /// Reports about fulfilment and results (отчёты).
        Reports = "reports",
        /// The portfolio (портфолио).
        Portfolio = "portfolio",
    }
}

rules! {
    /// The procedure of forming routes (порядок формирования маршрутов).
    pub struct RouteTemplateRule {
        /// Who writes it; everybody else in the region reads it.
        #[schema(min_items = 1, max_items = 64)]
        pub edited_by: Vec<Role>,
    }

    /// A part of a route (часть маршрута).
    pub struct RoutePartRule {
        /// The part; each at most once.
        pub part: RoutePart,
        /// The part it belongs to. Absent: it stands by itself.
        #[serde(default)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub within: Option<RoutePart>,
        /// Who may change its lines while the route is a draft; at least one role.
        #[schema(min_items = 1, max_items = 64)]
        pub editors: Vec<Role>,
        /// What a missing part means on submission. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
    }

    /// A required field of the explanatory note (обязательное поле записки).
    pub struct RouteNoteFieldRule {
        /// The field; each at most once.
        pub field: RouteNoteField,
    }

    /// A required field of a route (обязательное поле маршрута).
    pub struct RouteFieldRule {
        /// The field; each at most once.
        pub field: RouteField,
        /// What an empty field means on submission. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
    }

    /// The stages of a route (этапы маршрута).
    pub struct RouteStagesRule {
        /// The least number of stages.
        #[schema(minimum = 0, maximum = 100)]
        pub min_stages: u16,
        /// `true`: each stage has its first and last day. Default: `false`.
        #[serde(default)]
        pub dates_required: bool,
        /// `true`: each stage names its concrete result. Default: `false`.
        #[serde(default)]
        pub expected_result_required: bool,
        /// `true`: each stage names the form of its report. Default: `false`.
        #[serde(default)]
        pub report_form_required: bool,
        /// `true`: a stage is closed only with its report. Default: `false`.
        #[serde(default)]
        pub report_before_closing: bool,
    }

    /// Bounds of the hours of all activities of a route together (объём маршрута).
    pub struct RouteVolumeRule {
        /// Fewest academic hours. Absent: no lower limit.
        #[serde(default)]
        #[schema(minimum = 1, maximum = 10000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub min_hours: Option<u16>,
        /// Most academic hours. Absent: no upper limit.
        #[serde(default)]
        #[schema(minimum = 1, maximum = 10000)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub max_hours: Option<u16>,
        /// What another volume means on submission. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
    }

    /// The thematic study plan (учебно-тематический план).
    pub struct StudyPlanRule {
        /// `true`: its hours add up to those of the activities. Default: `false`.
        #[serde(default)]
        pub hours_agree_with_activities: bool,
    }

    /// What a route must rest on (на основе чего разрабатывается маршрут).
    pub struct RouteEvidenceRule {
        /// The kinds that count.
        #[schema(min_items = 1, max_items = 64)]
        pub kinds: Vec<RouteEvidenceKind>,
        /// The least number of items on submission.
        #[schema(minimum = 1, maximum = 100)]
        pub min_items: u16,
        /// What too few items mean. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
    }

    /// Diagnostics come first (диагностика как условие).
    pub struct RouteDiagnosticsRule {
        /// When the result must be there.
        pub needed_at: RouteMoment,
        /// What a missing result means. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
    }

    /// The card a route is drawn up as (карта повышения квалификации).
    pub struct RouteCardRule {
        /// The blocks of the printed card in their order.
        #[schema(min_items = 1, max_items = 64)]
        pub blocks: Vec<RouteCardBlock>,
    }

    /// The dossier of a route (комплект документов).
    pub struct RouteDossierRule {
        /// The groups that must not be missing.
        #[schema(min_items = 1, max_items = 64)]
        pub groups: Vec<DossierGroup>,
    }
}
