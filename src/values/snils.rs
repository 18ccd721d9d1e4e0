//! СНИЛС, the insurance number of a person (federal fact B4.1).

use std::fmt;
use std::str::FromStr;

use super::code_error::{CodeError, digits, number, refuse_zeroes, weighted_sum};

/// A valid СНИЛС. `Display` writes it as the federal register wants it, `XXX-XXX-XXX YY`; `Debug` hides it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Snils {
    number: u64,
    control: u64,
}

/// Numbers up to this one were given out before control digits existed (B4.1).
const LAST_UNCHECKED: u64 = 1_001_998;

/// What people and spreadsheets put between the groups: space, no-break space, hyphen, dashes.
const SEPARATORS: [char; 5] = [' ', '\u{a0}', '-', '\u{2011}', '\u{2013}'];

impl Snils {
    /// Reads a number written with or without separators.
    ///
    /// # Errors
    /// Says whether the length, a character or the control digits are wrong.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let digits = digits(text, &SEPARATORS)?;
        let Some((body, control)) = digits.split_at_checked(9).filter(|(_, control)| control.len() == 2)
        else {
            return Err(CodeError::Length { expected: "11", found: digits.len() });
        };
        refuse_zeroes(&digits)?;
        let parsed = Self { number: number(body), control: number(control) };
        if parsed.number > LAST_UNCHECKED && parsed.control != control_number(body) {
            return Err(CodeError::Checksum);
        }
        Ok(parsed)
    }

    /// The eleven digits without separators: the form that is stored and compared.
    pub fn digits(self) -> String {
        format!("{:09}{:02}", self.number, self.control)
    }
}

/// Weights fall from 9 to 1; two popular pages give them rising, which is wrong (B4.1, trap).
fn control_number(body: &[u32]) -> u64 {
    let sum = weighted_sum(body, (1..=9).rev());
    u64::from(sum % 101 % 100)
}

impl fmt::Display for Snils {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (thousands, low) = (self.number / 1000, self.number % 1000);
        write!(f, "{:03}-{:03}-{low:03} {:02}", thousands / 1000, thousands % 1000, self.control)
    }
}

impl fmt::Debug for Snils {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Personal data: a log line or a test failure must not print it (B1.16).
        f.write_str("Snils(***)")
    }
}

impl FromStr for Snils {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// B4.1: every vector of the federal facts.
    #[test]
    fn the_published_numbers_are_valid() {
        for text in [
            "112-233-445 95",
            "087-654-303 00",
            "001-019-989 00",
            "001-019-998 00",
            "001-019-999 01",
            "002-999-989 00",
        ] {
            assert_eq!(Snils::parse(text).unwrap().to_string(), text);
        }
    }

    /// B4.1: the ascending weights of two popular pages would accept this one.
    #[test]
    fn rising_weights_are_not_used() {
        assert_eq!(Snils::parse("112-233-445 54"), Err(CodeError::Checksum));
    }

    /// B4.1: control digits are checked only above 001-001-998.
    #[test]
    fn old_numbers_have_no_control_digits() {
        assert!(Snils::parse("001-001-998 77").is_ok());
        assert_eq!(Snils::parse("001-001-999 77"), Err(CodeError::Checksum));
    }

    #[test]
    fn separators_do_not_matter() {
        let plain = Snils::parse("11223344595").unwrap();
        assert_eq!(Snils::parse(" 112 233 445\u{a0}95 ").unwrap(), plain);
        assert_eq!(Snils::parse("112\u{2013}233\u{2013}445 95").unwrap(), plain);
        assert_eq!(plain.digits(), "11223344595");
    }

    #[test]
    fn the_fault_is_named() {
        assert_eq!(Snils::parse("112-233-445 9"), Err(CodeError::Length { expected: "11", found: 10 }));
        assert_eq!(Snils::parse("112-233-44x 95"), Err(CodeError::Characters { position: 11 }));
        assert_eq!(Snils::parse("000-000-000 00"), Err(CodeError::Zeroes));
        assert_eq!(Snils::parse("112-233-445 96").unwrap_err().code(), "checksum");
        assert!(Snils::parse("").is_err());
    }

    /// B1.16: the number is personal data.
    #[test]
    fn debug_hides_the_number() {
        assert!(!format!("{:?}", Snils::parse("112-233-445 95").unwrap()).contains("112"));
    }
}
