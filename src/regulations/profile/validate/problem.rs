//! What can be wrong with a profile, and the list in which all of it is gathered.

use std::collections::HashSet;
use std::hash::Hash;

use super::super::macros::vocabulary;

vocabulary! {
    /// What is wrong with a profile (ошибка в положении).
    pub enum ProfileProblemCode {
        /// A text is shorter or longer than allowed.
        TextLength = "text_length",
        /// A code has characters other than lower case letters, digits and the separator.
        CodeFormat = "code_format",
        /// A number is outside its bounds; a deadline of 0 days, for instance.
        NumberOutOfBounds = "number_out_of_bounds",
        /// A list has too few or too many items.
        ListLength = "list_length",
        /// The same thing is said twice: a norm of one level, a code, a role.
        Duplicate = "duplicate",
        /// A lower limit is above the upper one.
        MinAboveMax = "min_above_max",
        /// A term without any limit says nothing.
        TermWithoutLimits = "term_without_limits",
        /// `volume` sets neither limit.
        VolumeWithoutLimits = "volume_without_limits",
        /// A day that does not come every year, such as 30 February.
        DayNotInCalendar = "day_not_in_calendar",
        /// A day is missing for `fixed_day`, or given for another moment.
        DueDayMismatch = "due_day_mismatch",
        /// A chain in which nobody must decide: for some subject no blocking endorsement, approval or consent is left.
        ChainDecidesNothing = "chain_decides_nothing",
        /// Escalation without a later step at which an organization always decides.
        EscalationWithoutNextStep = "escalation_without_next_step",
        /// Escalation of an approval or a consent, which nothing replaces.
        EscalationOfDecision = "escalation_of_decision",
        /// A body that decides in the place of the learner.
        GroupDecisionOfLearner = "group_decision_of_learner",
        /// An act is demanded of a step that is not an approval.
        ActOnOtherThanApproval = "act_on_other_than_approval",
        /// A return is allowed to a step that neither endorses nor approves.
        ReturnByNonDecidingStep = "return_by_non_deciding_step",
        /// A discussion that blocks.
        BlockingDiscussion = "blocking_discussion",
        /// Approval taken by submitting: nobody approves what he or she submits.
        ApprovalBySubmission = "approval_by_submission",
        /// An approval that may be passed over because nobody holds the role.
        SkippableApproval = "skippable_approval",
        /// The role does not exist in the organization that the relation leads to.
        RoleUnknownForRelation = "role_unknown_for_relation",
        /// A relation other than `learner` without a role, or `learner` with one.
        ActorRoleMismatch = "actor_role_mismatch",
        /// Consent asked of somebody other than the learner.
        ConsentOfOther = "consent_of_other",
        /// A lower level decides after a higher one.
        LevelDescends = "level_descends",
        /// A condition lacks its operand or has that of another kind.
        ConditionOperand = "condition_operand",
        /// Conditions are nested more than four levels deep.
        ConditionTooDeep = "condition_too_deep",
        /// Consent is demanded, but the route's chain has no blocking step of the learner.
        ConsentStepMissing = "consent_step_missing",
        /// Both sides are to agree, but the route's chain has no blocking step of the organization.
        OrganizationStepMissing = "organization_step_missing",
        /// Changes are free, yet there is a chain for them.
        FreeChangesWithChain = "free_changes_with_chain",
        /// A part lies within a part that is not there, or within itself.
        PartWithoutParent = "part_without_parent",
        /// Approval of a plan is demanded, but there is no chain for plans.
        PlanChainMissing = "plan_chain_missing",
        /// Yearly lines come from a prospective plan that is not there.
        ProspectivePlanMissing = "prospective_plan_missing",
        /// Review or directions are demanded, but no chain decides on the outcome.
        RegistryChainMissing = "registry_chain_missing",
        /// Credit books have writers but no rule about opening, or the other way round.
        CreditBooksIncomplete = "credit_books_incomplete",
        /// A defence without anybody to hold it, or a holder without a defence.
        DefenceMismatch = "defence_mismatch",
        /// Orders built from submitted ones without a lower level to submit, or levels out of order.
        OrderLevels = "order_levels",
    }
}

