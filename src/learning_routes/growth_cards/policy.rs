//! Who may do what with growth cards. The regulation narrows these rights further: it names who fills them in and who
//! holds the monitoring.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, ProgramCurator, RegionalCoordinator, RegionalOperator,
    RouteTutor, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};
use crate::learning_routes::policy::{DISCUSSED, GET_ROUTE, READS};

/// Those in whose scope a route is.
const SEES: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead, RouteTutor], Assigned),
    cell(SCHOOL_STAFF, Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// Who may ever fill one in.
const FILLS: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead, RouteTutor], Assigned),
    cell(&[DeputyDirector, Director, ProgramCurator], Unit),
];

/// Who may ever look one through.
const HOLDS: &[Cell] = &[
    cell(&[DeputyDirector, Director, ProgramCurator], Unit),
    cell(&[RegionalCoordinator, RegionalOperator], Below),
];

const FILLED_BY: &str = "and only those who fill it in by the regulation of the route";
const HELD_BY: &str = "and only those who hold the monitoring by the regulation of the route, or the director; never the learner";

/// Listing who owes a card of a year, and where it stands.
pub static LIST_GROWTH_CARDS: Rule = Rule::new("list_growth_cards", SEES);
/// Reading a card: whoever reads the route, for its results are discussed too (P0-4).
pub static GET_GROWTH_CARD: Rule = Rule::new("get_growth_card", READS).condition(DISCUSSED);
/// Writing reflection and documents.
pub static UPDATE_GROWTH_CARD: Rule =
    Rule::new("update_growth_card", FILLS).seen_by(&GET_ROUTE).condition(FILLED_BY);
/// Handing a card in (P0-32).
pub static SUBMIT_GROWTH_CARD: Rule =
    Rule::new("submit_growth_card", FILLS).seen_by(&GET_ROUTE).condition(FILLED_BY);
/// Accepting a card.
pub static ACCEPT_GROWTH_CARD: Rule =
    Rule::new("accept_growth_card", HOLDS).seen_by(&GET_ROUTE).condition(HELD_BY);
/// Sending a card back.
pub static RETURN_GROWTH_CARD: Rule =
    Rule::new("return_growth_card", HOLDS).seen_by(&GET_ROUTE).condition(HELD_BY);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &LIST_GROWTH_CARDS,
    &GET_GROWTH_CARD,
    &UPDATE_GROWTH_CARD,
    &SUBMIT_GROWTH_CARD,
    &ACCEPT_GROWTH_CARD,
    &RETURN_GROWTH_CARD,
];
