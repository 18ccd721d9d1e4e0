//! Who organizes reviews, who may not review, and what the registry demands of a review.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::Role;
use crate::db::Ctx;
use crate::directory::persons::service::person_facts;
use crate::directory::role_assignments::service::grants_of;
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::registry::programs::model::{Program, ProgramVersion};
use crate::registry::programs::service as programs;
use crate::registry::review_sheets::model::ReviewKind;
use crate::registry::reviews::model::has_passed;
use crate::registry::reviews::store;
use crate::regulations::profile::{ProgramReviewKind, ProgramReviewRule};

/// What the regulation of the region says of reviews.
async fn rule(ctx: &Ctx<'_>, region_id: Uuid, day: NaiveDate) -> Result<Option<ProgramReviewRule>> {
    let regulation = programs::regional_regulation(ctx, region_id, day).await?;
    Ok(regulation.and_then(|regulation| regulation.profile.registry.review.clone()))
}

/// Whether the actor organizes reviews of the region: whoever the regulation names, else the keeper of the registry.
pub async fn organizes(ctx: &Ctx<'_>, region_id: Uuid) -> Result<bool> {
    let today = programs::today(ctx, region_id).await?;
    match rule(ctx, region_id, today).await? {
        Some(rule) => Ok(rule.organized_by.iter().any(|role| ctx.actor.has_role(*role))),
        None => programs::is_keeper(ctx, region_id, today).await,
    }
}

/// Refuses whoever does not organize reviews of the region.
pub async fn require_organizer(ctx: &Ctx<'_>, region_id: Uuid) -> Result<()> {
    if organizes(ctx, region_id).await? {
        return Ok(());
    }
    Err(Error::new(Code::Forbidden).detail(
        "По положению экспертизу проводит другая сторона",
        "The regulation gives reviews to somebody else",
    ))
}

/// Why the person is no reviewer of the region.
pub(super) async fn no_reviewer(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    person_id: Uuid,
    today: NaiveDate,
) -> Result<Option<FieldProblem>> {
    let known = match person_facts(ctx, person_id, today).await {
        Ok(facts) => facts.region_id == region_id,
        Err(refusal) if refusal.code == Code::NotFound => false,
        Err(refusal) => return Err(refusal),
    };
    if !known {
        let words = Text::new("Такого человека нет", "There is no such person");
        return Ok(Some(FieldProblem::new("/reviewer_id", "unknown", words)));
    }
    let grants = grants_of(ctx, Uuid::nil(), Some(person_id), today).await?;
    if grants.iter().any(|(role, ..)| *role == Role::Reviewer) {
        return Ok(None);
    }
    let words =
        Text::new("У этого человека нет роли эксперта", "The person does not hold the role of a reviewer");
    Ok(Some(FieldProblem::new("/reviewer_id", "not_a_reviewer", words)))
}

/// Refuses a reviewer who has an interest: an author of the program, or somebody who works for its provider, a partner
/// or an organization that teaches one of its modules.
pub(super) async fn refuse_interested(
    ctx: &Ctx<'_>,
    program: &Program,
    next: Option<&ProgramVersion>,
    person_id: Uuid,
    today: NaiveDate,
) -> Result<()> {
    let refused =
        |ru: &'static str, en: &'static str| Err(Error::new(Code::ReviewerInterested).detail(ru, en));
    if programs::authors_of(ctx, program, next).await?.contains(&person_id) {
        return refused(
            "Автор программы не может быть её экспертом",
            "The author of a program does not review it",
        );
    }
    let employers = programs::teaching_organizations(ctx, program, next).await?;
    let facts = person_facts(ctx, person_id, today).await?;
    if facts.employed_on(today).any(|work| employers.contains(&work.organization_id)) {
        return refused(
            "Эксперт работает в организации, которая реализует программу",
            "The reviewer works for an organization that teaches the program",
        );
    }
    Ok(())
}

/// Refuses a program that the regulation lets into the registry only after a review which it has not passed (P2-23).
pub async fn require_positive(
    ctx: &Ctx<'_>,
    program: &Program,
    submission: Option<chrono::DateTime<chrono::Utc>>,
    day: NaiveDate,
) -> Result<()> {
    let Some(rule) = rule(ctx, program.region_id, day).await? else { return Ok(()) };
    let kind = match rule.kind {
        ProgramReviewKind::ProfessionalPublic => ReviewKind::ProfessionalPublic,
        ProgramReviewKind::Keeper => ReviewKind::Keeper,
    };
    let reviews = match submission {
        Some(at) => store::of_submission(ctx.conn, program.id, at).await?,
        None => Vec::new(),
    };
    if has_passed(&reviews, kind) {
        return Ok(());
    }
    let paragraph = rule.paragraph.unwrap_or_default();
    Err(Error::new(Code::ReviewRequired).detail(
        format!("По положению в реестр включают программы с положительной экспертизой (пункт {paragraph})"),
        format!("By the regulation only programs with a positive review enter the registry (paragraph {paragraph})"),
    ))
}
