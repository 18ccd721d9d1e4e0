//! Sections `orders` and `funding`: demand for training on its way up, and who pays.

use super::macros::{rules, section, vocabulary};
use super::rule::{PermissionRule, RequirementRule, RolesRule};
use super::vocabulary::{FundingSource, PeriodKind};
use crate::authz::Role;

section! {
    /// Training orders and applications (заказ на повышение квалификации, заявки).
    pub struct OrdersProfile {
        /// The levels an order passes, from the lowest up. Empty: orders are not used.
        #[schema(max_items = 64)]
        pub levels: Vec<OrderLevelRule>,
        /// The period an order is for. Absent: the calendar year.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub period: Option<OrderPeriodRule>,
        /// Where an order may be placed. Absent: anywhere.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub placement: Option<OrderPlacementRule>,
        /// The sum of orders stays within the state assignment.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub within_state_assignment: Option<RequirementRule>,
        /// A list of the people who plan training, each once per ground (список планирующих обучение).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub participant_list: Option<ParticipantListRule>,
        /// Who applies to providers. Empty: persons and organizations.
        #[schema(max_items = 64)]
        pub applications: Vec<TrainingApplicationRule>,
        /// Who reaches agreements about training with schools (договорённости). Absent: nobody need do so.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub school_agreements: Option<RolesRule>,
        /// Heads ensure participation in every stage, the task at the workplace included: a course or module is not
        /// announced without such a stage.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub all_stages: Option<RequirementRule>,
    }
}

section! {
    /// Money (финансирование).
    pub struct FundingProfile {
        /// Sources that may pay. Absent: all.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub sources: Option<FundingSourcesRule>,
        /// Sums may be set for single stages of a route.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub per_stage: Option<PermissionRule>,
        /// A contract with the provider is concluded (договор).
        #[serde(skip_serializing_if = "Option::is_none")]
        pub contracts: Option<RequirementRule>,
    }
}

vocabulary! {
    /// The level of an order (уровень заказа).
    pub enum OrderLevel {
        /// A school.
        School = "school",
        /// A municipality.
        Municipality = "municipality",
        /// A region.
        Region = "region",
    }

    /// Where an order may be placed (место размещения заказа).
    pub enum PlacementTarget {
        /// The municipal methodical centre (ИМЦ).
        MunicipalCenter = "municipal_center",
        /// A base school (опорное ОУ).
        BaseSchool = "base_school",
        /// The regional operator.
        RegionalOperator = "regional_operator",
        /// Any provider (организация ДПО).
        Provider = "provider",
    }

    /// Who applies for training (вид заявителя).
    pub enum ApplicantKind {
        /// A person for himself or herself (заявление).
        Person = "person",
        /// An organization for its people (заявка).
        Organization = "organization",
    }
}

rules! {
    /// One level of an order (уровень заказа).
    pub struct OrderLevelRule {
        /// The level; each at most once, in ascending order.
        pub level: OrderLevel,
        /// Who forms it.
        #[schema(min_items = 1, max_items = 64)]
        pub formed_by: Vec<Role>,
        /// `true`: built only from submitted orders of the level below; lines by hand are marked. Default: `false`.
        #[serde(default)]
        pub from_submitted_orders: bool,
    }

    /// The period of an order (период заказа).
    pub struct OrderPeriodRule {
        /// The period.
        pub period: PeriodKind,
    }

    /// Placement of an order (размещение заказа).
    pub struct OrderPlacementRule {
        /// Who places it.
        #[schema(min_items = 1, max_items = 64)]
        pub placed_by: Vec<Role>,
        /// Where it may be placed.
        #[schema(min_items = 1, max_items = 64)]
        pub targets: Vec<PlacementTarget>,
    }

    /// The list of people who plan training (список планирующих обучение).
    pub struct ParticipantListRule {
        /// The period of the list.
        pub period: PeriodKind,
        /// Who draws it up, together.
        #[schema(min_items = 1, max_items = 64)]
        pub composed_by: Vec<Role>,
    }

    /// Who applies to providers (заявка, заявление).
    pub struct TrainingApplicationRule {
        /// A person or an organization; each at most once.
        pub applicant: ApplicantKind,
        /// The roles that send it.
        #[schema(min_items = 1, max_items = 64)]
        pub submitted_by: Vec<Role>,
    }

    /// Sources that may pay (источники финансирования).
    pub struct FundingSourcesRule {
        /// The sources; each once.
        #[schema(min_items = 1, max_items = 64)]
        pub sources: Vec<FundingSource>,
    }
}
