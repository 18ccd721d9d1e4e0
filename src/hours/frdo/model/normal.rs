//! What is written, as the register takes it: spaces, dates, СНИЛС, case, letters of the other alphabet. What a person would
//! have to decide is never guessed: it is a problem of the cell.

use chrono::{Days, NaiveDate};

use super::cell::CellProblem;
use super::classifier::{self, Word};
use crate::error::Text;
use crate::hours::model::cyrillic;
use crate::values::text::{collapse, forbidden};
use crate::values::{CodeError, Snils};

type Normal = Result<String, CellProblem>;

/// Text in one alphabet a word, with single spaces and plain dashes.
pub(super) fn text(written: &str, most: usize) -> Normal {
    let clean = tidy(written);
    if clean.chars().count() > most {
        return Err(CellProblem::new(
            "too_long",
            Text::owned(format!("Длиннее {most} знаков"), format!("Longer than {most} characters")),
        ));
    }
    if forbidden(&clean, false).is_some() {
        return Err(CellProblem::new(
            "characters",
            Text::new("Есть непечатаемые знаки", "It holds characters that are not printed"),
        ));
    }
    Ok(clean)
}

/// A part of a name: letters, hyphens, apostrophes, full stops, brackets and spaces.
pub(super) fn name(written: &str) -> Normal {
    const LONGEST: usize = 100;
    let clean = text(written, LONGEST)?;
    match clean.chars().find(|symbol| !symbol.is_alphabetic() && !"-' .()’".contains(*symbol)) {
        None if is_mixed(&clean) => Err(CellProblem::new(
            "mixed_alphabets",
            Text::new("В одном слове латиница и кириллица", "Latin and Cyrillic letters in one word"),
        )),
        None => Ok(clean),
        Some(_) => Err(CellProblem::new(
            "characters",
            Text::new("Есть знаки, которых в именах не бывает", "It holds characters that no name has"),
        )),
    }
}

/// A word of a classifier.
pub(super) fn words(written: &str, words: &'static [Word]) -> Normal {
    classifier::official(words, written).map(str::to_owned).ok_or_else(|| {
        let known: Vec<&str> = words.iter().map(|word| word.official).collect();
        let known = known.join("», «");
        CellProblem::new(
            "not_in_classifier",
            Text::owned(
                format!("Такого значения нет в классификаторе; есть «{known}»"),
                format!("No value of the classifier; it has «{known}»"),
            ),
        )
    })
}

/// A day written as people and spreadsheets write it, a serial number of a spreadsheet too.
pub(super) fn day(written: &str) -> Result<NaiveDate, CellProblem> {
    let clean = tidy(written);
    let clean = clean.trim_end_matches('.').trim_end_matches(" г").trim();
    let read = ["%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y"]
        .into_iter()
        .find_map(|form| NaiveDate::parse_from_str(clean, form).ok());
    let found = read.or_else(|| serial(clean)).filter(|day| crate::values::is_day_in_range(*day));
    found.ok_or_else(|| {
        CellProblem::new(
            "invalid_date",
            Text::new("Не дата: ожидается ДД.ММ.ГГГГ", "Not a date: DD.MM.YYYY is expected"),
        )
    })
}

/// The day behind a serial number of a spreadsheet: day 1 is 1900-01-01, and 1900 had a 29 February there. Numbers below
/// those of 1927 may be anything.
fn serial(text: &str) -> Option<NaiveDate> {
    let days: u64 = text.parse().ok().filter(|number| (10_000..=80_000).contains(number))?;
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))
}

/// A year of four digits.
pub(super) fn year(written: &str) -> Normal {
    let clean = tidy(written);
    let found = clean.parse::<u16>().ok().filter(|year| (1950..=2199).contains(year));
    found.map(|year| year.to_string()).ok_or_else(|| {
        CellProblem::new("invalid_year", Text::new("Не год из четырёх цифр", "Not a year of four digits"))
    })
}

