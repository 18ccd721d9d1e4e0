//! Which regulation binds whom over a span of days: for questions about many organizations or many days at once, which
//! would else ask anew for each.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::profile::RegulationLevel;
use super::store;
use crate::db::Ctx;
use crate::error::Result;

/// Whom a regulation binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Bound {
    Region,
    Municipality(Uuid),
    School(Uuid),
}

/// The days of a published regulation, both included.
#[derive(Debug, Clone, Copy)]
pub(super) struct Term {
    pub(super) id: Uuid,
    pub(super) level: RegulationLevel,
    pub(super) owner_id: Uuid,
    /// The municipality of the owner.
    pub(super) municipality_id: Option<Uuid>,
    pub(super) from: NaiveDate,
    pub(super) until: Option<NaiveDate>,
}

/// The regulations of a region that are in force on some of these days.
#[derive(Debug, Default)]
pub struct RegulationTerms(HashMap<Bound, Vec<Term>>);

impl RegulationTerms {
    /// Those of that region between the first and the last of the days, in one statement.
    pub async fn of_region(ctx: &Ctx<'_>, region_id: Uuid, days: (NaiveDate, NaiveDate)) -> Result<Self> {
        store::terms(ctx.conn, region_id, days).await.map(Self::new)
    }

    /// Of one who binds the newest comes first, as [`binding_regulation`](super::service::binding_regulation) has it.
    fn new(mut terms: Vec<Term>) -> Self {
        terms.sort_by_key(|term| std::cmp::Reverse((term.from, term.id)));
        let mut bound: HashMap<Bound, Vec<Term>> = HashMap::new();
        for term in terms {
            let whom = match (term.level, term.municipality_id) {
                (RegulationLevel::Region, _) => Bound::Region,
                (RegulationLevel::Municipality, Some(id)) => Bound::Municipality(id),
                (RegulationLevel::Municipality, None) | (RegulationLevel::School, _) => {
                    Bound::School(term.owner_id)
                }
            };
            bound.entry(whom).or_default().push(term);
        }
        Self(bound)
    }

    /// The regulation that binds an organization of that municipality on the day: its own, else the municipality's,
    /// else the region's.
    pub fn binding_on(
        &self,
        organization_id: Uuid,
        municipality_id: Option<Uuid>,
        day: NaiveDate,
    ) -> Option<Uuid> {
        let nearest = [
            Some(Bound::School(organization_id)),
            municipality_id.map(Bound::Municipality),
            Some(Bound::Region),
        ];
        let in_force = |term: &&Term| term.from <= day && term.until.is_none_or(|until| day <= until);
        nearest
            .into_iter()
            .flatten()
            .find_map(|whom| self.0.get(&whom)?.iter().find(in_force))
            .map(|term| term.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// P2-3, P4-2: the nearest that is in force on the day.
    #[test]
    fn the_nearest_regulation_in_force_binds() {
        let id = Uuid::from_u128;
        let term = |number, level, owner, municipality_id, from, until: Option<&str>| Term {
            id: id(number),
            level,
            owner_id: id(owner),
            municipality_id,
            from: day(from),
            until: until.map(day),
        };
        let city = Some(id(20));
        let terms = RegulationTerms::new(vec![
            term(1, RegulationLevel::Region, 10, None, "2020-01-01", Some("2026-08-31")),
            term(2, RegulationLevel::Region, 10, None, "2026-09-01", None),
            term(3, RegulationLevel::Municipality, 20, city, "2026-04-01", None),
            term(4, RegulationLevel::School, 30, city, "2026-10-01", Some("2026-12-31")),
        ]);
        let binds = |organization, municipality, on| {
            terms.binding_on(id(organization), municipality, day(on)).map(|found| found.as_u128())
        };
        assert_eq!(binds(30, city, "2019-12-31"), None);
        assert_eq!(binds(30, city, "2026-03-31"), Some(1));
        assert_eq!(binds(30, city, "2026-04-01"), Some(3));
        assert_eq!(binds(30, city, "2026-12-31"), Some(4));
        assert_eq!(binds(30, city, "2027-01-01"), Some(3));
        assert_eq!(binds(31, city, "2026-12-31"), Some(3));
        assert_eq!(binds(31, None, "2026-12-31"), Some(2));
    }
}
