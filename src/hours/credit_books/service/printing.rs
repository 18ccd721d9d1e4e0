//! A credit book with what its printed form names in words.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::{ShownBook, get_credit_book};
use crate::db::Ctx;
use crate::directory::organizations::service::names_of as organizations_of;
use crate::directory::persons::service::names_of;
use crate::error::Result;
use crate::hours::clock::today;
use crate::regulations::service::regulation_of_case;
use crate::values::PersonName;

/// What a printed credit book is made of.
#[derive(Debug)]
pub struct PrintedBook {
    /// The book.
    pub shown: ShownBook,
    /// The organizations it names.
    pub organizations: HashMap<Uuid, String>,
    /// Who wrote its entries.
    pub writers: HashMap<Uuid, PersonName>,
    /// The regulation it is kept under.
    pub regulation_title: String,
    /// The day it is printed.
    pub today: NaiveDate,
}

/// A book to be printed.
pub async fn credit_book_to_print(ctx: &Ctx<'_>, id: Uuid) -> Result<PrintedBook> {
    let shown = get_credit_book(ctx, id).await?;
    let book = &shown.book;
    let writers: BTreeSet<Uuid> = shown.entries.iter().filter_map(|entry| entry.writer_id).collect();
    let organizers = shown.entries.iter().map(|entry| entry.organization_id);
    let organizations: BTreeSet<Uuid> =
        organizers.chain([book.organization_id]).chain(book.issued_by_id).collect();
    let (writers, organizations) = (Vec::from_iter(writers), Vec::from_iter(organizations));
    let (organizations, writers, regulation, today) = tokio::try_join!(
        organizations_of(ctx.conn, &organizations),
        names_of(ctx.conn, &writers),
        regulation_of_case(ctx, book.regulation_id),
        today(ctx),
    )?;
    Ok(PrintedBook { organizations, writers, regulation_title: regulation.title, today, shown })
}
