//! What a route plans beside its activities: lessons by topic, and money.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::regulations::profile::FundingSource;
use crate::values::Hours;

/// A row of the thematic study plan (P1-41).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudyPlanRow {
    /// The id.
    pub id: Uuid,
    /// The activity it belongs to.
    pub activity_id: Option<Uuid>,
    /// Topic.
    pub topic: String,
    /// Academic hours.
    pub hours: Hours,
    /// The day.
    pub on_date: NaiveDate,
    /// Form of the lesson.
    pub form: String,
}

/// A line of the budget (P1-27).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BudgetLine {
    /// The id.
    pub id: Uuid,
    /// The stage it pays for.
    pub stage_id: Option<Uuid>,
    /// Where the money comes from.
    pub source: FundingSource,
    /// How much, in kopecks.
    pub amount_kopecks: i64,
    /// Words.
    pub note: Option<String>,
}

/// What one source pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SourceSum {
    /// The source.
    pub source: FundingSource,
    /// How much, in kopecks.
    pub amount_kopecks: i64,
}

/// What each source pays of these lines, in the order of the sources; those that pay nothing are left out.
pub fn by_source<'a>(lines: impl Iterator<Item = &'a BudgetLine> + Clone) -> Vec<SourceSum> {
    let sum = |source: FundingSource| {
        let of_it = lines.clone().filter(|line| line.source == source);
        SourceSum { source, amount_kopecks: of_it.map(|line| line.amount_kopecks).sum() }
    };
    FundingSource::ALL.iter().copied().map(sum).filter(|sum| sum.amount_kopecks > 0).collect()
}

/// The stages that lines pay for, each once, in the order of the lines; none stands for the whole route.
pub fn paid_stages(lines: &[BudgetLine]) -> Vec<Option<Uuid>> {
    let mut stages = Vec::new();
    for line in lines {
        if !stages.contains(&line.stage_id) {
            stages.push(line.stage_id);
        }
    }
    stages
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(stage: Option<u128>, source: FundingSource, amount_kopecks: i64) -> BudgetLine {
        let (id, stage_id) = (Uuid::from_u128(1), stage.map(Uuid::from_u128));
        BudgetLine { id, stage_id, source, amount_kopecks, note: None }
    }

    /// Whatever stands in a budget, its sources and its stages make up the same sum.
    #[test]
    fn sources_and_stages_make_up_the_whole() {
        let lines = [
            line(None, FundingSource::Grant, 100),
            line(Some(7), FundingSource::Municipal, 30),
            line(Some(7), FundingSource::Grant, 5),
        ];
        let sums = by_source(lines.iter());
        let told: Vec<_> = sums.iter().map(|sum| (sum.source, sum.amount_kopecks)).collect();
        assert_eq!(told, [(FundingSource::Municipal, 30), (FundingSource::Grant, 105)]);
        assert_eq!(paid_stages(&lines), [None, Some(Uuid::from_u128(7))]);
        assert!(by_source([].iter()).is_empty());
    }
}
