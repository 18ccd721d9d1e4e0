//! Who may do what with sheets of criteria.

use crate::authz::Reach::{Above, Below};
use crate::authz::Role::{MinistryOfficer, RegionalOperator};
use crate::authz::groups::EVERYBODY;
use crate::authz::{Role, Rule, cell};

/// Those who may organize reviews; the regulation says which of them does (P2-22).
const ORGANIZERS: &[Role] = &[MinistryOfficer, RegionalOperator];

const ORGANIZER: &str = "the regulation of the region says who organizes reviews";

/// Making a sheet.
pub static CREATE_REVIEW_SHEET: Rule = Rule::new("create_review_sheet", &[cell(ORGANIZERS, Below)])
    .seen_by(&GET_REVIEW_SHEET)
    .condition(ORGANIZER);

/// Listing the sheets of one's own region: by what programs are judged is no secret.
pub static LIST_REVIEW_SHEETS: Rule = Rule::new("list_review_sheets", &[cell(EVERYBODY, Above)]);

/// Reading a sheet of one's own region.
pub static GET_REVIEW_SHEET: Rule = Rule::new("get_review_sheet", &[cell(EVERYBODY, Above)]);

/// Changing a sheet that no review uses, or retiring one.
pub static UPDATE_REVIEW_SHEET: Rule = Rule::new("update_review_sheet", &[cell(ORGANIZERS, Below)])
    .seen_by(&GET_REVIEW_SHEET)
    .condition(ORGANIZER);

/// The policy table.
pub const RULES: &[&Rule] =
    &[&CREATE_REVIEW_SHEET, &LIST_REVIEW_SHEETS, &GET_REVIEW_SHEET, &UPDATE_REVIEW_SHEET];
