//! ОГРН and ОГРНИП, the state registration numbers (federal fact B4.4).

use std::fmt;
use std::str::FromStr;

use super::code_error::{CodeError, digits, number, refuse_zeroes, text};

/// A valid ОГРН of thirteen digits or ОГРНИП of fifteen.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ogrn(String);

impl Ogrn {
    /// Reads the number.
    ///
    /// # Errors
    /// Says whether the length, a character or the control digit is wrong.
    pub fn parse(written: &str) -> Result<Self, CodeError> {
        let digits = digits(written, &[' '])?;
        let divisor = match digits.len() {
            13 => 11,
            15 => 13,
            found => return Err(CodeError::Length { expected: "13 or 15", found }),
        };
        refuse_zeroes(&digits)?;
        match digits.split_last() {
            Some((last, body)) if number(body) % divisor % 10 == u64::from(*last) => Ok(Self(text(&digits))),
            _ => Err(CodeError::Checksum),
        }
    }

    /// `true` for the fifteen digits of a sole trader (ОГРНИП).
    pub fn is_sole_trader(&self) -> bool {
        self.0.len() == 15
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Ogrn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for Ogrn {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// B4.4
    #[test]
    fn the_published_numbers_are_valid() {
        for text in ["1037739010891", "1027700132195"] {
            assert_eq!(Ogrn::parse(text).unwrap().as_str(), text);
        }
    }

    /// B4.4: fifteen digits are divided by 13, not by 11.
    #[test]
    fn a_sole_trader_has_fifteen_digits() {
        let body = 30_450_011_600_015_u64;
        let valid = format!("{body}{}", body % 13 % 10);
        assert!(Ogrn::parse(&valid).unwrap().is_sole_trader());
        let wrong = format!("{body}{}", (body % 13 + 1) % 10);
        assert_eq!(Ogrn::parse(&wrong), Err(CodeError::Checksum));
    }

    #[test]
    fn the_fault_is_named() {
        assert_eq!(Ogrn::parse("1037739010892"), Err(CodeError::Checksum));
        assert_eq!(Ogrn::parse("103773901089"), Err(CodeError::Length { expected: "13 or 15", found: 12 }));
        assert_eq!(Ogrn::parse("1037739O10891"), Err(CodeError::Characters { position: 8 }));
        assert_eq!(Ogrn::parse("0000000000000"), Err(CodeError::Zeroes));
    }
}
