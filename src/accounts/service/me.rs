//! Who the caller is.

use uuid::Uuid;

use crate::accounts::model::Account;
use crate::accounts::{policy, store};
use crate::approvals::service::{Pending, pending};
use crate::authz::authorize_oneself;
use crate::db::Ctx;
use crate::error::{Error, Result};

/// The caller: his account and the names behind the ids of his token.
#[derive(Debug)]
pub struct Me {
    /// The account.
    pub account: Account,
    /// Last, first and middle name.
    pub person: Option<(String, String, Option<String>)>,
    /// Names of the organizations of his grants.
    pub organizations: Vec<(Uuid, String)>,
    /// What of approvals is on its way to him and from him.
    pub approvals: Pending,
}

/// The caller, as of now.
pub async fn me(ctx: &Ctx<'_>) -> Result<Me> {
    authorize_oneself(ctx.actor, &policy::GET_ME)?;
    let places: Vec<Uuid> = ctx.actor.grants.iter().filter_map(|grant| grant.organization_id).collect();
    let (account, names, approvals) = tokio::try_join!(
        store::find(ctx.conn, ctx.actor.account_id),
        store::names(ctx.conn, ctx.actor.person_id, &places),
        pending(ctx),
    )?;
    let account = account.ok_or(Error::not_found())?;
    Ok(Me { account, person: names.person, organizations: names.organizations, approvals })
}
