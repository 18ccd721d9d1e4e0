//! What a person took part in, and who may write entries about it.

use uuid::Uuid;

use super::super::model::{Source, writers};
use crate::authz::{Actor, Permit, Rule, Target, authorize_seen, may};
use crate::db::Ctx;
use crate::directory::associations::service::{association, known_associations};
use crate::error::{Code, Error, Result};
use crate::regulations::profile::{CreditBookWriterRule, RecordScope};
use crate::training::offerings::model::Offering;
use crate::training::offerings::service::{offering, visible_offering};

/// An offering, or an association with its sessions.
#[derive(Debug, Clone)]
pub struct Held {
    /// Which.
    pub source: Source,
    /// The tenant.
    pub region_id: Uuid,
    /// The organiser.
    pub organization_id: Uuid,
    /// Who leads it.
    pub leader_id: Option<Uuid>,
    /// The offering, if it is one.
    pub offering: Option<Offering>,
}

impl Held {
    /// Of an entry, without asking who may see it.
    pub async fn of(ctx: &Ctx<'_>, source: Source) -> Result<Self> {
        match source {
            Source::Offering(id) => Ok(Self::of_offering(offering(ctx, id).await?)),
            Source::Association(id) => {
                let found = association(ctx, id).await?;
                Ok(Self {
                    source,
                    region_id: found.region_id,
                    organization_id: found.organization_id,
                    leader_id: found.data.head_person_id,
                    offering: None,
                })
            }
        }
    }

    /// Named in a body; what the actor may not know of is a wrong field.
    pub async fn known(ctx: &Ctx<'_>, source: Source) -> Result<Self> {
        match source {
            Source::Offering(id) => {
                let found = visible_offering(ctx, id).await;
                found.map(Self::of_offering).map_err(|refusal| refusal.in_body("/offering_id"))
            }
            Source::Association(id) => {
                if known_associations(ctx, &[id]).await?.is_empty() {
                    return Err(Error::not_found().in_body("/association_id"));
                }
                Self::of(ctx, source).await
            }
        }
    }

    fn of_offering(offering: Offering) -> Self {
        Self {
            source: Source::Offering(offering.id),
            region_id: offering.region_id,
            organization_id: offering.organization_id,
            leader_id: offering.data.leader_id,
            offering: Some(offering),
        }
    }

    /// The right to write entries about it under those rules: of who leads it, or of who acts for the organiser. 403,
    /// never 404: what is held is known to the actor already.
    pub fn permit(
        &self,
        actor: &Actor,
        rule: &'static Rule,
        rules: &[CreditBookWriterRule],
    ) -> Result<Permit> {
        for (scope, target) in self.sides() {
            let narrowed = actor.in_roles(&writers(rules, scope));
            if may(&narrowed, rule, &target) {
                return authorize_seen(&narrowed, rule, &target);
            }
        }
        Err(Error::new(Code::Forbidden).detail(
            "По положению записи вносит руководитель этого обучения или его организатор",
            "The regulation leaves entries to the leader of this training or to its organiser",
        ))
    }

    /// Whether the actor has that right.
    pub fn may_write(&self, actor: &Actor, rule: &Rule, rules: &[CreditBookWriterRule]) -> bool {
        let has = |(scope, target): (RecordScope, Target)| {
            may(&actor.in_roles(&writers(rules, scope)), rule, &target)
        };
        self.sides().into_iter().any(has)
    }

    /// What the leader reaches, and what whoever acts for the organiser reaches. Without a municipality: that an organiser
    /// lies there gives the municipality no right.
    fn sides(&self) -> [(RecordScope, Target); 2] {
        let region = Target::region(self.region_id);
        [
            (RecordScope::OwnOffering, region.clone().assigned(self.leader_id)),
            (RecordScope::OwnOrganization, region.organization(self.organization_id, None)),
        ]
    }
}
