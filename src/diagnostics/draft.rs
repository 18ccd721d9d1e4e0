//! The life that frameworks and instruments share: a draft that its keeper alone knows and changes, then published
//! for good.

use uuid::Uuid;

use crate::authz::{Actor, Permit, Rule, Target, authorize, authorize_kept, may};
use crate::db::Ctx;
use crate::directory::organizations::model::Organization;
use crate::directory::organizations::service as organizations;
use crate::error::{Code, Error, Result};

/// Whether a framework or an instrument may still be changed (состояние документа).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublicationState {
    /// It may be changed and is not used yet.
    Draft,
    /// It is used and never changes again.
    Published,
}

impl PublicationState {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Draft, Self::Published].into_iter().find(|state| state.as_str() == name)
    }
}

/// What lives this life: where it stands, whose it is, and the rows of its policy table.
pub(super) trait Drafted {
    /// Reading it once it is published.
    const READ: &'static Rule;
    /// Writing its draft anew.
    const UPDATE: &'static Rule;
    /// Publishing its draft.
    const PUBLISH: &'static Rule;

    /// Whether it may still be changed.
    fn state(&self) -> PublicationState;
    /// Row version.
    fn version(&self) -> i64;
    /// It as a thing of its keeper alone: who may change it.
    fn kept(&self) -> Target;
    /// It as a thing of those it serves: who may read it.
    fn served(&self) -> Target;
    /// Why it does not change any more.
    fn unchangeable() -> Error;
}

/// The keeper named in a new draft and the right to draft for it; an organization of another region does not exist
/// for the caller.
pub(super) async fn keeper(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    owner_id: Uuid,
) -> Result<(Organization, Permit)> {
    match organizations::organization(ctx, owner_id).await {
        Ok(found) if Some(found.region_id) == ctx.actor.region_id => {
            let permit = organizations::authorize_at(ctx.actor, rule, &found)?;
            Ok((found, permit))
        }
        Err(refusal) if refusal.code != Code::NotFound => Err(refusal),
        _ => Err(Error::field(
            "/owner_id",
            "unknown",
            "Такой организации нет",
            "There is no such organization",
        )),
    }
}

/// 404 for whoever may not read it; a draft is read by its keeper alone.
pub(super) fn see<T: Drafted>(actor: &Actor, thing: &T) -> Result<()> {
    match thing.state() {
        PublicationState::Published => authorize(actor, T::READ, &thing.served()).map(drop),
        PublicationState::Draft if may(actor, T::UPDATE, &thing.kept()) => Ok(()),
        PublicationState::Draft => Err(Error::not_found()),
    }
}

/// The right to change what must still be a draft, and the version that the caller saw.
pub(super) fn permit<T: Drafted>(
    actor: &Actor,
    rule: &'static Rule,
    thing: &T,
    if_match: i64,
) -> Result<Permit> {
    let published = thing.state() == PublicationState::Published;
    let served = published.then(|| thing.served());
    let permit = authorize_kept(actor, rule, &thing.kept(), served.as_ref())?;
    if thing.version() != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    if published { Err(T::unchangeable()) } else { Ok(permit) }
}

/// What the actor may do with it now: operationIds.
pub(super) fn allowed_actions<T: Drafted>(actor: &Actor, thing: &T) -> Vec<String> {
    let open = thing.state() == PublicationState::Draft;
    [T::UPDATE, T::PUBLISH]
        .into_iter()
        .filter(|rule| open && may(actor, rule, &thing.kept()))
        .map(|rule| rule.operation.to_owned())
        .collect()
}
