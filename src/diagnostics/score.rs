//! Scores and weights: exact, in hundredths, never a float inside.

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use validator::ValidateRange;

/// An exact score, rounded to hundredths (балл).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Score(Decimal);

impl Score {
    /// No score at all: where the first level of every scale begins.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// The weight of what nobody weighs.
    pub const ONE: Self = Self(Decimal::ONE);

    /// The number, rounded to hundredths, halves up.
    pub fn rounded(number: Decimal) -> Self {
        Self(number.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).normalize())
    }

    /// The number itself, for columns.
    pub const fn number(self) -> Decimal {
        self.0
    }

    /// The mean of several scores with their weights, rounded to hundredths; `None` of none.
    pub fn mean(scores: &[(Self, Self)]) -> Option<Self> {
        let sum: Decimal = scores.iter().map(|(score, weight)| score.0 * weight.0).sum();
        let weights: Decimal = scores.iter().map(|(_, weight)| weight.0).sum();
        sum.checked_div(weights).map(Self::rounded)
    }
}

impl std::fmt::Display for Score {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Score {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        rust_decimal::serde::float::serialize(&self.0, serializer)
    }
}

impl<'de> Deserialize<'de> for Score {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Decimal::try_from(number).map(Self::rounded).map_err(serde::de::Error::custom)
    }
}

impl ValidateRange<f64> for Score {
    fn greater_than(&self, max: f64) -> Option<bool> {
        Decimal::try_from(max).ok().map(|max| self.0 > max)
    }

    fn less_than(&self, min: f64) -> Option<bool> {
        Decimal::try_from(min).ok().map(|min| self.0 < min)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(text: &str) -> Score {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn scores_are_rounded_to_hundredths_and_travel_as_numbers() {
        assert_eq!(score("66.666"), score("66.67"));
        assert_eq!(serde_json::to_string(&score("66.67")).unwrap(), "66.67");
        assert!(serde_json::from_str::<Score>("\"5\"").is_err());
    }

    #[test]
    fn the_mean_of_a_third_is_rounded() {
        let one = Score::ONE;
        assert_eq!(
            Score::mean(&[(score("1"), one), (score("1"), one), (score("2"), one)]),
            Some(score("1.33"))
        );
        assert_eq!(Score::mean(&[(score("10"), score("3")), (score("50"), one)]), Some(score("20")));
        assert_eq!(Score::mean(&[]), None);
    }
}
