//! What a report by a stage is and how it lives.

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::StageReportState;
use crate::learning_routes::model::Resolution;
use crate::values::text::collapse;

/// What the learner reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportData {
    /// The form of the report.
    pub form: String,
    /// The report itself.
    pub text: String,
    /// What was reached.
    pub results: String,
}

/// A report by a stage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageReport {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school.
    pub municipality_id: Option<Uuid>,
    /// The school of the route.
    pub organization_id: Uuid,
    /// The learner.
    pub person_id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// The stage.
    pub stage_id: Uuid,
    /// What it says.
    pub data: ReportData,
    /// Where it stands.
    pub state: StageReportState,
    /// Day it was handed in last.
    pub submitted_on: NaiveDate,
    /// What was said of it last; nothing while it waits.
    pub resolution: Option<Resolution>,
    /// Row version.
    pub version: i64,
}

impl StageReport {
    /// Whether it was returned and its rework is late.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        let due_on = self.resolution.as_ref().and_then(|said| said.due_on);
        self.state == StageReportState::Returned && due_on.is_some_and(|day| day < today)
    }
}

/// What happens to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportEvent {
    /// Handed in again.
    Resubmit,
    /// Accepted.
    Accept,
    /// Sent back.
    Return,
}

impl ReportEvent {
    /// Every event.
    pub const ALL: [Self; 3] = [Self::Resubmit, Self::Accept, Self::Return];
}

/// What becomes of a report in `state` when `event` happens.
///
/// # Errors
/// The state, when it does not allow that.
pub const fn step(state: StageReportState, event: ReportEvent) -> Result<StageReportState, StageReportState> {
    use StageReportState::{Accepted, Returned, Submitted};
    match (state, event) {
        (Submitted | Returned, ReportEvent::Resubmit) => Ok(Submitted),
        (Submitted, ReportEvent::Accept) => Ok(Accepted),
        (Submitted, ReportEvent::Return) => Ok(Returned),
        (Accepted, ReportEvent::Resubmit)
        | (Accepted | Returned, ReportEvent::Accept | ReportEvent::Return) => Err(state),
    }
}

/// Whether a report of that form is what the route asks for: the form named for the stage, whatever the spaces and
/// capitals; any form where none is named.
pub fn is_form(named: Option<&str>, form: &str) -> bool {
    let plain = |text: &str| collapse(text).to_lowercase();
    named.is_none_or(|named| plain(named) == plain(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The whole table: what is not listed is refused.
    #[test]
    fn every_state_answers_every_event() {
        let allowed = |state| ReportEvent::ALL.map(|event| step(state, event).is_ok());
        assert_eq!(allowed(StageReportState::Submitted), [true, true, true]);
        assert_eq!(allowed(StageReportState::Accepted), [false, false, false]);
        assert_eq!(allowed(StageReportState::Returned), [true, false, false]);
    }

    #[test]
    fn a_form_is_the_same_in_other_spaces_and_capitals() {
        assert!(is_form(Some("Открытый урок"), " открытый  урок"));
        assert!(!is_form(Some("Открытый урок"), "Открытый урок и доклад"));
        assert!(is_form(None, "Доклад"));
    }
}
