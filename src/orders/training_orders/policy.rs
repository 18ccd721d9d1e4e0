//! Who may do what with training orders. Who forms and places an order of which level the regulation says.

use crate::approvals::policy::{SEATS_ASSIGNED, SEATS_BELOW};
use crate::authz::Reach::{Assigned, Below, Unit};
use crate::authz::Role::{DeputyDirector, Director, RegionalOperator};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

/// Those who may form an order somewhere: the heads of a school, the municipality, the operator.
const FORMING: &[Cell] =
    &[cell(&[Director, DeputyDirector], Unit), cell(MUNICIPAL, Below), cell(&[RegionalOperator], Below)];

/// Those who read an order: its school and those above, and whoever its chain asks.
const READING: &[Cell] = &[
    cell(SEATS_ASSIGNED, Assigned),
    cell(SEATS_BELOW, Assigned),
    cell(SCHOOL_STAFF, Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

const BY_REGULATION: &str = "in a role that the regulation names for orders of this level";

/// Beginning an order.
pub static CREATE_TRAINING_ORDER: Rule =
    Rule::new("create_training_order", FORMING).seen_by(&GET_TRAINING_ORDER).condition(BY_REGULATION);

/// Listing orders: those of one's school, of one's territory (P0-40).
pub static LIST_TRAINING_ORDERS: Rule = Rule::new(
    "list_training_orders",
    &[cell(SCHOOL_STAFF, Unit), cell(MUNICIPAL, Below), cell(REGIONAL, Below), cell(READERS, Below)],
);

/// Reading an order.
pub static GET_TRAINING_ORDER: Rule =
    Rule::new("get_training_order", READING).condition("whoever its chain asks");

/// Listing the lines of an order.
pub static LIST_TRAINING_ORDER_LINES: Rule =
    Rule::new("list_training_order_lines", READING).condition("whoever its chain asks");

/// Reading a line.
pub static GET_TRAINING_ORDER_LINE: Rule =
    Rule::new("get_training_order_line", READING).condition("whoever its chain asks");

/// Listing what a line rests on: persons are named.
pub static LIST_TRAINING_ORDER_LINE_SOURCES: Rule = Rule::new(
    "list_training_order_line_sources",
    &[cell(SCHOOL_STAFF, Unit), cell(MUNICIPAL, Below), cell(REGIONAL, Below), cell(READERS, Below)],
);

/// Taking in what the level below has submitted since.
pub static REFRESH_TRAINING_ORDER: Rule =
    Rule::new("refresh_training_order", FORMING).seen_by(&GET_TRAINING_ORDER).condition(BY_REGULATION);

/// Submitting an order.
pub static SUBMIT_TRAINING_ORDER: Rule =
    Rule::new("submit_training_order", FORMING).seen_by(&GET_TRAINING_ORDER).condition(BY_REGULATION);

/// Taking an order back.
pub static WITHDRAW_TRAINING_ORDER: Rule =
    Rule::new("withdraw_training_order", FORMING).seen_by(&GET_TRAINING_ORDER).condition(BY_REGULATION);

/// Adding a line.
pub static ADD_TRAINING_ORDER_LINE: Rule =
    Rule::new("add_training_order_line", FORMING).seen_by(&GET_TRAINING_ORDER).condition(BY_REGULATION);

/// Removing a line.
pub static REMOVE_TRAINING_ORDER_LINE: Rule =
    Rule::new("remove_training_order_line", FORMING).seen_by(&GET_TRAINING_ORDER).condition(BY_REGULATION);

/// Saying which offering takes how many people of a line.
pub static SET_TRAINING_ORDER_PLACEMENT: Rule = Rule::new("set_training_order_placement", FORMING)
    .seen_by(&GET_TRAINING_ORDER)
    .condition("in a role that the regulation names for placing orders");

/// Handing the placement of an order in (P3-11).
pub static SUBMIT_TRAINING_ORDER_PLACEMENT: Rule = Rule::new("submit_training_order_placement", FORMING)
    .seen_by(&GET_TRAINING_ORDER)
    .condition("in a role that the regulation names for placing orders");

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_TRAINING_ORDER,
    &LIST_TRAINING_ORDERS,
    &GET_TRAINING_ORDER,
    &LIST_TRAINING_ORDER_LINES,
    &GET_TRAINING_ORDER_LINE,
    &LIST_TRAINING_ORDER_LINE_SOURCES,
    &REFRESH_TRAINING_ORDER,
    &SUBMIT_TRAINING_ORDER,
    &WITHDRAW_TRAINING_ORDER,
    &ADD_TRAINING_ORDER_LINE,
    &REMOVE_TRAINING_ORDER_LINE,
    &SET_TRAINING_ORDER_PLACEMENT,
    &SUBMIT_TRAINING_ORDER_PLACEMENT,
];
