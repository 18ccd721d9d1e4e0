//! What an enrollment is, and how it ends.

mod state;
#[cfg(test)]
mod tests;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

pub use state::{EnrollmentEvent, EnrollmentRefusal, step};

use crate::training::vocabulary::{EnrollmentState, StageOutcome, TrainingStageKind};
use crate::values::{Hours, PersonName};

/// A person in training.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrollment {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school.
    pub municipality_id: Option<Uuid>,
    /// The school the person came from.
    pub organization_id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// In which offering.
    pub offering_id: Uuid,
    /// Its organiser.
    pub provider_id: Uuid,
    /// The application it follows from.
    pub application_id: Uuid,
    /// The program learnt.
    pub program_id: Option<Uuid>,
    /// The version of the program it began with.
    pub program_version: Option<i32>,
    /// The single module learnt.
    pub module_id: Option<Uuid>,
    /// The activity of the person's route.
    pub activity_id: Option<Uuid>,
    /// The contract that covers it.
    pub contract_id: Option<Uuid>,
    /// The credential issued for it.
    pub credential_id: Option<Uuid>,
    /// Title as it began.
    pub title: String,
    /// Volume as it began.
    pub hours: Hours,
    /// Where it stands.
    pub state: EnrollmentState,
    /// Why it failed or was withdrawn.
    pub reason: Option<String>,
    /// Day learning began.
    pub started_on: Option<NaiveDate>,
    /// Day it ended.
    pub ended_on: Option<NaiveDate>,
    /// Row version.
    pub version: i64,
    /// When the person was enrolled.
    pub created_at: DateTime<Utc>,
}

/// How far the person has come in a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrollmentStage {
    /// Order, from 1.
    pub position: i32,
    /// What it is.
    pub kind: TrainingStageKind,
    /// Title.
    pub title: String,
    /// Volume.
    pub hours: Option<Hours>,
    /// Hours attended.
    pub attended_hours: Option<Hours>,
    /// Whether its content is mastered.
    pub outcome: StageOutcome,
    /// Result in the organiser's words.
    pub grade: Option<String>,
    /// Remark.
    pub remark: Option<String>,
    /// When it was recorded.
    pub recorded_at: Option<DateTime<Utc>>,
}

/// What is recorded of a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageRecord {
    /// Whether its content is mastered.
    pub outcome: StageOutcome,
    /// Hours attended.
    pub attended_hours: Option<Hours>,
    /// Result in the organiser's words.
    pub grade: Option<String>,
    /// Remark.
    pub remark: Option<String>,
}

/// Who and where, beside the enrollment itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surroundings {
    /// The name of the person.
    pub name: PersonName,
    /// Heads of the person's associations.
    pub heads: Vec<Uuid>,
    /// Who leads the offering.
    pub leader_id: Option<Uuid>,
}

impl EnrollmentStage {
    /// Whether its content is mastered in full: to be good in a part that was attended is not enough (P3-14).
    /// `left_out` says that the stages without a volume of their own were attended in part.
    pub fn is_full(&self, left_out: bool) -> bool {
        let attended_all = match (self.attended_hours, self.hours) {
            (Some(attended), Some(hours)) => attended >= hours,
            (Some(_), None) => !left_out,
            (None, _) => true,
        };
        self.outcome == StageOutcome::Mastered && attended_all
    }
}

/// Whether the attendance recorded of the stages without a volume of their own falls short of what the other stages leave
/// of the whole.
pub fn is_left_out(stages: &[EnrollmentStage], whole: Hours) -> bool {
    let unmeasured = stages.iter().filter(|stage| stage.hours.is_none());
    let attended: Option<Vec<Hours>> = unmeasured.map(|stage| stage.attended_hours).collect();
    let measured: Hours = stages.iter().filter_map(|stage| stage.hours).sum();
    attended.is_some_and(|attended| {
        !attended.is_empty() && attended.into_iter().sum::<Hours>() < whole - measured
    })
}

/// Whether the whole content is mastered: every stage of it, the task at the workplace too (P2-27, P3-14).
pub fn is_mastered_in_full(stages: &[EnrollmentStage], whole: Hours) -> bool {
    let left_out = is_left_out(stages, whole);
    !stages.is_empty() && stages.iter().all(|stage| stage.is_full(left_out))
}

/// Hours attended, as far as they are recorded.
pub fn attended(stages: &[EnrollmentStage]) -> Hours {
    stages.iter().filter_map(|stage| stage.attended_hours).sum()
}

/// A place somebody took in a program, for the plan of its organiser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PlaceTaken {
    /// The organiser.
    pub provider_id: Uuid,
    /// The calendar year in which the offering begins.
    pub year: i32,
    /// The program.
    pub program_id: Uuid,
    /// Who.
    pub person_id: Uuid,
    /// The hours learnt, once it is completed.
    pub completed: Option<Hours>,
}
