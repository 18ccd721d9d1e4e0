//! A paper with its person and its issuer, as rights see it: for decisions, and for what comes with papers.

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::Credential;
use super::store;
use crate::authz::{Permit, Target};
use crate::db::Ctx;
use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::directory::organizations::service::organization;
use crate::directory::persons::model::PersonFacts;
use crate::directory::persons::service::person_facts;
use crate::error::Result;
use crate::hours::clock::today;
use crate::hours::verification::model::VerificationCode;

/// A paper with the person it is about and its issuer: what decides who may see it and decide on it.
#[derive(Debug)]
pub struct CredentialCase {
    /// The paper.
    pub credential: Credential,
    /// Whose it is.
    pub(in crate::hours) person: PersonFacts,
    /// Who issued it, if the directory knows him.
    pub(in crate::hours) issuer: Option<Organization>,
    /// What is known of it when it has been recorded in this very transaction.
    pub(super) fresh: Option<Fresh>,
}

/// A paper that has just been recorded: nobody has brought anything to it yet.
#[derive(Debug)]
pub(super) struct Fresh {
    /// Whether no other paper resembles it.
    pub(super) alone: bool,
    /// The code it was given.
    pub(super) code: Option<VerificationCode>,
}

/// A credential as a target of rights.
pub(in crate::hours) struct CredentialTarget {
    /// Of its person's employers and of its issuer.
    pub(in crate::hours) reading: Target,
    /// The same, but a school that issued it has no say in the school that receives it.
    pub(super) deciding: Target,
}

impl CredentialCase {
    pub(super) async fn of(ctx: &Ctx<'_>, credential: Credential) -> Result<Self> {
        let today = today(ctx).await?;
        let (person, issuer) =
            tokio::try_join!(person_facts(ctx, credential.person_id, today), issuer_of(ctx, &credential),)?;
        Ok(Self { credential, person, issuer, fresh: None })
    }

    pub(in crate::hours) fn target(&self, today: NaiveDate) -> CredentialTarget {
        let of_person = self.person.target_on(today);
        let Some(issuer) = &self.issuer else {
            return CredentialTarget { reading: of_person.clone(), deciding: of_person };
        };
        // Without its municipality: that an issuer lies there gives a municipality no right on people elsewhere.
        let reading = of_person.clone().organization(issuer.id, None);
        let of_school = issuer.kind == OrganizationKind::School;
        CredentialTarget { deciding: if of_school { of_person } else { reading.clone() }, reading }
    }

    /// The paper as a target of those who bring what belongs to it: its person, and its issuer.
    pub(in crate::hours) fn bringing(&self) -> Target {
        let target = Target::region(self.credential.region_id).person(self.credential.person_id);
        match &self.issuer {
            Some(issuer) => target.organization(issuer.id, None),
            None => target,
        }
    }
}

/// A paper that is held, after its person, until the end of the transaction: for what comes with papers.
pub(in crate::hours) async fn hold_credential(ctx: &Ctx<'_>, id: Uuid) -> Result<CredentialCase> {
    CredentialCase::of(ctx, store::lock(ctx.conn, id).await?).await
}

/// A paper without asking who may see it: for what comes with papers.
pub(in crate::hours) async fn credential(ctx: &Ctx<'_>, id: Uuid) -> Result<CredentialCase> {
    CredentialCase::of(ctx, store::find(ctx.conn, id).await?).await
}

/// The next version of a held paper: what comes with it has changed.
pub(in crate::hours) async fn renew(
    ctx: &Ctx<'_>,
    permit: &Permit,
    case: CredentialCase,
) -> Result<CredentialCase> {
    let credential = Credential { version: case.credential.version + 1, ..case.credential };
    store::renew(ctx, permit, &credential).await?;
    Ok(CredentialCase { credential, ..case })
}

/// Who issued the paper, if the directory knows him.
pub(super) async fn issuer_of(ctx: &Ctx<'_>, credential: &Credential) -> Result<Option<Organization>> {
    match credential.data.issuer_id {
        Some(id) => organization(ctx, id).await.map(Some),
        None => Ok(None),
    }
}
