//! Who may do what with plans. Who composes a plan of a kind the regulation says, and who decides on it its chain.

use crate::approvals::policy::{SEATS_ASSIGNED, SEATS_BELOW};
use crate::authz::Reach::{Assigned, Below, Unit};
use crate::authz::Role::{DeputyDirector, Director, ProgramCurator, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Role, Rule, cell};

/// Those whom a regulation can leave the plans of a school to.
pub const PLANNERS: &[Role] = &[DeputyDirector, Director, ProgramCurator];

const AS_THE_REGULATION_SAYS: &str = "whom the regulation of the school lets compose plans of the kind";

/// Beginning a plan.
pub static COMPOSE_PLAN: Rule =
    Rule::new("compose_plan", &[cell(PLANNERS, Unit)]).condition(AS_THE_REGULATION_SAYS);

/// Listing plans: of one's school, of the schools of one's territory.
pub static LIST_PLANS: Rule = Rule::new(
    "list_plans",
    &[
        cell(&[Teacher], Unit),
        cell(SCHOOL_STAFF, Unit),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
);

/// Reading a plan: everybody at the school.
pub static GET_PLAN: Rule = Rule::new(
    "get_plan",
    &[
        cell(&[Teacher], Unit),
        cell(&[Teacher], Assigned),
        cell(SEATS_ASSIGNED, Assigned),
        cell(SEATS_BELOW, Assigned),
        cell(SCHOOL_STAFF, Unit),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
)
.condition("whoever its chain asks");

/// Reading the lines of a plan: they say of people what they lack, so not everybody at the school.
pub static LIST_PLAN_LINES: Rule = Rule::new(
    "list_plan_lines",
    &[
        cell(SEATS_BELOW, Assigned),
        cell(SCHOOL_STAFF, Unit),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
    ],
)
.seen_by(&GET_PLAN)
.condition("whoever its chain asks");

/// Changing what is said of a plan.
pub static UPDATE_PLAN: Rule =
    Rule::new("update_plan", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN).condition(AS_THE_REGULATION_SAYS);

/// Drawing in what has been agreed since.
pub static REFRESH_PLAN: Rule =
    Rule::new("refresh_plan", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN).condition(AS_THE_REGULATION_SAYS);

/// Adding a line.
pub static ADD_PLAN_LINE: Rule =
    Rule::new("add_plan_line", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN).condition(AS_THE_REGULATION_SAYS);

/// Taking a line out.
pub static REMOVE_PLAN_LINE: Rule = Rule::new("remove_plan_line", &[cell(PLANNERS, Unit)])
    .seen_by(&GET_PLAN)
    .condition(AS_THE_REGULATION_SAYS);

/// Handing a plan in.
pub static SUBMIT_PLAN: Rule =
    Rule::new("submit_plan", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN).condition(AS_THE_REGULATION_SAYS);

/// Taking a plan back.
pub static WITHDRAW_PLAN: Rule =
    Rule::new("withdraw_plan", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN).condition(AS_THE_REGULATION_SAYS);

/// Reading who could be sent to training.
pub static LIST_PLAN_CANDIDATES: Rule =
    Rule::new("list_plan_candidates", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN);

/// Reading what no line answers.
pub static LIST_UNCOVERED_DEFICITS: Rule =
    Rule::new("list_uncovered_deficits", &[cell(PLANNERS, Unit)]).seen_by(&GET_PLAN);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &COMPOSE_PLAN,
    &LIST_PLANS,
    &GET_PLAN,
    &UPDATE_PLAN,
    &REFRESH_PLAN,
    &SUBMIT_PLAN,
    &WITHDRAW_PLAN,
    &ADD_PLAN_LINE,
    &LIST_PLAN_LINES,
    &REMOVE_PLAN_LINE,
    &LIST_PLAN_CANDIDATES,
    &LIST_UNCOVERED_DEFICITS,
];
