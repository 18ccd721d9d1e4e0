//! Who conducted diagnostics, and so may correct what they found.

use uuid::Uuid;

use super::model::{DiagnosticResult, RecordedResult};
use super::service::NewResult;
use super::{policy, store};
use crate::authz::{Permit, may};
use crate::db::Ctx;
use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::directory::organizations::service as organizations;
use crate::directory::persons::model::EmploymentFacts;
use crate::error::{Error, Result};

/// Who conducted it: the recorder's organization, or the owner of the instrument or the school of the person, where
/// the recorder's right reaches them; nobody speaks for a place above his own. A correction changes what was found,
/// not who found it.
pub(super) async fn conductor(
    ctx: &Ctx<'_>,
    new: &NewResult,
    employment: &EmploymentFacts,
    permit: &Permit,
    owner_id: Uuid,
    conducted_before: Option<Uuid>,
) -> Result<(Uuid, OrganizationKind)> {
    let own = permit.organization_id();
    let id = new.conducted_by.or(conducted_before).or(own).unwrap_or(employment.organization_id);
    let involved = [own, Some(owner_id), Some(employment.organization_id), conducted_before];
    let conductor = match involved.contains(&Some(id)) {
        true => Some(organizations::organization(ctx, id).await?),
        false => None,
    };
    let conductor = conductor.filter(|found| conducts_there(ctx, found));
    let Some(conductor) = conductor else {
        return Err(Error::field(
            "/conducted_by",
            "not_involved",
            "Проводить диагностику могла ваша организация либо подчинённая ей школа или владелец инструмента",
            "Your organization, or the school or the owner of the instrument below it, may have conducted it",
        ));
    };
    Ok((conductor.id, conductor.kind))
}

/// Whether the actor records for the organization that conducted the result.
pub(super) async fn may_correct(ctx: &Ctx<'_>, result: &DiagnosticResult) -> Result<bool> {
    Ok(conducts_there(ctx, &organizations::organization(ctx, result.conducted_by).await?))
}

/// Whether the actor records for that organization: his own, or one below it.
fn conducts_there(ctx: &Ctx<'_>, conductor: &Organization) -> bool {
    may(ctx.actor, &policy::RECORD_DIAGNOSTIC_RESULT, &organizations::target(conductor))
}

/// A correction replaces a result of the same person and instrument. What another organization conducted, the
/// coordinator above all (P4-10, P4-22), is corrected by it or by those above it.
pub(super) async fn corrected(ctx: &Ctx<'_>, new: &NewResult) -> Result<Option<DiagnosticResult>> {
    let Some(id) = new.corrects_id else { return Ok(None) };
    let same = |old: &RecordedResult| {
        old.result.person_id == new.person_id && old.result.instrument_id == new.instrument_id
    };
    match store::find(ctx.conn, id).await?.filter(same) {
        Some(old) => {
            if may_correct(ctx, &old.result).await? {
                return Ok(Some(old.result));
            }
            let refusal = Error::field(
                "/corrects_id",
                "conducted_by_another",
                "Эту диагностику провела другая организация: исправляет она",
                "Another organization conducted these diagnostics: it corrects them",
            );
            Err(refusal)
        }
        None => Err(Error::field(
            "/corrects_id",
            "unknown",
            "У этого человека нет такого результата по этому инструменту",
            "The person has no such result by this instrument",
        )),
    }
}
