//! Sections `monitoring` and `diagnostics`: cycles, monitorings, decisions, and who finds difficulties.

use super::macros::{rules, section, vocabulary};
use super::rule::RolesRule;
use super::vocabulary::PeriodKind;
use crate::authz::Role;

section! {
    /// Monitoring and decisions (мониторинг и управленческие решения).
    pub struct MonitoringProfile {
        /// The cycle of the system and its stages or blocks (этапы, блоки). Absent: none.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub cycle: Option<MonitoringCycleRule>,
        /// Monitorings held every period. Empty: none.
        #[schema(max_items = 64)]
        pub monitorings: Vec<MonitoringRule>,
        /// Who takes decisions with a due date (управленческие решения). Absent: nobody need do so.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub decision_makers: Option<RolesRule>,
        /// Who coordinates and controls within reach of the role (координация и контроль). Absent: by the roles.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub coordinators: Option<RolesRule>,
    }
}

section! {
    /// Diagnostics of difficulties and deficits (диагностика).
    pub struct DiagnosticsProfile {
        /// Who organizes campaigns. Absent: anybody above the teacher.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub organizers: Option<RolesRule>,
        /// Who may own instruments. Absent: whoever organizes.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub instrument_owners: Option<RolesRule>,
        /// Who of a school organizes diagnostics there: enrols people, records attendance, reminds. Absent: director,
        /// deputy and curator of programs.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub school_organizers: Option<RolesRule>,
        /// How procedures are held. Absent: any way.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub modes: Option<DiagnosticModesRule>,
        /// Who collects needs for training in campaigns (сбор потребностей). Absent: municipality and region.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub need_collectors: Option<RolesRule>,
        /// Who supplies findings of the assessment of pupils. Absent: the quality centre.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub finding_suppliers: Option<RolesRule>,
    }
}

vocabulary! {
    /// The subject of a monitoring (предмет мониторинга).
    pub enum MonitoringSubject {
        /// Training and professional growth (повышение квалификации и профессиональный рост).
        ProfessionalGrowth = "professional_growth",
        /// Fulfilment of routes (выполнение программ).
        RouteFulfilment = "route_fulfilment",
        /// Quality of programs (внутренний мониторинг качества).
        ProgramQuality = "program_quality",
        /// Needs for training (мониторинг потребности).
        Needs = "needs",
    }

    /// How diagnostics are held (формат диагностики).
    pub enum DiagnosticMode {
        /// Over the network (онлайн).
        Online = "online",
        /// In person (очно).
        Offline = "offline",
    }
}

rules! {
    /// The cycle of the system (цикл).
    pub struct MonitoringCycleRule {
        /// The period of one cycle.
        pub period: PeriodKind,
        /// Stages or blocks in their order.
        #[schema(min_items = 1, max_items = 64)]
        pub stages: Vec<MonitoringStageRule>,
    }

    /// A stage or block of a cycle (этап, блок).
    pub struct MonitoringStageRule {
        /// Stable code, lower case, digits and underscores; unique in the cycle.
        #[schema(min_length = 1, max_length = 64, pattern = "^[a-z][a-z0-9_]*$")]
        pub code: String,
        /// Name in Russian.
        #[schema(min_length = 1, max_length = 300)]
        pub title_ru: String,
        /// Name in English.
        #[schema(min_length = 1, max_length = 300)]
        pub title_en: String,
        /// Who may submit into it; empty: the regulation names nobody.
        #[serde(default)]
        #[schema(max_items = 64)]
        pub participants: Vec<Role>,
    }

    /// A monitoring held every period (мониторинг).
    pub struct MonitoringRule {
        /// What is monitored; each at most once.
        pub subject: MonitoringSubject,
        /// How often.
        pub period: PeriodKind,
        /// Who holds it.
        #[schema(min_items = 1, max_items = 64)]
        pub held_by: Vec<Role>,
        /// Who submits into it; empty: nobody.
        #[serde(default)]
        #[schema(max_items = 64)]
        pub submitted_by: Vec<Role>,
    }

    /// How diagnostics are held (формат диагностики).
    pub struct DiagnosticModesRule {
        /// The modes; each once.
        #[schema(min_items = 1, max_items = 64)]
        pub modes: Vec<DiagnosticMode>,
    }
}
