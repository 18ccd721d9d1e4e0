//! What an event must say: its form, hours, place, level and degree of participation (P1-40).

use super::super::model::RouteDraft;
use super::Findings;
use super::content::required;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{ActivityKind, EventField, EventForm, RouteProfile};
use crate::values::Hours;

pub(super) fn check(draft: &RouteDraft, rules: &RouteProfile, findings: &mut Findings) {
    let Some(rule) = &rules.activities.events else { return };
    let paragraph = rule.paragraph.as_deref();
    let events =
        draft.activities.iter().enumerate().filter(|(_, activity)| activity.data.kind == ActivityKind::Event);
    for (index, activity) in events {
        let data = &activity.data;
        for field in &rule.required_fields {
            let (filled, name) = match field {
                EventField::Hours => (data.hours.is_some_and(Hours::is_positive), "hours"),
                EventField::Place => (data.place.is_some(), "place"),
                EventField::Level => (data.event_level.is_some(), "event_level"),
                EventField::Participation => (data.participation.is_some(), "participation"),
            };
            if !filled {
                let problem = required(format!("/activities/{index}/{name}"));
                findings.error(problem.because("P1-40", paragraph));
            }
        }
        let pointer = format!("/activities/{index}/event_form");
        match data.event_form {
            None => {
                let words = Text::new("Укажите форму мероприятия", "Name the form of the event");
                let problem = FieldProblem::new(pointer, "event_form_required", words);
                findings.error(problem.because("P1-40", paragraph));
            }
            // A form in one's own words is always allowed.
            Some(form) if form != EventForm::Other && !rule.forms.contains(&form) => {
                let words = Text::new(
                    "Положение не называет такую форму мероприятия",
                    "The regulation does not name this form of event",
                );
                let problem = FieldProblem::new(pointer, "event_form_not_allowed", words);
                findings.error(problem.because("P1-40", paragraph));
            }
            Some(_) => {}
        }
    }
}
