//! Section `route.people`: who starts, drafts, learns, takes part in and accompanies a route.

use super::macros::{rules, section, vocabulary};
use super::rule::{RequirementRule, RolesRule, RuleSeverity, on};
use super::vocabulary::{EmploymentKind, LearnerPosition};
use crate::authz::Role;

section! {
    /// The people of a route (участники маршрута).
    pub struct RoutePeopleProfile {
        /// Who may initiate a route (инициаторы). Absent: whoever may draft it.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub initiators: Option<RolesRule>,
        /// Who may draft it, alone or together (разработчики). Absent: the teacher.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub drafters: Option<RouteDraftersRule>,
        /// Whose route it may be. Absent: any employee.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub learners: Option<RouteLearnersRule>,
        /// Categories of teachers that come first or that routes are made for. Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub priority: Option<PriorityCategoriesRule>,
        /// Grounds on which people are sent to planned training. Absent: none is asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub grounds: Option<ReferralGroundsRule>,
        /// The learner must have marked his or her consent before approval; the chain holds the step.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub learner_consent: Option<RequirementRule>,
        /// Neither side decides alone: the learner's consent and a step of the organization are both needed.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub both_sides_consent: Option<RequirementRule>,
        /// Others who have a part in the route.
        #[schema(max_items = 64)]
        pub participants: Vec<RouteParticipantRule>,
        /// Who else may read and discuss a route that is open for discussion. Absent: nobody.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub discussants: Option<RouteDiscussantsRule>,
        /// Who may be the tutor of a route (тьютор). Absent: any employee of the school.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub tutor: Option<RouteTutorRule>,
        /// The employee in charge of the programs (куратор). Absent: none is asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub curator: Option<ProgramCuratorRule>,
        /// The group that develops programs (группа разработчиков). Absent: none is asked for.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub working_group: Option<WorkingGroupRule>,
    }
}

vocabulary! {
    /// Whether the drafters work alone or together (единоличная или совместная разработка).
    pub enum DraftingMode {
        /// Any one of the roles drafts.
        Single = "single",
        /// The learner and one of the roles draft together; both are authors and both mark their part.
        Joint = "joint",
    }

    /// What the categories of teachers are for (назначение категорий).
    pub enum PriorityPurpose {
        /// Holders come first among candidates; everybody may have a route.
        OrderCandidates = "order_candidates",
        /// Routes are made for holders; a route of somebody else is reported.
        Addressees = "addressees",
    }

    /// What somebody other than drafter and decider does with a route (роль участника).
    pub enum RouteParticipation {
        /// Takes part in forming it; the mark of participation is kept.
        Forms = "forms",
        /// May comment on the lines addressed to it.
        Comments = "comments",
        /// Accompanies its fulfilment.
        Accompanies = "accompanies",
    }

    /// A function of an employee that lets him or her into a working group (состав группы).
    pub enum WorkingGroupFunction {
        /// Head of the organization (руководитель организации).
        Head = "head",
        /// Employee in charge of methodical work (работник, отвечающий за методическую работу).
        MethodicalWork = "methodical_work",
        /// Head of a methodical association (руководитель МО).
        AssociationHead = "association_head",
        /// Teacher (педагогический работник).
        Teacher = "teacher",
        /// Employee in charge of the economic side (работник экономической службы).
        Economist = "economist",
    }
}

