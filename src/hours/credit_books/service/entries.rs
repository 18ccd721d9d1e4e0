//! Writing entries: by the leader of what the person took part in, or by its organiser (P3-16, P3-34).

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::model::{Bounds, Correction, CreditBook, Entry, EntryData, EntrySaid, Source};
use super::super::{policy, store};
use super::opening::not_used;
use super::{Held, entry_with_correction, person_target, refuse_closed, target};
use crate::authz::{Actor, Permit, Target, authorize};
use crate::db::{Change, Ctx, Subject};
use crate::directory::associations::service::people_of;
use crate::directory::persons::service::cards_of;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::hours::clock::today;
use crate::ids::new_id;
use crate::regulations::profile::CreditBookWriterRule;
use crate::regulations::service::{binding_regulation, regulation_of_case};
use crate::training::enrollments::model::Enrollment;
use crate::training::enrollments::service::of_person_in;
use crate::training::vocabulary::EnrollmentState;

/// An entry to be written.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// Whose book.
    pub person_id: Uuid,
    /// In what the person took part.
    pub source: Source,
    /// What is said of it.
    pub said: EntrySaid,
}

/// An entry, the one that replaces it, and what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownEntry {
    /// The entry.
    pub entry: Entry,
    /// The entry that replaces it.
    pub corrected_by_id: Option<Uuid>,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Writes an entry into the open book of a person. Who may write is decided on the offering, which is known in the
/// region; only then is anything said of the book.
pub async fn write_credit_book_entry(ctx: &Ctx<'_>, new: NewEntry) -> Result<ShownEntry> {
    let today = today(ctx).await?;
    let held = Held::known(ctx, new.source).await?;
    let person = person_target(ctx, new.person_id, today).await?;
    let book = store::lock_open(ctx.conn, new.person_id).await?;
    let writers = match &book {
        Some(book) => writers_of(ctx, book).await?,
        None => writers_at(ctx, &person, today).await?,
    };
    if writers.is_empty() {
        return Err(not_used());
    }
    let permit = held.permit(ctx.actor, &policy::WRITE_CREDIT_BOOK_ENTRY, &writers)?;
    refuse_own(ctx.actor, new.person_id)?;
    let book = book.ok_or_else(no_open_book)?;
    let entry = written(ctx, &permit, &book, &held, &new.said).await?;
    let change = Change::none().field("hours", (), entry.data.hours.to_string());
    ctx.audit(&permit, Subject { kind: "credit_book_entry", id: entry.id }, change).await?;
    Ok(shown(ctx.actor, &book, &held, &writers, entry, None))
}

