//! Section `chains`: for each kind of subject the ordered steps of its approval.

use super::condition::ChainCondition;
use super::macros::{rules, section, vocabulary};
use super::rule::on;
use crate::authz::Role;

section! {
    /// The approval chains of a regulation (порядок согласования и утверждения).
    ///
    /// A subject without a chain needs no approval: its owner completes it. The one exception is a revision of a
    /// route, which passes the chain of the route itself unless changes are free (`route.life.changes`).
    pub struct ApprovalChains {
        /// A route (маршрут).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub route: Option<ApprovalChain>,
        /// A change of an active route (изменение маршрута).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub route_revision: Option<ApprovalChain>,
        /// The card a route is drawn up as (карта повышения квалификации).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub route_card: Option<ApprovalChain>,
        /// A plan whose rule says `approval_required` (план).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub plan: Option<ApprovalChain>,
        /// Admission of a program to the registry (включение программы в реестр).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub program_registration: Option<ApprovalChain>,
        /// The list of priority directions of a year (перечень направлений).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub priority_directions: Option<ApprovalChain>,
        /// A training order (заказ на повышение квалификации).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub training_order: Option<ApprovalChain>,
        /// The placement of a training order (размещение заказа).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub training_order_placement: Option<ApprovalChain>,
        /// Training at one's own expense outside the route (обучение за свой счёт).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub own_expense_request: Option<ApprovalChain>,
        /// An offer of training from outside, paid by others (предложение сторонней организации).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub external_offer: Option<ApprovalChain>,
    }
}

vocabulary! {
    /// What is being approved (предмет согласования).
    pub enum ApprovalSubjectKind {
        /// A route.
        Route = "route",
        /// A change of an active route.
        RouteRevision = "route_revision",
        /// The card of a route.
        RouteCard = "route_card",
        /// A plan.
        Plan = "plan",
        /// Admission of a program to the registry.
        ProgramRegistration = "program_registration",
        /// The list of priority directions of a year.
        PriorityDirections = "priority_directions",
        /// A training order.
        TrainingOrder = "training_order",
        /// The placement of a training order.
        TrainingOrderPlacement = "training_order_placement",
        /// Training at one's own expense.
        OwnExpenseRequest = "own_expense_request",
        /// An offer of training from outside.
        ExternalOffer = "external_offer",
    }

    /// What is asked of the actor of a step (вид шага).
    pub enum ChainStepKind {
        /// Agreement (согласование).
        Endorse = "endorse",
        /// Approval (утверждение).
        Approve = "approve",
        /// An opinion that decides nothing; never blocks (обсуждение).
        Discuss = "discuss",
        /// Consent of the person concerned (согласие).
        Consent = "consent",
        /// Taking note (ознакомление).
        Acknowledge = "acknowledge",
    }

    /// How the actor is related to the subject (чей это исполнитель).
    pub enum ActorRelation {
        /// The learner himself or herself; no role is named.
        Learner = "learner",
        /// The methodical association the learner belongs to.
        OwnAssociation = "own_association",
        /// The learner's school.
        OwnSchool = "own_school",
        /// The municipality of the subject.
        OwnMunicipality = "own_municipality",
        /// The region of the subject.
        OwnRegion = "own_region",
        /// The organization that owns the subject, whatever its level.
        SubjectOwner = "subject_owner",
    }

    /// How the days of a deadline are counted (счёт дней).
    pub enum DeadlineDays {
        /// Working days (рабочие дни).
        Working = "working",
        /// Calendar days (календарные дни).
        Calendar = "calendar",
    }

    /// What happens when a step is not taken in time (действие по сроку).
    pub enum DeadlineAction {
        /// The actor is reminded.
        Remind = "remind",
        /// The step is passed over, visibly, and the chain goes on. Only for `endorse` and `acknowledge`.
        Escalate = "escalate",
        /// The request lapses.
        Lapse = "lapse",
        /// Nothing but the mark "overdue".
        Nothing = "nothing",
    }

    /// What happens when nobody but the learner or the submitter holds the role (вакантная роль).
    #[derive(Default)]
    pub enum VacantSeatAction {
        /// The request waits until somebody else does.
        #[default]
        Wait = "wait",
        /// The step is passed over, visibly.
        Skip = "skip",
        /// Passed over, visibly, when it is the learner or the submitter who holds the role; a seat nobody holds is
        /// waited for.
        SkipOwn = "skip_own",
    }
}

