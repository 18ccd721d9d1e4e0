//! ОКТМО, the code of a municipality or a settlement (federal fact B4.5).

use std::fmt;
use std::str::FromStr;

use super::code_error::{CodeError, digits, refuse_zeroes, text, weighted_sum};

/// A territory code: eight digits of a municipality or eleven of a settlement in it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Oktmo(String);

impl Oktmo {
    /// Reads the code. The classifier's control digit is not part of the written code, so none is expected.
    ///
    /// # Errors
    /// Says whether the length or a character is wrong.
    pub fn parse(written: &str) -> Result<Self, CodeError> {
        // The classifier prints groups of digits with spaces: "81 645 701".
        let digits = digits(written, &[' ', '\u{a0}'])?;
        if !matches!(digits.len(), 8 | 11) {
            return Err(CodeError::Length { expected: "8 or 11", found: digits.len() });
        }
        refuse_zeroes(&digits)?;
        Ok(Self(text(&digits)))
    }

    /// `true` for the eleven digits of a settlement.
    pub fn is_settlement(&self) -> bool {
        self.0.len() == 11
    }

    /// The code of the municipality: the first eight digits.
    pub fn municipality(&self) -> Self {
        Self(self.0.chars().take(8).collect())
    }

    /// The control digit that the classifier publishes beside the code.
    pub fn control_digit(&self) -> u32 {
        let digits: Vec<u32> = self.0.chars().filter_map(|symbol| symbol.to_digit(10)).collect();
        control_digit(&digits)
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Weights 1 to 10 repeating, modulo 11; at 10 the weights start again from 3, and a second 10 gives 0 (B4.5).
fn control_digit(digits: &[u32]) -> u32 {
    let from_one = weighted_sum(digits, (1..=10).cycle()) % 11;
    if from_one < 10 {
        return from_one;
    }
    weighted_sum(digits, (1..=10).cycle().skip(2)) % 11 % 10
}

impl fmt::Display for Oktmo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Oktmo {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// B4.5: the published control digits.
    #[test]
    fn the_control_digit_is_the_published_one() {
        for (code, digit) in
            [("08631000", 7), ("81645701", 9), ("03628000", 6), ("11811476101", 2), ("81618403101", 9)]
        {
            assert_eq!(Oktmo::parse(code).unwrap().control_digit(), digit, "{code}");
        }
    }

    #[test]
    fn a_settlement_knows_its_municipality() {
        let settlement = Oktmo::parse("81 618 403 101").unwrap();
        assert!(settlement.is_settlement());
        assert_eq!(settlement.municipality().as_str(), "81618403");
    }

    #[test]
    fn the_fault_is_named() {
        assert_eq!(Oktmo::parse("816457019"), Err(CodeError::Length { expected: "8 or 11", found: 9 }));
        assert_eq!(Oktmo::parse("8164570I"), Err(CodeError::Characters { position: 8 }));
        assert_eq!(Oktmo::parse("00000000"), Err(CodeError::Zeroes));
    }
}
