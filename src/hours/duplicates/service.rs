//! Use cases of duplicates.

use uuid::Uuid;

use super::model::{Duplicate, NewDuplicate, problems};
use super::{policy, store};
use crate::authz::{Actor, authorize, authorize_seen, may};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::hours::clock::today;
use crate::hours::credentials::case::{CredentialCase, credential, hold_credential};
use crate::hours::credentials::policy::GET_CREDENTIAL;
use crate::hours::credentials::service::refuse_recorded;
use crate::hours::model::credential::State;
use crate::hours::verification::service::new_code;
use crate::ids::new_id;

/// Issues a duplicate of a confirmed paper. Ranges of numbers are held before the person, as everywhere.
pub async fn issue_duplicate(ctx: &Ctx<'_>, id: Uuid, new: NewDuplicate) -> Result<Duplicate> {
    let case = credential(ctx, id).await?;
    let today = today(ctx).await?;
    authorize(ctx.actor, &GET_CREDENTIAL, &case.target(today).reading)?;
    let permit = authorize_seen(ctx.actor, &policy::ISSUE_DUPLICATE, &case.bringing())?;
    if ctx.actor.is_person(case.credential.person_id) {
        return Err(Error::new(Code::SeparationOfDuties));
    }
    let (kind, issuer_id) = (case.credential.data.kind, case.credential.data.issuer_id);
    let mut numbers = new.numbers;
    let held = new.ranges.take(ctx, kind, issuer_id, new.issued_on, &mut numbers).await?;
    let paper = hold_credential(ctx, id).await?.credential;
    if paper.state != State::Confirmed {
        return Err(Error::new(Code::StateConflict).detail(
            "Дубликат выдают к подтверждённому документу",
            "A duplicate is issued of a confirmed paper",
        ));
    }
    let duplicate = Duplicate {
        id: new_id(),
        region_id: paper.region_id,
        credential_id: paper.id,
        person_id: paper.person_id,
        ground: new.ground,
        numbers,
        issued_on: new.issued_on,
        code: new_code().as_str().to_owned(),
        created_at: ctx.now,
    };
    let last = last_of(ctx, id).await?;
    let before = last.map_or(paper.data.issued_on, |last| last.issued_on);
    let form = duplicate.form(&paper.data);
    let wrong = problems(&form, before, today);
    if !wrong.is_empty() {
        return Err(Error::invalid(wrong));
    }
    refuse_recorded(ctx, &paper, &form).await?;
    let identity = form.identity();
    let key = identity.key().ok_or_else(|| Error::internal("a duplicate without identity"))?;
    store::insert(ctx, &permit, &duplicate, &key, &identity).await?;
    held.keep(ctx, &permit).await?;
    let change = Change::none().field("ground", (), duplicate.ground.as_str());
    ctx.audit(&permit, Subject { kind: "credential_duplicate", id: duplicate.id }, change).await?;
    Ok(duplicate)
}

/// The duplicates of a paper in the order in which they were issued.
pub async fn list_duplicates(ctx: &Ctx<'_>, id: Uuid) -> Result<Vec<Duplicate>> {
    let case = credential(ctx, id).await?;
    authorize(ctx.actor, &policy::LIST_DUPLICATES, &case.target(today(ctx).await?).reading)?;
    store::of_credential(ctx.conn, id).await
}

/// The duplicate that is valid now, if there is one, without asking who may see it.
pub(in crate::hours) async fn last_of(ctx: &Ctx<'_>, credential_id: Uuid) -> Result<Option<Duplicate>> {
    Ok(store::of_credential(ctx.conn, credential_id).await?.pop())
}

/// The duplicates of those papers in the order in which they were issued, without asking who may see them: for the export.
pub(in crate::hours) async fn duplicates_of(ctx: &Ctx<'_>, ids: &[Uuid]) -> Result<Vec<Duplicate>> {
    if ids.is_empty() { Ok(Vec::new()) } else { store::of_credentials(ctx.conn, ids).await }
}

/// Whether the actor may issue a duplicate of the paper now: rights and state.
pub(in crate::hours) fn may_issue(actor: &Actor, case: &CredentialCase) -> bool {
    let paper = &case.credential;
    paper.state == State::Confirmed
        && !actor.is_person(paper.person_id)
        && may(actor, &policy::ISSUE_DUPLICATE, &case.bringing())
}
