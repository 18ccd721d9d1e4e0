//! ИНН, the tax number of an organization or a person (federal facts B4.2, B4.3).

use std::fmt;
use std::str::FromStr;

use super::code_error::{CodeError, digits, refuse_zeroes, text, weighted_sum};

/// A valid ИНН: ten digits of an organization or twelve of a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Inn(String);

impl Inn {
    /// Reads the number.
    ///
    /// # Errors
    /// Says whether the length, a character or the control digits are wrong.
    pub fn parse(written: &str) -> Result<Self, CodeError> {
        let digits = digits(written, &[' '])?;
        let agrees = match digits.as_slice() {
            [body @ .., last] if digits.len() == 10 => control_digit(body) == *last,
            [body @ .., eleventh, last] if digits.len() == 12 => {
                let with_eleventh = digits.get(..11).unwrap_or_default();
                control_digit(body) == *eleventh && control_digit(with_eleventh) == *last
            }
            _ => return Err(CodeError::Length { expected: "10 or 12", found: digits.len() }),
        };
        refuse_zeroes(&digits)?;
        if agrees { Ok(Self(text(&digits))) } else { Err(CodeError::Checksum) }
    }

    /// `true` for the ten digits of an organization, `false` for the twelve of a person.
    pub fn is_organization(&self) -> bool {
        self.0.len() == 10
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The digit after nine, ten or eleven digits: the three rules share the tail of one row of weights.
fn control_digit(body: &[u32]) -> u32 {
    const WEIGHTS: [u32; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let weights = WEIGHTS.into_iter().skip(WEIGHTS.len().saturating_sub(body.len()));
    weighted_sum(body, weights) % 11 % 10
}

impl fmt::Display for Inn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Inn {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// B4.2
    #[test]
    fn an_organization_has_ten_digits() {
        assert!(Inn::parse("7707083893").unwrap().is_organization());
        assert_eq!(Inn::parse("7707083894"), Err(CodeError::Checksum));
    }

    /// B4.3
    #[test]
    fn a_person_has_twelve_digits_and_two_control_digits() {
        assert!(!Inn::parse("500100732259").unwrap().is_organization());
        assert_eq!(Inn::parse("500100732258"), Err(CodeError::Checksum));
        assert_eq!(Inn::parse("500100732249"), Err(CodeError::Checksum));
    }

    #[test]
    fn the_fault_is_named() {
        assert_eq!(Inn::parse("77070838931"), Err(CodeError::Length { expected: "10 or 12", found: 11 }));
        assert_eq!(Inn::parse("77O7083893"), Err(CodeError::Characters { position: 3 }));
        assert_eq!(Inn::parse("0000000000"), Err(CodeError::Zeroes));
        assert!(Inn::parse("").is_err());
    }
}
