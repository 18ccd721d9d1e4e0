//! Use cases of credit books: reading and closing. Opening and writing stand in files of their own.

mod entries;
mod held;
mod opening;
mod printing;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{BookLine, CreditBook, Entry, EntrySaid, Source, current, openers};
use super::{policy, store};
use crate::authz::{Actor, Rule, Target, authorize, authorize_seen, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::service::{names_of, person_facts, targets_on};
use crate::error::{Code, Error, Result};
use crate::hours::clock::today;
use crate::hours::credit_book_flags::policy::FLAG_CREDIT_BOOK;
use crate::http::PageQuery;
use crate::regulations::model::BindingRegulation;
use crate::regulations::service::regulation_of_case;
use crate::values::PersonName;

pub use entries::{
    NewEntry, ShownEntry, correct_credit_book_entry, corrected, get_credit_book_entry, refuse_own,
    write_credit_book_entry, writers_of, written,
};
pub use held::Held;
pub use opening::{Opened, Outcome, Whom, open_credit_book, open_credit_books};
pub use printing::{PrintedBook, credit_book_to_print};

/// A book with its entries, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownBook {
    /// The book.
    pub book: CreditBook,
    /// Whose it is.
    pub name: PersonName,
    /// The entries that stand, by date.
    pub entries: Vec<Entry>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// One page of the books the actor may see.
pub async fn list_credit_books(
    ctx: &Ctx<'_>,
    filter: store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<BookLine>> {
    let scope = scope(ctx.actor, &policy::LIST_CREDIT_BOOKS)?;
    let today = today(ctx).await?;
    let found = store::list(ctx.conn, (&scope, today), filter, page.fetch(), after).await?;
    let people: Vec<Uuid> = found.iter().map(|book| book.person_id).collect();
    let names = names_of(ctx.conn, &people).await?;
    let line = |book: CreditBook| {
        let name = names.get(&book.person_id).cloned();
        let name = name.ok_or_else(|| Error::internal("a credit book of nobody"))?;
        Ok(BookLine { book, name })
    };
    found.into_iter().map(line).collect()
}

/// One book.
pub async fn get_credit_book(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownBook> {
    let book = store::find(ctx.conn, id).await?;
    let target = target(ctx, &book).await?;
    authorize(ctx.actor, &policy::GET_CREDIT_BOOK, &target)?;
    shown(ctx, book, &target).await
}

/// Closes a book: nothing is written in it any more, it stays readable.
pub async fn close_credit_book(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownBook> {
    let book = store::lock(ctx.conn, id).await?;
    let target = target(ctx, &book).await?;
    authorize(ctx.actor, &policy::CLOSE_CREDIT_BOOK, &target)?;
    let closers = closers(ctx.actor, &regulation_of_case(ctx, book.regulation_id).await?);
    let permit = authorize_seen(&closers, &policy::CLOSE_CREDIT_BOOK, &target)?;
    if book.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    refuse_closed(&book)?;
    let today = today(ctx).await?;
    let closed_on = Some(today.max(book.opened_on));
    let book = CreditBook { closed_on, version: book.version + 1, ..book };
    store::close(ctx, &permit, &book).await?;
    let change = Change::none().field("closed_on", (), closed_on.map(|day| day.to_string()));
    ctx.audit(&permit, Subject { kind: "credit_book", id }, change).await?;
    shown(ctx, book, &target).await
}

/// A book without asking who may see it: for what is said of it.
pub async fn book(ctx: &Ctx<'_>, id: Uuid) -> Result<CreditBook> {
    store::find(ctx.conn, id).await
}

/// A book without asking who may see it, held until the end of the transaction: for what is said of it.
pub async fn hold_book(ctx: &Ctx<'_>, id: Uuid) -> Result<CreditBook> {
    store::lock(ctx.conn, id).await
}

/// The entries of a book that stand, by date, without asking who may see them.
pub async fn standing_entries(ctx: &Ctx<'_>, book_id: Uuid) -> Result<Vec<Entry>> {
    Ok(current(store::entries_of(ctx.conn, book_id).await?))
}

/// The entry a loaded row stands for, in the open book of the person with that kept card and without asking who may see it: about an offering
/// there is one, about an association one for each first day and topic.
pub async fn find_loaded(
    ctx: &Ctx<'_>,
    kept_id: Uuid,
    source: Source,
    said: &EntrySaid,
) -> Result<Option<Entry>> {
    let Some(book_id) = store::open_of(ctx.conn, &[kept_id]).await?.remove(&kept_id) else {
        return Ok(None);
    };
    let of_session = |entry: &Entry| {
        said.started_on == Some(entry.data.started_on) && said.topic.as_ref() == Some(&entry.data.topic)
    };
    let mut standing = standing_entries(ctx, book_id).await?.into_iter();
    Ok(standing.find(|entry| entry.source == source && (source.offering_id().is_some() || of_session(entry))))
}

/// An entry, and the one that replaces it, without asking who may see them.
pub async fn entry_with_correction(ctx: &Ctx<'_>, id: Uuid) -> Result<(Entry, Option<Uuid>)> {
    tokio::try_join!(store::find_entry(ctx.conn, id), store::correction_of(ctx.conn, id))
}

/// Whoever may see the book.
pub async fn target(ctx: &Ctx<'_>, book: &CreditBook) -> Result<Target> {
    let today = today(ctx).await?;
    Ok(person_facts(ctx, book.person_id, today).await?.target_on(today))
}

/// 409 of a book that is closed.
pub fn refuse_closed(book: &CreditBook) -> Result<()> {
    if book.is_open() {
        return Ok(());
    }
    Err(Error::new(Code::StateConflict).detail("Зачётная книжка закрыта", "The credit book is closed"))
}

/// A person of the actor's region, named in a body.
async fn person_target(ctx: &Ctx<'_>, person_id: Uuid, today: NaiveDate) -> Result<Target> {
    let region_id = ctx.region_id()?;
    let found = targets_on(ctx, &[person_id], today).await?.remove(&person_id);
    let found = found.filter(|target| target.region_id == Some(region_id));
    found.ok_or_else(|| Error::not_found().in_body("/person_id"))
}

fn closers(actor: &Actor, regulation: &BindingRegulation) -> Actor {
    let rule = regulation.profile.recording.credit_books.as_ref();
    actor.in_roles(&rule.map(openers).unwrap_or_default())
}

async fn shown(ctx: &Ctx<'_>, book: CreditBook, target: &Target) -> Result<ShownBook> {
    let people = [book.person_id];
    let (entries, mut names, regulation) = tokio::try_join!(
        standing_entries(ctx, book.id),
        names_of(ctx.conn, &people),
        regulation_of_case(ctx, book.regulation_id),
    )?;
    let name = names.remove(&book.person_id).ok_or_else(|| Error::internal("a credit book of nobody"))?;
    let closers = closers(ctx.actor, &regulation);
    let allowed: [(&Rule, bool); 2] = [
        (&policy::CLOSE_CREDIT_BOOK, may(&closers, &policy::CLOSE_CREDIT_BOOK, target)),
        (&FLAG_CREDIT_BOOK, may(ctx.actor, &FLAG_CREDIT_BOOK, target)),
    ];
    let allowed_actions = allowed
        .into_iter()
        .filter(|(_, allowed)| *allowed && book.is_open())
        .map(|(rule, _)| rule.operation.to_owned())
        .collect();
    Ok(ShownBook { book, name, entries, allowed_actions })
}
