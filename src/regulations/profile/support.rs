//! Section `support`: what follows after and beside training.

use super::macros::{rules, section, vocabulary};
use super::rule::{RolesRule, on};
use crate::authz::Role;

section! {
    /// Support, products, delayed outcomes and control (сопровождение и контроль).
    pub struct SupportProfile {
        /// Support plans between courses (план методического сопровождения). Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub plan: Option<SupportPlanRule>,
        /// Who proposes support after training to methodical services. Absent: nobody need do so.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub proposals: Option<RolesRule>,
        /// Who gives methodical support and consults (консультации). Absent: anybody above the teacher.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub supporters: Option<RolesRule>,
        /// Forms of support. Absent: all.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub forms: Option<SupportFormsRule>,
        /// What a tutor or curator does on a route. Absent: free.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub tutoring: Option<TutoringRule>,
        /// Delayed outcomes of training (отсроченные результаты). Absent: not followed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub delayed_outcomes: Option<DelayedOutcomesRule>,
        /// Methodical products (методический продукт). Absent: not used.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub products: Option<ProductsRule>,
        /// The control plan of a route (план контроля). Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub control: Option<RouteControlRule>,
    }
}

vocabulary! {
    /// A form of support after training (форма сопровождения).
    pub enum SupportForm {
        /// Seminar (семинар).
        Seminar = "seminar",
        /// Conference (научно-практическая конференция).
        Conference = "conference",
        /// Master class (мастер-класс).
        MasterClass = "master_class",
        /// Professional contest (профессиональный конкурс).
        Contest = "contest",
        /// Work of an association, РУМО included (работа РУМО, МО).
        AssociationWork = "association_work",
        /// Work of a union of subject teachers (ассоциация учителей-предметников).
        SubjectUnion = "subject_union",
        /// Work of a methodical service (методическая служба).
        MethodicalService = "methodical_service",
        /// Work at an innovation site (инновационная площадка).
        InnovationSite = "innovation_site",
        /// Consultation (консультация).
        Consultation = "consultation",
        /// Help to introduce a product (внедренческое сопровождение).
        ImplementationSupport = "implementation_support",
    }

    /// What a tutor does (вид тьюторской помощи).
    pub enum TutoringKind {
        /// Finding achievements and difficulties (выявление достижений и затруднений).
        Diagnosis = "diagnosis",
        /// Help in designing the route (помощь в проектировании).
        DesignHelp = "design_help",
        /// Help in describing experience (описание опыта).
        ExperienceDescription = "experience_description",
        /// Organizing reflection (организация рефлексии).
        Reflection = "reflection",
    }

    /// How delayed outcomes are found (способ оценки отсроченных результатов).
    pub enum DelayedOutcomeMethod {
        /// Visit of a lesson (посещение учебных занятий).
        LessonVisit = "lesson_visit",
        /// Results of pupils (образовательные результаты обучающихся).
        PupilResults = "pupil_results",
    }

    /// What a product is (вид продукта).
    pub enum ProductKind {
        /// Teaching technology (педтехнология).
        Technology = "technology",
        /// Teaching kit (УМК).
        TeachingKit = "teaching_kit",
        /// Lesson plan (конспект занятия).
        LessonPlan = "lesson_plan",
        /// Materials and recommendations (методические материалы и рекомендации).
        MethodicalMaterials = "methodical_materials",
        /// Project (проект).
        Project = "project",
        /// Anything else (другое).
        Other = "other",
    }

    /// The moment of a control item (вид контроля).
    pub enum ControlKind {
        /// Before the start (предварительный).
        Preliminary = "preliminary",
        /// During fulfilment (текущий).
        Ongoing = "ongoing",
        /// At the end (заключительный).
        Final = "final",
    }

    /// What is controlled (объект контроля).
    pub enum ControlObject {
        /// Development of the programs (процесс разработки).
        Development = "development",
        /// Their quality (качество программ).
        Quality = "quality",
        /// The schedule (выполнение графика).
        Schedule = "schedule",
        /// Use of money (использование финансовых ресурсов).
        MoneyUse = "money_use",
        /// Quality of the training system (качество системы повышения квалификации).
        SystemQuality = "system_quality",
    }

    /// What control is for (направление контроля).
    pub enum ControlPurpose {
        /// To assess the result (оценка результата).
        Assess = "assess",
        /// To correct deviations or the plan (корректировка).
        Correct = "correct",
    }
}

rules! {
    /// Support plans (планы сопровождения).
    pub struct SupportPlanRule {
        /// Who draws it up, together.
        #[schema(min_items = 1, max_items = 64)]
        pub authors: Vec<Role>,
        /// `true`: each completed training has one, missing ones are listed. Default: `true`.
        #[serde(default = "on")]
        pub for_each_completion: bool,
    }

    /// Forms of support (формы сопровождения).
    pub struct SupportFormsRule {
        /// The forms; each once.
        #[schema(min_items = 1, max_items = 64)]
        pub forms: Vec<SupportForm>,
    }

    /// Tutoring (тьюторское сопровождение).
    pub struct TutoringRule {
        /// The kinds; each once.
        #[schema(min_items = 1, max_items = 64)]
        pub kinds: Vec<TutoringKind>,
    }

    /// Delayed outcomes (отсроченные результаты).
    pub struct DelayedOutcomesRule {
        /// Months after completion when the outcome is due.
        #[schema(minimum = 1, maximum = 60)]
        pub due_after_months: u16,
        /// How they are found.
        #[schema(min_items = 1, max_items = 64)]
        pub methods: Vec<DelayedOutcomeMethod>,
        /// Who organizes and records.
        #[schema(min_items = 1, max_items = 64)]
        pub recorded_by: Vec<Role>,
    }

    /// Methodical products (методические продукты).
    pub struct ProductsRule {
        /// The kinds; each once.
        #[schema(min_items = 1, max_items = 64)]
        pub kinds: Vec<ProductKind>,
        /// `true`: defended before it is introduced (защита). Default: `false`.
        #[serde(default)]
        pub defence_required: bool,
        /// Who prepares and holds the defence; empty when none is required.
        #[serde(default)]
        #[schema(max_items = 64)]
        pub defence_held_by: Vec<Role>,
        /// Who checks the introduction (контроль внедрения).
        #[schema(min_items = 1, max_items = 64)]
        pub introduction_checked_by: Vec<Role>,
    }

    /// Control of routes (контроль реализации).
    pub struct RouteControlRule {
        /// The kinds of control.
        #[schema(min_items = 1, max_items = 64)]
        pub kinds: Vec<ControlKind>,
        /// What is controlled.
        #[schema(min_items = 1, max_items = 64)]
        pub objects: Vec<ControlObject>,
        /// What for.
        #[schema(min_items = 1, max_items = 64)]
        pub purposes: Vec<ControlPurpose>,
        /// Who records facts; a teacher only about his or her own route.
        #[schema(min_items = 1, max_items = 64)]
        pub recorded_by: Vec<Role>,
    }
}
