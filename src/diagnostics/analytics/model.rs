//! The report, and what of it may be shown. Pure.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use crate::diagnostics::deficits::model::DeficitCounts;

/// Fewer people than this are hidden.
pub const SMALLEST: i64 = 5;

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// One school.
    School(Uuid),
    /// One municipality with all its schools.
    Municipality(Uuid),
    /// The whole region.
    Region(Uuid),
}

/// What is known of one school for one competency.
#[derive(Debug, Clone, Copy, Default)]
pub struct Tally {
    /// People whose competency was measured.
    pub people: i64,
    /// Their deficits, and difficulties reported without a test.
    pub deficits: DeficitCounts,
}

impl Tally {
    fn plus(self, other: Self) -> Self {
        Self { people: self.people + other.people, deficits: self.deficits.plus(other.deficits) }
    }

    const fn is_small(self) -> bool {
        self.people < SMALLEST && (self.people > 0 || self.deficits.total() > 0)
    }
}

/// What is known of one school.
#[derive(Debug, Clone, Default)]
pub struct SchoolFacts {
    /// Its municipality.
    pub municipality_id: Option<Uuid>,
    /// Who works there.
    pub staff: i64,
    /// Who of them has a result.
    pub tested: i64,
    /// By competency.
    pub tallies: BTreeMap<Uuid, Tally>,
}

/// Schools by id.
pub type Facts = BTreeMap<Uuid, SchoolFacts>;

/// One place in the report.
#[derive(Debug, Clone, Copy)]
pub struct PlaceRow {
    /// The place.
    pub place: Place,
    /// Who works there.
    pub staff: i64,
    /// Who of them has a result, and their deficits; none when they are too few to be shown.
    pub shown: Option<(i64, DeficitCounts)>,
}

/// One competency in the report.
#[derive(Debug, Clone, Copy)]
pub struct CompetencyRow {
    /// The competency.
    pub competency_id: Uuid,
    /// What is known; none when the people are too few to be shown.
    pub shown: Option<Tally>,
}

/// The report of a place.
#[derive(Debug, Clone)]
pub struct Report {
    /// The place itself.
    pub place: PlaceRow,
    /// Its competencies.
    pub competencies: Vec<CompetencyRow>,
    /// The places directly under it.
    pub parts: Vec<PlaceRow>,
}

/// The facts of a region seen by somebody whose reports go up to `top`.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The schools under `top`.
    pub facts: &'a Facts,
    /// The highest place whose report the reader may ask for: what he may take shown numbers away from.
    pub top: Place,
}

