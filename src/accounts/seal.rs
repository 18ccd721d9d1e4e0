//! Sealing of what callers carry for the server: encrypted and authenticated (XChaCha20-Poly1305).

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// Bytes of a nonce: long enough to be drawn at random for ever.
const NONCE: usize = 24;

/// A key of its own, derived from the seed of a signing key: whatever processes share that key share this one.
pub(super) struct Seal(XChaCha20Poly1305);

impl Seal {
    /// The seal that goes with a signing key.
    pub(super) fn of(seed: &[u8; 32]) -> Self {
        let key: [u8; 32] = Sha256::new().chain_update("rost seal 1").chain_update(seed).finalize().into();
        Self(XChaCha20Poly1305::new(&key.into()))
    }

    /// The text, sealed for that purpose.
    pub(super) fn close(&self, text: &[u8], purpose: &[u8]) -> Result<Vec<u8>> {
        let mut nonce = [0_u8; NONCE];
        rand::fill(&mut nonce);
        let payload = Payload { msg: text, aad: purpose };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).map_err(Error::internal)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// The text, if it was sealed by this key for that purpose.
    pub(super) fn open(&self, sealed: &[u8], purpose: &[u8]) -> Option<Vec<u8>> {
        let (nonce, rest) = sealed.split_first_chunk::<NONCE>()?;
        self.0.decrypt(&XNonce::from(*nonce), Payload { msg: rest, aad: purpose }).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_same_key_opens_for_the_same_purpose() {
        let (ours, theirs) = (Seal::of(&[1; 32]), Seal::of(&[2; 32]));
        let sealed = ours.close("Каренина".as_bytes(), b"persons").unwrap();
        assert_eq!(Seal::of(&[1; 32]).open(&sealed, b"persons").as_deref(), Some("Каренина".as_bytes()));
        assert_eq!(ours.open(&sealed, b"accounts"), None);
        assert_eq!(theirs.open(&sealed, b"persons"), None);
        for place in 0..sealed.len() {
            let mut forged = sealed.clone();
            forged[place] ^= 1;
            assert_eq!(ours.open(&forged, b"persons"), None);
        }
        assert_eq!(ours.open(b"short", b"persons"), None);
    }
}
