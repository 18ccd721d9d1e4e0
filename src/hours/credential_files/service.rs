//! Use cases of scans.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{CredentialFile, KeptFile, NewFile, Side, may_change};
use super::{policy, store};
use crate::authz::{Actor, Permit, Rule, authorize, authorize_seen, may};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::hours::clock::today;
use crate::hours::credentials::case::{CredentialCase, credential, hold_credential, renew};
use crate::hours::credentials::policy::GET_CREDENTIAL;

/// Refuses whoever may not bring the scan, before its bytes are read.
pub async fn may_set_file(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<()> {
    let case = credential(ctx, id).await?;
    permit(ctx, &case, &policy::SET_CREDENTIAL_FILE, if_match).await.map(drop)
}

/// Keeps the scan of a paper, in the place of the one before; tells its name in the folder, if it lay there.
pub async fn set_credential_file(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    new: &NewFile,
) -> Result<(CredentialCase, Option<Uuid>)> {
    let case = hold_credential(ctx, id).await?;
    let permit = permit(ctx, &case, &policy::SET_CREDENTIAL_FILE, if_match).await?;
    let before = store::find(ctx.conn, id).await?;
    let replaced = store::name_in_folder(ctx.conn, id).await?;
    store::put(ctx, &permit, &case.credential, new).await?;
    let change = Change::none()
        .field("media", before.map(|file| file.media.as_str()), new.media.as_str())
        .field("size", before.map(|file| file.size), new.size);
    ctx.audit(&permit, Subject { kind: "credential_file", id }, change).await?;
    Ok((renew(ctx, &permit, case).await?, replaced))
}

/// Takes the scan of a paper away; tells its name in the folder, if it lay there.
pub async fn remove_credential_file(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
) -> Result<(CredentialCase, Option<Uuid>)> {
    let case = hold_credential(ctx, id).await?;
    let permit = permit(ctx, &case, &policy::REMOVE_CREDENTIAL_FILE, if_match).await?;
    let before = store::find(ctx.conn, id).await?.ok_or_else(no_file)?;
    let removed = store::name_in_folder(ctx.conn, id).await?;
    store::remove(ctx, &permit, id).await?;
    let gone = Subject { kind: "credential_file", id };
    let change = Change::none().field("media", before.media.as_str(), ()).field("size", before.size, ());
    ctx.audit(&permit, gone, change.removing(gone)).await?;
    Ok((renew(ctx, &permit, case).await?, removed))
}

/// The scan of a paper with the place of its bytes, by which right, and whose paper it is: region and person.
pub async fn get_credential_file(ctx: &Ctx<'_>, id: Uuid) -> Result<(KeptFile, Permit, (Uuid, Uuid))> {
    let case = credential(ctx, id).await?;
    let permit = authorize(ctx.actor, &policy::GET_CREDENTIAL_FILE, &case.target(today(ctx).await?).reading)?;
    let whose = (case.credential.region_id, case.credential.person_id);
    Ok((store::kept(ctx.conn, id).await?, permit, whose))
}

/// What is said of the scan of a paper, without asking who may see it.
pub(in crate::hours) async fn file_of(ctx: &Ctx<'_>, id: Uuid) -> Result<Option<CredentialFile>> {
    store::find(ctx.conn, id).await
}

/// Those of the names in the folder that no scan has: for the sweep.
pub async fn nameless(ctx: &Ctx<'_>, names: &[Uuid]) -> Result<Vec<Uuid>> {
    let known = store::known_names(ctx.conn, names).await?;
    Ok(names.iter().copied().filter(|name| !known.contains(name)).collect())
}

/// What the actor may do with the scan of a paper now: rights and state.
pub(in crate::hours) fn allowed_actions(
    actor: &Actor,
    case: &CredentialCase,
    file: Option<&CredentialFile>,
    today: NaiveDate,
) -> Vec<&'static str> {
    let (bringing, reading) = (case.bringing(), case.target(today).reading);
    let changes = is_open(actor, case);
    [
        (&policy::SET_CREDENTIAL_FILE, changes && may(actor, &policy::SET_CREDENTIAL_FILE, &bringing)),
        (
            &policy::REMOVE_CREDENTIAL_FILE,
            file.is_some() && changes && may(actor, &policy::REMOVE_CREDENTIAL_FILE, &bringing),
        ),
        (&policy::GET_CREDENTIAL_FILE, file.is_some() && may(actor, &policy::GET_CREDENTIAL_FILE, &reading)),
    ]
    .into_iter()
    .filter(|(_, allowed)| *allowed)
    .map(|(rule, _)| rule.operation)
    .collect()
}

/// 404 for whoever may not see the paper, 403 for whoever may see it and not do this.
async fn permit(ctx: &Ctx<'_>, case: &CredentialCase, rule: &'static Rule, if_match: i64) -> Result<Permit> {
    authorize(ctx.actor, &GET_CREDENTIAL, &case.target(today(ctx).await?).reading)?;
    let permit = authorize_seen(ctx.actor, rule, &case.bringing())?;
    if case.credential.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if !is_open(ctx.actor, case) {
        return Err(Error::new(Code::StateConflict).detail(
            "Скан меняет тот, кто внёс документ, пока документ не рассмотрен",
            "The scan is changed by whoever brought the paper, until the paper is settled",
        ));
    }
    Ok(permit)
}

fn is_open(actor: &Actor, case: &CredentialCase) -> bool {
    let paper = &case.credential;
    let side = if actor.is_person(paper.person_id) { Side::Person } else { Side::Issuer };
    may_change(side, paper.origin, paper.state)
}

fn no_file() -> Error {
    Error::not_found().detail("У документа нет скана", "The paper has no scan")
}
