//! Everything that may be wrong with an application, found at once.

use uuid::Uuid;

use super::{Applicant, NewApplication};
use crate::error::{FieldProblem, Text};
use crate::training::vocabulary::ApplicationKind;
use crate::values::text::is_blank;

/// What is known of the people of an application.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApplicantFacts {
    /// Those who work at the school on the day.
    pub employed: Vec<Uuid>,
    /// Activities of their routes that the offering may fulfil, each with its person.
    pub activities: Vec<(Uuid, Uuid)>,
}

/// Every rule the application breaks; `people` are those it is for, `seats` all there are.
pub fn problems(
    new: &NewApplication,
    people: &[Applicant],
    facts: &ApplicantFacts,
    seats: i32,
) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    let mut add = |wrong: bool, pointer: String, code: &'static str, words: Text| {
        if wrong {
            found.push(FieldProblem::new(pointer, code, words));
        }
    };
    let blank = new.ground.as_deref().is_none_or(is_blank);
    let ground = Text::new("Назовите основание направления", "Name the ground of the referral");
    add(new.kind == ApplicationKind::Referral && blank, "/ground".to_owned(), "required", ground);
    let nobody = Text::new("Назовите, кого направляете", "Name the people");
    add(people.is_empty(), "/people".to_owned(), "required", nobody);
    let many = Text::owned(format!("Всего мест: {seats}"), format!("There are {seats} seats in all"));
    let too_many = i32::try_from(people.len()).is_ok_and(|count| count > seats);
    add(too_many, "/people".to_owned(), "larger_than_offering", many);
    for (index, person) in people.iter().enumerate() {
        let twice = Text::new("Человека называют один раз", "A person is named once");
        let repeated = people.iter().take(index).any(|other| other.person_id == person.person_id);
        add(repeated, format!("/people/{index}/person_id"), "duplicate", twice);
    }
    found.extend(people_problems(people, facts));
    found
}

/// Whom the school cannot send now: true on the day of the application, and again on the day somebody is enrolled.
pub fn people_problems(people: &[Applicant], facts: &ApplicantFacts) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    let mut add = |wrong: bool, pointer: String, code: &'static str, words: Text| {
        if wrong {
            found.push(FieldProblem::new(pointer, code, words));
        }
    };
    for (index, person) in people.iter().enumerate() {
        let pointer = format!("/people/{index}/person_id");
        let stranger = Text::new(
            "Человек не работает в этой организации",
            "The person does not work at the organization",
        );
        add(!facts.employed.contains(&person.person_id), pointer, "not_employed", stranger);
        let Some(activity_id) = person.activity_id else { continue };
        let foreign = Text::new(
            "В маршруте человека нет такого предстоящего мероприятия для этой программы",
            "The person's route has no such activity to come that this offering fulfils",
        );
        let fits = facts.activities.contains(&(activity_id, person.person_id));
        add(!fits, format!("/people/{index}/activity_id"), "unknown", foreign);
    }
    found
}
