//! Academic hours (академические часы): exact, in halves, never a float inside.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use validator::ValidateRange;

use crate::error::Text;

/// An exact number of academic hours in steps of one half. Negative only in reversing entries and differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hours(i32);

/// Why a number is not a number of academic hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// Not in halves.
    #[error("hours go in steps of 0.5")]
    Step,
    /// More than any paper shows.
    #[error("hours stay between -10000 and 10000")]
    Range,
}

impl HoursError {
    /// Every fault.
    pub const ALL: [Self; 2] = [Self::Step, Self::Range];

    /// The stable name of the fault.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Step => "hours_step",
            Self::Range => "range",
        }
    }

    /// The fault in words.
    pub const fn words(self) -> Text {
        match self {
            Self::Step => Text::new("Часы указываются с шагом 0,5", "Hours are given in steps of 0.5"),
            Self::Range => Text::new("Не больше 10000 часов", "At most 10000 hours"),
        }
    }
}

const LIMIT_HALVES: i32 = 20_000;

impl Hours {
    /// No hours.
    pub const ZERO: Self = Self(0);

    /// A whole number of hours.
    pub const fn whole(hours: i32) -> Self {
        Self(hours * 2)
    }

    /// From halves of an hour: the exact inner form.
    pub const fn from_halves(halves: i32) -> Self {
        Self(halves)
    }

    /// Halves of an hour: the exact inner form.
    pub const fn halves(self) -> i32 {
        self.0
    }

    /// `true` when above zero.
    pub const fn is_positive(self) -> bool {
        self.0 > 0
    }

    /// The difference, or zero when `other` is larger.
    pub fn saturating_sub(self, other: Self) -> Self {
        Self((self.0 - other.0).max(0))
    }
}

impl TryFrom<Decimal> for Hours {
    type Error = HoursError;

    fn try_from(value: Decimal) -> Result<Self, HoursError> {
        let halves = value.checked_mul(Decimal::TWO).ok_or(HoursError::Range)?;
        if halves.abs() > Decimal::from(LIMIT_HALVES) {
            return Err(HoursError::Range);
        }
        if !halves.is_integer() {
            return Err(HoursError::Step);
        }
        i32::try_from(halves).map(Self).map_err(|_out_of_range| HoursError::Range)
    }
}

impl From<Hours> for Decimal {
    fn from(value: Hours) -> Self {
        Decimal::new(i64::from(value.0) * 5, 1).normalize()
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decimal::from(*self).fmt(f)
    }
}

impl Add for Hours {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Hours {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Neg for Hours {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Sum for Hours {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self::ZERO, Add::add)
    }
}

impl Serialize for Hours {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // A half is exact in binary, so the JSON number is exact in every language.
        rust_decimal::serde::float::serialize(&Decimal::from(*self), serializer)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // A number and nothing else: `"16"` is a text.
        let number =
            Decimal::try_from(f64::deserialize(deserializer)?).map_err(|_too_large| HoursError::Range);
        number.and_then(Self::try_from).map_err(serde::de::Error::custom)
    }
}

impl ValidateRange<f64> for Hours {
    fn greater_than(&self, max: f64) -> Option<bool> {
        Decimal::try_from(max).ok().map(|max| Decimal::from(*self) > max)
    }

    fn less_than(&self, min: f64) -> Option<bool> {
        Decimal::try_from(min).ok().map(|min| Decimal::from(*self) < min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_survive_json_exactly() {
        for text in ["0.5", "36.0", "107.5"] {
            let hours: Hours = serde_json::from_str(text).unwrap();
            assert_eq!(serde_json::to_string(&hours).unwrap(), text);
        }
    }

    #[test]
    fn a_third_of_an_hour_is_refused() {
        let fault = |text: &str| serde_json::from_str::<Hours>(text).unwrap_err().to_string();
        assert!(fault("0.3").starts_with(&HoursError::Step.to_string()));
        for large in ["10000.5", "1e300"] {
            assert!(fault(large).starts_with(&HoursError::Range.to_string()), "{large}");
        }
    }

    #[test]
    fn a_text_is_no_number_of_hours() {
        assert!(serde_json::from_str::<Hours>("\"16\"").is_err());
    }
}
