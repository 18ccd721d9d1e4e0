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

impl Place {
    /// How high it stands.
    const fn rank(self) -> u8 {
        match self {
            Self::School(_) => 0,
            Self::Municipality(_) => 1,
            Self::Region(_) => 2,
        }
    }
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

/// What is known of one place: the sum of its schools.
#[derive(Debug, Clone, Default)]
struct Known {
    staff: i64,
    tested: i64,
    tallies: BTreeMap<Uuid, Tally>,
    above: Option<Place>,
    parts: BTreeSet<Place>,
}

/// The facts of a region seen by somebody whose reports go up to the top: the highest place whose report he may ask for,
/// so that he could take shown numbers away from it.
#[derive(Debug, Clone)]
pub struct View {
    places: BTreeMap<Place, Known>,
}

impl View {
    /// Sums the schools up to the top.
    pub fn new(facts: &Facts, top: Place) -> Self {
        let mut places: BTreeMap<Place, Known> = BTreeMap::new();
        places.entry(top).or_default();
        for (id, school) in facts {
            let municipality = school.municipality_id.map(Place::Municipality);
            let is_under = match top {
                Place::School(_) => top == Place::School(*id),
                Place::Municipality(_) => municipality == Some(top),
                Place::Region(_) => true,
            };
            if !is_under {
                continue;
            }
            let chain: Vec<Place> = [Some(Place::School(*id)), municipality, Some(top)]
                .into_iter()
                .flatten()
                .filter(|place| place.rank() <= top.rank())
                .collect();
            let mut below: Option<Place> = None;
            for place in chain {
                if below == Some(place) {
                    continue;
                }
                let known = places.entry(place).or_default();
                known.staff += school.staff;
                known.tested += school.tested;
                for (competency, tally) in &school.tallies {
                    let sum = known.tallies.entry(*competency).or_default();
                    *sum = sum.plus(*tally);
                }
                if let Some(below) = below {
                    known.parts.insert(below);
                    places.entry(below).or_default().above = Some(place);
                }
                below = Some(place);
            }
        }
        Self { places }
    }

    /// The report of a place under the top.
    pub fn report(&self, place: Place) -> Report {
        let known = self.places.get(&place);
        let competencies = known
            .into_iter()
            .flat_map(|known| known.tallies.keys())
            .map(|id| CompetencyRow { competency_id: *id, shown: self.shown(place, *id) })
            .collect();
        let parts = self.parts(place).map(|part| self.row(part)).collect();
        Report { place: self.row(place), competencies, parts }
    }

    fn row(&self, place: Place) -> PlaceRow {
        let known = self.places.get(&place).cloned().unwrap_or_default();
        let shown = (!self.is_hidden(place, None)).then(|| {
            // Sums are of what is shown: nothing hidden is left over when parts are taken away.
            let shown = known.tallies.keys().filter_map(|id| self.shown(place, *id));
            let deficits = shown.fold(DeficitCounts::default(), |sum, tally| sum.plus(tally.deficits));
            (known.tested, deficits)
        });
        PlaceRow { place, staff: known.staff, shown }
    }

    /// The places directly under a place.
    pub fn parts(&self, place: Place) -> impl Iterator<Item = Place> {
        self.places.get(&place).into_iter().flat_map(|known| &known.parts).copied()
    }

    /// Whether anything is known of a competency at a place.
    pub fn knows(&self, place: Place, competency_id: Uuid) -> bool {
        self.places.get(&place).is_some_and(|known| known.tallies.contains_key(&competency_id))
    }

    /// What is known of a competency at a place; none when the people are too few to be shown.
    pub fn shown(&self, place: Place, competency_id: Uuid) -> Option<Tally> {
        let hidden = self.is_hidden(place, None) || self.is_hidden(place, Some(competency_id));
        (!hidden).then(|| self.group(place, Some(competency_id)))
    }

    /// Whether the group is too small, or would tell of a small one beside it.
    fn is_hidden(&self, place: Place, measure: Option<Uuid>) -> bool {
        if self.group(place, measure).is_small() {
            return true;
        }
        let Some(above) = self.places.get(&place).and_then(|known| known.above) else { return false };
        self.is_hidden(above, measure) || self.withheld(above, measure).contains(&place)
    }

    /// The parts of a place that are not shown: the small ones, and as many more as it takes to make five people of
    /// them, the smallest first. Otherwise the whole less the shown parts would be a small group.
    fn withheld(&self, place: Place, measure: Option<Uuid>) -> BTreeSet<Place> {
        let parts = self.places.get(&place).into_iter().flat_map(|known| &known.parts);
        let mut parts: Vec<(Place, Tally)> = parts.map(|part| (*part, self.group(*part, measure))).collect();
        let mut hidden: BTreeSet<Place> =
            parts.iter().filter(|(_, tally)| tally.is_small()).map(|(part, _)| *part).collect();
        if hidden.is_empty() {
            return hidden;
        }
        parts.sort_by_key(|(part, tally)| (tally.people, *part));
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
        let Some(known) = self.places.get(&place) else { return Tally::default() };
        match measure {
            Some(id) => known.tallies.get(&id).copied().unwrap_or_default(),
            None => Tally { people: known.tested, deficits: DeficitCounts::default() },
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
        let view = View::new(&facts, Place::Municipality(id(50)));
        let report = view.report(Place::Municipality(id(50)));
        assert_eq!(open(&report.place), Some(28));
        assert_eq!(report.parts.iter().map(open).collect::<Vec<_>>(), [None, None, Some(20)]);
        // Nor by asking for the school itself.
        assert_eq!(open(&view.report(Place::School(id(2))).place), None);
        // Whoever leads it and knows nothing of the others sees his own.
        let own = View::new(&facts, Place::School(id(2)));
        assert_eq!(open(&own.report(Place::School(id(2))).place), Some(6));
    }

    #[test]
    fn a_hidden_municipality_hides_its_schools_from_the_region() {
        let facts = facts(&[(1, 50, 3), (2, 51, 7), (3, 52, 30)]);
        let view = View::new(&facts, REGION);
        assert_eq!(view.report(REGION).parts.iter().map(open).collect::<Vec<_>>(), [None, None, Some(30)]);
        assert_eq!(open(&view.report(Place::School(id(2))).place), None);
        assert_eq!(open(&view.report(Place::School(id(3))).place), Some(30));
    }

    #[test]
    fn five_people_are_shown_and_four_are_not() {
        for (people, shown) in [(4, None), (5, Some(5))] {
            let facts = facts(&[(1, 50, people)]);
            let view = View::new(&facts, Place::School(id(1)));
            assert_eq!(open(&view.report(Place::School(id(1))).place), shown);
        }
    }
}
