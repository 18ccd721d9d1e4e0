//! Everything that is written in a route: the one document of a draft, a version, a revision and a proposal.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::activity::{Activity, Stage};
use super::grounds::{Evidence, Problem};
use super::note::Note;
use super::plan::{BudgetLine, StudyPlanRow};
use crate::ids::new_id;

/// What is written in a route. Its items keep their ids from version to version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouteContent {
    /// Title.
    pub title: String,
    /// First day of the term.
    pub starts_on: NaiveDate,
    /// Last day of the term.
    pub ends_on: NaiveDate,
    /// What it is for.
    pub note: Note,
    /// The problems it answers.
    pub problems: Vec<Problem>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// Its stages in order.
    pub stages: Vec<Stage>,
    /// Its activities in order.
    pub activities: Vec<Activity>,
    /// Its thematic study plan.
    pub study_plan: Vec<StudyPlanRow>,
    /// Its budget.
    pub budget: Vec<BudgetLine>,
}

impl RouteContent {
    /// Gives every item that `known` does not have an id of its own, with the links to it. The ids that somebody wrote
    /// into a document are only names within it: no row of another route can be meant by them.
    pub fn settled(mut self, known: &Self) -> Self {
        let problems = renamed(self.problems.iter().map(|it| it.id), known.problems.iter().map(|it| it.id));
        let stages = renamed(self.stages.iter().map(|it| it.id), known.stages.iter().map(|it| it.id));
        let activities =
            renamed(self.activities.iter().map(|it| it.id), known.activities.iter().map(|it| it.id));
        let evidence = renamed(self.evidence.iter().map(|it| it.id), known.evidence.iter().map(|it| it.id));
        let rows = renamed(self.study_plan.iter().map(|it| it.id), known.study_plan.iter().map(|it| it.id));
        let lines = renamed(self.budget.iter().map(|it| it.id), known.budget.iter().map(|it| it.id));
        let name = |names: &HashMap<Uuid, Uuid>, id: Uuid| names.get(&id).copied().unwrap_or(id);
        for problem in &mut self.problems {
            problem.id = name(&problems, problem.id);
        }
        for item in &mut self.evidence {
            item.id = name(&evidence, item.id);
        }
        for stage in &mut self.stages {
            stage.id = name(&stages, stage.id);
        }
        for (position, activity) in (1_i32..).zip(&mut self.activities) {
            activity.id = name(&activities, activity.id);
            activity.position = position;
            activity.data.stage_id = activity.data.stage_id.map(|id| name(&stages, id));
            for id in &mut activity.data.problem_ids {
                *id = name(&problems, *id);
            }
        }
        for row in &mut self.study_plan {
            row.id = name(&rows, row.id);
            row.activity_id = row.activity_id.map(|id| name(&activities, id));
        }
        for line in &mut self.budget {
            line.id = name(&lines, line.id);
            line.stage_id = line.stage_id.map(|id| name(&stages, id));
        }
        self.with_states_of(known)
    }

    /// The content with what has become of each activity, which is not for a document to say.
    pub fn with_states_of(mut self, known: &Self) -> Self {
        for activity in &mut self.activities {
            if let Some(before) = known.activities.iter().find(|it| it.id == activity.id) {
                activity.state = before.state;
                activity.completed_by = before.completed_by;
                activity.author = before.author;
            }
        }
        self
    }

    /// The content with every activity that is done in `known` as it stands there: what was completed while a change was
    /// under way is not changed by it.
    pub fn keeping_done(mut self, known: &Self) -> Self {
        let done = known.activities.iter().filter(|activity| activity.state.completed_on().is_some());
        for activity in done {
            match self.activities.iter_mut().find(|other| other.id == activity.id) {
                Some(other) => *other = Activity { position: other.position, ..activity.clone() },
                None => self.activities.push(activity.clone()),
            }
        }
        for (position, activity) in (1_i32..).zip(&mut self.activities) {
            activity.position = position;
            let stage_stays = |id: &Uuid| self.stages.iter().any(|stage| stage.id == *id);
            activity.data.stage_id = activity.data.stage_id.filter(stage_stays);
            activity.data.problem_ids.retain(|id| self.problems.iter().any(|problem| problem.id == *id));
        }
        self
    }

    /// Every deficit that an activity answers, each once.
    pub fn deficit_ids(&self) -> Vec<Uuid> {
        deficit_ids(&self.activities)
    }
}

/// Every deficit that one of the activities answers, each once.
pub(super) fn deficit_ids(activities: &[Activity]) -> Vec<Uuid> {
    let mut ids: Vec<Uuid> =
        activities.iter().flat_map(|activity| activity.data.deficit_ids.iter().copied()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// New ids for those that are not known.
fn renamed(asked: impl Iterator<Item = Uuid>, known: impl Iterator<Item = Uuid>) -> HashMap<Uuid, Uuid> {
    let known: Vec<Uuid> = known.collect();
    asked.filter(|id| !known.contains(id)).map(|id| (id, new_id())).collect()
}
