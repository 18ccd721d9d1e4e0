//! Use cases of merging.

use uuid::Uuid;

use super::model::{NewMerge, PersonMerge, Undone, problems};
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, Target, authorize, authorize_seen, may};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons::model::{Person, PersonSheet};
use crate::directory::persons::policy::GET_PERSON;
use crate::directory::persons::service::{sheet_of, target};
use crate::error::{Code, Error, Result};
use crate::ids::new_id;

/// A merge as a reader sees it.
#[derive(Debug)]
pub struct Shown {
    /// The merge.
    pub merge: PersonMerge,
    /// Who are seen through it: the targets of both cards.
    pub targets: [Target; 2],
    /// Accounts of both cards: what servers know of them has to be forgotten.
    pub accounts: Vec<Uuid>,
}

/// Merges two cards of one person.
pub async fn create_person_merge(ctx: &Ctx<'_>, new: NewMerge) -> Result<Shown> {
    let cards = [new.kept_id, new.merged_id];
    store::hold(ctx.conn, cards).await?;
    let kept = seen(ctx, new.kept_id, "/kept_id").await?;
    let merged = seen(ctx, new.merged_id, "/merged_id").await?;
    let targets = [target(&kept), target(&merged)];
    let permit = over_both(ctx.actor, &policy::CREATE_PERSON_MERGE, &targets)?;
    let wrong = problems(&kept.person, &merged.person);
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    refuse_closed(&kept.person)?;
    refuse_closed(&merged.person)?;
    if store::is_kept(ctx.conn, merged.person.id).await? {
        return Err(Error::new(Code::StateConflict).detail(
            "С этой карточкой уже объединены другие: объедините каждую с сохраняемой",
            "Other cards are merged into this one: merge each of them into the kept card",
        ));
    }
    let merge = PersonMerge {
        id: new_id(),
        region_id: kept.person.region_id,
        kept_id: new.kept_id,
        merged_id: new.merged_id,
        reason: new.reason,
        made_at: ctx.now,
        undone: None,
        version: 1,
    };
    store::insert(ctx, &permit, &merge).await?;
    audit(ctx, &permit, &merge, "merged").await?;
    Ok(Shown { accounts: store::accounts_of(ctx.conn, cards).await?, merge, targets })
}

/// The merges of the cards of a person, undone ones too.
pub async fn list_person_merges(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Vec<PersonMerge>> {
    let sheet = sheet_of(ctx, person_id).await?;
    authorize(ctx.actor, &policy::LIST_PERSON_MERGES, &target(&sheet))?;
    store::of_person(ctx.conn, person_id).await
}

/// One merge.
pub async fn get_person_merge(ctx: &Ctx<'_>, id: Uuid) -> Result<Shown> {
    let merge = store::find(ctx.conn, id).await?;
    let targets = targets(ctx, &merge).await?;
    over_both(ctx.actor, &policy::GET_PERSON_MERGE, &targets)?;
    Ok(Shown { merge, targets, accounts: Vec::new() })
}

/// Makes two people of one again: each with what was recorded to his card.
pub async fn undo_person_merge(ctx: &Ctx<'_>, id: Uuid, if_match: i64, reason: String) -> Result<Shown> {
    let merge = store::find(ctx.conn, id).await?;
    let cards = [merge.kept_id, merge.merged_id];
    store::hold(ctx.conn, cards).await?;
    let current = store::lock(ctx.conn, id).await?;
    let targets = targets(ctx, &current).await?;
    let permit = over_both(ctx.actor, &policy::UNDO_PERSON_MERGE, &targets)?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if current.undone.is_some() {
        return Err(Error::new(Code::StateConflict)
            .detail("Объединение уже отменено", "The merge has been undone already"));
    }
    refuse_erased(&sheet_of(ctx, current.merged_id).await?.person)?;
    let merge =
        PersonMerge { undone: Some(Undone { at: ctx.now, reason }), version: current.version + 1, ..current };
    store::undo(ctx, &permit, &merge).await?;
    audit(ctx, &permit, &merge, "undone").await?;
    Ok(Shown { accounts: store::accounts_of(ctx.conn, cards).await?, merge, targets })
}

/// What the actor may do with the merge now.
pub fn allowed_actions(actor: &Actor, shown: &Shown) -> Vec<String> {
    let rule = &policy::UNDO_PERSON_MERGE;
    let open = shown.merge.undone.is_none() && shown.targets.iter().all(|target| may(actor, rule, target));
    if open { vec![rule.operation.to_owned()] } else { Vec::new() }
}

/// A card that a body names: unknown and hidden are the same.
async fn seen(ctx: &Ctx<'_>, id: Uuid, pointer: &str) -> Result<PersonSheet> {
    let sheet = sheet_of(ctx, id).await.map_err(|refusal| refusal.in_body(pointer))?;
    authorize(ctx.actor, &GET_PERSON, &target(&sheet)).map_err(|refusal| refusal.in_body(pointer))?;
    Ok(sheet)
}

async fn targets(ctx: &Ctx<'_>, merge: &PersonMerge) -> Result<[Target; 2]> {
    let kept = sheet_of(ctx, merge.kept_id).await?;
    let merged = sheet_of(ctx, merge.merged_id).await?;
    Ok([target(&kept), target(&merged)])
}

/// The right over one card is not enough.
fn over_both(actor: &Actor, rule: &'static Rule, [kept, merged]: &[Target; 2]) -> Result<Permit> {
    let permit = authorize(actor, rule, kept)?;
    authorize_seen(actor, rule, merged)?;
    Ok(permit)
}

fn refuse_closed(person: &Person) -> Result<()> {
    refuse_erased(person)?;
    if person.merged_into_id.is_some() {
        return Err(Error::new(Code::StateConflict)
            .detail("Карточка уже объединена с другой", "The card is merged into another one already"));
    }
    Ok(())
}

fn refuse_erased(person: &Person) -> Result<()> {
    if person.erased_on.is_some() {
        return Err(Error::new(Code::StateConflict).detail(
            "Персональные данные уничтожены по акту: кто это, больше не известно",
            "The personal data was erased by an act: nobody knows any more who this is",
        ));
    }
    Ok(())
}

async fn audit(ctx: &Ctx<'_>, permit: &Permit, merge: &PersonMerge, after: &str) -> Result<()> {
    let change = Change::none()
        .field("state", (), after)
        .field("kept_id", (), merge.kept_id.to_string())
        .field("merged_id", (), merge.merged_id.to_string());
    ctx.audit(permit, Subject { kind: "person_merge", id: merge.id }, change).await
}