impl ProfileProblemCode {
    /// The message in Russian and in English.
    pub const fn messages(self) -> (&'static str, &'static str) {
        match self {
            Self::TextLength => ("Недопустимая длина текста", "The text has a length outside its bounds"),
            Self::CodeFormat => (
                "Код: строчные латинские буквы, цифры и разделитель",
                "A code is lower case letters, digits and the separator",
            ),
            Self::NumberOutOfBounds => ("Число вне допустимых границ", "The number is outside its bounds"),
            Self::ListLength => ("Недопустимое число элементов", "The list has too few or too many items"),
            Self::Duplicate => ("Значение указано дважды", "The same value is given twice"),
            Self::MinAboveMax => ("Нижняя граница больше верхней", "The lower limit is above the upper one"),
            Self::TermWithoutLimits => ("Срок не задаёт ни одной границы", "The term sets neither limit"),
            Self::VolumeWithoutLimits => {
                ("Объём не задаёт ни одной границы", "The volume sets neither limit")
            }
            Self::DayNotInCalendar => ("Такого дня нет в каждом году", "There is no such day in every year"),
            Self::DueDayMismatch => (
                "День нужен только для fixed_day и обязателен для него",
                "The day belongs to fixed_day and is required there",
            ),
            Self::ChainDecidesNothing => (
                "Нет безусловного обязательного шага, который решает",
                "No blocking step without a condition decides",
            ),
            Self::EscalationWithoutNextStep => (
                "Дальше никто не решает: нет следующего безусловного шага организации",
                "There is no later unconditional step at which an organization decides",
            ),
            Self::EscalationOfDecision => (
                "Утверждение и согласие нельзя пропустить по сроку",
                "An approval or a consent is not passed over because its time has run out",
            ),
            Self::GroupDecisionOfLearner => (
                "За обучающегося коллегиальный орган не решает",
                "No body decides in the place of the learner",
            ),
            Self::ActOnOtherThanApproval => {
                ("Приказ возможен только при утверждении", "Only an approval can need an act")
            }
            Self::ReturnByNonDecidingStep => (
                "Вернуть может только шаг согласия, согласования или утверждения",
                "Only a step of consent, endorsement or approval can return",
            ),
            Self::BlockingDiscussion => ("Обсуждение не может блокировать", "A discussion never blocks"),
            Self::ApprovalBySubmission => {
                ("Нельзя утвердить собственную подачу", "Nobody approves what he or she submits")
            }
            Self::SkippableApproval => ("Утверждение нельзя пропустить", "An approval cannot be passed over"),
            Self::RoleUnknownForRelation => (
                "У такой организации нет этой роли или роль не решает",
                "That organization has no such role, or the role never decides",
            ),
            Self::ActorRoleMismatch => (
                "Роль указывается для всех, кроме самого обучающегося",
                "A role is given for everybody but the learner",
            ),
            Self::ConsentOfOther => ("Согласие даёт только сам обучающийся", "Only the learner consents"),
            Self::LevelDescends => {
                ("После вышестоящего решает нижестоящий", "A lower level decides after a higher one")
            }
            Self::ConditionOperand => (
                "У условия нет своего операнда или есть чужой",
                "The condition lacks its operand or has another's",
            ),
            Self::ConditionTooDeep => {
                ("Условия вложены глубже четырёх уровней", "Conditions are nested more than four levels deep")
            }
            Self::ConsentStepMissing => (
                "Нужно согласие, но в цепочке нет шага обучающегося",
                "Consent is demanded but the chain has no step of the learner",
            ),
            Self::OrganizationStepMissing => (
                "Нужно согласие обеих сторон, но нет шага организации",
                "Both sides must agree but no step is the organization's",
            ),
            Self::FreeChangesWithChain => (
                "Изменения свободны, но для них задана цепочка",
                "Changes are free, yet a chain is given for them",
            ),
            Self::PartWithoutParent => {
                ("Часть входит в отсутствующую часть", "The part lies within a part that is not there")
            }
            Self::PlanChainMissing => (
                "План утверждается, но цепочки для планов нет",
                "Plans need approval but there is no chain for them",
            ),
            Self::ProspectivePlanMissing => (
                "Нет перспективного плана, из которого берутся строки",
                "There is no prospective plan to draw lines from",
            ),
            Self::RegistryChainMissing => (
                "Нет цепочки, которая решает о включении или перечне",
                "No chain decides on admission or on the list",
            ),
            Self::CreditBooksIncomplete => (
                "Зачётные книжки: нужны и правило ведения, и кто вносит записи",
                "Credit books need both a rule and writers",
            ),
            Self::DefenceMismatch => {
                ("Защита и тот, кто её проводит, указываются вместе", "A defence and its holder go together")
            }
            Self::OrderLevels => (
                "Уровни заказа идут снизу вверх, первый не собирается из поданных",
                "Order levels ascend; the first is not built from submitted ones",
            ),
        }
    }
}

/// One problem of a profile (ошибка в положении).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ProfileProblem {
    /// JSON pointer (RFC 6901) to the place.
    #[schema(max_length = 500)]
    pub pointer: String,
    /// What is wrong.
    pub code: ProfileProblemCode,
    /// The message in Russian.
    #[schema(max_length = 300)]
    pub message_ru: String,
    /// The message in English.
    #[schema(max_length = 300)]
    pub message_en: String,
}

/// Gathers problems under a common base pointer.
#[derive(Default)]
pub(super) struct Problems {
    base: String,
    found: Vec<ProfileProblem>,
}

impl Problems {
    pub(super) fn add(&mut self, pointer: &str, code: ProfileProblemCode) {
        let (ru, en) = code.messages();
        self.found.push(ProfileProblem {
            pointer: format!("{}{pointer}", self.base),
            code,
            message_ru: ru.to_owned(),
            message_en: en.to_owned(),
        });
    }

    /// Runs checks whose pointers are relative to `step`.
    pub(super) fn within(&mut self, step: &str, checks: impl FnOnce(&mut Self)) {
        let outer = self.base.len();
        self.base.push_str(step);
        checks(self);
        self.base.truncate(outer);
    }

    /// Reports each item of the list at `list` whose `field` was seen before.
    pub(super) fn duplicates<T: Eq + Hash>(
        &mut self,
        list: &str,
        field: &str,
        values: impl Iterator<Item = T>,
    ) {
        let mut seen = HashSet::new();
        for (index, value) in values.enumerate() {
            if !seen.insert(value) {
                self.add(&format!("{list}/{index}/{field}"), ProfileProblemCode::Duplicate);
            }
        }
    }

    pub(super) fn into_result(self) -> Result<(), Vec<ProfileProblem>> {
        if self.found.is_empty() { Ok(()) } else { Err(self.found) }
    }
}
