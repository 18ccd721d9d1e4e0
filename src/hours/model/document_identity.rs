//! When two papers are one: the same certificate comes from the provider, from the teacher and in an import, with
//! other spaces, another case, and letters that only look the same.

use chrono::{Datelike, NaiveDate};

use uuid::Uuid;

use super::document::{Document, Issuer};
use crate::values::DocumentKind;

/// The normalised identity of a paper (design §6.4): issuer, kind, series and number, or else the registration
/// number, or else, for papers without any number, the title and the date.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DocumentIdentity {
    /// Papers of two issuers are never one.
    issuer: IssuerKey,
    /// Papers of two kinds are never one; that they have one number is worth a look.
    kind: DocumentKind,
    number: Option<String>,
    registration: Option<String>,
    year: Option<i32>,
    unnumbered: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum IssuerKey {
    Known(Uuid),
    Named(String),
}

impl IssuerKey {
    fn of(issuer: &Issuer) -> Self {
        match issuer {
            Issuer::Known(id) => Self::Known(*id),
            Issuer::Named(name) => Self::Named(fold(name)),
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Known(id) => id.simple().to_string(),
            Self::Named(name) => name.clone(),
        }
    }
}

impl DocumentIdentity {
    /// The identity of a paper issued (or else completed) on that date.
    pub fn of(document: &Document, date: Option<NaiveDate>) -> Self {
        let part = |text: &Option<String>| number_key(text.as_deref().unwrap_or_default());
        let number = part(&document.number).map(|number| {
            // Some write the series into the number, so the two are compared as one.
            part(&document.series).unwrap_or_default() + &number
        });
        let registration = part(&document.registration_number);
        let title = || document.title.as_deref().map(fold).filter(|title| !title.is_empty());
        let unnumbered = match (&number, &registration, date) {
            (None, None, Some(date)) => title().map(|title| format!("{title}|{date}")),
            _ => None,
        };
        let (issuer, year) = (IssuerKey::of(&document.issuer), date.map(|date| date.year()));
        Self { issuer, kind: document.kind, number, registration, year, unnumbered }
    }

    /// `true` when both are the same paper.
    pub fn is_same_paper(&self, other: &Self) -> bool {
        if self.issuer != other.issuer || self.kind != other.kind {
            return false;
        }
        if self.number.is_some() && other.number.is_some() {
            return self.has_number_of(other);
        }
        if self.registration.is_some() && other.registration.is_some() {
            return self.is_registered_as(other);
        }
        self.unnumbered.is_some() && self.unnumbered == other.unnumbered
    }

    /// What two papers of one issuer but of two kinds share, if anything: perhaps they are one paper, told twice.
    pub fn resembles(&self, other: &Self) -> Option<Resemblance> {
        if self.issuer != other.issuer || self.kind == other.kind {
            None
        } else if self.has_number_of(other) {
            Some(Resemblance::Number)
        } else {
            self.is_registered_as(other).then_some(Resemblance::Registration)
        }
    }

    fn has_number_of(&self, other: &Self) -> bool {
        self.number.is_some() && self.number == other.number
    }

    /// Registration books start anew each year.
    fn is_registered_as(&self, other: &Self) -> bool {
        let one_year = self.year.zip(other.year).is_none_or(|(one, two)| one == two);
        self.registration.is_some() && self.registration == other.registration && one_year
    }

    /// One text for a unique index; `None` for a paper that nothing tells apart.
    pub fn key(&self) -> Option<String> {
        let year = || self.year.map(|year| year.to_string()).unwrap_or_default();
        let own = match (&self.number, &self.registration, &self.unnumbered) {
            (Some(number), _, _) => format!("number|{number}"),
            (None, Some(registration), _) => format!("registration|{registration}|{}", year()),
            (None, None, Some(unnumbered)) => format!("unnumbered|{unnumbered}"),
            (None, None, None) => return None,
        };
        Some(format!("{}|{}|{own}", self.issuer.text(), self.kind.as_str()))
    }

    /// Texts that two papers share if their keys may be equal, whoever issued them and whatever they are called: for
    /// files, whose rows are to be looked at together.
    pub fn marks(&self) -> Vec<String> {
        let marks = [("n", &self.number), ("r", &self.registration), ("u", &self.unnumbered)];
        marks.into_iter().filter_map(|(name, mark)| mark.as_ref().map(|it| format!("{name}|{it}"))).collect()
    }
}

/// What two papers of two kinds share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Resemblance {
    /// Series and number of the form.
    Number,
    /// Registration number of one year.
    Registration,
}

/// A series or number without what only surrounds it; `None` where the paper has none.
fn number_key(text: &str) -> Option<String> {
    let folded = fold(text);
    if matches!(folded.as_str(), "БН" | "БС" | "БЕЗНОМЕРА" | "БЕЗСЕРИИ") {
        return None;
    }
    // «нет» stands in the column where a paper has no series, alone or before what follows.
    let folded = folded.strip_prefix("НЕТ").unwrap_or(&folded);
    // "N 123" and "No 123" are typewriter forms of "№ 123". Look-alikes are Cyrillic by now: "No" is "NО".
    let bare =
        ["NО", "N"].iter().find_map(|sign| folded.strip_prefix(sign)).filter(|rest| starts_with_digit(rest));
    let key = bare.unwrap_or(folded);
    (!key.is_empty()).then(|| key.to_owned())
}

fn starts_with_digit(text: &str) -> bool {
    text.starts_with(|symbol: char| symbol.is_ascii_digit())
}