rules! {
    /// The ordered steps of one kind of subject (цепочка).
    pub struct ApprovalChain {
        /// The steps in their order.
        #[schema(min_items = 1, max_items = 64)]
        pub steps: Vec<ChainStep>,
    }

    /// One step of a chain (шаг).
    pub struct ChainStep {
        /// Stable name of the step, unique in its chain: lower case, digits and underscores.
        #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9_]*$")]
        pub key: String,
        /// What is asked.
        pub kind: ChainStepKind,
        /// Who is asked.
        pub actor: ChainActor,
        /// `true`: the next step waits for this one. Always `false` for `discuss`. Default: `true`.
        #[serde(default = "on")]
        pub blocking: bool,
        /// `true`: the decision names an act with number and date (приказ). Only for `approve`. Default: `false`.
        #[serde(default)]
        pub act_required: bool,
        /// `true`: the decision needs a written text, also when positive. Default: `false`.
        #[serde(default)]
        pub decision_text_required: bool,
        /// `true`: the step may return the subject for rework, with the reason and the day by which it is due; the
        /// subject then passes the chain again from its first step. Never for `discuss` and `acknowledge`. Default:
        /// `false`.
        #[serde(default)]
        pub may_return: bool,
        /// `true`: taken already when its actor is the one who submits. Never for `approve`. Default: `false`.
        #[serde(default)]
        pub satisfied_by_submission: bool,
        /// What happens when nobody but the learner or the submitter holds the role. Only `wait` for `approve`.
        /// Default: `wait`.
        #[serde(default)]
        pub if_vacant: VacantSeatAction,
        /// Who is asked instead when nobody but the learner or the submitter holds the role, in order of preference:
        /// for the head of the school whoever acts for the founder (учредитель). The first of them whose seat is
        /// taken; for the learner's own, else the first whose seat exists. Default: nobody, `if_vacant` decides, and
        /// what only its submitter could decide is not handed in. A submitter whose submission takes the step
        /// (`satisfied_by_submission`) needs no stand-in.
        #[serde(default)]
        #[serde(skip_serializing_if = "Vec::is_empty")]
        #[schema(max_items = 5)]
        pub stand_ins: Vec<ChainActor>,
        /// The body that decides together and whose decision the actor records (решение коллегиального органа). Absent:
        /// the actor decides alone. Never for `consent` and for the learner's own steps.
        #[serde(default)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub group_decision: Option<GroupDecisionRule>,
        /// The time given. Absent: none.
        #[serde(default)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub deadline: Option<StepDeadline>,
        /// When the step is part of the chain. Absent: always.
        #[serde(default)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub condition: Option<ChainCondition>,
    }

    /// A body that decides together (коллегиальный орган): the decision names the day of its meeting.
    pub struct GroupDecisionRule {
        /// The name of the body in Russian.
        #[schema(min_length = 1, max_length = 200)]
        pub council_ru: String,
        /// The name of the body in English.
        #[schema(min_length = 1, max_length = 200)]
        pub council_en: String,
        /// `true`: the decision names the number of the protocol. Default: `false`.
        #[serde(default)]
        pub protocol_required: bool,
    }

    /// The time given to a step (срок шага).
    pub struct StepDeadline {
        /// Days from the moment the step opens.
        #[schema(minimum = 1, maximum = 366)]
        pub days: u16,
        /// How the days are counted.
        pub day_kind: DeadlineDays,
        /// What happens at the end.
        pub at_deadline: DeadlineAction,
    }
}

/// Who takes a step (исполнитель шага).
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChainActor {
    /// Where the actor stands.
    pub relation: ActorRelation,
    /// The role the actor holds there. Absent only for `learner`.
    #[serde(default)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

impl ApprovalChains {
    /// The chain written for that kind of subject, if there is one.
    pub const fn get(&self, kind: ApprovalSubjectKind) -> Option<&ApprovalChain> {
        let chain = match kind {
            ApprovalSubjectKind::Route => &self.route,
            ApprovalSubjectKind::RouteRevision => &self.route_revision,
            ApprovalSubjectKind::RouteCard => &self.route_card,
            ApprovalSubjectKind::Plan => &self.plan,
            ApprovalSubjectKind::ProgramRegistration => &self.program_registration,
            ApprovalSubjectKind::PriorityDirections => &self.priority_directions,
            ApprovalSubjectKind::TrainingOrder => &self.training_order,
            ApprovalSubjectKind::TrainingOrderPlacement => &self.training_order_placement,
            ApprovalSubjectKind::OwnExpenseRequest => &self.own_expense_request,
            ApprovalSubjectKind::ExternalOffer => &self.external_offer,
        };
        chain.as_ref()
    }
}