/// Whole hours; a half counts as a whole one.
pub(super) fn hours(written: &str) -> Normal {
    let clean = tidy(written).replace(',', ".");
    let (whole, part) = clean.split_once('.').unwrap_or((&clean, ""));
    let read = whole.parse::<u32>().ok().filter(|_| part.bytes().all(|byte| byte.is_ascii_digit()));
    let up = u32::from(part.bytes().any(|byte| byte != b'0'));
    read.map(|whole| whole.saturating_add(up).to_string()).ok_or_else(|| {
        CellProblem::new("invalid_hours", Text::new("Не число часов", "Not a number of hours"))
    })
}

/// СНИЛС with its own separators (B4.1).
pub(super) fn snils(written: &str) -> Normal {
    Snils::parse(&tidy(written).replace(['.', '_', '/'], " ")).map(|snils| snils.to_string()).map_err(
        |fault| {
            let words = match fault {
                CodeError::Checksum => Text::new(
                    "Не сходится контрольное число СНИЛС",
                    "The control digits of the СНИЛС are wrong",
                ),
                _ => Text::new("Не СНИЛС из 11 цифр", "Not a СНИЛС of 11 digits"),
            };
            CellProblem::new("invalid_snils", words)
        },
    )
}

/// The three digits of a country, by them or by its name (B4.6).
pub(super) fn country(written: &str) -> Normal {
    let clean = tidy(written);
    let is_code = clean.len() == 3 && clean.bytes().all(|byte| byte.is_ascii_digit());
    // A spreadsheet takes the leading zero of Armenia away.
    let shortened = clean.len() == 2 && clean.bytes().all(|byte| byte.is_ascii_digit());
    match classifier::country(&clean) {
        Some(code) => Ok(code.to_owned()),
        None if is_code => Ok(clean),
        None if shortened => Ok(format!("0{clean}")),
        None => Err(CellProblem::new(
            "unknown_country",
            Text::new(
                "Ожидается код страны по ОКСМ из трёх цифр",
                "The code of a country by ОКСМ is expected, three digits",
            ),
        )),
    }
}

/// Single spaces, plain dashes, and no letter that only looks like one of the word's alphabet.
fn tidy(written: &str) -> String {
    let clean: String = collapse(written)
        .chars()
        .map(|symbol| match symbol {
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            other => other,
        })
        .collect();
    let mut tidied = String::with_capacity(clean.len());
    let mut word = String::new();
    for symbol in clean.chars() {
        if symbol.is_alphabetic() {
            word.push(symbol);
        } else {
            tidied.push_str(&in_one_alphabet(&word));
            word.clear();
            tidied.push(symbol);
        }
    }
    tidied.push_str(&in_one_alphabet(&word));
    tidied
}

/// A Cyrillic word with Latin letters that look like Cyrillic ones, in Cyrillic; any other word as it is.
fn in_one_alphabet(word: &str) -> String {
    if !(word.chars().any(is_cyrillic) && word.chars().any(|symbol| symbol.is_ascii_alphabetic())) {
        return word.to_owned();
    }
    let changed: String = word.chars().map(alike).collect();
    if changed.chars().any(|symbol| symbol.is_ascii_alphabetic()) { word.to_owned() } else { changed }
}

fn alike(symbol: char) -> char {
    match symbol {
        'a' => 'а',
        'c' => 'с',
        'e' => 'е',
        'o' => 'о',
        'p' => 'р',
        'x' => 'х',
        'y' => 'у',
        'A'..='Z' => cyrillic(symbol),
        other => other,
    }
}

const fn is_cyrillic(symbol: char) -> bool {
    matches!(symbol, '\u{400}'..='\u{4ff}')
}

fn is_mixed(text: &str) -> bool {
    text.split(|symbol: char| !symbol.is_alphabetic())
        .any(|word| word.chars().any(is_cyrillic) && word.chars().any(|symbol| symbol.is_ascii_alphabetic()))
}
