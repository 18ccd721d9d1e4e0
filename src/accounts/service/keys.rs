//! Signing keys.

use uuid::Uuid;

use crate::accounts::{KeyRing, policy};
use crate::authz::{Target, authorize};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Error, Result};

/// Makes a new key that signs from now on; tokens of the old ones stay good. Returns its id.
pub async fn rotate_signing_key(ctx: &Ctx<'_>, keys: &KeyRing) -> Result<String> {
    let permit = authorize(ctx.actor, &policy::ROTATE_SIGNING_KEY, &Target::platform())?;
    let kid = keys.rotate()?;
    let id: Uuid = kid.parse().map_err(Error::internal)?;
    ctx.audit(&permit, Subject { kind: "signing_key", id }, Change::none()).await?;
    Ok(kid)
}
