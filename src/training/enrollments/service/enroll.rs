//! From an accepted application to enrollments.

use uuid::Uuid;

use crate::authz::Permit;
use crate::db::Ctx;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::ids::new_id;
use crate::regulations::profile::RuleSeverity;
use crate::training::applications::model::Application;
use crate::training::contracts;
use crate::training::enrollments::model::Enrollment;
use crate::training::enrollments::store;
use crate::training::offerings::model::Offering;
use crate::training::offerings::service::{program_version, stages_of, today};
use crate::training::vocabulary::{EnrollmentState, OfferingState};

/// Somebody about to be enrolled.
#[derive(Debug, Clone, Copy)]
pub struct Newcomer {
    /// Who.
    pub person_id: Uuid,
    /// The activity of the route.
    pub activity_id: Option<Uuid>,
}

/// Enrolls everybody of an application, by the right to accept it; the caller holds the offering, has taken the seats
/// and audits. In a running offering learning begins at once. Whoever names no activity is linked to the only one of
/// his route in force that fits (P2-34).
pub async fn enroll(
    ctx: &Ctx<'_>,
    permit: &Permit,
    offering: &Offering,
    application: &Application,
    newcomers: &[Newcomer],
) -> Result<()> {
    let today = today(ctx, offering).await?;
    let own = application.organization_id == offering.organization_id;
    let (demand, contracts, program_version, stages) = tokio::try_join!(
        contracts::service::demand(ctx, application.organization_id, today),
        contracts::service::covering(ctx, application.organization_id, offering, today),
        program_version(ctx, offering),
        stages_of(ctx, offering.id),
    )?;
    let unlinked: Vec<Uuid> = newcomers
        .iter()
        .filter(|newcomer| newcomer.activity_id.is_none())
        .map(|newcomer| newcomer.person_id)
        .collect();
    let fitting = store::only_fitting_activities(ctx.conn, &unlinked, &offering.data).await?;
    let running = offering.state == OfferingState::Running;
    let mut enrollments = Vec::new();
    for newcomer in newcomers {
        let contract_id = contracts.iter().find(|contract| contract.covers(newcomer.person_id));
        let contract_id = contract_id.map(|contract| contract.id);
        if let (None, false, Some((RuleSeverity::Error, paragraph))) = (contract_id, own, &demand) {
            return Err(missing(paragraph.as_deref()));
        }
        enrollments.push(Enrollment {
            id: new_id(),
            region_id: application.region_id,
            municipality_id: application.municipality_id,
            organization_id: application.organization_id,
            person_id: newcomer.person_id,
            offering_id: offering.id,
            provider_id: offering.organization_id,
            application_id: application.id,
            program_id: offering.data.program_id,
            program_version,
            module_id: offering.data.module_id,
            activity_id: newcomer.activity_id.or_else(|| fitting.get(&newcomer.person_id).copied()),
            contract_id,
            credential_id: None,
            title: offering.data.title.clone(),
            hours: offering.hours,
            state: if running { EnrollmentState::InProgress } else { EnrollmentState::Enrolled },
            reason: None,
            started_on: running.then_some(today),
            ended_on: None,
            version: 1,
            created_at: ctx.now,
        });
    }
    store::insert(ctx, permit, &enrollments, &stages).await
}

/// The regulation of the school demands a contract with the provider (P0-41).
fn missing(paragraph: Option<&str>) -> Error {
    let words = Text::new(
        "По положению школы для зачисления нужен действующий договор с организацией",
        "By the regulation of the school a contract with the provider is needed for enrollment",
    );
    let problem = FieldProblem::new("/decision", "contract_missing", words).because("P0-41", paragraph);
    Error::invalid(vec![problem])
}
