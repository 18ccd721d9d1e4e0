//! Who may do what with products. Who holds defences and who checks introductions the regulation says.

use crate::authz::Reach::{Below, Own, Unit};
use crate::authz::Role::{MunicipalMethodist, Teacher};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_HEADS, SCHOOL_STAFF};
use crate::authz::{Cell, Rule, cell};

/// The author, the school, and those above.
const READING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(SCHOOL_STAFF, Unit),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// The author, and those who write it down for him.
const WRITING: &[Cell] =
    &[cell(&[Teacher], Own), cell(SCHOOL_HEADS, Unit), cell(&[MunicipalMethodist], Below)];

/// Those to whom a regulation may leave defences and checks.
const JUDGING: &[Cell] = &[cell(SCHOOL_HEADS, Unit), cell(MUNICIPAL, Below), cell(REGIONAL, Below)];

/// Beginning a product.
pub static CREATE_PRODUCT: Rule =
    Rule::new("create_product", WRITING).condition("where the regulation of the school knows products");

/// Listing products.
pub static LIST_PRODUCTS: Rule = Rule::new("list_products", READING);

/// Reading a product.
pub static GET_PRODUCT: Rule = Rule::new("get_product", READING);

/// Writing a draft anew.
pub static UPDATE_PRODUCT: Rule = Rule::new("update_product", WRITING).seen_by(&GET_PRODUCT);

/// Recording a defence (P3-33).
pub static RECORD_PRODUCT_DEFENCE: Rule = Rule::new("record_product_defence", JUDGING)
    .seen_by(&GET_PRODUCT)
    .condition("the regulation says who holds the defence; nobody records that of his own product");

/// Introducing a product (P3-48).
pub static RECORD_PRODUCT_INTRODUCTION: Rule =
    Rule::new("record_product_introduction", &[cell(&[Teacher], Own), cell(SCHOOL_HEADS, Unit)])
        .seen_by(&GET_PRODUCT);

/// Checking the introduction (P3-42).
pub static RECORD_PRODUCT_CHECK: Rule = Rule::new("record_product_check", JUDGING)
    .seen_by(&GET_PRODUCT)
    .condition("the regulation says who checks; nobody checks his own product");

/// The policy table.
pub const RULES: &[&Rule] = &[
    &CREATE_PRODUCT,
    &LIST_PRODUCTS,
    &GET_PRODUCT,
    &UPDATE_PRODUCT,
    &RECORD_PRODUCT_DEFENCE,
    &RECORD_PRODUCT_INTRODUCTION,
    &RECORD_PRODUCT_CHECK,
];
