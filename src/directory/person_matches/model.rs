//! How alike two people are.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use crate::values::{PersonName, Snils};

/// Who is looked for.
#[derive(Debug, Clone)]
pub struct Wanted {
    /// The name.
    pub name: PersonName,
    /// Insurance number, if it is known.
    pub snils: Option<Snils>,
    /// Date of birth, if it is known.
    pub birth_date: Option<NaiveDate>,
}

/// A card that resembles the person, by its name today or by a former one.
#[derive(Debug, Clone)]
pub struct Alike {
    /// The kept card of the person.
    pub id: Uuid,
    /// The name today.
    pub name: PersonName,
    /// Insurance number.
    pub snils: Option<Snils>,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Whether the name found is a former one.
    pub former: bool,
    /// Whether the name found is the same.
    pub same_name: bool,
}

/// Why somebody may be the person that is looked for; the strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchReason {
    /// The same СНИЛС.
    SameSnils,
    /// The same full name and date of birth.
    SameNameAndBirthDate,
    /// A former full name is the same, and the date of birth.
    FormerNameAndBirthDate,
    /// The same date of birth, and a name that differs in a letter or two or in the order of its parts.
    SimilarNameAndBirthDate,
    /// The same date of birth, first and middle name: the last name may have changed.
    OtherLastName,
    /// The same full name; one of the dates of birth is not known or is another one.
    SameName,
    /// A former full name is the same; one of the dates of birth is not known or is another one.
    FormerName,
}

impl MatchReason {
    /// Whether nobody is added beside such a person without a word.
    pub const fn is_strong(self) -> bool {
        matches!(self, Self::SameSnils | Self::SameNameAndBirthDate | Self::FormerNameAndBirthDate)
    }
}

/// Somebody who may be the person that is looked for.
#[derive(Debug, Clone)]
pub struct Match {
    /// The kept card.
    pub id: Uuid,
    /// The name today.
    pub name: PersonName,
    /// Why.
    pub reasons: BTreeSet<MatchReason>,
    /// Whether both have a СНИЛС, and not the same: then they are two people.
    pub other_snils: bool,
}

impl Match {
    /// Whether nobody is added beside this person unless the caller says that they are two.
    pub fn is_duplicate(&self) -> bool {
        !self.other_snils && self.reasons.iter().any(|reason| reason.is_strong())
    }
}

/// Everybody who resembles the person, the most alike first.
pub fn matches(wanted: &Wanted, found: Vec<Alike>) -> Vec<Match> {
    let mut people: Vec<Match> = Vec::new();
    for alike in found {
        let Some(reason) = reason(wanted, &alike) else { continue };
        match people.iter_mut().find(|known| known.id == alike.id) {
            Some(known) => {
                known.reasons.insert(reason);
            }
            None => people.push(Match {
                id: alike.id,
                other_snils: wanted.snils.zip(alike.snils).is_some_and(|(one, other)| one != other),
                name: alike.name,
                reasons: BTreeSet::from([reason]),
            }),
        }
    }
    for person in &mut people {
        // The same name is also a similar one, which says nothing more.
        if person.reasons.iter().any(|reason| reason.is_strong()) {
            person.reasons.retain(|reason| reason.is_strong());
        }
    }
    people.sort_by(|one, other| (one.reasons.first(), one.id).cmp(&(other.reasons.first(), other.id)));
    people
}

fn reason(wanted: &Wanted, alike: &Alike) -> Option<MatchReason> {
    if wanted.snils.is_some() && wanted.snils == alike.snils {
        return Some(MatchReason::SameSnils);
    }
    let same_day = wanted.birth_date.is_some() && wanted.birth_date == alike.birth_date;
    match (alike.same_name, alike.former, same_day) {
        (true, false, true) => Some(MatchReason::SameNameAndBirthDate),
        (true, true, true) => Some(MatchReason::FormerNameAndBirthDate),
        (true, false, false) => Some(MatchReason::SameName),
        (true, true, false) => Some(MatchReason::FormerName),
        (false, _, true) if is_similar(&wanted.name, &alike.name) => {
            Some(MatchReason::SimilarNameAndBirthDate)
        }
        (false, _, true) if given(&wanted.name) == given(&alike.name) => Some(MatchReason::OtherLastName),
        (false, ..) => None,
    }
}