impl View<'_> {
    /// The report of a place under the top.
    pub fn report(&self, place: Place) -> Report {
        let ids: BTreeSet<Uuid> =
            self.schools(place).flat_map(|(_, school)| school.tallies.keys().copied()).collect();
        let competencies = ids
            .into_iter()
            .map(|id| CompetencyRow { competency_id: id, shown: self.shown(place, id) })
            .collect();
        let parts = self.parts(place).into_iter().map(|part| self.row(part)).collect();
        Report { place: self.row(place), competencies, parts }
    }

    fn row(&self, place: Place) -> PlaceRow {
        let staff = self.schools(place).map(|(_, school)| school.staff).sum();
        let shown = (!self.is_hidden(place, None)).then(|| {
            let ids: BTreeSet<Uuid> =
                self.schools(place).flat_map(|(_, school)| school.tallies.keys().copied()).collect();
            // Sums are of what is shown: nothing hidden is left over when parts are taken away.
            let shown = ids.into_iter().filter_map(|id| self.shown(place, id));
            let deficits = shown.fold(DeficitCounts::default(), |sum, tally| sum.plus(tally.deficits));
            (self.tested(place), deficits)
        });
        PlaceRow { place, staff, shown }
    }

    fn shown(&self, place: Place, competency_id: Uuid) -> Option<Tally> {
        let hidden = self.is_hidden(place, None) || self.is_hidden(place, Some(competency_id));
        (!hidden).then(|| self.tally(place, competency_id))
    }

    /// Whether the group is too small, or would tell of a small one beside it.
    fn is_hidden(&self, place: Place, measure: Option<Uuid>) -> bool {
        if self.group(place, measure).is_small() {
            return true;
        }
        let Some(above) = self.above(place).filter(|_| place != self.top) else { return false };
        self.is_hidden(above, measure) || self.withheld(above, measure).contains(&place)
    }

    /// The parts of a place that are not shown: the small ones, and as many more as it takes to make five people of
    /// them, the smallest first. Otherwise the whole less the shown parts would be a small group.
    fn withheld(&self, place: Place, measure: Option<Uuid>) -> BTreeSet<Place> {
        let mut parts: Vec<(Place, Tally)> =
            self.parts(place).into_iter().map(|part| (part, self.group(part, measure))).collect();
        parts.sort_by_key(|(part, tally)| (tally.people, *part));
        let mut hidden: BTreeSet<Place> =
            parts.iter().filter(|(_, tally)| tally.is_small()).map(|(part, _)| *part).collect();
        if hidden.is_empty() {
            return hidden;
        }
        let mut people: i64 =
            parts.iter().filter(|(part, _)| hidden.contains(part)).map(|(_, tally)| tally.people).sum();
        for (part, tally) in &parts {
            if people >= SMALLEST {
                break;
            }
            if tally.people > 0 && hidden.insert(*part) {
                people += tally.people;
            }
        }
        hidden
    }

    /// The people of a measure: of one competency, or all who have a result.
    fn group(&self, place: Place, measure: Option<Uuid>) -> Tally {
        match measure {
            Some(id) => self.tally(place, id),
            None => Tally { people: self.tested(place), deficits: DeficitCounts::default() },
        }
    }

    fn tested(&self, place: Place) -> i64 {
        self.schools(place).map(|(_, school)| school.tested).sum()
    }

    fn tally(&self, place: Place, competency_id: Uuid) -> Tally {
        let found = self.schools(place).filter_map(|(_, school)| school.tallies.get(&competency_id));
        found.fold(Tally::default(), |sum, tally| sum.plus(*tally))
    }

    fn schools(&self, place: Place) -> impl Iterator<Item = (&Uuid, &SchoolFacts)> {
        self.facts.iter().filter(move |(id, school)| match place {
            Place::School(school_id) => **id == school_id,
            Place::Municipality(municipality_id) => school.municipality_id == Some(municipality_id),
            Place::Region(_) => true,
        })
    }

    /// The places directly under a place: municipalities, and schools that lie in none.
    fn parts(&self, place: Place) -> BTreeSet<Place> {
        let part = |(id, school): (&Uuid, &SchoolFacts)| match (place, school.municipality_id) {
            (Place::School(_), _) => None,
            (Place::Region(_), Some(municipality_id)) => Some(Place::Municipality(municipality_id)),
            (Place::Region(_), None) | (Place::Municipality(_), _) => Some(Place::School(*id)),
        };
        self.schools(place).filter_map(part).collect()
    }

    fn above(&self, place: Place) -> Option<Place> {
        match (place, self.top) {
            (Place::Region(_), _) | (_, Place::School(_)) => None,
            (Place::Municipality(_), top) => Some(top),
            (Place::School(id), top) => {
                let municipality = self.facts.get(&id).and_then(|school| school.municipality_id);
                Some(municipality.map_or(top, Place::Municipality))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGION: Place = Place::Region(Uuid::nil());

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn facts(schools: &[(u128, u128, i64)]) -> Facts {
        let school = |&(number, municipality, people): &(u128, u128, i64)| {
            let deficits = DeficitCounts { open: people, addressed: 0, closed: 0 };
            let tallies = [(id(900), Tally { people, deficits })].into_iter().collect();
            let municipality_id = Some(id(municipality));
            (id(number), SchoolFacts { municipality_id, staff: people, tested: people, tallies })
        };
        schools.iter().map(school).collect()
    }

    fn open(row: &PlaceRow) -> Option<i64> {
        row.shown.map(|(_, deficits)| deficits.open)
    }

    #[test]
    fn a_small_school_takes_the_next_one_with_it() {
        let facts = facts(&[(1, 50, 2), (2, 50, 6), (3, 50, 20)]);
        let view = View { facts: &facts, top: Place::Municipality(id(50)) };
        let report = view.report(Place::Municipality(id(50)));
        assert_eq!(open(&report.place), Some(28));
        assert_eq!(report.parts.iter().map(open).collect::<Vec<_>>(), [None, None, Some(20)]);
        // Nor by asking for the school itself.
        assert_eq!(open(&view.report(Place::School(id(2))).place), None);
        // Whoever leads it and knows nothing of the others sees his own.
        let own = View { facts: &facts, top: Place::School(id(2)) };
        assert_eq!(open(&own.report(Place::School(id(2))).place), Some(6));
    }

    #[test]
    fn a_hidden_municipality_hides_its_schools_from_the_region() {
        let facts = facts(&[(1, 50, 3), (2, 51, 7), (3, 52, 30)]);
        let view = View { facts: &facts, top: REGION };
        assert_eq!(view.report(REGION).parts.iter().map(open).collect::<Vec<_>>(), [None, None, Some(30)]);
        assert_eq!(open(&view.report(Place::School(id(2))).place), None);
        assert_eq!(open(&view.report(Place::School(id(3))).place), Some(30));
    }

    #[test]
    fn five_people_are_shown_and_four_are_not() {
        for (people, shown) in [(4, None), (5, Some(5))] {
            let facts = facts(&[(1, 50, people)]);
            let view = View { facts: &facts, top: Place::School(id(1)) };
            assert_eq!(open(&view.report(Place::School(id(1))).place), shown);
        }
    }
}
