//! From a token to an actor. Verified tokens are remembered, so that a signature is not checked on every request.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

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

struct Known {
    actor: Arc<Actor>,
    claims: Claims,
    checked_at: DateTime<Utc>,
}

/// Turns tokens into actors.
pub struct Identity {
    keys: KeyRing,
    known: Mutex<HashMap<[u8; 32], Known>>,
}

impl Identity {
    /// Identity on those keys.
    pub fn new(keys: KeyRing) -> Self {
        Self { keys, known: Mutex::new(HashMap::new()) }
    }

    /// The keys behind the tokens.
    pub const fn keys(&self) -> &KeyRing {
        &self.keys
    }

    /// The actor behind a token: signature, term, revocation, and where his organizations lie today.
    pub async fn actor(&self, db: &Db, token: &str, now: DateTime<Utc>) -> Result<Arc<Actor>> {
        let digest: [u8; 32] = Sha256::digest(token).into();
        let claims = match self.remembered(&digest, now)? {
            Remembered::Fresh(actor) => return Ok(actor),
            Remembered::Stale(claims) => claims,
            Remembered::Unknown => self.keys.verify(token)?,
        };
        check_term(&claims, now)?;
        let actor = Arc::new(load(db, &claims, now).await?);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= CAPACITY {
            known.clear();
        }
        known.insert(digest, Known { actor: Arc::clone(&actor), claims, checked_at: now });
        Ok(actor)
    }

    /// Forgets what is known of an account: after sign-out, revocation or a change of roles.
    pub fn forget(&self, account_id: Uuid) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, entry| entry.claims.sub != account_id);
    }

    fn remembered(&self, digest: &[u8; 32], now: DateTime<Utc>) -> Result<Remembered> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(entry) = known.get(digest) else { return Ok(Remembered::Unknown) };
        check_term(&entry.claims, now)?;
        let age = (now - entry.checked_at).num_seconds();
        Ok(if (0..FRESH_SECONDS).contains(&age) {
            Remembered::Fresh(Arc::clone(&entry.actor))
        } else {
            Remembered::Stale(entry.claims.clone())
        })
    }
}

enum Remembered {
    Fresh(Arc<Actor>),
    Stale(Claims),
    Unknown,
}

fn check_term(claims: &Claims, now: DateTime<Utc>) -> Result<()> {
    let now = now.timestamp();
    if claims.exp + LEEWAY_SECONDS < now || claims.iat > now + LEEWAY_SECONDS {
        return Err(Error::new(Code::TokenInvalid).cause("the token is out of its term"));
    }
    Ok(())
}

async fn load(db: &Db, claims: &Claims, now: DateTime<Utc>) -> Result<Actor> {
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
    Ok(Actor { account_id: claims.sub, person_id: holder.person_id, region_id: holder.region_id, grants })
}
