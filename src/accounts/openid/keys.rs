//! The public keys of an external issuer: found by discovery, kept in memory, asked for anew when an unknown key signs.
//!
//! Who sends tokens with invented key ids must not make the server ask the issuer again and again: after an answer it is
//! left alone for a while, after a failure for twice as long each time. While it does not answer, known keys go on.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::jwk::{Jwk, JwkSet, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::config::is_safe;
use crate::error::{Code, Error, Result};

/// Keys are asked for anew after that time, so that those the issuer has withdrawn end.
const FRESH: TimeDelta = TimeDelta::hours(1);
/// Keys of an issuer that does not answer are trusted for that time.
const KEPT: TimeDelta = TimeDelta::hours(24);
/// After an answer the issuer is left alone for that time.
const PAUSE: TimeDelta = TimeDelta::seconds(30);
/// After the first failure it is left alone for so long, after each further one for twice as long …
const FIRST_WAIT: TimeDelta = TimeDelta::seconds(1);
/// … up to that.
const LONGEST_WAIT: TimeDelta = TimeDelta::minutes(5);
/// Longest that a request to the issuer may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// Largest document that is read of it, in bytes.
const LARGEST: u64 = 1_048_576;

/// What may sign: the asymmetric algorithms. With a symmetric one the public key would be the secret.
const ALGORITHMS: [Algorithm; 9] = [
    Algorithm::RS256,
    Algorithm::RS384,
    Algorithm::RS512,
    Algorithm::PS256,
    Algorithm::PS384,
    Algorithm::PS512,
    Algorithm::ES256,
    Algorithm::ES384,
    Algorithm::EdDSA,
];

#[derive(Default)]
struct Known {
    keys: Vec<Jwk>,
    read_at: Option<DateTime<Utc>>,
    failures: u32,
    /// Not asked again before this moment.
    rests_until: Option<DateTime<Utc>>,
}

impl Known {
    fn answered(&mut self, keys: Vec<Jwk>, now: DateTime<Utc>) {
        *self = Self { keys, read_at: Some(now), failures: 0, rests_until: Some(now + PAUSE) };
    }

    fn failed(&mut self, now: DateTime<Utc>) {
        let doubled = 2_i32.checked_pow(self.failures).and_then(|times| FIRST_WAIT.checked_mul(times));
        self.rests_until = Some(now + doubled.map_or(LONGEST_WAIT, |wait| wait.min(LONGEST_WAIT)));
        self.failures = self.failures.saturating_add(1);
    }

    fn read_within(&self, age: TimeDelta, now: DateTime<Utc>) -> bool {
        self.read_at.is_some_and(|moment| now - moment < age)
    }

    /// The key of that id; without an id the only key there is.
    fn find(&self, kid: Option<&str>) -> Option<&Jwk> {
        match (kid, self.keys.as_slice()) {
            (Some(kid), keys) => keys.iter().find(|key| key.common.key_id.as_deref() == Some(kid)),
            (None, [only]) => Some(only),
            (None, _) => None,
        }
    }
}

/// The keys of one issuer.
pub(super) struct IssuerKeys {
    issuer: String,
    known: Mutex<Known>,
    /// Only one request at a time asks; the others wait for what it learns.
    asking: tokio::sync::Mutex<()>,
}

impl IssuerKeys {
    /// The keys of the issuer; nothing is asked of it yet.
    pub(super) fn of(issuer: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            known: Mutex::new(Known::default()),
            asking: tokio::sync::Mutex::new(()),
        }
    }

    /// The key that signs with that algorithm under that id.
    pub(super) async fn find(
        &self,
        kid: Option<&str>,
        algorithm: Algorithm,
        now: DateTime<Utc>,
    ) -> Result<DecodingKey> {
        let refuse = |cause: &str| Error::new(Code::TokenInvalid).cause(cause);
        if !ALGORITHMS.contains(&algorithm) {
            return Err(refuse("an algorithm that is not accepted"));
        }
        let found = match self.remembered(kid, FRESH, now) {
            Some(found) => Some(found),
            None => {
                self.ask(kid, now).await;
                self.remembered(kid, KEPT, now)
            }
        };
        let Some(jwk) = found else { return Err(self.unknown(now)) };
        let signs = !matches!(&jwk.common.public_key_use, Some(PublicKeyUse::Encryption));
        let fits = jwk.common.key_algorithm.is_none_or(|own| own.to_string() == format!("{algorithm:?}"));
        if !signs || !fits {
            return Err(refuse("the key is not for this"));
        }
        DecodingKey::from_jwk(&jwk).map_err(|error| refuse(&error.to_string()))
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn remembered(&self, kid: Option<&str>, age: TimeDelta, now: DateTime<Utc>) -> Option<Jwk> {
        let known = self.known();
        known.find(kid).filter(|_| known.read_within(age, now)).cloned()
    }

    /// Whether the token is wrong, or the issuer cannot be asked: then the same token may do in a while.
    fn unknown(&self, now: DateTime<Utc>) -> Error {
        let known = self.known();
        match known.rests_until {
            Some(until) if known.failures > 0 => {
                let seconds = u32::try_from((until - now).num_seconds()).unwrap_or(0).max(1);
                Error::new(Code::Unavailable)
                    .retry_after(seconds)
                    .cause("the issuer of tokens does not answer")
            }
            _ => Error::new(Code::TokenInvalid).cause("unknown key"),
        }
    }

    async fn ask(&self, kid: Option<&str>, now: DateTime<Utc>) {
        let _one = self.asking.lock().await;
        let rests = self.known().rests_until.is_some_and(|until| now < until);
        if rests || self.remembered(kid, FRESH, now).is_some() {
            return;
        }
        let issuer = self.issuer.clone();
        let told = tokio::task::spawn_blocking(move || fetch(&issuer)).await;
        match told.map_err(|error| error.to_string()).and_then(|told| told) {
            Ok(keys) => self.known().answered(keys, now),
            Err(problem) => {
                log::warn!(target: "rost::accounts", "the external issuer does not tell its keys: {problem}");
                self.known().failed(now);
            }
        }
    }
}

/// The discovery document (OpenID Connect Discovery 1.0, section 3): what is used of it.
#[derive(Deserialize)]
struct Discovery {
    issuer: String,
    jwks_uri: String,
}

/// Asks the issuer for its keys. What this server knows no way to use is left out.
fn fetch(issuer: &str) -> Result<Vec<Jwk>, String> {
    let config = ureq::Agent::config_builder().timeout_global(Some(PATIENCE)).max_redirects(0).build();
    let agent: ureq::Agent = config.into();
    let place = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
    let discovery: Discovery = get(&agent, &place)?;
    // Otherwise one issuer could speak in the name of another (section 4.3).
    if discovery.issuer != issuer {
        return Err("it calls itself otherwise".to_owned());
    }
    if !is_safe(&discovery.jwks_uri) {
        return Err("its keys would travel unencrypted".to_owned());
    }
    let set: JwkSet = get(&agent, &discovery.jwks_uri)?;
    Ok(set.keys.into_iter().filter(Jwk::is_supported).collect())
}

fn get<T: DeserializeOwned>(agent: &ureq::Agent, address: &str) -> Result<T, String> {
    let mut answer = agent.get(address).call().map_err(|error| error.to_string())?;
    let text = answer.body_mut().with_config().limit(LARGEST).read_to_string();
    serde_json::from_str(&text.map_err(|error| error.to_string())?).map_err(|error| error.to_string())
}
