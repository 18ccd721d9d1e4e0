//! The signing keys: Ed25519, one PEM file each in the data folder. The newest signs, all of them verify.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey, EncodePrivateKey};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, decode_header, encode};

use super::Claims;
use super::dto::{JwkSetView, JwkView};
use super::seal::Seal;
use crate::error::{Code, Error, Result};
use crate::ids::new_id;

struct Key {
    signing: EncodingKey,
    verifying: DecodingKey,
    public: String,
    seal: Seal,
}

/// All keys of the built-in issuer, by key id; ids are ordered by time.
pub struct KeyRing {
    folder: PathBuf,
    keys: RwLock<BTreeMap<String, Key>>,
    /// The folder's time of change when it was read.
    read_at: RwLock<Option<SystemTime>>,
    issuer: String,
    audience: String,
}

impl KeyRing {
    /// Opens the keys in `folder`; makes the first one when there is none.
    pub fn open(folder: &Path, issuer: &str, audience: &str) -> Result<Self> {
        let ring = Self {
            folder: folder.to_owned(),
            keys: RwLock::new(BTreeMap::new()),
            read_at: RwLock::new(None),
            issuer: issuer.to_owned(),
            audience: audience.to_owned(),
        };
        fs::create_dir_all(folder).map_err(Error::internal)?;
        ring.reload()?;
        if ring.keys.read().unwrap_or_else(PoisonError::into_inner).is_empty() {
            ring.rotate()?;
        }
        Ok(ring)
    }

    /// Makes a new key that signs from now on; the old ones go on verifying. Returns its id.
    pub fn rotate(&self) -> Result<String> {
        let mut seed = [0_u8; 32];
        rand::fill(&mut seed);
        let pem = SigningKey::from_bytes(&seed).to_pkcs8_pem(LineEnding::LF).map_err(Error::internal)?;
        let kid = new_id().to_string();
        let mut file = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(self.folder.join(format!("{kid}.pem")))
            .map_err(Error::internal)?;
        file.write_all(pem.as_bytes()).map_err(Error::internal)?;
        file.sync_all().map_err(Error::internal)?;
        self.reload()?;
        Ok(kid)
    }

    /// Signs the claims with the newest key.
    pub fn sign(&self, claims: &Claims) -> Result<String> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let (kid, key) = keys.last_key_value().ok_or_else(|| Error::internal("there is no signing key"))?;
        let header = Header { kid: Some(kid.clone()), ..Header::new(Algorithm::EdDSA) };
        encode(&header, claims, &key.signing).map_err(Error::internal)
    }

    /// The claims of a token signed by one of the keys. Whether it has ended is for the caller's clock to say.
    pub fn verify(&self, token: &str) -> Result<Claims> {
        let refuse = |cause: &dyn ToString| Error::new(Code::TokenInvalid).cause(cause.to_string());
        let header = decode_header(token).map_err(|error| refuse(&error))?;
        let kid = header.kid.ok_or_else(|| refuse(&"no key id"))?;
        if !self.knows(&kid) {
            self.refresh()?;
        }
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let key = keys.get(&kid).ok_or_else(|| refuse(&"unknown key"))?;
        // The algorithm is pinned: neither `none` nor an HMAC with the public key gets through.
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.set_issuer(&[&self.issuer]);
        validation.set_audience(&[&self.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.validate_exp = false;
        Ok(decode::<Claims>(token, &key.verifying, &validation).map_err(|error| refuse(&error))?.claims)
    }

    /// The text sealed for that purpose, so that callers can carry it but neither read nor change it.
    pub fn seal(&self, text: &[u8], purpose: &[u8]) -> Result<Vec<u8>> {
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let (_, key) = keys.last_key_value().ok_or_else(|| Error::internal("there is no signing key"))?;
        key.seal.close(text, purpose)
    }

    /// The text that one of the keys sealed for that purpose, by another process too.
    pub fn unseal(&self, sealed: &[u8], purpose: &[u8]) -> Result<Option<Vec<u8>>> {
        self.refresh()?;
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        Ok(keys.values().rev().find_map(|key| key.seal.open(sealed, purpose)))
    }

    /// The public keys as a JWK set; those another process has made meanwhile are among them.
    pub fn jwks(&self) -> Result<JwkSetView> {
        self.refresh()?;
        let keys = self.keys.read().unwrap_or_else(PoisonError::into_inner);
        let view = |(kid, key): (&String, &Key)| JwkView {
            kty: "OKP",
            crv: "Ed25519",
            alg: "EdDSA",
            r#use: "sig",
            kid: kid.clone(),
            x: key.public.clone(),
        };
        Ok(JwkSetView { keys: keys.iter().map(view).collect() })
    }

    /// `iss` of the tokens.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// `aud` of the tokens.
    pub fn audience(&self) -> &str {
        &self.audience
    }

    fn knows(&self, kid: &str) -> bool {
        self.keys.read().unwrap_or_else(PoisonError::into_inner).contains_key(kid)
    }

    /// Another process may have rotated the keys of a shared folder: asked with one look at its time of change.
    fn refresh(&self) -> Result<()> {
        let changed = changed(&self.folder)?;
        if *self.read_at.read().unwrap_or_else(PoisonError::into_inner) == Some(changed) {
            return Ok(());
        }
        self.reload()
    }

    fn reload(&self) -> Result<()> {
        let changed = changed(&self.folder)?;
        let mut found = BTreeMap::new();
        for file in fs::read_dir(&self.folder).map_err(Error::internal)? {
            let path = file.map_err(Error::internal)?.path();
            if path.extension().is_some_and(|extension| extension == "pem")
                && let Some(kid) = path.file_stem().and_then(|stem| stem.to_str())
            {
                let pem = fs::read_to_string(&path).map_err(Error::internal)?;
                found.insert(kid.to_owned(), key(&pem)?);
            }
        }
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = found;
        *self.read_at.write().unwrap_or_else(PoisonError::into_inner) = Some(changed);
        Ok(())
    }
}

fn changed(folder: &Path) -> Result<SystemTime> {
    fs::metadata(folder).and_then(|found| found.modified()).map_err(Error::internal)
}

fn key(pem: &str) -> Result<Key> {
    let signing = SigningKey::from_pkcs8_pem(pem).map_err(Error::internal)?;
    let public = URL_SAFE_NO_PAD.encode(signing.verifying_key().as_bytes());
    Ok(Key {
        signing: EncodingKey::from_ed_pem(pem.as_bytes()).map_err(Error::internal)?,
        verifying: DecodingKey::from_ed_components(&public).map_err(Error::internal)?,
        public,
        seal: Seal::of(signing.as_bytes()),
    })
}
