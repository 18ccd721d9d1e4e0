//! When a route is fulfilled, and when somebody may say of an activity that it is done. Pure.

use chrono::NaiveDate;

use super::activity::{Activity, ActivityState};
use crate::error::{Code, Error, FieldProblem, Text};
use crate::regulations::profile::{RouteProfile, RuleSeverity};

/// What keeps a route from being fulfilled, each open activity by its name; nothing when it is fulfilled.
///
/// Every activity is done, and there is one: what will not be done leaves the route by a change of it (P1-30).
pub fn unfulfilled(activities: &[Activity], rules: &RouteProfile) -> Vec<FieldProblem> {
    let in_full = rules.life.full_completion.as_ref().filter(|rule| rule.severity == RuleSeverity::Error);
    let open = |(place, activity): (usize, &Activity)| {
        let title = &activity.data.title;
        let words = Text::owned(
            format!("Мероприятие «{title}» не завершено"),
            format!("The activity \"{title}\" is not done"),
        );
        let problem = || FieldProblem::new(format!("/activities/{place}"), "activity_open", words);
        activity.state.completed_on().is_none().then(problem)
    };
    let mut problems: Vec<FieldProblem> = activities.iter().enumerate().filter_map(open).collect();
    if activities.is_empty() {
        let words = Text::new("Ни одно мероприятие не завершено", "No activity is done");
        problems.push(FieldProblem::new("/activities", "nothing_done", words));
    }
    match in_full {
        Some(rule) => {
            let paragraph = rule.paragraph.as_deref();
            problems.into_iter().map(|problem| problem.because("P1-30", paragraph)).collect()
        }
        None => problems,
    }
}

/// Why nobody says by hand that an activity is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotByHand {
    /// It is done already.
    Ended,
    /// It has not begun.
    NotBegun(NaiveDate),
    /// It is training, whose end is known by its paper or its enrollment.
    TrainingAwaited,
}

/// Whether somebody may say of the activity that it is done.
///
/// The end of training is a fact of its own: a confirmed paper completes the activity by itself. What is left to a
/// hand is training whose enrollment is completed (`learnt`) and whose paper is not there yet, and everything that
/// leaves no such fact.
///
/// # Errors
/// Why not.
pub fn by_hand(activity: &Activity, learnt: bool, today: NaiveDate) -> Result<(), NotByHand> {
    let data = &activity.data;
    let is_training = data.program_id.or(data.module_id).or(data.offering_id).is_some();
    if activity.state != ActivityState::Planned {
        Err(NotByHand::Ended)
    } else if today < data.starts_on {
        Err(NotByHand::NotBegun(data.starts_on))
    } else if is_training && !learnt {
        Err(NotByHand::TrainingAwaited)
    } else {
        Ok(())
    }
}

/// What that means for the caller; `place` is that of the activity in the route.
pub fn not_by_hand(refusal: NotByHand, place: usize) -> Error {
    let (code, words) = match refusal {
        NotByHand::Ended => {
            ("activity_ended", Text::new("Мероприятие уже завершено", "The activity is completed already"))
        }
        NotByHand::NotBegun(day) => (
            "activity_not_begun",
            Text::owned(format!("Мероприятие начинается {day}"), format!("The activity begins on {day}")),
        ),
        NotByHand::TrainingAwaited => (
            "training_awaited",
            Text::new(
                "Мероприятие завершит подтверждённый документ об этом обучении; вручную — когда завершено зачисление, \
                 в котором указано это мероприятие",
                "A confirmed paper about this training completes the activity; by hand it is completed once an \
                 enrollment that names the activity is completed",
            ),
        ),
    };
    let problem = FieldProblem::new(format!("/activities/{place}"), code, words);
    Error { fields: vec![problem], ..Error::new(Code::StateConflict) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning_routes::model::NewActivity;
    use crate::regulations::presets::Preset;
    use crate::regulations::profile::{ActivityBasis, ActivityKind};
    use uuid::Uuid;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
    }

    fn line(state: ActivityState) -> Activity {
        let data = NewActivity {
            stage_id: None,
            kind: ActivityKind::SelfEducation,
            part: None,
            title: "Чтение".into(),
            content: None,
            program_id: None,
            module_id: None,
            provider_id: None,
            hours: None,
            study_form: None,
            starts_on: day(2),
            ends_on: day(31),
            place: None,
            offering_id: None,
            event_form: None,
            form_note: None,
            event_level: None,
            participation: None,
            work_mode: None,
            group_title: None,
            reason: ActivityBasis::Interest,
            justification: None,
            deficit_ids: Vec::new(),
            need_ids: Vec::new(),
            problem_ids: Vec::new(),
            finding_ids: Vec::new(),
            recommendation_ids: Vec::new(),
        };
        Activity { id: Uuid::nil(), position: 1, data, state, completed_by: None, author: None }
    }

    #[test]
    fn a_route_is_fulfilled_when_all_that_is_left_is_done() {
        use ActivityState::{Completed, Planned};
        let grozny = Preset::find("p1-grozny-school-91").unwrap().load().unwrap().profile().route.clone();
        let codes = |rules: &RouteProfile, states: &[ActivityState]| {
            let lines: Vec<Activity> = states.iter().copied().map(line).collect();
            unfulfilled(&lines, rules).into_iter().map(|problem| problem.code).collect::<Vec<_>>().join(" ")
        };
        let silent = RouteProfile::default();
        let done = Completed(day(3));
        assert_eq!(codes(&silent, &[done, done]), "");
        assert_eq!(codes(&silent, &[done, Planned]), "activity_open");
        assert_eq!(codes(&silent, &[]), "nothing_done");
        assert_eq!(codes(&grozny, &[done]), "");
        assert_eq!(codes(&grozny, &[done, Planned]), "activity_open");
        let paragraph = unfulfilled(&[line(Planned)], &grozny).pop().unwrap().paragraph;
        assert_eq!(paragraph.as_deref(), Some("2.11"));
    }

    #[test]
    fn training_is_completed_by_its_facts() {
        let planned = line(ActivityState::Planned);
        assert_eq!(by_hand(&planned, false, day(1)), Err(NotByHand::NotBegun(day(2))));
        assert_eq!(by_hand(&planned, false, day(2)), Ok(()));
        assert_eq!(by_hand(&line(ActivityState::Completed(day(2))), false, day(2)), Err(NotByHand::Ended));
        let named = |change: fn(&mut NewActivity)| {
            let mut line = planned.clone();
            change(&mut line.data);
            line
        };
        for training in [
            named(|data| data.program_id = Some(Uuid::nil())),
            named(|data| data.module_id = Some(Uuid::nil())),
            named(|data| data.offering_id = Some(Uuid::nil())),
        ] {
            assert_eq!(by_hand(&training, false, day(2)), Err(NotByHand::TrainingAwaited));
            assert_eq!(by_hand(&training, true, day(2)), Ok(()));
        }
    }
}
