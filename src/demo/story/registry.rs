//! Steps about programs, the registry and providers.

use super::requests::{Made, Request, made};
use crate::db::Ctx;
use crate::demo::registry::content;
use crate::error::{Error, Result};
use crate::registry::credit_rules::dto::CreditRuleCreate;
use crate::registry::credit_rules::service as credit_rules;
use crate::registry::entries::dto::{RegistryEntryCreate, RegistryEntryDecisionCreate};
use crate::registry::entries::service as entries;
use crate::registry::programs::dto::{ProgramCreate, ProgramDecisionCreate};
use crate::registry::programs::service as programs;
use crate::registry::provider_founders::dto::ProviderFounderCreate;
use crate::registry::provider_founders::service as founders;
use crate::registry::provider_licences::dto::{
    LicenceSuspensionCreate, LicenceSuspensionEnd, ProviderLicenceCreate,
};
use crate::registry::provider_licences::service as licences;
use crate::registry::publications::dto::RegistryRevisionCreate;
use crate::registry::publications::service as publications;
use crate::registry::reviews::dto::{ProgramReviewCreate, ProgramReviewResult};
use crate::registry::reviews::service::{self as reviews, NewReview};

/// Carries the operation out, if it is one of these.
pub(super) async fn perform(ctx: &Ctx<'_>, operation: &str, request: &Request) -> Result<Option<Made>> {
    let made = match operation {
        "create_program" => {
            let body = request.body::<ProgramCreate>()?;
            let content = |provider_id| content(&body, provider_id);
            let draft = programs::create_program(ctx, body.provider_id, content).await?;
            Made { parts: draft.modules.iter().map(|module| module.id).collect(), ..made(draft.program.id) }
        }
        "submit_program" => {
            let program = programs::get_program(ctx, request.id()?).await?.program;
            made(programs::submit_program(ctx, program.id, program.version).await?.program.id)
        }
        "decide_program" => {
            let verdict = request.body::<ProgramDecisionCreate>()?.verdict().map_err(Error::invalid)?;
            let program = programs::get_program(ctx, request.id()?).await?.program;
            made(programs::decide_program(ctx, program.id, program.version, &verdict).await?.program.id)
        }
        "create_program_review" => {
            let body = request.body::<ProgramReviewCreate>()?;
            let new = NewReview {
                program_id: body.program_id,
                sheet_id: body.sheet_id,
                reviewer_id: body.reviewer_id,
                due_on: body.due_on,
            };
            made(reviews::create_program_review(ctx, new).await?.review.id)
        }
        "complete_program_review" => {
            let result = request.body::<ProgramReviewResult>()?.into();
            let review = reviews::get_program_review(ctx, request.id()?).await?.review;
            made(reviews::complete_program_review(ctx, review.id, review.version, result).await?.review.id)
        }
        "create_registry_entry" => {
            let body = request.body::<RegistryEntryCreate>()?;
            made(entries::create_registry_entry(ctx, body.program_id).await?.entry.id)
        }
        "decide_registry_entry" => {
            let body = request.body::<RegistryEntryDecisionCreate>()?;
            let entry = entries::get_registry_entry(ctx, request.id()?).await?.entry;
            let (decision, reason) = (body.decision.into(), body.reason.as_str());
            made(
                entries::decide_registry_entry(ctx, entry.id, entry.version, decision, reason)
                    .await?
                    .entry
                    .id,
            )
        }
        "create_registry_revision" => {
            let body = request.body::<RegistryRevisionCreate>()?;
            publications::create_registry_revision(ctx, request.number()?, body.note.as_deref()).await?;
            Made::default()
        }
        "record_provider_founder" => {
            let body = request.body::<ProviderFounderCreate>()?;
            made(founders::record_provider_founder(ctx, body.organization_id, body.data.into()).await?.id)
        }
        "record_provider_licence" => {
            let body = request.body::<ProviderLicenceCreate>()?;
            made(licences::record_provider_licence(ctx, body.organization_id, body.data.into()).await?.id)
        }
        "record_licence_suspension" => {
            let body = request.body::<LicenceSuspensionCreate>()?;
            let licence = licences::get_provider_licence(ctx, request.id()?).await?;
            let (from, reason) = (body.suspended_from, body.reason);
            made(
                licences::record_licence_suspension(ctx, licence.id, licence.version, from, reason).await?.id,
            )
        }
        "end_licence_suspension" => {
            let body = request.body::<LicenceSuspensionEnd>()?;
            let licence = licences::get_provider_licence(ctx, request.id()?).await?;
            let until = body.suspended_until;
            made(licences::end_licence_suspension(ctx, licence.id, licence.version, until).await?.id)
        }
        "create_credit_rule" => {
            let new = request.body::<CreditRuleCreate>()?.into();
            made(credit_rules::create_credit_rule(ctx, new).await?.id)
        }
        _ => return Ok(None),
    };
    Ok(Some(made))
}
