//! The stored form of the content of a route as it stood at some time: a document in a column, neither row nor
//! representation. Old ones are never rewritten, so new fields need a default.

mod activity;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::model::{BudgetLine, Evidence, EvidenceRecord, Note, Problem, RouteContent, Stage, StudyPlanRow};
use crate::error::{Error, Result};
use crate::regulations::profile::{FundingSource, RouteEvidenceKind};
use activity::{StoredActivity, activity, hours, stored_activity};

pub(super) use activity::{load_line, store_line};

#[derive(Serialize, Deserialize)]
struct StoredContent {
    title: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    note: StoredNote,
    problems: Vec<StoredProblem>,
    evidence: Vec<StoredEvidence>,
    stages: Vec<StoredStage>,
    activities: Vec<StoredActivity>,
    study_plan: Vec<StoredTopic>,
    budget: Vec<StoredBudgetLine>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct StoredNote {
    goal: Option<String>,
    expected_result: Option<String>,
    report_form: Option<String>,
    study_form: Option<String>,
    content: Option<String>,
    technologies: Option<String>,
    pace: Option<String>,
    total_hours: Option<Decimal>,
    personal_resources: Option<String>,
    school_context: Option<String>,
    priorities: Option<String>,
    needs: Option<String>,
    directions: Option<String>,
    general_aim: Option<String>,
    difficulties: Option<String>,
    goals: Option<String>,
    tasks: Option<String>,
    expected_product: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct StoredProblem {
    id: Uuid,
    text: String,
    deficit_id: Option<Uuid>,
}

#[derive(Serialize, Deserialize)]
struct StoredEvidence {
    id: Uuid,
    kind: RouteEvidenceKind,
    text: String,
    dated_on: Option<NaiveDate>,
    result_id: Option<Uuid>,
    finding_id: Option<Uuid>,
    deficit_id: Option<Uuid>,
}

#[derive(Serialize, Deserialize)]
struct StoredStage {
    id: Uuid,
    title: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    expected_result: Option<String>,
    report_form: Option<String>,
}

#[derive(Serialize, Deserialize)]
struct StoredTopic {
    id: Uuid,
    activity_id: Option<Uuid>,
    topic: String,
    hours: Decimal,
    on_date: NaiveDate,
    form: String,
}

#[derive(Serialize, Deserialize)]
struct StoredBudgetLine {
    id: Uuid,
    stage_id: Option<Uuid>,
    source: FundingSource,
    amount_kopecks: i64,
    note: Option<String>,
}

/// The content as it is stored.
pub(super) fn store(content: &RouteContent) -> Result<Value> {
    let content = content.clone();
    let stored = StoredContent {
        title: content.title,
        starts_on: content.starts_on,
        ends_on: content.ends_on,
        note: stored_note(content.note),
        problems: content
            .problems
            .into_iter()
            .map(|it| StoredProblem { id: it.id, text: it.text, deficit_id: it.deficit_id })
            .collect(),
        evidence: content.evidence.into_iter().map(stored_evidence).collect(),
        stages: content.stages.into_iter().map(stored_stage).collect(),
        activities: content.activities.into_iter().map(stored_activity).collect(),
        study_plan: content
            .study_plan
            .into_iter()
            .map(|it| StoredTopic {
                id: it.id,
                activity_id: it.activity_id,
                topic: it.topic,
                hours: it.hours.into(),
                on_date: it.on_date,
                form: it.form,
            })
            .collect(),
        budget: content
            .budget
            .into_iter()
            .map(|it| StoredBudgetLine {
                id: it.id,
                stage_id: it.stage_id,
                source: it.source,
                amount_kopecks: it.amount_kopecks,
                note: it.note,
            })
            .collect(),
    };
    serde_json::to_value(stored).map_err(Error::internal)
}

/// The content that was stored. What has become of its activities is not kept: they are planned.
pub(super) fn load(value: Value) -> Result<RouteContent> {
    let stored: StoredContent = serde_json::from_value(value).map_err(Error::internal)?;
    Ok(RouteContent {
        title: stored.title,
        starts_on: stored.starts_on,
        ends_on: stored.ends_on,
        note: note(stored.note)?,
        problems: stored
            .problems
            .into_iter()
            .map(|it| Problem { id: it.id, text: it.text, deficit_id: it.deficit_id })
            .collect(),
        evidence: stored.evidence.into_iter().map(evidence).collect(),
        stages: stored
            .stages
            .into_iter()
            .map(|it| Stage {
                id: it.id,
                title: it.title,
                starts_on: it.starts_on,
                ends_on: it.ends_on,
                expected_result: it.expected_result,
                report_form: it.report_form,
            })
            .collect(),
        activities: (1_i32..).zip(stored.activities).map(activity).collect::<Result<_>>()?,
        study_plan: stored
            .study_plan
            .into_iter()
            .map(|it| {
                Ok(StudyPlanRow {
                    id: it.id,
                    activity_id: it.activity_id,
                    topic: it.topic,
                    hours: hours(it.hours)?,
                    on_date: it.on_date,
                    form: it.form,
                })
            })
            .collect::<Result<_>>()?,
        budget: stored
            .budget
            .into_iter()
            .map(|it| BudgetLine {
                id: it.id,
                stage_id: it.stage_id,
                source: it.source,
                amount_kopecks: it.amount_kopecks,
                note: it.note,
            })
            .collect(),
    })
}

fn stored_note(note: Note) -> StoredNote {
    StoredNote {
        goal: note.goal,
        expected_result: note.expected_result,
        report_form: note.report_form,
        study_form: note.study_form,
        content: note.content,
        technologies: note.technologies,
        pace: note.pace,
        total_hours: note.total_hours.map(Into::into),
        personal_resources: note.personal_resources,
        school_context: note.school_context,
        priorities: note.priorities,
        needs: note.needs,
        directions: note.directions,
        general_aim: note.general_aim,
        difficulties: note.difficulties,
        goals: note.goals,
        tasks: note.tasks,
        expected_product: note.expected_product,
    }
}

fn note(stored: StoredNote) -> Result<Note> {
    Ok(Note {
        goal: stored.goal,
        expected_result: stored.expected_result,
        report_form: stored.report_form,
        study_form: stored.study_form,
        content: stored.content,
        technologies: stored.technologies,
        pace: stored.pace,
        total_hours: stored.total_hours.map(hours).transpose()?,
        personal_resources: stored.personal_resources,
        school_context: stored.school_context,
        priorities: stored.priorities,
        needs: stored.needs,
        directions: stored.directions,
        general_aim: stored.general_aim,
        difficulties: stored.difficulties,
        goals: stored.goals,
        tasks: stored.tasks,
        expected_product: stored.expected_product,
    })
}

fn stored_evidence(item: Evidence) -> StoredEvidence {
    let (mut result_id, mut finding_id, mut deficit_id) = (None, None, None);
    match item.record {
        Some(EvidenceRecord::Result(id)) => result_id = Some(id),
        Some(EvidenceRecord::Finding(id)) => finding_id = Some(id),
        Some(EvidenceRecord::Deficit(id)) => deficit_id = Some(id),
        None => {}
    }
    StoredEvidence {
        id: item.id,
        kind: item.kind,
        text: item.text,
        dated_on: item.dated_on,
        result_id,
        finding_id,
        deficit_id,
    }
}

fn evidence(stored: StoredEvidence) -> Evidence {
    let record = stored
        .result_id
        .map(EvidenceRecord::Result)
        .or(stored.finding_id.map(EvidenceRecord::Finding))
        .or(stored.deficit_id.map(EvidenceRecord::Deficit));
    Evidence { id: stored.id, kind: stored.kind, text: stored.text, dated_on: stored.dated_on, record }
}

fn stored_stage(stage: Stage) -> StoredStage {
    StoredStage {
        id: stage.id,
        title: stage.title,
        starts_on: stage.starts_on,
        ends_on: stage.ends_on,
        expected_result: stage.expected_result,
        report_form: stage.report_form,
    }
}
