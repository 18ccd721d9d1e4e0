//! What a resource of a plan is, and what goes to routes.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::PlanResourceOwner;
use crate::regulations::profile::PlanResourceKind;

/// Money is counted in kopecks.
pub const KOPECKS: &str = "kopecks";

/// What is known of a resource (P1-44).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResourceData {
    /// Its kind.
    pub kind: PlanResourceKind,
    /// Whose it is.
    pub owner: PlanResourceOwner,
    /// What it is.
    pub title: String,
    /// What amounts are counted in.
    pub unit: String,
    /// The estimate.
    pub estimate: Estimate,
    /// Words.
    pub note: Option<String>,
}

/// How much is needed and how much there is (P1-45).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Estimate {
    /// How much is needed.
    pub needed: i64,
    /// How much there is.
    pub available: i64,
    /// By when the rest is expected.
    pub forecast_on: NaiveDate,
}

impl Estimate {
    /// How much is missing.
    pub fn gap(self) -> i64 {
        self.needed.saturating_sub(self.available).max(0)
    }
}

/// A resource of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanResource {
    /// The id.
    pub id: Uuid,
    /// The plan.
    pub plan_id: Uuid,
    /// What is known of it.
    pub data: ResourceData,
    /// Row version.
    pub version: i64,
}

/// What of a resource goes to a route (P1-47).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allocation {
    /// The id.
    pub id: Uuid,
    /// The resource.
    pub resource_id: Uuid,
    /// Its plan.
    pub plan_id: Uuid,
    /// Title of the resource.
    pub title: String,
    /// Unit of the resource.
    pub unit: String,
    /// The route.
    pub route_id: Uuid,
    /// The stage of it.
    pub stage_id: Option<Uuid>,
    /// How much.
    pub amount: i64,
    /// First day of the stage, else of the route.
    pub due_on: NaiveDate,
    /// The day it was provided.
    pub provided_on: Option<NaiveDate>,
    /// Row version.
    pub version: i64,
}

impl Allocation {
    /// By how many days it is late: provided after the first day of its stage, or not yet (P1-48).
    pub fn days_late(&self, today: NaiveDate) -> Option<i64> {
        let days = (self.provided_on.unwrap_or(today) - self.due_on).num_days();
        let late = if self.provided_on.is_some() { days > 0 } else { days >= 0 };
        late.then_some(days)
    }
}

/// What is given to routes of one resource.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Given {
    /// How much goes to routes.
    pub allocated: i64,
    /// How much of it was provided.
    pub provided: i64,
}

/// Resources that are counted together: of one kind, of one side, in one unit.
pub type ReportKey = (PlanResourceKind, PlanResourceOwner, String);

/// A line of the report on all resources (P1-46).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReportSums {
    /// How many resources.
    pub resources: u32,
    /// How much is needed.
    pub needed: i64,
    /// How much there is.
    pub available: i64,
    /// How much is missing: what one resource has too much fills no gap of another.
    pub gap: i64,
    /// How much goes to routes.
    pub allocated: i64,
    /// How much of it was provided.
    pub provided: i64,
    /// By when the last of what is missing is expected.
    pub forecast_on: Option<NaiveDate>,
}

/// All kinds side by side.
pub fn report(resources: &[(PlanResource, Given)]) -> BTreeMap<ReportKey, ReportSums> {
    let mut rows: BTreeMap<ReportKey, ReportSums> = BTreeMap::new();
    for (resource, given) in resources {
        let (data, estimate) = (&resource.data, resource.data.estimate);
        let row = rows.entry((data.kind, data.owner, data.unit.clone())).or_default();
        row.resources += 1;
        row.needed += estimate.needed;
        row.available += estimate.available;
        row.gap += estimate.gap();
        row.allocated += given.allocated;
        row.provided += given.provided;
        let missing = (estimate.gap() > 0).then_some(estimate.forecast_on);
        row.forecast_on = row.forecast_on.max(missing);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn resource(needed: i64, available: i64) -> (PlanResource, Given) {
        let data = ResourceData {
            kind: PlanResourceKind::Material,
            owner: PlanResourceOwner::Internal,
            title: "Ноутбуки".to_owned(),
            unit: "шт.".to_owned(),
            estimate: Estimate { needed, available, forecast_on: day("2026-09-01") },
            note: None,
        };
        let id = Uuid::from_u128(1);
        (PlanResource { id, plan_id: id, data, version: 1 }, Given { allocated: 2, provided: 1 })
    }

    /// P1-46: too much of one thing fills no gap of another.
    #[test]
    fn gaps_are_not_filled_by_what_is_too_much_elsewhere() {
        let rows = report(&[resource(10, 4), resource(1, 5)]);
        let row = rows.values().next().unwrap();
        assert_eq!((rows.len(), row.needed, row.available, row.gap), (1, 11, 9, 6));
        assert_eq!((row.allocated, row.provided, row.forecast_on), (4, 2, Some(day("2026-09-01"))));
    }

    /// P1-48: what is not there on the first day of the stage is late from that day on.
    #[test]
    fn what_is_not_there_on_the_first_day_is_late() {
        let id = Uuid::from_u128(1);
        let allocation = |provided_on: Option<&str>| Allocation {
            id,
            resource_id: id,
            plan_id: id,
            title: String::new(),
            unit: String::new(),
            route_id: id,
            stage_id: None,
            amount: 1,
            due_on: day("2026-03-10"),
            provided_on: provided_on.map(day),
            version: 1,
        };
        assert_eq!(allocation(None).days_late(day("2026-03-09")), None);
        assert_eq!(allocation(None).days_late(day("2026-03-10")), Some(0));
        assert_eq!(allocation(Some("2026-03-10")).days_late(day("2026-04-01")), None);
        assert_eq!(allocation(Some("2026-03-12")).days_late(day("2026-04-01")), Some(2));
    }
}
