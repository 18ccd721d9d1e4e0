//! Keys as they travel.

use serde::Serialize;
use utoipa::ToSchema;

/// The public keys of the built-in issuer (RFC 7517).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JwkSet)]
pub struct JwkSetView {
    /// The keys; the newest signs, all of them verify.
    #[schema(max_items = 1000)]
    pub keys: Vec<JwkView>,
}

/// One public key (RFC 8037).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Jwk)]
pub struct JwkView {
    /// Key type.
    #[schema(max_length = 10, example = "OKP")]
    pub kty: &'static str,
    /// Curve.
    #[schema(max_length = 20, example = "Ed25519")]
    pub crv: &'static str,
    /// Algorithm.
    #[schema(max_length = 20, example = "EdDSA")]
    pub alg: &'static str,
    /// What the key is for.
    #[schema(max_length = 10, example = "sig")]
    pub r#use: &'static str,
    /// Key id, as in the header of the tokens.
    #[schema(max_length = 100)]
    pub kid: String,
    /// The public key, base64url.
    #[schema(max_length = 100)]
    pub x: String,
}

/// A new signing key.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SigningKey)]
pub struct SigningKeyView {
    /// Its key id.
    #[schema(max_length = 100)]
    pub kid: String,
}
