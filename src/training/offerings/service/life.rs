//! The way of an offering, and what follows for applications and enrollments.

use chrono::NaiveDate;
use uuid::Uuid;

use super::standing::refuse_barred;
use super::{ShownOffering, permit, shown, stages_of, today};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, FieldProblem, Result, Text};
use crate::registry::programs::service::program_facts;
use crate::registry::provider_licences::model::ProviderStanding;
use crate::registry::provider_licences::vocabulary::ProviderVerdict;
use crate::regulations::profile::RuleSeverity;
use crate::regulations::service::binding_regulation;
use crate::training::offerings::model::{Offering, OfferingEvent, OfferingRefusal, step};
use crate::training::offerings::{policy, store};
use crate::training::vocabulary::{OfferingKind, OfferingState, TrainingStageKind};
use crate::training::{applications, enrollments};

/// Moves an offering to another state.
pub async fn change_offering_state(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    to: OfferingState,
    reason: Option<&str>,
) -> Result<ShownOffering> {
    let current = store::lock(ctx.conn, id).await?;
    let permit = permit(ctx.actor, &policy::CHANGE_OFFERING_STATE, &current)?;
    if current.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    let (today, unclosed) = tokio::try_join!(today(ctx, &current), enrollments::service::unclosed(ctx, id))?;
    let event = event(&current, to, today, unclosed, reason).ok_or_else(|| {
        Error::field(
            "/state",
            "not_reachable",
            "В это состояние не переводят",
            "Nothing is moved to this state",
        )
    })?;
    let state = step(current.state, &event).map_err(refused)?;
    if matches!(state, OfferingState::Open | OfferingState::Running) {
        refuse_barred(ctx, &current, "/state").await?;
    }
    if state == OfferingState::Open {
        refuse_suspended(ctx, &current).await?;
        refuse_without_workplace_task(ctx, &current, today).await?;
    }
    let change = Change::none().field("state", current.state.as_str(), state.as_str());
    let mut moved = Offering { state, version: current.version + 1, ..current };
    match state {
        OfferingState::Running => enrollments::service::start_all(ctx, &permit, id, today).await?,
        OfferingState::Cancelled => {
            let reason = reason.unwrap_or_default();
            moved.cancel_reason = Some(reason.to_owned());
            moved.seats_taken = 0;
            applications::service::decline_all(ctx, &permit, id, Some(reason)).await?;
            enrollments::service::withdraw_all(ctx, &permit, id, reason, today).await?;
        }
        OfferingState::Finished => {
            // That the offering is over says why.
            applications::service::decline_all(ctx, &permit, id, None).await?;
        }
        OfferingState::Open => moved.opened_at = Some(ctx.now),
        OfferingState::Planned => {}
    }
    store::save(ctx, &permit, &moved).await?;
    ctx.audit(&permit, Subject { kind: "offering", id }, change).await?;
    shown(ctx, moved).await
}

/// Nothing is announced by a program that the registry has suspended; what has been announced goes on.
async fn refuse_suspended(ctx: &Ctx<'_>, offering: &Offering) -> Result<()> {
    let Some(id) = offering.data.program_id else { return Ok(()) };
    if !program_facts(ctx, id).await?.is_suspended {
        return Ok(());
    }
    let words = Text::new("Программа в реестре приостановлена", "The registry has suspended the program");
    Err(Error {
        fields: vec![FieldProblem::new("/state", "suspended", words)],
        ..Error::new(Code::StateConflict)
    })
}

/// Where heads ensure participation in every stage, the task at the workplace is one of them: a course or a module is not
/// announced without it (P2-27).
async fn refuse_without_workplace_task(ctx: &Ctx<'_>, offering: &Offering, today: NaiveDate) -> Result<()> {
    if !matches!(offering.data.kind, OfferingKind::Course | OfferingKind::Module) {
        return Ok(());
    }
    let regulation = binding_regulation(ctx, offering.organization_id, today).await?;
    let rule = regulation.as_ref().and_then(|found| found.profile.orders.all_stages.as_ref());
    let Some(rule) = rule.filter(|rule| rule.severity == RuleSeverity::Error) else { return Ok(()) };
    let stages = stages_of(ctx, offering.id).await?;
    if stages.iter().any(|stage| stage.kind == TrainingStageKind::WorkplaceTask) {
        return Ok(());
    }
    let words = Text::new(
        "По положению среди этапов обучения есть задание на рабочем месте",
        "The regulation demands a task at the workplace among the stages",
    );
    let problem = FieldProblem::new("/state", "workplace_task_missing", words);
    Err(Error::invalid(vec![problem.because("P2-27", rule.paragraph.as_deref())]))
}

