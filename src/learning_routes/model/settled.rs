//! What a revision leaves as it is: stages that were reported or closed. Pure.

use uuid::Uuid;

use super::activity::Stage;
use crate::error::{FieldProblem, Text};

/// Stages that a revision neither takes out nor moves and, when they are closed, does not change at all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SettledStages {
    /// Closed ones.
    pub closed: Vec<Uuid>,
    /// Those with a report.
    pub reported: Vec<Uuid>,
}

impl SettledStages {
    /// Whether the stage stays.
    pub fn holds(&self, id: Uuid) -> bool {
        self.closed.contains(&id) || self.reported.contains(&id)
    }

    /// The stages as revised, with every one that stays: what was reported or closed while a change was under way is
    /// not undone by it.
    pub fn keep(&self, revised: &mut Vec<Stage>, now: &[Stage]) {
        for stage in now.iter().filter(|stage| self.holds(stage.id)) {
            match revised.iter_mut().find(|other| other.id == stage.id) {
                Some(other) if self.closed.contains(&stage.id) => *other = stage.clone(),
                Some(other) => (other.starts_on, other.ends_on) = (stage.starts_on, stage.ends_on),
                None => revised.push(stage.clone()),
            }
        }
    }

    /// What is wrong with the revised stages of a document.
    pub fn problems(&self, revised: &[Stage], now: &[Stage]) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        for stage in now.iter().filter(|stage| self.holds(stage.id)) {
            let place = revised.iter().position(|other| other.id == stage.id);
            let kept = revised.iter().find(|other| other.id == stage.id);
            let closed = self.closed.contains(&stage.id);
            match (place, kept) {
                (Some(place), Some(kept)) if closed && kept != stage => {
                    let words = Text::new("Закрытый этап не меняется", "A closed stage is not changed");
                    let pointer = format!("/content/stages/{place}");
                    problems.push(FieldProblem::new(pointer, "closed_stage_changed", words));
                }
                (Some(place), Some(kept)) if moved(kept, stage) => {
                    let words = Text::new(
                        "По этапу уже отчитались: его сроки не меняются",
                        "The stage is reported: its dates stay as they are",
                    );
                    let pointer = format!("/content/stages/{place}");
                    problems.push(FieldProblem::new(pointer, "reported_stage_moved", words));
                }
                (Some(_), _) => {}
                (None, _) => {
                    let words = Text::owned(
                        format!("По этапу «{}» уже отчитались: он не исключается", stage.title),
                        format!("The stage \"{}\" is reported and cannot be taken out", stage.title),
                    );
                    problems.push(FieldProblem::new("/content/stages", "reported_stage_removed", words));
                }
            }
        }
        problems
    }
}

/// Whether its dates differ.
fn moved(revised: &Stage, now: &Stage) -> bool {
    (revised.starts_on, revised.ends_on) != (now.starts_on, now.ends_on)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(number: u128, from: &str, until: &str) -> Stage {
        Stage {
            id: Uuid::from_u128(number),
            title: "Этап".into(),
            starts_on: from.parse().unwrap(),
            ends_on: until.parse().unwrap(),
            expected_result: None,
            report_form: None,
        }
    }

    #[test]
    fn settled_stages_stay_where_they_are() {
        let now = [stage(1, "2026-03-01", "2026-03-10"), stage(2, "2026-03-11", "2026-03-20")];
        let settled = SettledStages { closed: vec![now[0].id], reported: vec![now[0].id, now[1].id] };
        let codes = |revised: &[Stage]| {
            let found = settled.problems(revised, &now).into_iter();
            found.map(|problem| problem.code.into_owned()).collect::<Vec<_>>()
        };
        assert!(codes(&now).is_empty());
        assert_eq!(codes(&[]), ["reported_stage_removed", "reported_stage_removed"]);
        let later = |stage: &Stage| Stage { ends_on: "2026-04-30".parse().unwrap(), ..stage.clone() };
        assert_eq!(
            codes(&[later(&now[0]), later(&now[1])]),
            ["closed_stage_changed", "reported_stage_moved"]
        );
        let named = |stage: &Stage| Stage { title: "Другой".into(), ..stage.clone() };
        assert_eq!(codes(&[named(&now[0]), named(&now[1])]), ["closed_stage_changed"]);
        let mut kept = vec![named(&later(&now[1]))];
        settled.keep(&mut kept, &now);
        assert_eq!(kept, [named(&now[1]), now[0].clone()]);
    }
}
