//! Who stands behind a token of an external issuer.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::actor::actor_today;
use crate::accounts::openid::{ExternalClaims, ExternalRoles};
use crate::accounts::store;
use crate::authz::{Actor, Role, RoleGrant};
use crate::db::Ctx;
use crate::directory::organizations::service::organizations_named;
use crate::directory::role_assignments::model::level_at;
use crate::error::Result;

/// The actor of the token; none when there is no such account, when it may not sign in, or when its tokens were revoked
/// after this one was issued. An issuer of a region never makes an administrator of the platform.
pub async fn external_actor(ctx: &Ctx<'_>, claims: &ExternalClaims) -> Result<Option<Actor>> {
    let found = store::named(ctx.conn, &claims.login).await?;
    let revoked = |moment: DateTime<Utc>| claims.issued_at <= moment.timestamp();
    let Some((account, region_id)) = found
        .filter(|account| !account.revoked_before.is_some_and(revoked))
        .and_then(|account| account.region_id.map(|region_id| (account, region_id)))
    else {
        return Ok(None);
    };
    let own = actor_today(ctx, account.id).await?;
    let (Some(given), Some(own)) = (&claims.roles, &own) else { return Ok(own) };
    // A teacher is one by his employment, whatever the issuer calls him.
    let mut grants = own.in_roles(&[Role::Teacher]).grants;
    grants.extend(given_grants(ctx, region_id, given).await?);
    Ok(Some(Actor { grants, ..own.clone() }))
}

/// The roles that the issuer gives, at each of the organizations where they can be held. Other regions have no place in it.
async fn given_grants(ctx: &Ctx<'_>, region_id: Uuid, given: &ExternalRoles) -> Result<Vec<RoleGrant>> {
    let places = organizations_named(ctx, region_id, &given.organizations).await?;
    let mut grants = Vec::new();
    for place in &places {
        let held = given.roles.iter().filter_map(|role| Some((*role, level_at(*role, place.kind)?)));
        let at = Some((place.id, place.region_id, place.municipality_id));
        grants.extend(held.map(|(role, level)| RoleGrant::at(role, level, at)));
    }
    Ok(grants)
}