/// Letters and digits only, upper case, Latin look-alikes as Cyrillic, Ё as Е. Spaces, dashes, quotes and № go.
fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for symbol in text.chars() {
        match symbol {
            // Nearly every symbol is one of these; the tables of Unicode are for the rest.
            '0'..='9' | 'А'..='Я' => folded.push(symbol),
            'A'..='Z' => folded.push(cyrillic(symbol)),
            'a'..='z' => folded.push(cyrillic(symbol.to_ascii_uppercase())),
            _ if symbol.is_ascii() => {}
            _ => folded.extend(
                half_width(symbol).to_uppercase().filter(|symbol| symbol.is_alphanumeric()).map(cyrillic),
            ),
        }
    }
    folded
}

/// Full-width forms, as some keyboards and scanners write them, are the plain characters.
fn half_width(symbol: char) -> char {
    const FULL_WIDTH: std::ops::RangeInclusive<char> = '\u{ff01}'..='\u{ff5e}';
    const DISTANCE: u32 = 0xfee0;
    if FULL_WIDTH.contains(&symbol) {
        char::from_u32(u32::from(symbol) - DISTANCE).unwrap_or(symbol)
    } else {
        symbol
    }
}

/// The Cyrillic letter that a capital Latin one looks like.
pub(in crate::hours) const fn cyrillic(symbol: char) -> char {
    match symbol {
        'A' => 'А',
        'B' => 'В',
        'C' => 'С',
        'E' | 'Ё' => 'Е',
        'H' => 'Н',
        'K' => 'К',
        'M' => 'М',
        'O' => 'О',
        'P' => 'Р',
        'T' => 'Т',
        'X' => 'Х',
        'Y' => 'У',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paper(series: &str, number: &str, registration: &str) -> Document {
        let part = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Document {
            kind: DocumentKind::PdCertificate,
            issuer: Issuer::Named("АИРО им. А. М. Топорова".into()),
            series: part(series),
            number: part(number),
            registration_number: part(registration),
            title: Some("Функциональная грамотность".into()),
        }
    }

    fn identity(series: &str, number: &str, registration: &str) -> DocumentIdentity {
        DocumentIdentity::of(&paper(series, number, registration), "2025-04-10".parse().ok())
    }

    /// Design §6.4: whatever path it came by.
    #[test]
    fn the_same_paper_is_known_however_it_is_typed() {
        let original = identity("ПК", "№ 220400-12345", "");
        for (series, number) in [
            ("пк", "220400 12345"),
            ("ПK", "22040012345"),
            ("", "ПК № 220400\u{2013}12345"),
            ("нет", "пк220400\u{a0}12345"),
            ("П К", "N 220400-12345"),
            ("ПК", "No. 220400-12345"),
        ] {
            assert!(original.is_same_paper(&identity(series, number, "")), "{series} {number}");
            assert_eq!(original.key(), identity(series, number, "").key());
        }
    }

    #[test]
    fn look_alike_letters_of_two_alphabets_are_one() {
        let (latin, cyrillic) = ("ABCEHKMOPTXY 1", "АВСЕНКМОРТХУ 1");
        assert!(identity("", latin, "").is_same_paper(&identity("", cyrillic, "")));
    }

    #[test]
    fn the_registration_number_speaks_where_a_number_is_missing() {
        let full = identity("ПК", "100", "77/25");
        assert!(full.is_same_paper(&identity("", "", "77-25")));
        assert!(!full.is_same_paper(&identity("ПК", "101", "77/25")));
        let next_year = DocumentIdentity::of(&paper("", "б/н", "77/25"), "2026-04-10".parse().ok());
        assert!(!full.is_same_paper(&next_year));
    }

    #[test]
    fn papers_of_two_issuers_or_kinds_are_two() {
        let other_issuer =
            Document { issuer: Issuer::Named("КОИРО".into()), ..paper("ПК", "100", "") };
        let other_kind =
            Document { kind: DocumentKind::ParticipationCertificate, ..paper("ПК", "100", "") };
        for other in [other_issuer, other_kind] {
            assert!(!identity("ПК", "100", "").is_same_paper(&DocumentIdentity::of(&other, None)));
        }
    }

    /// Design §6.4 has the kind in the identity: such papers are two, and somebody should look.
    #[test]
    fn one_number_under_two_kinds_is_worth_a_look() {
        let of = |document: &Document| DocumentIdentity::of(document, "2025-04-10".parse().ok());
        let other = |document: Document| Document { kind: DocumentKind::StudyStatement, ..document };
        let plain = of(&paper("ПК", "100", "77"));
        assert_eq!(plain.resembles(&of(&other(paper("пк", "1 00", "8")))), Some(Resemblance::Number));
        assert_eq!(plain.resembles(&of(&other(paper("", "б/н", "77")))), Some(Resemblance::Registration));
        assert_eq!(plain.resembles(&of(&other(paper("ПК", "101", "78")))), None);
        assert_eq!(plain.resembles(&plain), None, "one kind: that is the same paper");
    }

    #[test]
    fn papers_without_any_number_are_told_apart_by_title_and_date() {
        let one = identity("нет", "-", "б/н");
        assert!(one.is_same_paper(&identity("", "", "")));
        let later = DocumentIdentity::of(&paper("", "", ""), "2025-04-11".parse().ok());
        assert!(!one.is_same_paper(&later));
        let nameless = DocumentIdentity::of(&Document { title: None, ..paper("", "", "") }, None);
        assert!(!nameless.is_same_paper(&nameless));
        assert_eq!(nameless.key(), None);
    }

    #[test]
    fn full_width_characters_are_the_plain_ones() {
        assert_eq!(fold("ＡＢ ７００１００"), fold("АВ 700100"));
    }
}
