//! Accounts as administrators manage them.

use uuid::Uuid;

use crate::accounts::model::{Account, AccountKind};
use crate::accounts::store::AccountFilter;
use crate::accounts::{policy, store};
use crate::authz::{Actor, Rule, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::directory::persons;
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;

/// A new account as asked for.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// Who stands behind it.
    pub kind: AccountKind,
    /// Whose it is; a person's account without one belongs to an administrator of the platform.
    pub person_id: Option<Uuid>,
    /// The tenant of a service.
    pub region_id: Option<Uuid>,
    /// Login or client id.
    pub login: String,
    /// Name shown to administrators.
    pub name: String,
}

/// Makes an account with that hash of its secret.
pub async fn create_account(ctx: &Ctx<'_>, new: NewAccount, secret_hash: &str) -> Result<Account> {
    let permit = authorize(ctx.actor, &policy::CREATE_ACCOUNT, &Target::platform())?;
    let region_id = match (new.kind, new.person_id, new.region_id) {
        (AccountKind::Person, Some(person_id), None) => Some(region_of(ctx, person_id).await?),
        (AccountKind::Person, None, None) => None,
        (AccountKind::Service, None, Some(region_id)) => Some(region_id),
        (AccountKind::Person, _, Some(_)) => {
            return Err(Error::field(
                "/region_id",
                "not_for_persons",
                "Регион учётной записи — регион её человека",
                "The region of the account is that of its person",
            ));
        }
        (AccountKind::Service, Some(_), _) => {
            return Err(Error::field(
                "/person_id",
                "not_for_services",
                "За учётной записью сервиса нет человека",
                "There is no person behind the account of a service",
            ));
        }
        (AccountKind::Service, None, None) => {
            return Err(Error::field(
                "/region_id",
                "required",
                "Укажите регион сервиса",
                "Name the region of the service",
            ));
        }
    };
    let account = Account {
        id: new_id(),
        region_id,
        person_id: new.person_id,
        kind: new.kind,
        login: new.login,
        name: new.name,
        locked_until: None,
        disabled_at: None,
        revoked_before: None,
        created_at: ctx.now,
        version: 1,
    };
    store::insert(ctx, &permit, &account, secret_hash).await?;
    if account.region_id.is_none() {
        store::make_administrator(ctx, &permit, account.id).await?;
    }
    let change = Change::none().field("kind", (), account.kind.as_str());
    ctx.audit(&permit, subject(&account), change).await?;
    Ok(account)
}

/// Whether somebody signs in with that login already.
pub async fn login_is_taken(ctx: &Ctx<'_>, login: &str) -> Result<bool> {
    Ok(store::by_login(ctx.conn, login).await?.is_some())
}

/// One page of the accounts, by login.
pub async fn list_accounts(
    ctx: &Ctx<'_>,
    filter: AccountFilter,
    page: &PageQuery<'_>,
    after: Option<String>,
) -> Result<Vec<Account>> {
    store::list(ctx.conn, &scope(ctx.actor, &policy::LIST_ACCOUNTS)?, filter, page.fetch(), after).await
}

/// One account.
pub async fn get_account(ctx: &Ctx<'_>, id: Uuid) -> Result<Account> {
    let account = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_ACCOUNT, &target(&account))?;
    Ok(account)
}

