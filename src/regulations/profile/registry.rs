//! Section `registry`: the list of programs, its review, its yearly publication, and what refers to it.

use super::calendar::MonthDay;
use super::macros::{rules, section, vocabulary};
use super::rule::RolesRule;
use super::vocabulary::{LearnerPosition, PeriodKind};
use crate::authz::Role;
use crate::values::ProgramKind;

section! {
    /// The registry of programs (реестр программ). Who decides on admission stands in `chains.program_registration`.
    pub struct RegistryProfile {
        /// Which list of programs there is. Absent: lists of the providers.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub list: Option<ProgramListRule>,
        /// Kinds of programs in it. Absent: all.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub program_kinds: Option<RegistryProgramKindsRule>,
        /// Review before admission (экспертиза). Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub review: Option<ProgramReviewRule>,
        /// Yearly publication (публикация реестра). Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub publication: Option<RegistryPublicationRule>,
        /// Who may submit programs. Absent: providers.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub submitters: Option<RolesRule>,
        /// Who recommends programs to teachers (рекомендации). Absent: anybody above them.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub recommendations: Option<ProgramRecommendationsRule>,
        /// Who sets the rules of crediting modules (порядок зачёта). Absent: crediting is not used.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub credit_rules: Option<CreditRuleOwnersRule>,
        /// The list of priority directions (перечень направлений). Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub directions: Option<PriorityDirectionsRule>,
    }
}

vocabulary! {
    /// Whose list of programs there is (уровень перечня).
    pub enum ProgramListScope {
        /// Lists of the providers (перечни организаций).
        Providers = "providers",
        /// A municipal list (муниципальный перечень).
        Municipal = "municipal",
        /// A regional registry (региональный реестр).
        Regional = "regional",
    }

    /// The kind of a review (вид экспертизы).
    pub enum ProgramReviewKind {
        /// Professional and public review (профессионально-общественная экспертиза).
        ProfessionalPublic = "professional_public",
        /// Review by the body that keeps the registry (проверка держателем реестра).
        Keeper = "keeper",
    }

    /// What a recommendation rests on (основание рекомендации).
    pub enum RecommendationBasis {
        /// The teacher's need (потребность педагога).
        Need = "need",
        /// A problem of the school or the teacher (проблема).
        Problem = "problem",
        /// A priority direction (приоритетное направление).
        PriorityDirection = "priority_direction",
    }
}

rules! {
    /// Whose list of programs there is (перечень программ).
    pub struct ProgramListRule {
        /// The level of the list.
        pub scope: ProgramListScope,
        /// Whom its programs are for; empty: everybody.
        #[serde(default)]
        #[schema(max_items = 64)]
        pub audience: Vec<LearnerPosition>,
    }

    /// Kinds of programs in the registry (виды программ реестра).
    pub struct RegistryProgramKindsRule {
        /// The kinds; each once.
        #[schema(min_items = 1, max_items = 64)]
        pub kinds: Vec<ProgramKind>,
    }

    /// Review before admission (экспертиза программ).
    pub struct ProgramReviewRule {
        /// Its kind.
        pub kind: ProgramReviewKind,
        /// Who organizes it.
        #[schema(min_items = 1, max_items = 64)]
        pub organized_by: Vec<Role>,
    }

    /// Yearly publication of the registry (публикация реестра).
    pub struct RegistryPublicationRule {
        /// The last day that is in time, in the year the registry is for.
        pub due_on: MonthDay,
        /// Who publishes.
        #[schema(min_items = 1, max_items = 64)]
        pub published_by: Vec<Role>,
        /// `true`: changed during the year by numbered revisions (актуализация). Default: `false`.
        #[serde(default)]
        pub revised_during_year: bool,
    }

    /// Recommendations of programs (рекомендации программ).
    pub struct ProgramRecommendationsRule {
        /// Who recommends.
        #[schema(min_items = 1, max_items = 64)]
        pub recommended_by: Vec<Role>,
        /// What a recommendation may rest on; empty: anything.
        #[serde(default)]
        #[schema(max_items = 64)]
        pub bases: Vec<RecommendationBasis>,
        /// `true`: only programs of the active registry. Default: `false`.
        #[serde(default)]
        pub registry_only: bool,
    }

    /// Rules of crediting modules (порядок зачёта).
    pub struct CreditRuleOwnersRule {
        /// Who sets rules, each for its own programs.
        #[schema(min_items = 1, max_items = 64)]
        pub owners: Vec<Role>,
        /// `true`: only programs of the registry are credited. Default: `false`.
        #[serde(default)]
        pub registry_only: bool,
    }

    /// Priority directions (приоритетные направления).
    pub struct PriorityDirectionsRule {
        /// The period a list is for; one approved list in each.
        pub period: PeriodKind,
        /// Who drafts the list.
        #[schema(min_items = 1, max_items = 64)]
        pub drafted_by: Vec<Role>,
    }
}