rules! {
    /// Who drafts routes and how (кто разрабатывает маршрут).
    pub struct RouteDraftersRule {
        /// Alone or together with the learner.
        pub mode: DraftingMode,
        /// The roles that may draft; each once, at least one.
        #[schema(min_items = 1, max_items = 64)]
        pub roles: Vec<Role>,
        /// `true`: one of the roles may also create many drafts at once from diagnostics. Default: `false`.
        #[serde(default)]
        pub in_bulk: bool,
    }

    /// Whose route it may be (для кого разрабатывается маршрут).
    pub struct RouteLearnersRule {
        /// Kinds of employment that suffice; empty: all.
        #[serde(default)]
        #[schema(max_items = 64)]
        pub employment_kinds: Vec<EmploymentKind>,
        /// Posts; empty: all.
        #[serde(default)]
        #[schema(max_items = 64)]
        pub positions: Vec<LearnerPosition>,
    }

    /// Categories of teachers (категории педагогических работников).
    pub struct PriorityCategoriesRule {
        /// What the categories are for.
        pub purpose: PriorityPurpose,
        /// For `addressees`: what a route without a category means. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
        /// The categories in the order of the text; codes are unique.
        #[schema(min_items = 1, max_items = 64)]
        pub categories: Vec<PriorityCategoryRule>,
    }

    /// A category of teachers (приоритетная категория).
    pub struct PriorityCategoryRule {
        /// Stable code, lower case, digits and underscores.
        #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9_]*$")]
        pub code: String,
        /// Name in Russian.
        #[schema(min_length = 1, max_length = 300)]
        pub title_ru: String,
        /// Name in English.
        #[schema(min_length = 1, max_length = 300)]
        pub title_en: String,
        /// `true`: counts only with a linked difficulty or deficit (испытывающий затруднения). Default: `false`.
        #[serde(default)]
        pub needs_difficulty: bool,
    }

    /// Grounds for a planned referral (основания для направления на плановое обучение).
    pub struct ReferralGroundsRule {
        /// What a planned referral without a ground means. Default: `error`.
        #[serde(default)]
        pub severity: RuleSeverity,
        /// The grounds in the order of the text; codes are unique.
        #[schema(min_items = 1, max_items = 64)]
        pub grounds: Vec<ReferralGroundRule>,
    }

    /// A ground for a planned referral (основание).
    pub struct ReferralGroundRule {
        /// Stable code, lower case, digits and underscores.
        #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9_]*$")]
        pub code: String,
        /// Name in Russian.
        #[schema(min_length = 1, max_length = 300)]
        pub title_ru: String,
        /// Name in English.
        #[schema(min_length = 1, max_length = 300)]
        pub title_en: String,
        /// `true`: counts only with a linked difficulty or deficit. Default: `false`.
        #[serde(default)]
        pub needs_difficulty: bool,
        /// `true`: the system may set it itself from the check "once in three years". Default: `false`.
        #[serde(default)]
        pub set_by_frequency_check: bool,
    }

    /// Somebody else's part in a route (участие в маршруте).
    pub struct RouteParticipantRule {
        /// The role that takes part.
        pub role: Role,
        /// What it does.
        pub participation: RouteParticipation,
    }

    /// Who else discusses a route (участники обсуждения).
    pub struct RouteDiscussantsRule {
        /// `true`: members of the learner's associations at the school. Default: `true`.
        #[serde(default = "on")]
        pub association_members: bool,
    }

    /// Who may be the tutor of a route (тьютор).
    pub struct RouteTutorRule {
        /// The tutor must also hold one of these roles.
        #[schema(min_items = 1, max_items = 64)]
        pub eligible_roles: Vec<Role>,
        /// `true`: only from the learner's school. Default: `true`.
        #[serde(default = "on")]
        pub same_school: bool,
    }

    /// The employee in charge of the programs (лицо, курирующее программы).
    pub struct ProgramCuratorRule {
        /// `true`: the assignment names its act, e.g. a job description with number and date. Default: `false`.
        #[serde(default)]
        pub act_required: bool,
        /// `true`: at most one active per school. Default: `true`.
        #[serde(default = "on")]
        pub one_per_school: bool,
        /// `true`: every route has a curator. Default: `false`.
        #[serde(default)]
        pub required_on_route: bool,
    }

    /// The group that develops programs (группа разработчиков).
    pub struct WorkingGroupRule {
        /// `true`: inactive until an order with number and date names it and its programs. Default: `true`.
        #[serde(default = "on")]
        pub act_required: bool,
        /// Who may be a member at all.
        #[schema(min_items = 1, max_items = 64)]
        pub member_functions: Vec<WorkingGroupFunction>,
        /// Who may be a developer in it.
        #[schema(min_items = 1, max_items = 64)]
        pub developer_functions: Vec<WorkingGroupFunction>,
        /// Who may be an expert in it.
        #[schema(min_items = 1, max_items = 64)]
        pub expert_functions: Vec<WorkingGroupFunction>,
        /// The least number of experts.
        #[schema(minimum = 0, maximum = 100)]
        pub min_experts: u16,
        /// `true`: its rules of work are set by an order too. Default: `false`.
        #[serde(default)]
        pub work_regulation_act: bool,
    }
}
