//! What an access token says.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::authz::{Level, Role};

/// A role at an organization, as a token carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Grant)]
pub struct GrantClaim {
    /// The role.
    pub role: Role,
    /// The level of the hierarchy the role acts at.
    pub level: Level,
    /// The organization the role is held at; absent for administrators of the platform.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub organization: Option<Uuid>,
}

/// The claims of an access token.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Claims {
    /// The account.
    pub sub: Uuid,
    /// The issuer.
    pub iss: String,
    /// For whom the token is meant.
    pub aud: String,
    /// When it was issued, in seconds since 1970.
    pub iat: i64,
    /// When it ends, in seconds since 1970.
    pub exp: i64,
    /// The token's own id.
    pub jti: Uuid,
    /// The session it belongs to, if it can be refreshed: ending that ends the token.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sid: Option<Uuid>,
    /// What it may be used as.
    pub grants: Vec<GrantClaim>,
}
