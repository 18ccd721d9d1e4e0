//! Signatures by which a receiver knows who called (Standard Webhooks): HMAC-SHA256 over id, moment and body.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

use crate::error::{Error, Result};

/// What every secret begins with.
const PREFIX: &str = "whsec_";

/// The key of a webhook's signatures.
pub struct SigningSecret([u8; 32]);

impl SigningSecret {
    /// A new one.
    pub fn random() -> Self {
        let mut bytes = [0_u8; 32];
        rand::fill(&mut bytes);
        Self(bytes)
    }

    /// The one of these bytes.
    pub fn of(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// Its bytes, to be sealed.
    pub const fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As the receiver gets it, once.
    pub fn shown(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(self.0))
    }

    fn sign(&self, id: &str, moment: i64, body: &[u8]) -> Result<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).map_err(Error::internal)?;
        mac.update(format!("{id}.{moment}.").as_bytes());
        mac.update(body);
        Ok(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
    }
}

/// The header `webhook-signature`: a signature by each of the secrets that hold.
pub fn signatures(secrets: &[SigningSecret], id: &str, moment: i64, body: &[u8]) -> Result<String> {
    let all: Vec<String> =
        secrets.iter().map(|secret| secret.sign(id, moment, body)).collect::<Result<_>>()?;
    Ok(all.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Computed with `openssl dgst -sha256 -mac HMAC`.
    #[test]
    fn a_signature_is_the_one_of_the_standard() {
        let secret = SigningSecret::of(&[7; 32]).unwrap();
        let signed = signatures(&[secret], "msg_1", 1_700_000_000, b"{\"a\":1}").unwrap();
        assert_eq!(signed, "v1,LInk7lWC3DLGgRP3k/Xpm933fgj/SEGrik4mpkLgnKE=");
    }

    #[test]
    fn during_a_rotation_both_secrets_sign() {
        let secrets = [SigningSecret::random(), SigningSecret::random()];
        assert_eq!(signatures(&secrets, "a", 1, b"").unwrap().split(' ').count(), 2);
        assert!(secrets[0].shown().starts_with("whsec_"));
    }
}
