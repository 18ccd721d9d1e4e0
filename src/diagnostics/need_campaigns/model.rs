//! What a campaign is, when it is open, and how many schools answered it.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::Target;
use crate::error::{FieldProblem, Text};

/// What is said of a campaign.
#[derive(Debug, Clone)]
pub struct CampaignData {
    /// Title.
    pub title: String,
    /// First day needs are taken.
    pub opens_on: NaiveDate,
    /// Last day needs are taken.
    pub closes_on: NaiveDate,
}

impl CampaignData {
    /// What is wrong with it.
    pub fn problems(&self) -> Vec<FieldProblem> {
        if self.opens_on <= self.closes_on {
            return Vec::new();
        }
        let words = Text::new("Закрывается раньше, чем открывается", "It closes before it opens");
        vec![FieldProblem::new("/data/closes_on", "dates_reversed", words)]
    }
}

/// A campaign.
#[derive(Debug, Clone)]
pub struct NeedCampaign {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality whose schools are asked; none: the whole region.
    pub municipality_id: Option<Uuid>,
    /// Who asks.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: CampaignData,
    /// Row version.
    pub version: i64,
}

/// Where a campaign stands on a day; derived, never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignState {
    /// It opens later.
    Planned,
    /// Needs are taken.
    Open,
    /// It is over.
    Closed,
}

impl NeedCampaign {
    /// The campaign as a target of rights.
    pub fn target(&self) -> Target {
        Target::place(self.region_id, self.municipality_id, None)
    }

    /// Where it stands on that day.
    pub fn state_on(&self, day: NaiveDate) -> CampaignState {
        if day < self.data.opens_on {
            CampaignState::Planned
        } else if day > self.data.closes_on {
            CampaignState::Closed
        } else {
            CampaignState::Open
        }
    }

    /// Whether an organization of that municipality is asked.
    pub fn asks(&self, municipality_id: Option<Uuid>) -> bool {
        self.municipality_id.is_none() || self.municipality_id == municipality_id
    }
}

/// How many schools of a municipality answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response {
    /// The municipality; none for the state schools.
    pub municipality_id: Option<Uuid>,
    /// Schools asked.
    pub schools: i64,
    /// Schools with at least one need.
    pub responded: i64,
}

impl Response {
    /// In per cent, rounded down.
    pub const fn percent(&self) -> i64 {
        if self.schools == 0 { 0 } else { self.responded * 100 / self.schools }
    }
}

/// Counts the schools, given as id and municipality, by municipality.
pub fn responses(schools: &[(Uuid, Option<Uuid>)], responded: &BTreeSet<Uuid>) -> Vec<Response> {
    let mut counts: BTreeMap<Option<Uuid>, (i64, i64)> = BTreeMap::new();
    for (id, municipality_id) in schools {
        let count = counts.entry(*municipality_id).or_default();
        count.0 += 1;
        count.1 += i64::from(responded.contains(id));
    }
    let response = |(municipality_id, (schools, responded))| Response { municipality_id, schools, responded };
    counts.into_iter().map(response).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// P2-16: the share of schools that answered, by municipality; state schools stand by themselves.
    #[test]
    fn the_rate_is_counted_by_municipality() {
        let id = |number| Uuid::from_u128(number);
        let schools = [(id(1), Some(id(9))), (id(2), Some(id(9))), (id(3), Some(id(9))), (id(4), None)];
        let found = responses(&schools, &BTreeSet::from([id(1), id(3), id(77)]));
        assert_eq!(found.len(), 2);
        assert_eq!((found[0].municipality_id, found[0].percent()), (None, 0));
        assert_eq!((found[1].schools, found[1].responded, found[1].percent()), (3, 2, 66));
    }
}
