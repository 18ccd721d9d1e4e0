//! Use cases of credentials: recording and reading. Deciding stands in `decisions`.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub use super::case::CredentialCase;
use super::case::{Fresh, issuer_of};
pub(in crate::hours) use super::checks::of_paper;
pub use super::enrolled::RuleOfCompletion;
use super::model::{Credential, CredentialData, External, NewCredential, Origin, Warning, warnings};
use super::policy::{self, ISSUERS};
use super::store::{identities, references};
use super::{checks, enrolled, outside_route, store};
use crate::authz::{Permit, Scope, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service::{organization, target as organization_target};
use crate::directory::persons::model::PersonFacts;
use crate::directory::persons::service::{cards_of, person_facts};
use crate::error::{Code, Error, Result};
use crate::hours::clock::today;
use crate::hours::model::credential::State;
use crate::hours::verification::service::ensure_code;
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::regulations::service::{binding_regulation, binding_regulation_under};
use crate::training::enrollments::service::attach_credential;

/// Records a paper: the person's own is reported, anybody else's is issued.
pub async fn create_credential(ctx: &Ctx<'_>, new: NewCredential) -> Result<CredentialCase> {
    if ctx.actor.is_person(new.person_id) { report(ctx, new).await } else { issue(ctx, new).await }
}

/// A paper that the acting person reports of himself or herself.
pub async fn report(ctx: &Ctx<'_>, new: NewCredential) -> Result<CredentialCase> {
    enrolled::refuse_own(&new)?;
    let today = today(ctx).await?;
    let person = person_facts(ctx, new.person_id, today).await?;
    let permit = authorize(ctx.actor, &policy::CREATE_CREDENTIAL, &person.target_on(today))?;
    enrolled::refuse_reported(ctx, &new).await?;
    let (credential, alone) =
        record(ctx, &permit, &person, None, new, (Origin::Person, State::Reported)).await?;
    audit(ctx, &permit, &credential).await?;
    let issuer = issuer_of(ctx, &credential).await?;
    let fresh = Some(Fresh { alone, code: None });
    Ok(CredentialCase { credential, person, issuer, fresh })
}

/// A paper that the actor's organization issues to a person of the region.
pub async fn issue(ctx: &Ctx<'_>, mut new: NewCredential) -> Result<CredentialCase> {
    let issuers = ctx.actor.grants.iter().filter(|grant| ISSUERS.contains(&grant.role));
    let homes: Vec<Uuid> = issuers.filter_map(|grant| grant.organization_id).collect();
    let home = homes.first().copied().ok_or(Error::new(Code::Forbidden))?;
    let issuer_id = *new.data.issuer_id.get_or_insert(home);
    let region_id = ctx.region_id()?;
    let (issuer, person) =
        tokio::join!(organization(ctx, issuer_id), known_person(ctx, region_id, new.person_id));
    let issuer = issuer
        .ok()
        .filter(|issuer| issuer.region_id == region_id)
        .ok_or_else(|| Error::not_found().in_body("/issuer_id"))?;
    // Organizations of one's own region are no secret: 403, not 404.
    let permit = authorize(ctx.actor, &policy::CREATE_CREDENTIAL, &organization_target(&issuer))
        .map_err(|refusal| Error::new(Code::Forbidden).cause(refusal))?;
    let person = person?;
    let regulation = binding_regulation_under(ctx, person.stamp, issuer.id, new.data.issued_on).await?;
    let certified = enrolled::certified(ctx, &mut new, issuer.id, regulation.as_ref()).await?;
    enrolled::completion_document(ctx, &new.data, &issuer, regulation.as_ref())?;
    let issued = (Origin::Provider, State::Issued);
    let (credential, alone) = record(ctx, &permit, &person, Some(&issuer), new, issued).await?;
    if let Some(enrollment_id) = certified {
        attach_credential(ctx, &permit, enrollment_id, credential.id).await?;
    }
    let (code, ()) =
        tokio::try_join!(ensure_code(ctx, &permit, &credential), audit(ctx, &permit, &credential))?;
    let fresh = Some(Fresh { alone, code });
    Ok(CredentialCase { credential, person, issuer: Some(issuer), fresh })
}

/// What the regulation that binds an issuer on that day says of its document on completion.
pub async fn rule_of_completion(
    ctx: &Ctx<'_>,
    issuer_id: Uuid,
    issued_on: NaiveDate,
) -> Result<RuleOfCompletion> {
    let (issuer, regulation) =
        tokio::try_join!(organization(ctx, issuer_id), binding_regulation(ctx, issuer_id, issued_on))?;
    Ok(RuleOfCompletion::of(&issuer, regulation.as_ref()))
}

/// A paper that an import brings, with the right that the import was permitted by. The import audits itself. Like
/// any other paper it waits for confirmation: as issued when the region knows the issuer, else as reported.
pub async fn import(ctx: &Ctx<'_>, permit: &Permit, new: NewCredential) -> Result<Credential> {
    let person = known_person(ctx, ctx.region_id()?, new.person_id).await?;
    enrolled::refuse_reported(ctx, &new).await?;
    let state = if new.data.issuer_id.is_some() { State::Issued } else { State::Reported };
    let (credential, _) = record(ctx, permit, &person, None, new, (Origin::Import, state)).await?;
    Ok(credential)
}

/// The paper of that person, on whichever card, which is the same as this one, however it is written: for files that are
/// loaded again.
pub async fn same_paper(ctx: &Ctx<'_>, region_id: Uuid, new: &NewCredential) -> Result<Option<Uuid>> {
    let identity = new.data.identity();
    let Some(key) = identity.key() else { return Ok(None) };
    let mut alike = store::alike(ctx.conn, (region_id, new.person_id), &key, identity.marks()).await?;
    alike.retain(|other| other.data.is_same_paper(&new.data));
    if alike.is_empty() {
        return Ok(None);
    }
    let cards = cards_of(ctx, new.person_id).await?;
    Ok(alike.iter().find(|other| cards.contains(&other.person_id)).map(|other| other.id))
}

/// The refusal of a form that is a paper recorded already; the original is told, as whoever issues a duplicate of it sees
/// the paper. What is found holds until the end of the transaction: a paper that comes at the same moment waits.
pub(in crate::hours) async fn refuse_recorded(
    ctx: &Ctx<'_>,
    original: &Credential,
    form: &CredentialData,
) -> Result<()> {
    let identity = form.identity();
    let Some(key) = identity.key() else { return Ok(()) };
    let of = (original.region_id, original.person_id);
    identities::hold_for_duplicate(ctx.conn, original.region_id, &identity.marks()).await?;
    let alike = store::alike(ctx.conn, of, &key, identity.marks()).await?;
    let same = alike.iter().find(|other| other.data.is_same_paper(form));
    match same {
        Some(same) => Err(checks::duplicate(form, (same.id == original.id).then_some(same))),
        None => Ok(()),
    }
}

/// Whether a paper, or a duplicate of one, stands in the region under that key.
pub(in crate::hours) async fn is_recorded(ctx: &Ctx<'_>, region_id: Uuid, key: &str) -> Result<bool> {
    store::is_recorded(ctx.conn, region_id, key).await
}

/// Holds what papers of a file may have in common with duplicates until the end of the transaction, for all of them at
/// once: two files meet in one order. The people are held before.
pub async fn hold_papers(ctx: &Ctx<'_>, region_id: Uuid, papers: &[&CredentialData]) -> Result<()> {
    let marks: Vec<String> = papers.iter().flat_map(|paper| paper.identity().marks()).collect();
    identities::hold_for_papers(ctx.conn, region_id, &marks).await
}

/// The paper that its source calls so, whatever became of it: for files that are loaded again.
pub async fn find_loaded(ctx: &Ctx<'_>, region_id: Uuid, external: &External) -> Result<Option<Credential>> {
    store::together::find_by_external(ctx.conn, region_id, external).await
}

async fn known_person(ctx: &Ctx<'_>, region_id: Uuid, person_id: Uuid) -> Result<PersonFacts> {
    let found = person_facts(ctx, person_id, today(ctx).await?).await;
    let found = found.and_then(|it| if it.region_id == region_id { Ok(it) } else { Err(Error::not_found()) });
    found.map_err(|refusal| refusal.in_body("/person_id"))
}

/// Everything about one person's papers happens under the lock of that person, so the check for the same paper
/// holds until the end of the transaction; for papers of two people the unique index decides, and for a duplicate of another
/// paper the lock of the identity. Says whether no other paper resembles the new one.
async fn record(
    ctx: &Ctx<'_>,
    permit: &Permit,
    person: &PersonFacts,
    issuer: Option<&Organization>,
    mut new: NewCredential,
    (origin, state): (Origin, State),
) -> Result<(Credential, bool)> {
    let (birth_date, found) = tokio::try_join!(
        store::lock_person(ctx.conn, person.id),
        references::find(ctx, person.region_id, &new, issuer),
    )?;
    let mut problems = checks::problems(&new, &found, birth_date, today(ctx).await?, ctx.now);
    problems.extend(outside_route::problems(ctx, person, &new).await?);
    if !problems.is_empty() {
        return Err(Error::invalid(problems));
    }
    if let Some(issuer) = found.issuer {
        new.data.issuer_id = Some(issuer.id);
        if new.data.issuer_name.is_empty() {
            new.data.issuer_name = issuer.name;
        }
    }
    new.data.program_kind = new.data.program_kind.or(found.program_kind);
    let identity = new.data.identity();
    let key = identity.key().ok_or_else(|| Error::internal("a paper without identity"))?;
    identities::hold_for_papers(ctx.conn, person.region_id, &identity.marks()).await?;
    let alike = store::alike(ctx.conn, (person.region_id, person.id), &key, identity.marks()).await?;
    if let Some(same) = alike.iter().find(|other| other.data.is_same_paper(&new.data)) {
        let of_person = cards_of(ctx, person.id).await?.contains(&same.person_id);
        let seen = of_person && sees(ctx, person, same).await?;
        return Err(checks::duplicate(&new.data, seen.then_some(same)));
    }
    let credential = Credential {
        id: new_id(),
        region_id: person.region_id,
        person_id: person.id,
        data: new.data.clone(),
        origin,
        state,
        reason: None,
        recorded_by: ctx.actor.account_id,
        decided_by: None,
        decided_at: None,
        external: new.external.clone(),
        version: 1,
        created_at: ctx.now,
    };
    store::insert(ctx, permit, &credential, &key, identity.marks()).await.map_err(|refusal| {
        let raced = refusal.cause.as_deref() == Some("credentials_identity_key");
        if raced { checks::duplicate(&new.data, None) } else { refusal }
    })?;
    outside_route::mark(ctx, permit, &credential, &new).await?;
    Ok((credential, alike.is_empty()))
}

async fn sees(ctx: &Ctx<'_>, person: &PersonFacts, credential: &Credential) -> Result<bool> {
    let issuer = issuer_of(ctx, credential).await?;
    let (credential, person) = (credential.clone(), person.clone());
    let case = CredentialCase { credential, person, issuer, fresh: None };
    Ok(may(ctx.actor, &policy::GET_CREDENTIAL, &case.target(today(ctx).await?).reading))
}

async fn audit(ctx: &Ctx<'_>, permit: &Permit, credential: &Credential) -> Result<()> {
    let change = Change::none().field("state", (), credential.state.as_str());
    ctx.audit(permit, Subject { kind: "credential", id: credential.id }, change).await
}

/// One page of the credentials that the actor may see.
pub async fn list_credentials(
    ctx: &Ctx<'_>,
    filter: &store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Warned> {
    let scope = scope(ctx.actor, &policy::LIST_CREDENTIALS)?;
    let scope = Some((&scope, today(ctx).await?));
    let found = store::list(ctx.conn, scope, filter, page.fetch(), after).await?;
    warned(ctx, found, scope).await
}

/// With what is to be said of each: another paper of the person that the actor sees as well may be the same one.
async fn warned(ctx: &Ctx<'_>, found: Vec<Credential>, scope: Option<(&Scope, NaiveDate)>) -> Result<Warned> {
    let people: BTreeSet<Uuid> = found.iter().map(|credential| credential.person_id).collect();
    let people = Vec::from_iter(people);
    let marks: Vec<String> = found.iter().flat_map(|credential| credential.data.identity().marks()).collect();
    let alike =
        if people.is_empty() { Vec::new() } else { store::alike_of(ctx.conn, scope, &people, marks).await? };
    let warnings = warnings(&found, &alike);
    Ok(Warned { found, warnings })
}

/// Credentials with the warnings for them.
#[derive(Debug)]
pub struct Warned {
    /// The credentials.
    pub found: Vec<Credential>,
    /// The warnings for any of them.
    pub warnings: Vec<Warning>,
}

/// What is to be said of one credential to this actor.
pub async fn warnings_of(ctx: &Ctx<'_>, case: &CredentialCase) -> Result<Vec<Warning>> {
    if case.fresh.as_ref().is_some_and(|fresh| fresh.alone) {
        return Ok(Vec::new());
    }
    let scope = scope(ctx.actor, &policy::LIST_CREDENTIALS)?;
    let scope = Some((&scope, today(ctx).await?));
    Ok(warned(ctx, vec![case.credential.clone()], scope).await?.warnings)
}

/// One page of the credentials of a person.
pub async fn list_person_credentials(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    filter: &store::Filter,
    page: &PageQuery<'_>,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Warned> {
    let today = today(ctx).await?;
    let filter = store::Filter { person_id: Some(person_id), ..filter.clone() };
    let (person, found) = tokio::try_join!(
        person_facts(ctx, person_id, today),
        store::list(ctx.conn, None, &filter, page.fetch(), after),
    )?;
    authorize(ctx.actor, &policy::LIST_PERSON_CREDENTIALS, &person.target_on(today))?;
    warned(ctx, found, None).await
}

/// One credential.
pub async fn get_credential(ctx: &Ctx<'_>, id: Uuid) -> Result<CredentialCase> {
    let case = CredentialCase::of(ctx, store::find(ctx.conn, id).await?).await?;
    authorize(ctx.actor, &policy::GET_CREDENTIAL, &case.target(today(ctx).await?).reading)?;
    Ok(case)
}

/// Those of the papers that are the person's and neither refused nor annulled, without asking who may see them: for
/// what is handed in with papers.
pub async fn standing_of(ctx: &Ctx<'_>, person_id: Uuid, ids: &[Uuid]) -> Result<Vec<Credential>> {
    if ids.is_empty() { Ok(Vec::new()) } else { store::standing_of(ctx.conn, person_id, ids).await }
}

/// Papers of a person that are outside the ledger, or were at that moment: for balances, which ask about rights
/// themselves.
pub async fn pending(ctx: &Ctx<'_>, person_id: Uuid, known_at: DateTime<Utc>) -> Result<Vec<Credential>> {
    store::pending(ctx, person_id, known_at).await
}
