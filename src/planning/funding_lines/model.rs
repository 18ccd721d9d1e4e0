//! What pays for a plan, and its sums.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::regulations::profile::FundingSource;

/// What pays, as it is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingData {
    /// The route it pays for; none for the plan as a whole.
    pub route_id: Option<Uuid>,
    /// The stage of the route.
    pub stage_id: Option<Uuid>,
    /// Where the money comes from.
    pub source: FundingSource,
    /// How much, in kopecks.
    pub amount_kopecks: i64,
    /// Words.
    pub note: Option<String>,
}

/// A line of funding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FundingLine {
    /// The id.
    pub id: Uuid,
    /// What it says.
    pub data: FundingData,
}

/// The sums of a plan; each part makes up the same total.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FundingSums {
    /// Everything.
    pub total: i64,
    /// By source.
    pub by_source: BTreeMap<FundingSource, i64>,
    /// By route and source; none is the plan as a whole.
    pub by_route: BTreeMap<(Option<Uuid>, FundingSource), i64>,
    /// By stage of a route and source; none is the whole route, or the whole plan.
    pub by_stage: BTreeMap<(Option<Uuid>, Option<Uuid>, FundingSource), i64>,
}

/// The sums of these lines.
pub fn sums(lines: &[FundingLine]) -> FundingSums {
    let mut sums = FundingSums::default();
    for FundingLine { data, .. } in lines {
        let (route, stage, source) = (data.route_id, data.stage_id, data.source);
        sums.total += data.amount_kopecks;
        *sums.by_source.entry(source).or_default() += data.amount_kopecks;
        *sums.by_route.entry((route, source)).or_default() += data.amount_kopecks;
        *sums.by_stage.entry((route, stage, source)).or_default() += data.amount_kopecks;
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever the lines are, every part makes up the total.
    #[test]
    fn every_part_makes_up_the_total() {
        let line = |route: Option<u128>, stage: Option<u128>, source, amount_kopecks| FundingLine {
            id: Uuid::from_u128(1),
            data: FundingData {
                route_id: route.map(Uuid::from_u128),
                stage_id: stage.map(Uuid::from_u128),
                source,
                amount_kopecks,
                note: None,
            },
        };
        let lines = [
            line(None, None, FundingSource::Municipal, 100),
            line(Some(7), None, FundingSource::Municipal, 20),
            line(Some(7), Some(8), FundingSource::OffBudget, 3),
        ];
        let sums = sums(&lines);
        assert_eq!(sums.total, 123);
        assert_eq!(sums.by_source.values().sum::<i64>(), 123);
        assert_eq!(sums.by_route.values().sum::<i64>(), 123);
        assert_eq!(sums.by_stage.values().sum::<i64>(), 123);
        assert_eq!(sums.by_source.get(&FundingSource::Municipal), Some(&120));
    }
}
