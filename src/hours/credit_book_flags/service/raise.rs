//! Raising a flag: what it is about, and to whom it goes.

use uuid::Uuid;

use super::super::model::{Flag, FlagKind, FlagState};
use super::super::{policy, store};
use super::{ShownFlag, shown};
use crate::authz::authorize;
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::service::organization;
use crate::directory::persons::service::person_facts;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::hours::clock::today;
use crate::hours::credit_books::model::{CreditBook, Source};
use crate::hours::credit_books::service::{Held, hold_book, refuse_closed, standing_entries};
use crate::ids::new_id;
use crate::training::enrollments::service::of_person_in;

/// A flag to be raised.
#[derive(Debug, Clone)]
pub struct NewFlag {
    /// What the teacher says.
    pub kind: FlagKind,
    /// The entry that is wrong.
    pub entry_id: Option<Uuid>,
    /// What is missing an entry.
    pub source: Option<Source>,
    /// In the teacher's words.
    pub text: String,
}

/// Says that an entry of one's own book is wrong, or that one is missing (P3-46).
pub async fn flag_credit_book(ctx: &Ctx<'_>, book_id: Uuid, new: NewFlag) -> Result<ShownFlag> {
    let book = hold_book(ctx, book_id).await?;
    let day = today(ctx).await?;
    let person = person_facts(ctx, book.person_id, day).await?;
    let permit = authorize(ctx.actor, &policy::FLAG_CREDIT_BOOK, &person.target_on(day))?;
    refuse_closed(&book)?;
    let source = match new.kind {
        FlagKind::Wrong => wrong(ctx, &book, &new).await?,
        FlagKind::Missing => {
            let source = missing(ctx, &book, &new).await?;
            if let Source::Association(id) = source
                && !person.associations.iter().any(|association| association.id == id)
            {
                return Err(Error::not_found().in_body("/association_id"));
            }
            source
        }
    };
    let held = Held::of(ctx, source).await?;
    let organiser = organization(ctx, held.organization_id).await?;
    let flag = Flag {
        id: new_id(),
        region_id: book.region_id,
        municipality_id: organiser.municipality_id,
        organization_id: organiser.id,
        book_id,
        person_id: book.person_id,
        kind: new.kind,
        entry_id: new.entry_id,
        source,
        text: new.text,
        // Nobody answers himself: what one leads oneself is for the organiser.
        leader_id: held.leader_id.filter(|leader| *leader != book.person_id),
        state: FlagState::Open,
        answer: None,
        answer_entry_id: None,
        answered_by: None,
        answered_at: None,
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, &permit, &flag).await?;
    let change = Change::none().field("state", (), flag.state.as_str());
    ctx.audit(&permit, Subject { kind: "credit_book_flag", id: flag.id }, change).await?;
    Ok(shown(ctx, flag, &held, &[]))
}

/// The entry that is said to be wrong stands in the book.
async fn wrong(ctx: &Ctx<'_>, book: &CreditBook, new: &NewFlag) -> Result<Source> {
    let mut problems = Vec::new();
    if new.source.is_some() {
        let words = Text::new(
            "Обучение известно из записи: укажите только её",
            "What it is about follows from the entry: name the entry alone",
        );
        problems.push(FieldProblem::new("/offering_id", "not_allowed", words));
    }
    let standing = standing_entries(ctx, book.id).await?;
    let found = standing.into_iter().find(|entry| Some(entry.id) == new.entry_id);
    if found.is_none() {
        let words = Text::new("В книжке нет такой действующей записи", "No such entry stands in the book");
        problems.push(FieldProblem::new("/entry_id", "unknown", words));
    }
    match found {
        Some(entry) if problems.is_empty() => Ok(entry.source),
        _ => Err(Error::invalid(problems)),
    }
}

/// What is said to be missing: an offering in which the person is or was, and which is not entered; or an association.
async fn missing(ctx: &Ctx<'_>, book: &CreditBook, new: &NewFlag) -> Result<Source> {
    let mut problems = Vec::new();
    if new.entry_id.is_some() {
        let words = Text::new("Записи нет: не указывайте её", "There is no entry: name none");
        problems.push(FieldProblem::new("/entry_id", "not_allowed", words));
    }
    if new.source.is_none() {
        let words = Text::new("Укажите обучение или объединение", "Name the offering or the association");
        problems.push(FieldProblem::new("/offering_id", "offering_or_association", words));
    }
    if let Some(Source::Offering(id)) = new.source {
        let (enrollment, standing) =
            tokio::try_join!(of_person_in(ctx, book.person_id, id), standing_entries(ctx, book.id))?;
        if enrollment.is_none() {
            let words = Text::new("На это обучение вы не зачислены", "You are not enrolled in this offering");
            problems.push(FieldProblem::new("/offering_id", "not_enrolled", words));
        } else if standing.iter().any(|entry| entry.source == Source::Offering(id)) {
            let words = Text::new("Запись об этом уже есть", "There is an entry about it already");
            problems.push(FieldProblem::new("/offering_id", "entered_already", words));
        }
    }
    match new.source {
        Some(source) if problems.is_empty() => Ok(source),
        _ => Err(Error::invalid(problems)),
    }
}
