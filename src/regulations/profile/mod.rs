//! The profile of a regulation: what it demands, as a strict document, and what that document means.
//!
//! - The sections ([`RouteProfile`], [`ApprovalChains`], [`HoursProfile`], …) are the document's definition: their
//!   serde shape is the format, their doc comments are its description in OpenAPI.
//! - [`parse()`] reads it strictly; [`validate()`] checks its meaning and reports every problem at once. Only the
//!   validator makes a [`ValidProfile`], and only a `ValidProfile` is obeyed.
//! - [`resolve()`] and [`required_hours()`] answer what follows from it. Both are pure.
//!
//! What is federal law (training once in three years, 250 hours of retraining) is code elsewhere, not a rule here.

mod calendar;
mod chain;
mod chains;
mod condition;
mod document;
mod hour_norm;
mod hours;
mod macros;
mod monitoring;
mod orders;
mod parse;
mod plans;
mod recording;
mod registry;
mod route;
mod route_activities;
mod route_content;
mod route_life;
mod route_people;
mod rule;
mod support;
mod validate;
mod vocabulary;

pub use calendar::*;
pub use chain::{ResolvedChain, ResolvedStep, deciding_roles, resolve};
pub use chains::*;
pub use condition::{ChainCondition, ChainConditionKind, ChainFacts, MAX_CONDITION_DEPTH};
pub use document::*;
pub use hour_norm::{RequiredHours, required_hours};
pub use hours::*;
pub(crate) use macros::vocabulary;
pub use monitoring::*;
pub use orders::*;
pub use parse::{ProfileParseError, parse, parse_document, parse_value};
pub use plans::*;
pub use recording::*;
pub use registry::*;
pub use route::*;
pub use route_activities::*;
pub use route_content::*;
pub use route_life::*;
pub use route_people::*;
pub use rule::{PermissionRule, RequirementRule, RolesRule, RuleSeverity};
pub use support::*;
pub use validate::{
    ProfileProblem, ProfileProblemCode, ValidProfile, ValidRegulation, validate, validate_document,
};
pub use vocabulary::*;

macros::section! {
    /// What a regulation demands (содержание положения). A section that is left out demands nothing of its own.
    pub struct Profile {
        /// Learning routes.
        pub route: RouteProfile,
        /// Approval chains.
        pub chains: ApprovalChains,
        /// The norm of hours.
        pub hours: HoursProfile,
        /// Recording of training.
        pub recording: RecordingProfile,
        /// The registry of programs.
        pub registry: RegistryProfile,
        /// Plans.
        pub plans: PlansProfile,
        /// Training orders and applications.
        pub orders: OrdersProfile,
        /// Money.
        pub funding: FundingProfile,
        /// Support, products, delayed outcomes, control.
        pub support: SupportProfile,
        /// Diagnostics.
        pub diagnostics: DiagnosticsProfile,
        /// Monitoring and decisions.
        pub monitoring: MonitoringProfile,
        /// The school year and yearly duties.
        pub calendar: CalendarProfile,
    }
}
