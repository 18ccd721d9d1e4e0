//! Who keeps ranges of numbers: whoever issues papers, for the own organization.

use crate::authz::Reach::{Below, Unit};
use crate::authz::groups::{READERS, REGIONAL};
use crate::authz::{Cell, Rule, cell};
use crate::hours::credentials::policy::ISSUERS;

const READING: &[Cell] = &[cell(ISSUERS, Unit), cell(REGIONAL, Below), cell(READERS, Below)];

/// Setting up a range.
pub static CREATE_NUMBER_RANGE: Rule = Rule::new("create_number_range", &[cell(ISSUERS, Unit)])
    .condition("numbers of the same spelling are in one range of the organization alone");

/// Listing ranges: of one's organization, of one's region.
pub static LIST_NUMBER_RANGES: Rule = Rule::new("list_number_ranges", READING);

/// Reading a range.
pub static GET_NUMBER_RANGE: Rule = Rule::new("get_number_range", READING);

/// Closing a range.
pub static CLOSE_NUMBER_RANGE: Rule =
    Rule::new("close_number_range", &[cell(ISSUERS, Unit)]).seen_by(&GET_NUMBER_RANGE);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_NUMBER_RANGE, &LIST_NUMBER_RANGES, &GET_NUMBER_RANGE, &CLOSE_NUMBER_RANGE];
