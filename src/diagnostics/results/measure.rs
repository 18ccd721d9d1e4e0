//! From the scores of a result to the level of each competency; every wrong score at once. Pure.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::model::{CompetencyLevel, ProcedureScore};
use crate::diagnostics::Score;
use crate::diagnostics::deficits::model::MeasuredLevel;
use crate::diagnostics::frameworks::model::Competency;
use crate::diagnostics::instruments::model::{Instrument, Procedure, Scale};
use crate::error::{FieldProblem, Text};

/// A score as submitted: the competency by id or by its code in the framework.
#[derive(Debug, Clone)]
pub struct ScoreItem {
    /// The competency by id.
    pub competency_id: Option<Uuid>,
    /// The competency by code.
    pub competency_code: Option<String>,
    /// The procedure that gave the score.
    pub procedure: Procedure,
    /// The score.
    pub score: Score,
}

/// What the scores mean.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The scores by competency.
    pub scores: Vec<ProcedureScore>,
    /// The level of each competency.
    pub levels: Vec<CompetencyLevel>,
    /// The same levels as deficits see them.
    pub for_deficits: Vec<MeasuredLevel>,
}

/// The level of each competency: the weighted mean of its procedures' scores by the cut points (P4-6).
pub fn measure(
    items: &[ScoreItem],
    instrument: &Instrument,
    scales: &[Scale],
    competencies: &[Competency],
) -> Result<Measured, Vec<FieldProblem>> {
    let codes: HashMap<&str, Uuid> =
        competencies.iter().map(|row| (row.item.code.as_str(), row.id)).collect();
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    let mut scores: Vec<ProcedureScore> = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let mut problem = |field: &str, code: &'static str, ru: &'static str, en: &'static str| {
            problems.push(FieldProblem::new(format!("/scores/{index}{field}"), code, Text::new(ru, en)));
        };
        let (competency_id, field) = match (item.competency_id, &item.competency_code) {
            (Some(id), None) => (Some(id), "/competency_id"),
            (None, Some(code)) => (codes.get(code.as_str()).copied(), "/competency_code"),
            _ => {
                problem(
                    "",
                    "one_of",
                    "Укажите либо competency_id, либо competency_code",
                    "Give either competency_id or competency_code",
                );
                continue;
            }
        };
        let scale = competency_id.and_then(|id| scales.iter().find(|scale| scale.competency_id == id));
        if !instrument.procedures.contains(&item.procedure) {
            problem(
                "/procedure",
                "not_of_instrument",
                "У инструмента нет такой процедуры",
                "The instrument has no such procedure",
            );
        }
        match scale {
            None => problem(
                field,
                "not_of_instrument",
                "Инструмент не измеряет эту компетенцию",
                "The instrument does not measure this competency",
            ),
            Some(scale) => {
                if item.score > scale.max_score {
                    problem(
                        "/score",
                        "above_max_score",
                        "Балл выше наибольшего",
                        "The score is above the highest one",
                    );
                }
                if !seen.insert((scale.competency_id, item.procedure)) {
                    problem(
                        "/procedure",
                        "duplicate",
                        "Балл этой процедуры уже указан",
                        "There is a score of this procedure already",
                    );
                }
                scores.push(ProcedureScore {
                    competency_id: scale.competency_id,
                    procedure: item.procedure,
                    score: item.score,
                });
            }
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut levels = Vec::new();
    let mut for_deficits = Vec::new();
    for scale in scales {
        let of_scale: Vec<(Score, Score)> = scores
            .iter()
            .filter(|score| score.competency_id == scale.competency_id)
            .map(|score| (score.score, instrument.weight_of(score.procedure)))
            .collect();
        let Some(score) = Score::mean(&of_scale) else { continue };
        let Some(cut) = scale.level_of(score) else { continue };
        levels.push(CompetencyLevel {
            competency_id: scale.competency_id,
            score,
            level: cut.level.clone(),
            is_deficit: cut.is_deficit,
        });
        let competency = competencies.iter().find(|row| row.id == scale.competency_id);
        for_deficits.push(MeasuredLevel {
            competency_id: scale.competency_id,
            level: cut.level.clone(),
            is_deficit: cut.is_deficit,
            severity: cut.severity,
            weight: scale.weight,
            job_function: competency.and_then(|row| row.item.job_function.clone()),
        });
    }
    Ok(Measured { scores, levels, for_deficits })
}