/// Whether two names differ in a letter or two, or in the order of their parts.
fn is_similar(one: &PersonName, other: &PersonName) -> bool {
    let (one, other) = (one.matching_key(), other.matching_key());
    let parts = |name: &str| name.split_whitespace().map(str::to_owned).collect::<BTreeSet<_>>();
    parts(&one) == parts(&other) || distance(&one, &other) <= 2
}

/// First and middle name as they are compared.
fn given(name: &PersonName) -> String {
    let given = format!("{} {}", name.first(), name.middle().unwrap_or_default());
    given.to_lowercase().replace('ё', "е")
}

/// How many letters have to be put in, left out or replaced to make one text of the other.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.chars().enumerate() {
        let mut left = place + 1;
        let mut next = vec![left];
        for ((diagonal, above), known) in row.iter().zip(row.iter().skip(1)).zip(&other) {
            left = (diagonal + usize::from(letter != *known)).min(above + 1).min(left + 1);
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(last: &str, first: &str, middle: &str) -> PersonName {
        PersonName::new(last, first, Some(middle)).unwrap()
    }

    fn wanted(name: PersonName) -> Wanted {
        Wanted { name, snils: None, birth_date: NaiveDate::from_ymd_opt(1984, 5, 17) }
    }

    fn alike(name: PersonName, birth_date: Option<NaiveDate>, same_name: bool) -> Alike {
        Alike { id: Uuid::nil(), name, snils: None, birth_date, former: false, same_name }
    }

    fn only(wanted: &Wanted, alike: Alike) -> Option<MatchReason> {
        matches(wanted, vec![alike]).first().and_then(|found| found.reasons.first().copied())
    }

    #[test]
    fn letters_are_counted() {
        for (one, other, count) in
            [("", "", 0), ("анна", "анна", 0), ("анна", "ана", 1), ("анна", "инна", 1), ("а", "бв", 2)]
        {
            assert_eq!(distance(one, other), count, "{one} {other}");
        }
    }

    #[test]
    fn people_of_one_day_and_nearly_one_name_are_near() {
        let wanted = wanted(name("Соколова", "Анна", "Петровна"));
        let day = wanted.birth_date;
        for (found, reason) in [
            (name("Соколева", "Анна", "Петровна"), Some(MatchReason::SimilarNameAndBirthDate)),
            (name("Анна", "Соколова", "Петровна"), Some(MatchReason::SimilarNameAndBirthDate)),
            (name("Орлова", "Анна", "Петровна"), Some(MatchReason::OtherLastName)),
            (name("Орлова", "Вера", "Петровна"), None),
        ] {
            assert_eq!(only(&wanted, alike(found.clone(), day, false)), reason, "{found}");
            assert_eq!(only(&wanted, alike(found.clone(), None, false)), None, "{found}");
        }
    }

    #[test]
    fn only_the_same_name_and_day_is_a_duplicate_and_never_with_another_snils() {
        let mut asked = wanted(name("Соколова", "Анна", "Петровна"));
        let twin = alike(asked.name.clone(), asked.birth_date, true);
        let namesake = alike(asked.name.clone(), None, true);
        assert!(matches(&asked, vec![twin.clone(), namesake.clone()]).iter().all(Match::is_duplicate));
        assert!(!matches(&asked, vec![namesake]).iter().any(Match::is_duplicate));
        asked.snils = Snils::parse("112-233-445 95").ok();
        let other = Alike { snils: Snils::parse("087-654-303 00").ok(), ..twin };
        assert!(!matches(&asked, vec![other]).iter().any(Match::is_duplicate));
    }
}
