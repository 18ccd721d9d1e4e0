//! Tokens of an external OpenID Connect issuer: a region's portal signs people in, Rost trusts its signature.
//!
//! The token names an account of Rost by its login; an issuer makes no accounts. What it may be used as comes either from
//! the roles held in Rost, or, when the configuration translates the issuer's roles, from the token.

mod claims;
mod keys;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
pub use claims::{ExternalClaims, ExternalRoles};
use keys::IssuerKeys;
use serde::Deserialize;
use serde_json::Value;

use crate::config::OpenIdSettings;
use crate::error::{Code, Error, Result};

/// An external issuer with its keys.
pub struct ExternalIssuer {
    settings: OpenIdSettings,
    keys: IssuerKeys,
}

impl ExternalIssuer {
    /// The issuer of those settings; nothing is asked of it yet.
    pub fn new(settings: OpenIdSettings) -> Self {
        Self { keys: IssuerKeys::of(&settings.issuer), settings }
    }

    /// Whether the token says that it comes from here. Nothing is proven by that.
    pub fn claims_to_issue(&self, token: &str) -> bool {
        #[derive(Deserialize)]
        struct Unproven {
            iss: String,
        }
        let payload = token.split('.').nth(1).and_then(|part| URL_SAFE_NO_PAD.decode(part).ok());
        let unproven: Option<Unproven> = payload.and_then(|payload| serde_json::from_slice(&payload).ok());
        unproven.is_some_and(|unproven| unproven.iss == self.settings.issuer)
    }

    /// What a token of the issuer says, once its signature, issuer and audience are proven. Whether it has ended is for
    /// the caller's clock to say.
    pub async fn verify(&self, token: &str, now: DateTime<Utc>) -> Result<ExternalClaims> {
        let header = jsonwebtoken::decode_header(token).map_err(refused)?;
        let key = self.keys.find(header.kid.as_deref(), header.alg, now).await?;
        let mut validation = jsonwebtoken::Validation::new(header.alg);
        validation.set_issuer(&[&self.settings.issuer]);
        validation.set_audience(&[&self.settings.audience]);
        validation.set_required_spec_claims(&["exp", "iss", "aud", "sub"]);
        validation.validate_exp = false;
        let claims = jsonwebtoken::decode::<Value>(token, &key, &validation).map_err(refused)?.claims;
        ExternalClaims::read(&claims, &self.settings)
            .ok_or_else(|| Error::new(Code::TokenInvalid).cause("a claim is missing"))
    }
}

fn refused(cause: jsonwebtoken::errors::Error) -> Error {
    Error::new(Code::TokenInvalid).cause(cause.to_string())
}
