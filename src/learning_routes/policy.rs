//! Who may do what with learning routes. The regulation narrows these rights further: its initiators, drafters and
//! editors of parts are data, and the service asks them.

use crate::approvals::policy::{SEATS_ASSIGNED, SEATS_BELOW};
use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, ProgramCurator, RegionalCoordinator, RegionalOperator,
    RouteTutor, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

/// Who sees a route: the learner, the head of his or her association and a tutor of his or hers (who is a head or one
/// of the administration, P1-12), the school, and those above it.
pub(super) const SEES: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead, RouteTutor], Assigned),
    cell(SCHOOL_STAFF, Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// Who reads one route: they, and colleagues to whom it is entrusted: a tutor who holds no other role, and members of the
/// learner's associations while it is open for discussion (P0-4).
pub const READS: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[Teacher, AssociationHead, RouteTutor], Assigned),
    cell(SCHOOL_STAFF, Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// Who reads one thing that a chain of approval asks about: whoever reads a route, and whoever sits at a step of the chain,
/// wherever that is.
pub const READS_WHAT_IS_ASKED: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[Teacher], Assigned),
    cell(SEATS_ASSIGNED, Assigned),
    cell(SEATS_BELOW, Assigned),
    cell(SCHOOL_STAFF, Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// Who may ever have a hand in forming one (P0-7, P4-36, P2-29).
pub(super) const FORMS: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead], Assigned),
    cell(&[DeputyDirector, Director, ProgramCurator], Unit),
    cell(&[RegionalCoordinator, RegionalOperator], Below),
];

/// Who follows the fulfilment of one.
const FOLLOWS: &[Cell] = &[
    cell(&[DeputyDirector, Director, ProgramCurator], Unit),
    cell(&[RegionalCoordinator, RegionalOperator], Below),
];

/// How members of an association get to read what belongs to a route.
pub(super) const DISCUSSED: &str =
    "members of the learner's associations while the route is open for discussion";

const ACCOMPANY: &str = "and beyond the school only those whom the regulation lets accompany routes";
const DRAFTERS: &str = "and only those whom the regulation of the route names as drafters";

/// Starting a route.
pub static CREATE_ROUTE: Rule = Rule::new("create_route", FORMS)
    .seen_by(&GET_ROUTE)
    .condition("and only those whom the regulation of the school names as initiators or drafters (P0-8)");
/// Listing routes.
pub static LIST_ROUTES: Rule = Rule::new("list_routes", SEES);
/// Reading a route.
pub static GET_ROUTE: Rule = Rule::new("get_route", READS_WHAT_IS_ASKED).condition(
    "members of the learner's associations while the route is open for discussion; whoever its chain asks",
);
/// Changing title, term and note.
pub static UPDATE_ROUTE: Rule = Rule::new("update_route", FORMS).seen_by(&GET_ROUTE).condition(DRAFTERS);
/// Replacing the stages.
pub static REPLACE_ROUTE_STAGES: Rule =
    Rule::new("replace_route_stages", FORMS).seen_by(&GET_ROUTE).condition(DRAFTERS);
/// Replacing the whole content.
pub static REPLACE_ROUTE_CONTENTS: Rule =
    Rule::new("replace_route_contents", FORMS).seen_by(&GET_ROUTE).condition(
        "and only the drafters of the regulation; where nothing but lines of a part changes, the editors of that part",
    );
/// Replacing the problems it answers.
pub static REPLACE_ROUTE_PROBLEMS: Rule =
    Rule::new("replace_route_problems", FORMS).seen_by(&GET_ROUTE).condition(DRAFTERS);
/// Replacing the evidence it rests on.
pub static REPLACE_ROUTE_EVIDENCE: Rule =
    Rule::new("replace_route_evidence", FORMS).seen_by(&GET_ROUTE).condition(DRAFTERS);
/// Replacing the thematic study plan.
pub static REPLACE_ROUTE_STUDY_PLAN: Rule =
    Rule::new("replace_route_study_plan", FORMS).seen_by(&GET_ROUTE).condition(DRAFTERS);
/// Replacing the budget.
pub static REPLACE_ROUTE_BUDGET: Rule =
    Rule::new("replace_route_budget", FORMS).seen_by(&GET_ROUTE).condition(DRAFTERS);
/// Adding an activity.
pub static ADD_ROUTE_ACTIVITY: Rule = Rule::new("add_route_activity", FORMS).seen_by(&GET_ROUTE).condition(
    "and only those whom the regulation names as editors of the part of the route, else as drafters",
);
/// Changing an activity.
pub static UPDATE_ROUTE_ACTIVITY: Rule =
    Rule::new("update_route_activity", FORMS).seen_by(&GET_ROUTE).condition(
        "and only those whom the regulation names as editors of the part of the route, else as drafters",
    );