/// Ends what an account may do, at once.
pub async fn disable_account(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<Account> {
    let account = lock(ctx, id).await?;
    let permit = authorize(ctx.actor, &policy::DISABLE_ACCOUNT, &target(&account))?;
    check_version(&account, if_match)?;
    if id == ctx.actor.account_id {
        return Err(state_conflict("Это ваша собственная учётная запись", "This is your own account"));
    }
    if account.disabled_at.is_some() {
        return Err(state_conflict("Учётная запись уже отключена", "The account is disabled already"));
    }
    store::set_disabled(ctx, &permit, id, Some(ctx.now)).await?;
    store::set_revoked(ctx, &permit, id).await?;
    store::revoke_all(ctx, id).await?;
    ctx.audit(&permit, subject(&account), Change::none().field("disabled", false, true)).await?;
    lock(ctx, id).await
}

/// Lets a disabled account sign in again.
pub async fn enable_account(ctx: &Ctx<'_>, id: Uuid, if_match: i64) -> Result<Account> {
    let account = lock(ctx, id).await?;
    let permit = authorize(ctx.actor, &policy::ENABLE_ACCOUNT, &target(&account))?;
    check_version(&account, if_match)?;
    if account.disabled_at.is_none() {
        return Err(state_conflict("Учётная запись не отключена", "The account is not disabled"));
    }
    store::set_disabled(ctx, &permit, id, None).await?;
    ctx.audit(&permit, subject(&account), Change::none().field("disabled", true, false)).await?;
    lock(ctx, id).await
}

/// Gives an account a new secret; whoever holds the old one, or a session, is out.
pub async fn reset_secret(ctx: &Ctx<'_>, id: Uuid, if_match: i64, secret_hash: &str) -> Result<Account> {
    let account = lock(ctx, id).await?;
    let permit = authorize(ctx.actor, &policy::RESET_ACCOUNT_SECRET, &target(&account))?;
    check_version(&account, if_match)?;
    store::set_secret(ctx, &permit, id, secret_hash).await?;
    store::set_revoked(ctx, &permit, id).await?;
    store::revoke_all(ctx, id).await?;
    ctx.audit(&permit, subject(&account), Change::none()).await?;
    lock(ctx, id).await
}

/// Ends all sessions of an account.
pub async fn revoke_account_tokens(ctx: &Ctx<'_>, id: Uuid) -> Result<()> {
    let account = lock(ctx, id).await?;
    let permit = authorize(ctx.actor, &policy::REVOKE_ACCOUNT_TOKENS, &target(&account))?;
    store::set_revoked(ctx, &permit, id).await?;
    store::revoke_all(ctx, id).await?;
    ctx.audit(&permit, subject(&account), Change::none()).await
}

/// What the actor may do with the account now.
pub fn allowed_actions(actor: &Actor, account: &Account) -> Vec<String> {
    let target = target(account);
    let switch: &Rule =
        if account.disabled_at.is_some() { &policy::ENABLE_ACCOUNT } else { &policy::DISABLE_ACCOUNT };
    let own = actor.account_id == account.id;
    [switch, &policy::RESET_ACCOUNT_SECRET, &policy::REVOKE_ACCOUNT_TOKENS]
        .into_iter()
        .filter(|rule| {
            may(actor, rule, &target) && !(own && rule.operation == policy::DISABLE_ACCOUNT.operation)
        })
        .map(|rule| rule.operation.to_owned())
        .collect()
}

/// The account as a target of rights.
pub(super) fn target(account: &Account) -> Target {
    let target = account.region_id.map_or(Target::platform(), Target::region);
    match account.person_id {
        Some(person_id) => target.person(person_id),
        None => target,
    }
}

pub(super) async fn lock(ctx: &Ctx<'_>, id: Uuid) -> Result<Account> {
    store::lock(ctx.conn, id).await?.ok_or(Error::not_found())
}

pub(super) const fn subject(account: &Account) -> Subject {
    Subject { kind: "account", id: account.id }
}

pub(super) const fn check_version(account: &Account, if_match: i64) -> Result<()> {
    if account.version == if_match { Ok(()) } else { Err(Error::new(Code::PreconditionFailed)) }
}

fn state_conflict(ru: &str, en: &str) -> Error {
    Error::new(Code::StateConflict).detail(ru, en)
}

async fn region_of(ctx: &Ctx<'_>, person_id: Uuid) -> Result<Uuid> {
    let found = persons::service::person_facts(ctx, person_id, ctx.now.date_naive()).await;
    found.map(|person| person.region_id).map_err(|refusal| refusal.in_body("/person_id"))
}
