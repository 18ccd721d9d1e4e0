//! Academic hours (академические часы): exact, in halves, never a float inside.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An exact number of academic hours in steps of one half. Negative only in reversing entries and differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Hours(i32);

/// Why a number is not a number of academic hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("hours go in steps of 0.5 and stay between -10000 and 10000")]
pub struct HoursError;

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
        let halves = value * Decimal::TWO;
        if !halves.is_integer() {
            return Err(HoursError);
        }
        let halves = i32::try_from(halves.trunc()).map_err(|_out_of_range| HoursError)?;
        if halves.abs() > LIMIT_HALVES { Err(HoursError) } else { Ok(Self(halves)) }
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
        let number = rust_decimal::serde::float::deserialize(deserializer)?;
        Self::try_from(number).map_err(serde::de::Error::custom)
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
        assert!(serde_json::from_str::<Hours>("0.3").is_err());
        assert!(serde_json::from_str::<Hours>("20000").is_err());
    }
}
