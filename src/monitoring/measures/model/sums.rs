//! Sums of measures by place, and which of them may be shown. Pure.

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::Measure;
use crate::diagnostics::analytics::model::{Facts, Place, Tally, View};
use crate::diagnostics::deficits::model::DeficitCounts;

/// What one unit adds to a measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// The school; or a municipality that stands for its schools, where nobody asks about one of them.
    pub unit_id: Uuid,
    /// Its municipality.
    pub municipality_id: Option<Uuid>,
    /// The measure.
    pub measure: Measure,
    /// What it is broken down by; empty where it is not.
    pub key: String,
    /// The name of the key, where it has one.
    pub label: Option<String>,
    /// The competency, of deficits: by those who were measured in it is decided what is shown.
    pub competency_id: Option<Uuid>,
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

/// Whose number decides whether something is shown: the people behind a measure and key, of deficits those who were
/// measured in one competency.
type Group<'a> = (Measure, &'a str, Option<Uuid>);

/// The measures of a place and of the places directly under it, side by side. `top` is the highest place whose numbers the
/// reader may ask for: what is hidden there cannot be taken from anything else he may read. Deficits are the sum of the
/// competencies that the diagnostic report shows, which needs the coverage by diagnostics among the facts.
pub fn lines(facts: &[Fact], top: Place, place: Place) -> Vec<Line> {
    let groups: BTreeSet<Group<'_>> = facts.iter().map(group).collect();
    let groups: BTreeMap<Group<'_>, Uuid> = groups.into_iter().zip((1..).map(Uuid::from_u128)).collect();
    let labels: BTreeMap<(Measure, &str), &Option<String>> =
        facts.iter().map(|fact| ((fact.measure, fact.key.as_str()), &fact.label)).collect();
    let of_deficits = View::new(&tallied(facts, &groups, true), top);
    let of_others = View::new(&tallied(facts, &groups, false), top);
    let view = |measure: Measure| if measure.is_of_deficits() { &of_deficits } else { &of_others };
    let sums = sums(facts, &groups, top);
    let parts: BTreeSet<Place> = of_deficits.parts(place).chain(of_others.parts(place)).collect();
    let places: Vec<Place> = std::iter::once(place).chain(parts).collect();
    let mut found = Vec::new();
    for ((measure, key), label) in labels {
        let from_key = groups.range((measure, key, None)..);
        let numbers = from_key.take_while(|((of, with, _), _)| (*of, *with) == (measure, key));
        let of_key: Vec<Uuid> = numbers.map(|(_, number)| *number).collect();
        for of in &places {
            // Where nobody stands behind it there is nothing to hide.
            let known = of_key.iter().copied().filter(|number| view(measure).knows(*of, *number));
            let (shown, hidden): (Vec<Uuid>, Vec<Uuid>) =
                known.partition(|number| view(measure).shown(*of, *number).is_some());
            let shown_numbers = shown.iter().filter_map(|number| sums.get(&(*of, *number)));
            let sum = shown_numbers.fold(Numbers::default(), |sum, numbers| sum.plus(*numbers));
            let is_hidden = shown.is_empty() && !hidden.is_empty();
            found.push(Line {
                measure,
                key: key.to_owned(),
                label: label.clone(),
                place: *of,
                shown: (!is_hidden).then_some(sum),
            });
        }
    }
    found
}

fn group(fact: &Fact) -> Group<'_> {
    (fact.measure, &fact.key, fact.competency_id)
}

/// The people of each unit by group: of deficits with those who were tested, as the diagnostic report has them, or of
/// everything else.
fn tallied(facts: &[Fact], groups: &BTreeMap<Group<'_>, Uuid>, of_deficits: bool) -> Facts {
    let mut units = Facts::new();
    for fact in facts {
        let unit = units.entry(fact.unit_id).or_default();
        unit.municipality_id = fact.municipality_id;
        if of_deficits && fact.measure == Measure::DiagnosticCoverage {
            unit.tested += fact.numbers.people;
        }
        if fact.measure.is_of_deficits() != of_deficits {
            continue;
        }
        if let Some(number) = groups.get(&group(fact)) {
            let open = if of_deficits { fact.numbers.denominator } else { 0 };
            let deficits = DeficitCounts { open, ..DeficitCounts::default() };
            unit.tallies.insert(*number, Tally { people: fact.numbers.people, deficits });
        }
    }
    units
}

/// The numbers of each group at each place up to the top.
fn sums(facts: &[Fact], groups: &BTreeMap<Group<'_>, Uuid>, top: Place) -> BTreeMap<(Place, Uuid), Numbers> {
    let mut sums: BTreeMap<(Place, Uuid), Numbers> = BTreeMap::new();
    for fact in facts {
        let Some(group) = groups.get(&group(fact)) else { continue };
        let chain =
            [Some(Place::School(fact.unit_id)), fact.municipality_id.map(Place::Municipality), Some(top)];
        let chain: BTreeSet<Place> = chain.into_iter().flatten().collect();
        for above in chain {
            let sum = sums.entry((above, *group)).or_default();
            *sum = sum.plus(fact.numbers);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn fact(school: u128, municipality: u128, numerator: i64, people: i64) -> Fact {
        Fact {
            unit_id: id(school),
            municipality_id: Some(id(municipality)),
            measure: Measure::RouteCoverage,
            key: String::new(),
            label: None,
            competency_id: None,
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

    /// A block is the sum of those of its competencies in which enough people were measured; without any it is hidden.
    #[test]
    fn a_hidden_competency_is_not_in_its_block() {
        let region = Place::Region(id(9));
        let of = |competency, deficits, people| Fact {
            measure: Measure::DeficitsOpen,
            key: "B".to_owned(),
            competency_id: Some(id(competency)),
            ..fact(1, 50, deficits, people)
        };
        let coverage = Fact { measure: Measure::DiagnosticCoverage, ..fact(1, 50, 10, 10) };
        let shown = |facts: &[Fact]| {
            let found = lines(facts, region, region);
            let line = found.iter().find(|line| line.measure == Measure::DeficitsOpen).unwrap();
            line.shown.map(|numbers| numbers.numerator)
        };
        assert_eq!(shown(&[coverage.clone(), of(100, 7, 10), of(101, 1, 4)]), Some(7));
        assert_eq!(shown(&[coverage, of(101, 1, 4)]), None);
        let few = Fact { measure: Measure::DiagnosticCoverage, ..fact(1, 50, 4, 4) };
        assert_eq!(shown(&[few, of(100, 7, 10)]), None);
    }
}
