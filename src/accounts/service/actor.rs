//! An account as an actor without a token: for what is done later in its name.

use uuid::Uuid;

use crate::accounts::store;
use crate::authz::{Actor, RoleGrant};
use crate::db::Ctx;
use crate::directory::organizations::service::organizations;
use crate::directory::{regions, role_assignments};
use crate::error::Result;

/// The actor that a token of the account would make if it were issued and used now; none when there is no such account
/// or it may not sign in.
pub async fn actor_today(ctx: &Ctx<'_>, account_id: Uuid) -> Result<Option<Actor>> {
    let found = store::find(ctx.conn, account_id).await?;
    let Some(account) = found.filter(|account| account.disabled_at.is_none()) else { return Ok(None) };
    let today = match account.region_id {
        Some(id) => regions::service::today(ctx, id).await?,
        None => ctx.now.date_naive(),
    };
    let held = role_assignments::service::grants_of(ctx, account.id, account.person_id, today).await?;
    let ids: Vec<Uuid> = held.iter().filter_map(|(_, _, organization_id)| *organization_id).collect();
    let places = organizations(ctx, &ids).await?;
    let grant = |(role, level, organization_id): (_, _, Option<Uuid>)| {
        let place = match organization_id {
            Some(id) => Some(places.iter().find(|place| place.id == id)?),
            None => None,
        };
        let place = place.map(|place| (place.id, place.region_id, place.municipality_id));
        Some(RoleGrant::at(role, level, place))
    };
    let grants = held.into_iter().filter_map(grant).collect();
    let mut cards = match account.person_id {
        Some(person_id) => store::cards(ctx.conn, person_id).await?,
        None => Vec::new(),
    }
    .into_iter();
    let person_id = cards.next();
    Ok(Some(Actor { account_id, person_id, merged: cards.collect(), region_id: account.region_id, grants }))
}
