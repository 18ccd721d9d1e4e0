//! Who may do what with flags in credit books.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{MunicipalMethodist, Teacher};
use crate::authz::groups::READERS;
use crate::authz::{Cell, Rule, cell};
use crate::hours::credit_books::policy::{GET_CREDIT_BOOK, LEADERS, ORGANISERS, WRITING, WRITTEN_BY};

/// The teacher, whoever it goes to, and the organiser of what it is about.
const SEES: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(LEADERS, Assigned),
    cell(ORGANISERS, Assigned),
    cell(ORGANISERS, Unit),
    cell(&[MunicipalMethodist], Below),
    cell(READERS, Below),
];

/// Flagging one's own book (P3-46).
pub static FLAG_CREDIT_BOOK: Rule =
    Rule::new("flag_credit_book", &[cell(&[Teacher], Own)]).seen_by(&GET_CREDIT_BOOK);

/// Listing flags: one's own, those that go to oneself, those about what one's organization holds.
pub static LIST_CREDIT_BOOK_FLAGS: Rule = Rule::new("list_credit_book_flags", SEES);

/// Reading a flag.
pub static GET_CREDIT_BOOK_FLAG: Rule = Rule::new("get_credit_book_flag", SEES);

/// Resolving or refusing.
pub static ANSWER_CREDIT_BOOK_FLAG: Rule =
    Rule::new("answer_credit_book_flag", WRITING).seen_by(&GET_CREDIT_BOOK_FLAG).condition(WRITTEN_BY);

/// Taking one's own flag back.
pub static WITHDRAW_CREDIT_BOOK_FLAG: Rule =
    Rule::new("withdraw_credit_book_flag", &[cell(&[Teacher], Own)]).seen_by(&GET_CREDIT_BOOK_FLAG);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &FLAG_CREDIT_BOOK,
    &LIST_CREDIT_BOOK_FLAGS,
    &GET_CREDIT_BOOK_FLAG,
    &ANSWER_CREDIT_BOOK_FLAG,
    &WITHDRAW_CREDIT_BOOK_FLAG,
];
