//! Use cases of flags in credit books. Whoever answers one holds the flag, then its book.

mod raise;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::model::{Flag, FlagEvent, FlagRefusal, FlagState, step};
use super::{policy, store};
use crate::authz::{Permit, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::hours::credit_books::model::{Correction, CreditBook, EntrySaid};
use crate::hours::credit_books::service::{
    Held, book, corrected, entry_with_correction, hold_book, refuse_own, standing_entries, writers_of,
    written,
};
use crate::http::PageQuery;
use crate::regulations::profile::CreditBookWriterRule;

pub use raise::{NewFlag, flag_credit_book};

/// A flag with what the actor may do with it now.
#[derive(Debug, Clone)]
pub struct ShownFlag {
    /// The flag.
    pub flag: Flag,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// What is answered.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The entry is right now: by what was written meanwhile, or by this.
    Resolve {
        /// Words.
        words: Option<String>,
        /// What the entry says from now on.
        entry: Option<AnsweredEntry>,
    },
    /// Everything stays as it is.
    Refuse {
        /// Why.
        reason: Option<String>,
    },
}

/// The entry that an answer carries.
#[derive(Debug, Clone)]
pub struct AnsweredEntry {
    /// What it says.
    pub said: EntrySaid,
    /// The wrong entry should not have been there.
    pub withdrawn: bool,
}

/// One page of the flags the actor may see, newest first.
pub async fn list_credit_book_flags(
    ctx: &Ctx<'_>,
    filter: store::Filter,
    page: &PageQuery<'_>,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Flag>> {
    let scope = scope(ctx.actor, &policy::LIST_CREDIT_BOOK_FLAGS)?;
    store::list(ctx.conn, &scope, filter, page.fetch(), after).await
}

/// One flag.
pub async fn get_credit_book_flag(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownFlag> {
    let flag = store::find(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_CREDIT_BOOK_FLAG, &flag.target())?;
    let (book, held) = tokio::try_join!(book(ctx, flag.book_id), Held::of(ctx, flag.source))?;
    let writers = writers_of(ctx, &book).await?;
    Ok(shown(ctx, flag, &held, &writers))
}

/// Resolves a flag by an entry, or refuses it with a reason.
pub async fn answer_credit_book_flag(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    answer: Answer,
) -> Result<ShownFlag> {
    let flag = store::lock(ctx.conn, id).await?;
    authorize(ctx.actor, &policy::GET_CREDIT_BOOK_FLAG, &flag.target())?;
    let book = hold_book(ctx, flag.book_id).await?;
    let held = Held::of(ctx, flag.source).await?;
    let writers = writers_of(ctx, &book).await?;
    let permit = held.permit(ctx.actor, &policy::ANSWER_CREDIT_BOOK_FLAG, &writers)?;
    refuse_own(ctx.actor, flag.person_id)?;
    require_version(&flag, if_match)?;
    let event = match &answer {
        Answer::Resolve { .. } => FlagEvent::Resolve,
        Answer::Refuse { reason } => FlagEvent::Refuse { reason: reason.clone().unwrap_or_default() },
    };
    let state = step(flag.state, &event).map_err(refusal)?;
    let (words, answer_entry_id) = match answer {
        Answer::Refuse { reason } => (reason, None),
        Answer::Resolve { words, entry } => {
            let entry_id = resolving(ctx, &permit, (&flag, &book, &held), words.as_ref(), entry).await?;
            (words, Some(entry_id))
        }
    };
    let flag = Flag {
        state,
        answer: words,
        answer_entry_id,
        answered_by: ctx.actor.person_id,
        answered_at: Some(ctx.now),
        version: flag.version + 1,
        ..flag
    };
    store::save(ctx, &permit, &flag).await?;
    let change = Change::none().field("state", "open", flag.state.as_str());
    ctx.audit(&permit, Subject { kind: "credit_book_flag", id }, change).await?;
    Ok(shown(ctx, flag, &held, &writers))
}

/// Takes a flag back.
pub async fn withdraw_credit_book_flag(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<ShownFlag> {
    let flag = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::WITHDRAW_CREDIT_BOOK_FLAG, &flag.target())?;
    require_version(&flag, if_match)?;
    let state = step(flag.state, &FlagEvent::Withdraw).map_err(refusal)?;
    let flag = Flag { state, version: flag.version + 1, ..flag };
    store::save(ctx, &permit, &flag).await?;
    let change = Change::none().field("state", "open", flag.state.as_str());
    ctx.audit(&permit, Subject { kind: "credit_book_flag", id }, change).await?;
    let held = Held::of(ctx, flag.source).await?;
    Ok(shown(ctx, flag, &held, &[]))
}

/// The entry that resolves a flag: the one the answer carries, else one that was written since.
async fn resolving(
    ctx: &Ctx<'_>,
    permit: &Permit,
    (flag, book, held): (&Flag, &CreditBook, &Held),
    words: Option<&String>,
    entry: Option<AnsweredEntry>,
) -> Result<Uuid> {
    let under = |refusal: Error| refusal.under("/record");
    match (flag.entry_id, entry) {
        (Some(wrong_id), Some(entry)) => {
            let (wrong, _) = entry_with_correction(ctx, wrong_id).await?;
            let reason = words.unwrap_or(&flag.text).clone();
            let correction = Correction { reason, withdrawn: entry.withdrawn, said: entry.said };
            let new = corrected(ctx, permit, book, held, &wrong, &correction).await;
            Ok(new.map_err(under)?.id)
        }
        (Some(wrong_id), None) => {
            entry_with_correction(ctx, wrong_id).await?.1.ok_or_else(|| needs_entry("/record"))
        }
        (None, Some(entry)) if entry.withdrawn => Err(needs_entry("/record/withdrawn")),
        (None, Some(entry)) => Ok(written(ctx, permit, book, held, &entry.said).await.map_err(under)?.id),
        (None, None) => {
            let standing = standing_entries(ctx, book.id).await?;
            // An offering is entered once; of the sessions of an association only one written since may be the missing one.
            let resolves =
                |since: DateTime<Utc>| flag.source.offering_id().is_some() || since >= flag.created_at;
            let found =
                standing.iter().rev().find(|entry| entry.source == flag.source && resolves(entry.created_at));
            found.map(|entry| entry.id).ok_or_else(|| needs_entry("/record"))
        }
    }
}

fn needs_entry(pointer: &str) -> Error {
    let words = Text::new(
        "Отметка закрывается записью: внесите или исправьте её, либо откажите с причиной",
        "A flag is resolved by an entry: write or correct it, or refuse with a reason",
    );
    Error::invalid(vec![FieldProblem::new(pointer, "entry_required", words).because("P3-46", None)])
}

fn refusal(refusal: FlagRefusal) -> Error {
    match refusal {
        FlagRefusal::AlreadyFinal => Error::new(Code::StateConflict),
        FlagRefusal::ReasonRequired => {
            let words = Text::new("Отказ объясняют", "A refusal says why");
            let problem = FieldProblem::new("/reason", refusal.code(), words);
            Error::invalid(vec![problem.because("P3-46", None)])
        }
    }
}

fn require_version(flag: &Flag, if_match: i64) -> Result<()> {
    if flag.version == if_match { Ok(()) } else { Err(Error::new(Code::PreconditionFailed)) }
}

fn shown(ctx: &Ctx<'_>, flag: Flag, held: &Held, writers: &[CreditBookWriterRule]) -> ShownFlag {
    let open = flag.state == FlagState::Open;
    let answers = !ctx.actor.is_person(flag.person_id)
        && held.may_write(ctx.actor, &policy::ANSWER_CREDIT_BOOK_FLAG, writers);
    let allowed_actions = [
        (&policy::ANSWER_CREDIT_BOOK_FLAG, answers),
        (
            &policy::WITHDRAW_CREDIT_BOOK_FLAG,
            may(ctx.actor, &policy::WITHDRAW_CREDIT_BOOK_FLAG, &flag.target()),
        ),
    ]
    .into_iter()
    .filter(|(_, allowed)| open && *allowed)
    .map(|(rule, _)| rule.operation.to_owned())
    .collect();
    ShownFlag { flag, allowed_actions }
}
