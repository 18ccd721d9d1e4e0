//! Use cases of reviews of programs.

mod rules;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Review, ReviewResult, ReviewState};
use super::{policy, store};
use crate::authz::{Rule, Target, authorize, may, scope};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::programs::service as programs;
use crate::registry::review_sheets::service::sheet_of;

pub use rules::{organizes, require_organizer, require_positive};
pub use store::Filter;

/// A review and what the actor may do with it.
#[derive(Debug)]
pub struct ShownReview {
    /// The review.
    pub review: Review,
    /// Whether the actor sees who the reviewer is.
    pub names_reviewer: bool,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Whom to assign to which program.
#[derive(Debug, Clone, Copy)]
pub struct NewReview {
    /// The program.
    pub program_id: Uuid,
    /// The sheet it is judged by.
    pub sheet_id: Uuid,
    /// The reviewer.
    pub reviewer_id: Uuid,
    /// Until when it is expected.
    pub due_on: Option<NaiveDate>,
}

/// Assigns a reviewer to a submitted program, or to the submitted next version of an accepted one (P2-22).
pub async fn create_program_review(ctx: &Ctx<'_>, new: NewReview) -> Result<ShownReview> {
    let unknown = |refusal: Error| refusal.in_body("/program_id");
    let (program, next) = programs::lock_for_review(ctx, new.program_id).await.map_err(unknown)?;
    let target = Target::region(program.region_id);
    let permit = authorize(ctx.actor, &policy::CREATE_PROGRAM_REVIEW, &target).map_err(unknown)?;
    require_organizer(ctx, program.region_id).await?;
    let today = programs::today(ctx, program.region_id).await?;
    let waiting = programs::awaiting(&program, next.as_ref())?;
    let sheet = sheet_of(ctx, new.sheet_id).await?.filter(|sheet| sheet.region_id == program.region_id);
    let mut problems: Vec<FieldProblem> = Vec::new();
    match &sheet {
        None => {
            let words = Text::new("Такого листа нет", "There is no such sheet");
            problems.push(FieldProblem::new("/sheet_id", "unknown", words));
        }
        Some(sheet) if sheet.data.retired => {
            let words = Text::new("Этот лист больше не используется", "The sheet is retired");
            problems.push(FieldProblem::new("/sheet_id", "retired", words));
        }
        Some(_) => {}
    }
    if new.due_on.is_some_and(|due_on| due_on < today) {
        let words = Text::new("Срок уже прошёл", "The date is in the past");
        problems.push(FieldProblem::new("/due_on", "in_the_past", words));
    }
    problems.extend(rules::no_reviewer(ctx, program.region_id, new.reviewer_id, today).await?);
    let (Some(sheet), true) = (sheet, problems.is_empty()) else { return Err(problems.into()) };
    rules::refuse_interested(ctx, &program, next.as_ref(), new.reviewer_id, today).await?;
    let review = Review {
        id: new_id(),
        region_id: program.region_id,
        program_id: program.id,
        edition: waiting.edition,
        submitted_at: waiting.submitted_at,
        organization_id: program.provider_id,
        municipality_id: program.municipality_id,
        sheet_id: sheet.id,
        kind: sheet.data.kind,
        reviewer_id: new.reviewer_id,
        state: ReviewState::Assigned,
        due_on: new.due_on,
        result: None,
        completed_at: None,
        reason: None,
        version: 1,
    };
    store::insert(ctx, &permit, &review).await?;
    programs::begin_review(ctx, &permit, program, next).await?;
    let change = Change::none().field("program_id", (), review.program_id.to_string());
    ctx.audit(&permit, Subject { kind: "program_review", id: review.id }, change).await?;
    shown(ctx, review).await
}

/// One page of the reviews the actor may see, newest first.
pub async fn list_program_reviews(
    ctx: &Ctx<'_>,
    filter: &Filter,
    page: &PageQuery<'_>,
    before: Option<Uuid>,
) -> Result<Vec<ShownReview>> {
    let scope = scope(ctx.actor, &policy::LIST_PROGRAM_REVIEWS)?;
    let reviews = store::list(ctx.conn, &scope, filter, page.fetch(), before).await?;
    let organizer = match reviews.first() {
        Some(review) => is_organizer(ctx, review.region_id).await?,
        None => false,
    };
    Ok(reviews.into_iter().map(|review| with_actions(ctx, review, organizer)).collect())
}

/// One review.
pub async fn get_program_review(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownReview> {
    let review = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_PROGRAM_REVIEW, &target(&review))?;
    shown(ctx, review).await
}

/// The reviewer says what he has to say; it never changes again.
pub async fn complete_program_review(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    result: ReviewResult,
) -> Result<ShownReview> {
    let mut review = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::COMPLETE_PROGRAM_REVIEW, &target(&review))?;
    if review.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    require_assigned(&review)?;
    let (program, next) = programs::lock_for_review(ctx, review.program_id).await?;
    let waiting = programs::awaiting(&program, next.as_ref())?;
    if waiting.submitted_at != review.submitted_at {
        return Err(Error::new(Code::StateConflict)
            .detail("Программа подана заново", "The program has been handed in again"));
    }
    let today = programs::today(ctx, review.region_id).await?;
    // Somebody may have joined the provider since he was assigned.
    rules::refuse_interested(ctx, &program, next.as_ref(), review.reviewer_id, today).await?;
    let sheet = sheet_of(ctx, review.sheet_id).await?.ok_or(Error::not_found())?;
    let problems = result.problems(&sheet.data, today);
    if !problems.is_empty() {
        return Err(problems.into());
    }
    let change = Change::none()
        .field("state", review.state.as_str(), ReviewState::Completed.as_str())
        .field("verdict", (), result.verdict.as_str())
        .field("score", (), result.total());
    review.state = ReviewState::Completed;
    review.result = Some(result);
    review.completed_at = Some(ctx.now);
    review.version += 1;
    store::update(ctx, &permit, &review).await?;
    ctx.audit(&permit, Subject { kind: "program_review", id }, change).await?;
    shown(ctx, review).await
}

