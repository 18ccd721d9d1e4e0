//! From a token to an actor. Verified tokens are remembered, so that a signature is not checked on every request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::openid::{ExternalClaims, ExternalIssuer};
use super::service::external_actor;
use super::{Claims, KeyRing, store};
use crate::authz::{Actor, RoleGrant};
use crate::db::Db;
use crate::error::{Code, Error, Result};

/// Tokens remembered at most; the memory is emptied when it is full.
const CAPACITY: usize = 20_000;
/// Seconds after which revocation and the place of organizations are looked up again.
const FRESH_SECONDS: i64 = 15;
/// Clocks of issuer and server may differ by this many seconds.
const LEEWAY_SECONDS: i64 = 30;

/// What a token says, once its signature is proven.
#[derive(Clone)]
enum Proof {
    Own(Claims),
    External(ExternalClaims),
}

impl Proof {
    /// From when until when it is worth something, in seconds since 1970.
    const fn term(&self) -> (i64, i64) {
        match self {
            Self::Own(claims) => (claims.iat, claims.exp),
            Self::External(claims) => (claims.issued_at, claims.ends_at),
        }
    }
}

struct Known {
    actor: Arc<Actor>,
    proof: Proof,
    checked_at: DateTime<Utc>,
}

/// Turns tokens into actors.
pub struct Identity {
    keys: KeyRing,
    external: Option<ExternalIssuer>,
    known: Mutex<HashMap<[u8; 32], Known>>,
}

impl Identity {
    /// Identity on those keys, and on those of an external issuer.
    pub fn new(keys: KeyRing, external: Option<ExternalIssuer>) -> Self {
        Self { keys, external, known: Mutex::new(HashMap::new()) }
    }

    /// The keys behind the tokens.
    pub const fn keys(&self) -> &KeyRing {
        &self.keys
    }

    /// The actor behind a token: signature, term, revocation, and where his organizations lie today.
    pub async fn actor(&self, db: &Db, token: &str, now: DateTime<Utc>) -> Result<Arc<Actor>> {
        let digest: [u8; 32] = Sha256::digest(token).into();
        let proof = match self.remembered(&digest, now)? {
            Remembered::Fresh(actor) => return Ok(actor),
            Remembered::Stale(proof) => proof,
            Remembered::Unknown => self.prove(token, now).await?,
        };
        check_term(&proof, now)?;
        let actor = Arc::new(load(db, &proof, now).await?);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CAPACITY {
            known.clear();
        }
        known.insert(digest, Known { actor: Arc::clone(&actor), proof, checked_at: now });
        Ok(actor)
    }

    async fn prove(&self, token: &str, now: DateTime<Utc>) -> Result<Proof> {
        match &self.external {
            Some(external) if external.claims_to_issue(token) => {
                external.verify(token, now).await.map(Proof::External)
            }
            _ => self.keys.verify(token).map(Proof::Own),
        }
    }

    /// Forgets what is known of an account: after sign-out, revocation or a change of roles.
    pub fn forget(&self, account_id: Uuid) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, entry| entry.actor.account_id != account_id);
    }

    fn remembered(&self, digest: &[u8; 32], now: DateTime<Utc>) -> Result<Remembered> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(entry) = known.get(digest) else { return Ok(Remembered::Unknown) };
        check_term(&entry.proof, now)?;
        let age = (now - entry.checked_at).num_seconds();
        Ok(if (0..FRESH_SECONDS).contains(&age) {
            Remembered::Fresh(Arc::clone(&entry.actor))
        } else {
            Remembered::Stale(entry.proof.clone())
        })
    }
}

enum Remembered {
    Fresh(Arc<Actor>),
    Stale(Proof),
    Unknown,
}

fn check_term(proof: &Proof, now: DateTime<Utc>) -> Result<()> {
    let (issued_at, ends_at) = proof.term();
    let now = now.timestamp();
    if ends_at.saturating_add(LEEWAY_SECONDS) < now || issued_at > now + LEEWAY_SECONDS {
        return Err(Error::new(Code::TokenInvalid).cause("the token is out of its term"));
    }
    Ok(())
}

async fn load(db: &Db, proof: &Proof, now: DateTime<Utc>) -> Result<Actor> {
    match proof {
        Proof::Own(claims) => load_own(db, claims, now).await,
        Proof::External(claims) => {
            let nobody = Actor::nobody();
            let found = db.read(&nobody, now, "identity", async |ctx| external_actor(ctx, claims).await);
            found
                .await?
                .ok_or(Error::new(Code::TokenInvalid).cause("no such account, or its tokens are revoked"))
        }
    }
}

async fn load_own(db: &Db, claims: &Claims, now: DateTime<Utc>) -> Result<Actor> {
    let nobody = Actor::nobody();
    let organizations: Vec<Uuid> = claims.grants.iter().filter_map(|grant| grant.organization).collect();
    let holder =
        db.read(&nobody, now, "identity", async |ctx| store::holder(ctx.conn, claims, &organizations).await);
    let holder = holder.await?.ok_or(Error::new(Code::TokenInvalid).cause("no such account"))?;
    let issued_at = claims.iat;
    let revoked = holder.revoked
        || holder.disabled
        || holder.revoked_before.is_some_and(|moment| issued_at <= moment.timestamp());
    if revoked {
        return Err(Error::new(Code::TokenInvalid).cause("revoked"));
    }
    let grants = claims
        .grants
        .iter()
        .filter_map(|grant| {
            let place = match grant.organization {
                Some(id) => Some(holder.places.iter().find(|place| place.id == id)?),
                None => None,
            };
            let place = place.map(|place| (place.id, place.region_id, place.municipality_id));
            Some(RoleGrant::at(grant.role, grant.level, place))
        })
        .collect();
    let mut cards = holder.cards.into_iter();
    let person_id = cards.next();
    let merged = cards.collect();
    Ok(Actor { account_id: claims.sub, person_id, merged, region_id: holder.region_id, grants })
}
