//! What a route consists of, counted: its parts, and the bases of its activities (P0-9, P1-31).

use super::activity::Activity;
use crate::authz::Role;
use crate::regulations::profile::{ActivityBasis, RoutePart, RoutePartRule};
use crate::values::Hours;

/// A part of a route with what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartSummary {
    /// The part.
    pub part: RoutePart,
    /// The part it belongs to.
    pub within: Option<RoutePart>,
    /// Who may change its lines.
    pub editors: Vec<Role>,
    /// How many lines it has, those of its inner parts included.
    pub activities: usize,
    /// Their hours.
    pub hours: Hours,
}

/// The parts that the regulation knows, in its order.
pub fn parts(rules: &[RoutePartRule], activities: &[Activity]) -> Vec<PartSummary> {
    let summary = |rule: &RoutePartRule| {
        let inner: Vec<RoutePart> =
            rules.iter().filter(|other| other.within == Some(rule.part)).map(|other| other.part).collect();
        let lines: Vec<&Activity> = activities
            .iter()
            .filter(|it| it.data.part.is_some_and(|part| part == rule.part || inner.contains(&part)))
            .collect();
        PartSummary {
            part: rule.part,
            within: rule.within,
            editors: rule.editors.clone(),
            activities: lines.len(),
            hours: lines.iter().filter_map(|it| it.data.hours).sum(),
        }
    };
    rules.iter().map(summary).collect()
}

/// How much of a route rests on one basis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BasisShare {
    /// The basis.
    pub basis: ActivityBasis,
    /// How many activities cite it.
    pub activities: usize,
    /// Their hours.
    pub hours: Hours,
    /// Their part of all activities in per cent, rounded down.
    pub share: usize,
}

/// The bases that activities cite, those that none cites left out.
pub fn basis_shares(activities: &[Activity]) -> Vec<BasisShare> {
    let share = |basis: &ActivityBasis| {
        let citing: Vec<&Activity> = activities.iter().filter(|it| it.data.reason == *basis).collect();
        (!citing.is_empty()).then(|| BasisShare {
            basis: *basis,
            activities: citing.len(),
            hours: citing.iter().filter_map(|it| it.data.hours).sum(),
            share: citing.len() * 100 / activities.len(),
        })
    };
    ActivityBasis::ALL.iter().filter_map(share).collect()
}