/// The organizer takes a review back that is not completed.
pub async fn withdraw_program_review(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    reason: &str,
) -> Result<ShownReview> {
    let mut review = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::WITHDRAW_PROGRAM_REVIEW, &target(&review))?;
    if review.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    require_organizer(ctx, review.region_id).await?;
    require_assigned(&review)?;
    let change = Change::none().field("state", review.state.as_str(), ReviewState::Withdrawn.as_str());
    review.state = ReviewState::Withdrawn;
    review.reason = Some(reason.trim().to_owned());
    review.version += 1;
    store::update(ctx, &permit, &review).await?;
    ctx.audit(&permit, Subject { kind: "program_review", id }, change).await?;
    shown(ctx, review).await
}

fn require_assigned(review: &Review) -> Result<()> {
    if review.state == ReviewState::Assigned {
        return Ok(());
    }
    let state = review.state.as_str();
    Err(Error::new(Code::StateConflict)
        .detail(format!("Состояние экспертизы: {state}"), format!("The review's state is {state}")))
}

/// The review as a target of rights: the provider's, about its reviewer.
fn target(review: &Review) -> Target {
    Target::region(review.region_id)
        .organization(review.organization_id, review.municipality_id)
        .person(review.reviewer_id)
}

async fn is_organizer(ctx: &Ctx<'_>, region_id: Uuid) -> Result<bool> {
    Ok(may(ctx.actor, &policy::CREATE_PROGRAM_REVIEW, &Target::region(region_id))
        && organizes(ctx, region_id).await?)
}

async fn shown(ctx: &Ctx<'_>, review: Review) -> Result<ShownReview> {
    let organizer = is_organizer(ctx, review.region_id).await?;
    Ok(with_actions(ctx, review, organizer))
}

fn with_actions(ctx: &Ctx<'_>, review: Review, organizer: bool) -> ShownReview {
    let mut allowed: Vec<&Rule> = Vec::new();
    if review.state == ReviewState::Assigned {
        if may(ctx.actor, &policy::COMPLETE_PROGRAM_REVIEW, &target(&review)) {
            allowed.push(&policy::COMPLETE_PROGRAM_REVIEW);
        }
        if organizer {
            allowed.push(&policy::WITHDRAW_PROGRAM_REVIEW);
        }
    }
    let names_reviewer = organizer
        || ctx.actor.is_person(review.reviewer_id)
        || may(ctx.actor, &policy::CREATE_PROGRAM_REVIEW, &target(&review));
    let allowed_actions = allowed.into_iter().map(|rule| rule.operation.to_owned()).collect();
    ShownReview { review, names_reviewer, allowed_actions }
}