/// Taking an activity out.
pub static REMOVE_ROUTE_ACTIVITY: Rule =
    Rule::new("remove_route_activity", FORMS).seen_by(&GET_ROUTE).condition(
        "and only those whom the regulation names as editors of the part of the route, else as drafters",
    );
/// Asking what the regulation still misses.
pub static CHECK_ROUTE_SUBMISSION: Rule = Rule::new("check_route_submission", SEES);
/// Handing a route in.
pub static SUBMIT_ROUTE: Rule = Rule::new("submit_route", FORMS).seen_by(&GET_ROUTE).condition(DRAFTERS);
/// Marking one's part in forming a route (P4-11, P4-23, P4-25).
pub static MARK_ROUTE_PARTICIPATION: Rule = Rule::new(
    "mark_route_participation",
    &[
        cell(&[Teacher], Own),
        cell(&[AssociationHead, RouteTutor], Assigned),
        cell(&[DeputyDirector, Director, ProgramCurator], Unit),
        cell(&[RegionalCoordinator, RegionalOperator], Below),
    ],
)
.seen_by(&GET_ROUTE);
/// Bringing an approved route into force.
pub static ACTIVATE_ROUTE: Rule = Rule::new("activate_route", FORMS).seen_by(&GET_ROUTE).condition(DRAFTERS);
/// Recording that an activity is done: not the learner's own word.
pub static COMPLETE_ROUTE_ACTIVITY: Rule = Rule::new(
    "complete_route_activity",
    &[
        cell(&[AssociationHead, RouteTutor], Assigned),
        cell(&[DeputyDirector, Director, ProgramCurator], Unit),
        cell(&[RegionalCoordinator, RegionalOperator], Below),
    ],
)
.seen_by(&GET_ROUTE)
.condition("never the learner");
/// Closing a stage: not the learner (P1-9).
pub static CLOSE_ROUTE_STAGE: Rule = Rule::new(
    "close_route_stage",
    &[
        cell(&[AssociationHead, RouteTutor], Assigned),
        cell(&[DeputyDirector, Director, ProgramCurator], Unit),
        cell(&[RegionalCoordinator, RegionalOperator], Below),
    ],
)
.seen_by(&GET_ROUTE)
.condition("never the learner");
/// Ending a route as fulfilled.
pub static COMPLETE_ROUTE: Rule =
    Rule::new("complete_route", FOLLOWS).seen_by(&GET_ROUTE).condition("never the learner");
/// Ending a route unfulfilled.
pub static CLOSE_ROUTE: Rule =
    Rule::new("close_route", FOLLOWS).seen_by(&GET_ROUTE).condition("never the learner");
/// Taking a route back.
pub static WITHDRAW_ROUTE: Rule = Rule::new("withdraw_route", FORMS)
    .seen_by(&GET_ROUTE)
    .condition("and only the drafters of the regulation; in review only whoever submitted it");
/// Naming the tutor (P1-12, P4-38).
pub static SET_ROUTE_TUTOR: Rule =
    Rule::new("set_route_tutor", FOLLOWS).seen_by(&GET_ROUTE).condition(ACCOMPANY);
/// Naming who is in charge of it (P1-50).
pub static SET_ROUTE_CURATOR: Rule =
    Rule::new("set_route_curator", FOLLOWS).seen_by(&GET_ROUTE).condition(ACCOMPANY);
/// Opening it for discussion, or ending that (P0-4).
pub static SET_ROUTE_DISCUSSION: Rule =
    Rule::new("set_route_discussion", FORMS).seen_by(&GET_ROUTE).condition(DRAFTERS);
/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_ROUTE,
    &LIST_ROUTES,
    &GET_ROUTE,
    &UPDATE_ROUTE,
    &REPLACE_ROUTE_STAGES,
    &REPLACE_ROUTE_CONTENTS,
    &REPLACE_ROUTE_PROBLEMS,
    &REPLACE_ROUTE_EVIDENCE,
    &REPLACE_ROUTE_STUDY_PLAN,
    &REPLACE_ROUTE_BUDGET,
    &ADD_ROUTE_ACTIVITY,
    &UPDATE_ROUTE_ACTIVITY,
    &REMOVE_ROUTE_ACTIVITY,
    &CHECK_ROUTE_SUBMISSION,
    &SUBMIT_ROUTE,
    &MARK_ROUTE_PARTICIPATION,
    &ACTIVATE_ROUTE,
    &COMPLETE_ROUTE_ACTIVITY,
    &CLOSE_ROUTE_STAGE,
    &COMPLETE_ROUTE,
    &CLOSE_ROUTE,
    &WITHDRAW_ROUTE,
    &SET_ROUTE_TUTOR,
    &SET_ROUTE_CURATOR,
    &SET_ROUTE_DISCUSSION,
];