/// The event that leads to a state; none leads back to the beginning.
pub(super) fn event(
    offering: &Offering,
    to: OfferingState,
    today: NaiveDate,
    unclosed: i64,
    reason: Option<&str>,
) -> Option<OfferingEvent> {
    let data = &offering.data;
    match to {
        OfferingState::Planned => None,
        OfferingState::Open => Some(OfferingEvent::Open { today, ends_on: data.ends_on }),
        OfferingState::Running => Some(OfferingEvent::Start { today, starts_on: data.starts_on }),
        OfferingState::Finished => Some(OfferingEvent::Finish { unclosed }),
        OfferingState::Cancelled => {
            Some(OfferingEvent::Cancel { reason: reason.unwrap_or_default().to_owned() })
        }
    }
}

/// A refusal because of founder or licence of the organiser, in words.
pub(super) fn refused_by_law(standing: &ProviderStanding, pointer: &str) -> Error {
    let day = standing.since.map(|day| day.to_string()).unwrap_or_default();
    let (words, fact, paragraph) = match standing.verdict {
        ProviderVerdict::LicenceSuspended => (
            Text::owned(
                format!("Лицензия организатора приостановлена: дни включают {day}"),
                format!("The licence of the organiser is suspended: the days include {day}"),
            ),
            "B1.9",
            "273-ФЗ, ст. 91",
        ),
        ProviderVerdict::NoLicence => (
            Text::owned(
                format!("На {day} у организатора нет действующей лицензии"),
                format!("The organiser has no valid licence on {day}"),
            ),
            "B1.9",
            "273-ФЗ, ст. 91",
        ),
        ProviderVerdict::FounderNotEligible
        | ProviderVerdict::FounderUnknown
        | ProviderVerdict::Eligible
        | ProviderVerdict::NotRestricted => (
            Text::new(
                "С 1 сентября 2025 года организации с таким учредителем педагогов не обучают",
                "Since 1 September 2025 an organization with such a founder does not train teachers",
            ),
            "B1.8",
            "273-ФЗ, ст. 76",
        ),
    };
    let problem = FieldProblem::new(pointer, standing.verdict.as_str(), words);
    Error::invalid(vec![problem.because(fact, Some(paragraph))])
}

/// A refusal in words.
pub(super) fn refused(refusal: OfferingRefusal) -> Error {
    let words = match refusal {
        OfferingRefusal::ReasonRequired => {
            return Error::field("/reason", refusal.code(), "Назовите причину", "A reason is required");
        }
        OfferingRefusal::NotOpen => Text::new("Набор ещё не открыт", "It has not been opened"),
        OfferingRefusal::AlreadyOpen => Text::new("Набор уже открыт", "It is open already"),
        OfferingRefusal::NotRunning => Text::new("Обучение ещё не началось", "Learning has not begun"),
        OfferingRefusal::AlreadyRunning => Text::new("Обучение уже идёт", "Learning goes on already"),
        OfferingRefusal::AlreadyFinal => {
            Text::new("Обучение завершено или отменено", "It is over or cancelled")
        }
        OfferingRefusal::TooEarly => Text::new("Первый день ещё не наступил", "The first day lies ahead"),
        OfferingRefusal::TooLate => Text::new("Последний день прошёл", "The last day is past"),
        OfferingRefusal::EnrollmentsUnclosed => {
            Text::new("Сначала подведите итог каждого зачисленного", "Close every enrollment first")
        }
    };
    Error {
        fields: vec![FieldProblem::new("/state", refusal.code(), words)],
        ..Error::new(Code::StateConflict)
    }
}
