//! What a proposal of support is.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::vocabulary::SupportProposalState;
use crate::error::{FieldProblem, Text};

/// Somebody whom a proposal is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ProposedPerson {
    /// The completed training.
    pub enrollment_id: Uuid,
    /// Who completed it.
    pub person_id: Uuid,
    /// The plan that took it over.
    pub plan_id: Option<Uuid>,
}

/// A proposal of support to a methodical service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportProposal {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the service, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The service it is addressed to.
    pub organization_id: Uuid,
    /// Who proposes.
    pub proposed_by_id: Uuid,
    /// The regulation it was made under.
    pub regulation_id: Uuid,
    /// The group: the offering whose learners are to be supported.
    pub offering_id: Uuid,
    /// What is proposed.
    pub text: String,
    /// Where it stands.
    pub state: SupportProposalState,
    /// Day the service decided.
    pub decided_on: Option<NaiveDate>,
    /// Why it was refused.
    pub reason: Option<String>,
    /// Row version.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
}

/// The learners of the group whom the proposal is for: all of them when nobody is named; who is named and is none of them is
/// told one by one.
pub fn chosen(group: &[ProposedPerson], named: &[Uuid]) -> Result<Vec<ProposedPerson>, Vec<FieldProblem>> {
    if group.is_empty() {
        let words = Text::new(
            "Никто из подопечных этой службы не завершил это обучение",
            "Nobody whom this service supports has completed this training",
        );
        return Err(vec![FieldProblem::new("/offering_id", "nobody_completed", words)]);
    }
    if named.is_empty() {
        return Ok(group.to_vec());
    }
    let learnt = |id: &Uuid| group.iter().any(|person| person.person_id == *id);
    let unknown = named.iter().enumerate().filter(|(_, id)| !learnt(id));
    let problems: Vec<FieldProblem> = unknown
        .map(|(index, _)| {
            let words = Text::new(
                "Этот человек не завершил это обучение или его поддерживает другая служба",
                "This person has not completed this training, or another service supports him or her",
            );
            FieldProblem::new(format!("/person_ids/{index}"), "unknown", words)
        })
        .collect();
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(group.iter().filter(|person| named.contains(&person.person_id)).copied().collect())
}

/// The people of a proposal, each with the plan that takes it over. A plan of somebody else is a wrong field, and so is that
/// somebody has none.
pub fn taken_over(
    people: &[ProposedPerson],
    named: &[Uuid],
    plans: &[(Uuid, Uuid)],
) -> Result<Vec<ProposedPerson>, Vec<FieldProblem>> {
    let fits = |id: &Uuid| {
        plans.iter().any(|(plan, owner)| plan == id && people.iter().any(|p| p.person_id == *owner))
    };
    let unknown = named.iter().enumerate().filter(|(_, id)| !fits(id));
    let mut problems: Vec<FieldProblem> = unknown
        .map(|(index, _)| {
            let words = Text::new(
                "Это не действующий план службы для людей из предложения",
                "This is no plan of the service that goes on for the people of the proposal",
            );
            FieldProblem::new(format!("/plan_ids/{index}"), "unknown", words)
        })
        .collect();
    let plan_of = |person: &ProposedPerson| {
        plans.iter().find(|(id, owner)| *owner == person.person_id && named.contains(id)).map(|(id, _)| *id)
    };
    let without = people.iter().filter(|person| plan_of(person).is_none()).count();
    if without > 0 && problems.is_empty() {
        let words = Text::owned(
            format!("Людей из предложения без плана: {without}"),
            format!("People of the proposal without a plan: {without}"),
        );
        problems.push(FieldProblem::new("/plan_ids", "people_without_plan", words));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(people.iter().map(|person| ProposedPerson { plan_id: plan_of(person), ..*person }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(number: u128) -> ProposedPerson {
        let id = Uuid::from_u128(number);
        ProposedPerson { enrollment_id: id, person_id: id, plan_id: None }
    }

    /// P2-31: a group or persons of it.
    #[test]
    fn a_group_or_some_of_it_is_proposed_for() {
        let group = [person(1), person(2)];
        assert_eq!(chosen(&group, &[]).unwrap().len(), 2);
        assert_eq!(chosen(&group, &[Uuid::from_u128(2)]).unwrap(), [person(2)]);
        assert_eq!(chosen(&group, &[Uuid::from_u128(3)]).unwrap_err()[0].pointer, "/person_ids/0");
        assert_eq!(chosen(&[], &[]).unwrap_err()[0].code, "nobody_completed");
    }

    /// P2-31: accepted into the plan of each.
    #[test]
    fn everybody_has_a_plan_that_takes_it_over() {
        let (one, two) = (Uuid::from_u128(11), Uuid::from_u128(12));
        let plans = [(one, Uuid::from_u128(1)), (two, Uuid::from_u128(2))];
        let people = [person(1), person(2)];
        let taken = taken_over(&people, &[one, two], &plans).unwrap();
        assert_eq!(taken.iter().map(|person| person.plan_id).collect::<Vec<_>>(), [Some(one), Some(two)]);
        assert_eq!(taken_over(&people, &[one], &plans).unwrap_err()[0].code, "people_without_plan");
        assert_eq!(taken_over(&people[..1], &[two], &plans).unwrap_err()[0].pointer, "/plan_ids/0");
    }
}
