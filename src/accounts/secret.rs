//! Secrets: what must never be printed, how passwords are kept, where random ones come from.

use std::fmt;
use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::error::{Error, Result};

/// Each check takes 19 MiB and a core for some 20 ms: no crowd of sign-ins may take the whole machine.
static CHECKS: Semaphore = Semaphore::const_new(4);

/// What is compared with when there is no such account, so that the answer takes as long.
static NOBODY: LazyLock<String> = LazyLock::new(|| hash(random().reveal()).unwrap_or_default());

/// A text that is never printed, only sent to whom it belongs.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretText(String);

impl SecretText {
    /// Hides the text.
    pub const fn new(text: String) -> Self {
        Self(text)
    }

    /// The text, for use.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// 256 random bits, as 43 characters that need no quotes anywhere.
pub(super) fn random() -> SecretText {
    let mut bytes = [0_u8; 32];
    rand::fill(&mut bytes);
    SecretText(URL_SAFE_NO_PAD.encode(bytes))
}

/// What is kept of a random token: with 256 random bits a fast digest is enough.
pub(super) fn digest(token: &str) -> Vec<u8> {
    Sha256::digest(token).to_vec()
}

/// The argon2id hash of a password or client secret, made off the threads that serve requests.
pub async fn hashed(secret: SecretText) -> Result<String> {
    let _turn = CHECKS.acquire().await.map_err(Error::internal)?;
    spawn_blocking(move || hash(secret.reveal())).await.map_err(Error::internal)?
}

/// Whether the secret is the one behind the hash. Without a hash it is not, and that takes as long to find out.
pub(super) async fn matches(secret: SecretText, hash: Option<String>) -> Result<bool> {
    let _turn = CHECKS.acquire().await.map_err(Error::internal)?;
    spawn_blocking(move || {
        let nobody = NOBODY.as_str();
        let parsed = hash.as_deref().and_then(|text| PasswordHash::new(text).ok());
        let known = parsed.is_some();
        let Some(hash) = parsed.or_else(|| PasswordHash::new(nobody).ok()) else { return false };
        Argon2::default().verify_password(secret.reveal().as_bytes(), &hash).is_ok() && known
    })
    .await
    .map_err(Error::internal)
}

fn hash(secret: &str) -> Result<String> {
    let hash = Argon2::default().hash_password(secret.as_bytes()).map_err(Error::internal)?;
    Ok(hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_never_printed() {
        assert_eq!(format!("{:?}", SecretText::new("open sesame".to_owned())), "***");
    }

    #[tokio::test]
    async fn only_the_right_password_matches_and_nothing_matches_nobody() {
        let right = SecretText::new("open sesame".to_owned());
        let hash = hashed(right.clone()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(matches(right.clone(), Some(hash.clone())).await.unwrap());
        assert!(!matches(SecretText::new("open barley".to_owned()), Some(hash)).await.unwrap());
        assert!(!matches(right.clone(), None).await.unwrap());
        assert!(!matches(right, Some("-".to_owned())).await.unwrap());
    }
}
