//! Days as callers write them: one form, one range. `chrono` alone reads `2026-1-5` and `+12026-01-01` too.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer};

use crate::error::Text;

/// The years a day may lie in; whatever is outside is a slip of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2199;

/// Why a text is not a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    /// Not `YYYY-MM-DD`, or no day of the calendar.
    #[error("not a day of the form YYYY-MM-DD")]
    Malformed,
    /// Before 1900 or after 2199.
    #[error("a day before 1900-01-01 or after 2199-12-31")]
    OutOfRange,
}

impl DayError {
    /// Every fault.
    pub const ALL: [Self; 2] = [Self::Malformed, Self::OutOfRange];

    /// The stable name of the fault.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "invalid_date",
            Self::OutOfRange => "date_out_of_range",
        }
    }

    /// The fault in words.
    pub const fn words(self) -> Text {
        match self {
            Self::Malformed => Text::new(
                "Ожидается дата календаря ГГГГ-ММ-ДД",
                "A day of the calendar is expected, YYYY-MM-DD",
            ),
            Self::OutOfRange => Text::new(
                "Допустимы даты с 1900-01-01 по 2199-12-31",
                "Days from 1900-01-01 to 2199-12-31 are allowed",
            ),
        }
    }
}

/// Whether the day lies in the years that a caller may write.
pub fn in_range(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

/// The day written as `YYYY-MM-DD`.
///
/// # Errors
/// Says whether the form or the year is wrong.
pub fn parse(text: &str) -> Result<NaiveDate, DayError> {
    let in_form = text.len() == 10
        && text.bytes().enumerate().all(|(place, byte)| match place {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let day = in_form.then(|| text.parse::<NaiveDate>().ok()).flatten().ok_or(DayError::Malformed)?;
    if in_range(day) { Ok(day) } else { Err(DayError::OutOfRange) }
}

/// A field that holds a day, or may hold one.
pub trait DayField: Sized {
    /// Reads the field strictly.
    ///
    /// # Errors
    /// Those of [`parse`], in their words.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error>;
}

impl DayField for NaiveDate {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl DayField for Option<NaiveDate> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = Option::<String>::deserialize(deserializer)?;
        written.map(|text| parse(&text)).transpose().map_err(serde::de::Error::custom)
    }
}

/// For every day that a caller sends: `#[serde(deserialize_with = "day")]`.
///
/// # Errors
/// Those of [`parse`], in their words.
pub fn day<'de, T: DayField, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    T::read(deserializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_is_a_day() {
        assert_eq!(parse("2024-02-29"), Ok(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap()));
        for text in [
            "2026-1-5",
            "+2026-01-01",
            "12026-01-01",
            "2026-01-01 ",
            "2026-02-30",
            "01.02.2026",
            "２026-01-01",
            "",
        ] {
            assert_eq!(parse(text), Err(DayError::Malformed), "{text}");
        }
    }

    #[test]
    fn three_centuries_are_kept() {
        for (first, last) in [("1900-01-01", "1899-12-31"), ("2199-12-31", "2200-01-01")] {
            assert!(parse(first).is_ok());
            assert_eq!(parse(last), Err(DayError::OutOfRange));
        }
    }
}
