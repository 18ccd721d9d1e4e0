//! Sums of measures by place, and which of them may be shown. Pure.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::Measure;
use crate::diagnostics::analytics::model::{Facts, Place, Report, SchoolFacts, Tally, View};
use crate::diagnostics::deficits::model::DeficitCounts;

/// What one school adds to a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The school.
    pub organization_id: Uuid,
    /// Its municipality.
    pub municipality_id: Option<Uuid>,
    /// The measure.
    pub measure: Measure,
    /// What it is broken down by; empty where it is not.
    pub key: String,
    /// The name of the key, where it has one.
    pub label: Option<String>,
    /// The numbers.
    pub numbers: Numbers,
}

/// Numbers of a measure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbers {
    /// What is counted.
    pub numerator: i64,
    /// Of how many.
    pub denominator: i64,
    /// How many people stand behind it.
    pub people: i64,
}

impl Numbers {
    const fn plus(self, other: Self) -> Self {
        Self {
            numerator: self.numerator + other.numerator,
            denominator: self.denominator + other.denominator,
            people: self.people + other.people,
        }
    }

    /// In per cent, rounded down; none of nothing.
    pub fn percent(self) -> Option<i64> {
        (self.numerator * 100).checked_div(self.denominator)
    }
}

/// A measure of one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The measure.
    pub measure: Measure,
    /// What it is broken down by.
    pub key: String,
    /// The name of the key.
    pub label: Option<String>,
    /// The place.
    pub place: Place,
    /// Its numbers; none when they are hidden.
    pub shown: Option<Numbers>,
}

type Key = (Measure, String);

/// The measures of a place and of the places directly under it, side by side. `top` is the highest place whose numbers the
/// reader may ask for: what is hidden there cannot be taken from anything else he may read.
pub fn lines(facts: &[Fact], top: Place, place: Place) -> Vec<Line> {
    let mut labels: BTreeMap<Key, Option<String>> = BTreeMap::new();
    for fact in facts {
        labels.entry((fact.measure, fact.key.clone())).or_insert_with(|| fact.label.clone());
    }
    let keys: Vec<&Key> = labels.keys().collect();
    let number_of: BTreeMap<&Key, Uuid> =
        keys.iter().zip(1..).map(|(key, n)| (*key, Uuid::from_u128(n))).collect();
    let mut schools = Facts::new();
    let mut sums: BTreeMap<(Place, Uuid), Numbers> = BTreeMap::new();
    for fact in facts {
        let key = (fact.measure, fact.key.clone());
        let Some(number) = number_of.get(&key).copied() else { continue };
        let school = schools.entry(fact.organization_id).or_insert_with(|| SchoolFacts {
            municipality_id: fact.municipality_id,
            ..SchoolFacts::default()
        });
        let tally = school.tallies.entry(number).or_default();
        *tally = Tally { people: tally.people + fact.numbers.people, deficits: DeficitCounts::default() };
        let chain: BTreeSet<Place> = [
            Some(Place::School(fact.organization_id)),
            fact.municipality_id.map(Place::Municipality),
            Some(top),
        ]
        .into_iter()
        .flatten()
        .collect();
        for above in chain {
            let sum = sums.entry((above, number)).or_default();
            *sum = sum.plus(fact.numbers);
        }
    }
    let view = View::new(&schools, top);
    let report = view.report(place);
    let mut places: Vec<(Place, Report)> =
        report.parts.iter().map(|part| (part.place, view.report(part.place))).collect();
    places.insert(0, (place, report));
    let mut found = Vec::new();
    for key in keys {
        let Some(number) = number_of.get(key) else { continue };
        for (of, report) in &places {
            let row = report.competencies.iter().find(|row| row.competency_id == *number);
            // Where nobody stands behind it there is nothing to hide, unless its neighbours would be told by that.
            let hidden = row.is_some_and(|row| row.shown.is_none());
            let numbers = sums.get(&(*of, *number)).copied().unwrap_or_default();
            found.push(Line {
                measure: key.0,
                key: key.1.clone(),
                label: labels.get(key).cloned().flatten(),
                place: *of,
                shown: (!hidden).then_some(numbers),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn fact(school: u128, municipality: u128, numerator: i64, people: i64) -> Fact {
        Fact {
            organization_id: id(school),
            municipality_id: Some(id(municipality)),
            measure: Measure::RouteCoverage,
            key: String::new(),
            label: None,
            numbers: Numbers { numerator, denominator: people, people },
        }
    }

    /// What is above is the sum of what is below, hidden or not.
    #[test]
    fn a_small_school_is_hidden_with_another_and_counts_above() {
        let region = Place::Region(id(9));
        let facts = [fact(1, 50, 1, 2), fact(2, 50, 3, 6), fact(3, 50, 10, 20)];
        let found = lines(&facts, region, Place::Municipality(id(50)));
        let shown: Vec<Option<i64>> =
            found.iter().map(|line| line.shown.map(|numbers| numbers.numerator)).collect();
        assert_eq!(shown, [Some(14), None, None, Some(10)]);
        assert_eq!(found[0].shown.unwrap().percent(), Some(50));
        assert_eq!(Numbers::default().percent(), None);
    }

    #[test]
    fn a_region_is_the_sum_of_its_municipalities() {
        let region = Place::Region(id(9));
        let facts = [fact(1, 50, 5, 10), fact(2, 51, 3, 30)];
        let found = lines(&facts, region, region);
        let shown: Vec<i64> = found.iter().map(|line| line.shown.unwrap().numerator).collect();
        assert_eq!(shown, [8, 5, 3]);
    }
}
