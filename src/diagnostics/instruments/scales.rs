//! Whether the scales of an instrument make sense; every problem at once. Pure.

use std::collections::{HashMap, HashSet};

use uuid::Uuid;

use super::model::{CutPoint, Procedure, Scale};
use crate::diagnostics::Score;
use crate::diagnostics::frameworks::model::Competency;
use crate::error::{FieldProblem, Text};

/// A scale as submitted.
#[derive(Debug, Clone)]
pub struct ScaleItem {
    /// Code of the competency in the framework.
    pub competency_code: String,
    /// Highest score.
    pub max_score: Score,
    /// Weight of the competency.
    pub weight: Score,
    /// Its levels.
    pub cut_points: Vec<CutPoint>,
    /// Where each of the levels ends, as far as that was said.
    pub until: Vec<Option<Score>>,
}

/// The scales with the competencies they measure, or everything that is wrong with them.
pub fn scales(items: &[ScaleItem], competencies: &[Competency]) -> Result<Vec<Scale>, Vec<FieldProblem>> {
    let ids: HashMap<&str, Uuid> = competencies.iter().map(|row| (row.item.code.as_str(), row.id)).collect();
    let mut problems = Vec::new();
    let mut seen = HashSet::new();
    let mut found = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let place = format!("/scales/{index}");
        if !seen.insert(&item.competency_code) {
            problems.push(problem(
                &place,
                "competency_code",
                "duplicate",
                "Эта компетенция уже есть в списке",
                "The competency is in the list already",
            ));
        }
        levels(item, &place, &mut problems);
        ends(item, &place, &mut problems);
        match ids.get(item.competency_code.as_str()) {
            Some(id) => found.push(Scale {
                competency_id: *id,
                max_score: item.max_score,
                weight: item.weight,
                cut_points: item.cut_points.clone(),
            }),
            None => problems.push(problem(
                &place,
                "competency_code",
                "unknown",
                "В модели нет такой компетенции",
                "The framework has no such competency",
            )),
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// The levels of one scale cover it from 0 upwards, each beginning above the one before it and none of them a graver
/// deficit than that.
fn levels(item: &ScaleItem, place: &str, problems: &mut Vec<FieldProblem>) {
    let mut names = HashSet::new();
    let mut before: Option<&CutPoint> = None;
    for (index, cut) in item.cut_points.iter().enumerate() {
        let place = format!("{place}/cut_points/{index}");
        if !names.insert(&cut.level) {
            problems.push(problem(
                &place,
                "level",
                "duplicate",
                "Этот уровень уже есть",
                "The level is there already",
            ));
        }
        match before {
            None if cut.from_score != Score::ZERO => {
                problems.push(problem(
                    &place,
                    "from_score",
                    "must_begin_at_zero",
                    "Первый уровень начинается с 0",
                    "The first level begins at 0",
                ));
            }
            Some(before) if cut.from_score <= before.from_score => {
                problems.push(problem(
                    &place,
                    "from_score",
                    "not_ascending",
                    "Уровень начинается выше предыдущего",
                    "A level begins above the one before it",
                ));
            }
            _ => {}
        }
        if cut.from_score > item.max_score {
            problems.push(problem(
                &place,
                "from_score",
                "above_max_score",
                "Выше наибольшего балла",
                "Above the highest score",
            ));
        }
        if cut.is_deficit != (cut.severity > 0) {
            problems.push(problem(
                &place,
                "severity",
                "severity_mismatch",
                "У дефицита тяжесть от 1 до 3, у остальных уровней 0",
                "A deficit has a severity of 1 to 3, any other level 0",
            ));
        }
        // Who scores more has no graver deficit: otherwise the scale is upside down.
        if before.is_some_and(|before| cut.severity > before.severity) {
            problems.push(problem(
                &place,
                "severity",
                "severity_ascends",
                "У более высокого балла дефицит не может быть тяжелее",
                "A higher score cannot mean a graver deficit",
            ));
        }
        before = Some(cut);
    }
}

/// Where a level says that it ends, the next one begins, and the last one ends with the scale: no hole, no overlap.
fn ends(item: &ScaleItem, place: &str, problems: &mut Vec<FieldProblem>) {
    let begins = item.cut_points.iter().skip(1).map(|cut| cut.from_score).chain([item.max_score]);
    for (index, (until, next)) in item.until.iter().zip(begins).enumerate() {
        let place = format!("{place}/cut_points/{index}");
        match until {
            Some(until) if *until < next => problems.push(problem(
                &place,
                "until_score",
                "hole",
                "Между этим уровнем и следующим есть пропуск",
                "There is a hole between this level and the next one",
            )),
            Some(until) if *until > next => problems.push(problem(
                &place,
                "until_score",
                "overlap",
                "Уровень заходит на следующий",
                "The level overlaps the next one",
            )),
            _ => {}
        }
    }
}

/// Weights are of procedures of the instrument, each once.
pub fn weights(procedures: &[Procedure], weights: &[(Procedure, Score)]) -> Vec<FieldProblem> {
    let mut seen = HashSet::new();
    let mut problems = Vec::new();
    for (index, (procedure, _)) in weights.iter().enumerate() {
        let place = format!("/procedure_weights/{index}");
        if !procedures.contains(procedure) {
            problems.push(problem(
                &place,
                "procedure",
                "not_of_instrument",
                "У инструмента нет такой процедуры",
                "The instrument has no such procedure",
            ));
        } else if !seen.insert(*procedure) {
            problems.push(problem(
                &place,
                "procedure",
                "duplicate",
                "Вес этой процедуры уже указан",
                "The weight of this procedure is given already",
            ));
        }
    }
    problems
}

/// Each procedure once.
pub fn procedures(list: &[Procedure]) -> Vec<FieldProblem> {
    let mut seen = HashSet::new();
    let repeated = list.iter().enumerate().filter(|(_, procedure)| !seen.insert(**procedure));
    repeated
        .map(|(index, _)| {
            let words = Text::new("Эта процедура уже есть в списке", "The procedure is in the list already");
            FieldProblem::new(format!("/procedures/{index}"), "duplicate", words)
        })
        .collect()
}

fn problem(place: &str, field: &str, code: &'static str, ru: &'static str, en: &'static str) -> FieldProblem {
    FieldProblem::new(format!("{place}/{field}"), code, Text::new(ru, en))
}
