//! What a support plan is, and the way it goes.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::vocabulary::{SupportPlanSide, SupportPlanState};
use crate::authz::{Level, Role};
use crate::error::{FieldProblem, Text};

/// What is said of a support plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanData {
    /// What the support is for.
    pub goals: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

/// That a side agreed to a plan as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endorsement {
    /// Day.
    pub endorsed_on: NaiveDate,
    /// The account.
    pub account_id: Uuid,
}

/// How the support ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Day.
    pub completed_on: NaiveDate,
    /// What it led to.
    pub conclusion: String,
}

/// A support plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportPlan {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The school the person came from.
    pub organization_id: Uuid,
    /// Who is supported.
    pub person_id: Uuid,
    /// The regulation it was begun under.
    pub regulation_id: Uuid,
    /// The completed training.
    pub enrollment_id: Uuid,
    /// The methodical service.
    pub service_id: Uuid,
    /// What is said of it.
    pub data: PlanData,
    /// Where it stands.
    pub state: SupportPlanState,
    /// That the school agreed.
    pub by_school: Option<Endorsement>,
    /// That the service agreed.
    pub by_service: Option<Endorsement>,
    /// How it ended.
    pub completion: Option<Completion>,
    /// Row version.
    pub version: i64,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
}

impl SupportPlan {
    /// That a side agreed.
    pub const fn endorsement(&self, side: SupportPlanSide) -> Option<Endorsement> {
        match side {
            SupportPlanSide::School => self.by_school,
            SupportPlanSide::Service => self.by_service,
        }
    }

    /// The organization that is a side.
    pub const fn place_of(&self, side: SupportPlanSide) -> Uuid {
        match side {
            SupportPlanSide::School => self.organization_id,
            SupportPlanSide::Service => self.service_id,
        }
    }

    /// Whether that account may agree for the side now: a draft, by somebody else than agreed for the other side.
    pub fn awaits(&self, side: SupportPlanSide, account_id: Uuid) -> bool {
        let other = match side {
            SupportPlanSide::School => self.by_service,
            SupportPlanSide::Service => self.by_school,
        };
        self.state == SupportPlanState::Draft
            && self.endorsement(side).is_none()
            && other.is_none_or(|other| other.account_id != account_id)
    }

    /// With the agreement of a side: agreed once it has both.
    #[must_use]
    pub fn endorsed(mut self, side: SupportPlanSide, endorsement: Endorsement) -> Self {
        match side {
            SupportPlanSide::School => self.by_school = Some(endorsement),
            SupportPlanSide::Service => self.by_service = Some(endorsement),
        }
        if self.by_school.is_some() && self.by_service.is_some() {
            self.state = SupportPlanState::Agreed;
        }
        self
    }

    /// With other words: nobody has agreed to those.
    #[must_use]
    pub fn rewritten(self, data: PlanData) -> Self {
        Self { data, by_school: None, by_service: None, ..self }
    }
}

/// The roles that speak for a side, of those whom the regulation names as authors. Where the service is that of the school
/// itself, the director speaks for the school and the others for its service.
pub fn speakers(side: SupportPlanSide, authors: &[Role], own_service: bool) -> Vec<Role> {
    let speaks = |role: &Role| match (side, role.level()) {
        (SupportPlanSide::School, Some(Level::School)) => !own_service || *role == Role::Director,
        (SupportPlanSide::Service, Some(Level::School)) => own_service && *role != Role::Director,
        (SupportPlanSide::Service, Some(Level::Municipality)) => !own_service,
        _ => false,
    };
    authors.iter().copied().filter(speaks).collect()
}

impl PlanData {
    /// Everything wrong with it for a training that ended on that day (P2-28).
    pub fn problems(&self, ended_on: NaiveDate, paragraph: Option<&str>) -> Vec<FieldProblem> {
        let mut found = Vec::new();
        if self.starts_on < ended_on {
            let words = Text::owned(
                format!("Сопровождение идёт после обучения, которое закончилось {ended_on}"),
                format!("Support follows the training, which ended on {ended_on}"),
            );
            let problem = FieldProblem::new("/data/starts_on", "date_out_of_range", words);
            found.push(problem.because("P2-28", paragraph));
        }
        if self.ends_on < self.starts_on {
            let words = Text::new("Последний день раньше первого", "The last day is before the first one");
            found.push(FieldProblem::new("/data/ends_on", "dates_out_of_order", words));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// P2-28: the head with the methodical service of the municipality, or with that of the school.
    #[test]
    fn each_side_is_spoken_for_by_others() {
        use SupportPlanSide::{School, Service};
        let authors = [Role::Director, Role::DeputyDirector, Role::MunicipalMethodist];
        assert_eq!(speakers(School, &authors, false), [Role::Director, Role::DeputyDirector]);
        assert_eq!(speakers(Service, &authors, false), [Role::MunicipalMethodist]);
        assert_eq!(speakers(School, &authors, true), [Role::Director]);
        assert_eq!(speakers(Service, &authors, true), [Role::DeputyDirector]);
    }
}
