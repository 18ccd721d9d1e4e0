//! What a need is and on which grounds it may rest.

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::NeedState;
use crate::authz::{Role, Target};
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::ReferralGroundsRule;

/// The ground that follows from the three-year check.
pub const TERM_DUE: &str = "term_due";

/// Grounds where the regulation names none: those of P2-10, and what diagnostics and people themselves say.
const USUAL: [&str; 8] = [
    "attestation_recommendation",
    "management_reserve",
    "new_post",
    "innovation_projects",
    "modernization",
    "deficit",
    "outcome_finding",
    "own_request",
];

/// What a need is about.
#[derive(Debug, Clone)]
pub struct NeedData {
    /// Code of the ground.
    pub ground: String,
    /// What is to be learnt.
    pub topic: String,
    /// Remark.
    pub note: Option<String>,
    /// The competency.
    pub competency_id: Option<Uuid>,
    /// The priority direction.
    pub direction_id: Option<Uuid>,
    /// The finding it rests on.
    pub finding_id: Option<Uuid>,
    /// The campaign.
    pub campaign_id: Option<Uuid>,
}

/// A need as it was recorded.
#[derive(Debug, Clone)]
pub struct Need {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality.
    pub municipality_id: Option<Uuid>,
    /// The school, or the municipal authority.
    pub organization_id: Uuid,
    /// Whose; none for a group.
    pub person_id: Option<Uuid>,
    /// How many people.
    pub people: i32,
    /// What it is about.
    pub data: NeedData,
    /// The role whose right was used.
    pub recorded_role: Role,
    /// The account.
    pub recorded_by: Uuid,
    /// The day.
    pub recorded_on: NaiveDate,
    /// Where it stands.
    pub state: NeedState,
    /// Why it was taken back.
    pub withdrawal_reason: Option<String>,
    /// Row version.
    pub version: i64,
}

impl Need {
    /// The need as a target of rights.
    pub fn target(&self) -> Target {
        let place = Target::region(self.region_id).organization(self.organization_id, self.municipality_id);
        match self.person_id {
            Some(person_id) => place.person(person_id),
            None => place,
        }
    }
}

/// What is wrong with a ground under these rules; a ground that the system sets is set by nobody else.
pub fn ground_problem(ground: &str, rules: Option<&ReferralGroundsRule>) -> Option<FieldProblem> {
    let (known, by_system) = match rules {
        Some(rules) => {
            let rule = rules.grounds.iter().find(|rule| rule.code == ground);
            (rule.is_some(), rule.is_some_and(|rule| rule.set_by_frequency_check))
        }
        None => (USUAL.contains(&ground) || ground == TERM_DUE, ground == TERM_DUE),
    };
    let paragraph = rules.and_then(|rules| rules.paragraph.as_deref());
    if by_system {
        let words = Text::new(
            "Срок наступает по расчёту: такие потребности выводит сама система",
            "A term falls due by computation: the system derives such needs itself",
        );
        return Some(FieldProblem::new("/ground", "set_by_system", words).because("P2-10", paragraph));
    }
    if known {
        return None;
    }
    let words = Text::new("Такого основания в положении нет", "The regulation knows no such ground");
    Some(FieldProblem::new("/ground", "unknown_ground", words).because("P2-10", paragraph))
}

/// Somebody whose term is due.
#[derive(Debug, Clone)]
pub struct DuePerson {
    /// The person.
    pub person_id: Uuid,
    /// Family name.
    pub last_name: String,
    /// Given name.
    pub first_name: String,
    /// Patronymic.
    pub middle_name: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::regulations::presets::Preset;

    /// P2-10: six grounds by the regulation of Kostroma, one of them set by the system.
    #[test]
    fn the_regulation_names_the_grounds() {
        let regulation = Preset::find("p2-kostroma-oblast").unwrap().load().unwrap();
        let rules = regulation.profile().route.people.grounds.clone().unwrap();
        let code = |ground: &str| ground_problem(ground, Some(&rules)).map(|problem| problem.code);
        assert_eq!(rules.grounds.len(), 6);
        assert_eq!(code("modernization"), None);
        assert_eq!(code(TERM_DUE).as_deref(), Some("set_by_system"));
        assert_eq!(code("own_request").as_deref(), Some("unknown_ground"));
        assert!(ground_problem("own_request", None).is_none());
        assert!(ground_problem(TERM_DUE, None).is_some());
    }
}
