//! Who may do what with credit books. The regulation narrows these rights: it says who issues books and who writes
//! whose entries.

use crate::authz::Reach::{Assigned, Below, Own, Unit};
use crate::authz::Role::{
    AssociationHead, DeputyDirector, Director, MunicipalMethodist, MunicipalOfficer, OfferingLeader,
    ProgramCurator, ProviderOfficer, RegionalCoordinator, RegionalOperator, Teacher,
};
use crate::authz::groups::{MUNICIPAL, READERS, REGIONAL, SCHOOL_STAFF};
use crate::authz::{Cell, Role, Rule, cell};

/// Those who may ever issue books; the regulation says which of them do.
const ISSUING: &[Role] = &[
    MunicipalMethodist,
    MunicipalOfficer,
    Director,
    DeputyDirector,
    ProgramCurator,
    RegionalOperator,
    RegionalCoordinator,
];

/// Those who write about what they lead (P3-16).
pub const LEADERS: &[Role] = &[OfferingLeader, AssociationHead];

/// Those who write about what their organization holds (P3-34); the regulation says which of them do.
pub const ORGANISERS: &[Role] =
    &[ProviderOfficer, RegionalCoordinator, RegionalOperator, MunicipalMethodist, Director, DeputyDirector];

/// Who writes an entry: by leading, or for the organiser.
pub const WRITING: &[Cell] = &[cell(LEADERS, Assigned), cell(ORGANISERS, Assigned), cell(ORGANISERS, Unit)];

const READING: &[Cell] = &[
    cell(&[Teacher], Own),
    cell(&[AssociationHead], Assigned),
    cell(SCHOOL_STAFF, Below),
    cell(MUNICIPAL, Below),
    cell(REGIONAL, Below),
    cell(READERS, Below),
];

/// What the regulation adds to the right to issue and to close.
const ISSUED_BY: &str =
    "the regulation says who issues books, and whether the teacher opens and closes his or her own";

/// What the regulation adds to the right to write.
pub const WRITTEN_BY: &str = "the regulation of the book says who writes entries of what he leads or of what his organization holds; nobody \
     writes in his own book";

/// Opening a book: on the teacher's wish (P3-17), or by who issues them.
pub static OPEN_CREDIT_BOOK: Rule =
    Rule::new("open_credit_book", &[cell(&[Teacher], Own), cell(ISSUING, Below)])
        .seen_by(&GET_CREDIT_BOOK)
        .condition(ISSUED_BY);

/// Opening books for many (P3-34).
pub static OPEN_CREDIT_BOOKS: Rule =
    Rule::new("open_credit_books", &[cell(ISSUING, Below)]).seen_by(&GET_CREDIT_BOOK).condition(ISSUED_BY);

/// Listing books: one's own, of one's people.
pub static LIST_CREDIT_BOOKS: Rule = Rule::new("list_credit_books", READING);

/// Reading a book. Whoever leads one offering sees his own entries, not the book.
pub static GET_CREDIT_BOOK: Rule = Rule::new("get_credit_book", READING);

/// Closing a book: keeping one is voluntary (P3-17).
pub static CLOSE_CREDIT_BOOK: Rule =
    Rule::new("close_credit_book", &[cell(&[Teacher], Own), cell(ISSUING, Below)])
        .seen_by(&GET_CREDIT_BOOK)
        .condition(ISSUED_BY);

/// Writing an entry (P3-16, P3-34).
pub static WRITE_CREDIT_BOOK_ENTRY: Rule =
    Rule::new("write_credit_book_entry", WRITING).condition(WRITTEN_BY);

/// Reading an entry: whoever reads the book, the leader and the organiser.
pub static GET_CREDIT_BOOK_ENTRY: Rule = Rule::new(
    "get_credit_book_entry",
    &[
        cell(&[Teacher], Own),
        cell(SCHOOL_STAFF, Below),
        cell(MUNICIPAL, Below),
        cell(REGIONAL, Below),
        cell(READERS, Below),
        cell(LEADERS, Assigned),
        cell(ORGANISERS, Assigned),
        cell(ORGANISERS, Unit),
    ],
);

/// Correcting an entry.
pub static CORRECT_CREDIT_BOOK_ENTRY: Rule =
    Rule::new("correct_credit_book_entry", WRITING).seen_by(&GET_CREDIT_BOOK_ENTRY).condition(WRITTEN_BY);

/// The policy table.
pub const RULES: &[&Rule] = &[
    &OPEN_CREDIT_BOOK,
    &OPEN_CREDIT_BOOKS,
    &LIST_CREDIT_BOOKS,
    &GET_CREDIT_BOOK,
    &CLOSE_CREDIT_BOOK,
    &WRITE_CREDIT_BOOK_ENTRY,
    &GET_CREDIT_BOOK_ENTRY,
    &CORRECT_CREDIT_BOOK_ENTRY,
];