/// One entry.
pub async fn get_credit_book_entry(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownEntry> {
    let (entry, corrected_by_id) = entry_with_correction(ctx, id).await?;
    let book = store::find(ctx.conn, entry.book_id).await?;
    let held = visible(ctx, &book, &entry).await?;
    let writers = writers_of(ctx, &book).await?;
    Ok(shown(ctx.actor, &book, &held, &writers, entry, corrected_by_id))
}

/// Replaces an entry by another one, or by nothing; both stay.
pub async fn correct_credit_book_entry(
    ctx: &Ctx<'_>,
    id: Uuid,
    correction: &Correction,
) -> Result<ShownEntry> {
    let entry = store::find_entry(ctx.conn, id).await?;
    let book = store::lock(ctx.conn, entry.book_id).await?;
    let held = visible(ctx, &book, &entry).await?;
    let writers = writers_of(ctx, &book).await?;
    let permit = held.permit(ctx.actor, &policy::CORRECT_CREDIT_BOOK_ENTRY, &writers)?;
    refuse_own(ctx.actor, entry.person_id)?;
    let new = corrected(ctx, &permit, &book, &held, &entry, correction).await?;
    let change = Change::none()
        .field("hours", entry.data.hours.to_string(), new.data.hours.to_string())
        .field("withdrawn", entry.withdrawn, new.withdrawn);
    ctx.audit(&permit, Subject { kind: "credit_book_entry", id: new.id }, change).await?;
    Ok(shown(ctx.actor, &book, &held, &writers, new, None))
}

/// Writes an entry by a right that was decided on; the caller audits. The person has mastered the offering in full, or
/// belonged to the association on the day.
pub async fn written(
    ctx: &Ctx<'_>,
    permit: &Permit,
    book: &CreditBook,
    held: &Held,
    said: &EntrySaid,
) -> Result<Entry> {
    refuse_closed(book)?;
    let enrollment = enrollment(ctx, held, book.person_id).await?;
    let bounds = bounds(held, enrollment.as_ref(), today(ctx).await?);
    let usual = usual(held, enrollment.as_ref(), &bounds);
    let data = said.complete(usual.as_ref(), &bounds)?;
    if let Source::Association(id) = held.source {
        refuse_stranger(ctx, id, book.person_id, data.ended_on).await?;
    }
    let entry = Entry {
        id: new_id(),
        region_id: book.region_id,
        book_id: book.id,
        person_id: book.person_id,
        organization_id: held.organization_id,
        source: held.source,
        enrollment_id: enrollment.as_ref().map(|enrollment| enrollment.id),
        credential_id: enrollment.and_then(|enrollment| enrollment.credential_id),
        data,
        corrects_id: None,
        withdrawn: false,
        reason: None,
        writer_id: ctx.actor.person_id,
        written_as: permit.role()?,
        created_at: ctx.now,
    };
    store::insert_entry(ctx, permit, &entry).await?;
    Ok(entry)
}

/// Who did not belong to the association on the day, by any of his cards, has nothing to enter about it.
async fn refuse_stranger(ctx: &Ctx<'_>, association_id: Uuid, person_id: Uuid, day: NaiveDate) -> Result<()> {
    let associations = [association_id];
    let (members, cards) = tokio::try_join!(people_of(ctx, &associations, day), cards_of(ctx, person_id))?;
    if cards.iter().any(|card| members.contains(card)) {
        return Ok(());
    }
    Err(Error::field(
        "/person_id",
        "not_a_member",
        "В этот день человек не состоял в объединении",
        "The person did not belong to the association on that day",
    ))
}

/// Corrects an entry by a right that was decided on; the caller audits.
pub async fn corrected(
    ctx: &Ctx<'_>,
    permit: &Permit,
    book: &CreditBook,
    held: &Held,
    entry: &Entry,
    correction: &Correction,
) -> Result<Entry> {
    refuse_closed(book)?;
    if store::correction_of(ctx.conn, entry.id).await?.is_some() {
        return Err(Error::new(Code::StateConflict).detail(
            "Запись уже исправлена: исправляют новую",
            "The entry is corrected already: correct the new one",
        ));
    }
    let data = if correction.withdrawn {
        entry.data.clone()
    } else {
        let enrollment = enrollment(ctx, held, book.person_id).await?;
        let bounds = bounds(held, enrollment.as_ref(), today(ctx).await?);
        correction.said.complete(Some(&entry.data), &bounds)?
    };
    if data == entry.data && correction.withdrawn == entry.withdrawn {
        return Err(Error::field(
            "",
            "nothing_changed",
            "Исправление ничего не меняет",
            "The correction changes nothing",
        ));
    }
    let new = Entry {
        id: new_id(),
        data,
        corrects_id: Some(entry.id),
        withdrawn: correction.withdrawn,
        reason: Some(correction.reason.clone()),
        writer_id: ctx.actor.person_id,
        written_as: permit.role()?,
        created_at: ctx.now,
        ..entry.clone()
    };
    store::insert_entry(ctx, permit, &new).await?;
    Ok(new)
}

/// Who writes in that book by the regulation it is kept under.
pub async fn writers_of(ctx: &Ctx<'_>, book: &CreditBook) -> Result<Vec<CreditBookWriterRule>> {
    let regulation = regulation_of_case(ctx, book.regulation_id).await?;
    Ok(regulation.profile.recording.credit_book_writers.clone())
}

/// Who would write in a book of the person, by the regulation of the first employer that uses books.
async fn writers_at(ctx: &Ctx<'_>, person: &Target, today: NaiveDate) -> Result<Vec<CreditBookWriterRule>> {
    for organization_id in person.units.iter().filter_map(|unit| unit.organization_id) {
        if let Some(regulation) = binding_regulation(ctx, organization_id, today).await?
            && !regulation.profile.recording.credit_book_writers.is_empty()
        {
            return Ok(regulation.profile.recording.credit_book_writers.clone());
        }
    }
    Ok(Vec::new())
}

/// 404 for whoever may see neither the book nor what the entry is about.
async fn visible(ctx: &Ctx<'_>, book: &CreditBook, entry: &Entry) -> Result<Held> {
    let (held, target) = tokio::try_join!(Held::of(ctx, entry.source), target(ctx, book))?;
    let reading = target.organization(held.organization_id, None).assigned(held.leader_id);
    authorize(ctx.actor, &policy::GET_CREDIT_BOOK_ENTRY, &reading)?;
    Ok(held)
}

/// The enrollment that the entry rests on: without one mastered in full there is nothing to enter (P3-14).
async fn enrollment(ctx: &Ctx<'_>, held: &Held, person_id: Uuid) -> Result<Option<Enrollment>> {
    let Some(offering_id) = held.source.offering_id() else { return Ok(None) };
    let found = of_person_in(ctx, person_id, offering_id).await?.ok_or_else(|| {
        Error::field(
            "/person_id",
            "not_enrolled",
            "Человек не зачислен на это обучение",
            "The person is not enrolled in this offering",
        )
    })?;
    if found.state == EnrollmentState::Completed {
        return Ok(Some(found));
    }
    let words = Text::new(
        "Содержание освоено не полностью: в книжку не вносят",
        "The content is not mastered in full: nothing is entered",
    );
    let problem = FieldProblem::new("/person_id", "not_mastered_in_full", words).because("P3-14", None);
    Err(Error { fields: vec![problem], ..Error::new(Code::StateConflict) })
}

fn bounds(held: &Held, enrollment: Option<&Enrollment>, today: NaiveDate) -> Bounds {
    let data = held.offering.as_ref().map(|offering| &offering.data);
    Bounds {
        days: data.map(|data| (data.starts_on, data.ends_on)),
        hours: enrollment.map(|enrollment| enrollment.hours),
        today,
    }
}

/// What follows from the offering when the writer does not say otherwise.
fn usual(held: &Held, enrollment: Option<&Enrollment>, bounds: &Bounds) -> Option<EntryData> {
    let (offering, enrollment) = (held.offering.as_ref()?, enrollment?);
    Some(EntryData {
        topic: enrollment.title.clone(),
        started_on: offering.data.starts_on,
        ended_on: offering.data.ends_on.min(bounds.today),
        hours: enrollment.hours,
    })
}

/// Nobody writes in his own book.
pub fn refuse_own(actor: &Actor, person_id: Uuid) -> Result<()> {
    if actor.is_person(person_id) { Err(Error::new(Code::SeparationOfDuties)) } else { Ok(()) }
}

fn no_open_book() -> Error {
    let words = Text::new(
        "У человека нет открытой зачётной книжки: ведение добровольное",
        "The person has no open credit book: keeping one is voluntary",
    );
    Error::invalid(vec![FieldProblem::new("/person_id", "no_open_book", words).because("P3-17", None)])
}

fn shown(
    actor: &Actor,
    book: &CreditBook,
    held: &Held,
    writers: &[CreditBookWriterRule],
    entry: Entry,
    corrected_by_id: Option<Uuid>,
) -> ShownEntry {
    let rule = &policy::CORRECT_CREDIT_BOOK_ENTRY;
    let corrects = book.is_open()
        && corrected_by_id.is_none()
        && !actor.is_person(entry.person_id)
        && held.may_write(actor, rule, writers);
    let allowed_actions = corrects.then(|| rule.operation.to_owned()).into_iter().collect();
    ShownEntry { entry, corrected_by_id, allowed_actions }
}
