//! Codes by which papers are checked, and what is said of a paper to whoever has its code.

use chrono::NaiveDate;

use crate::hours::model::credential::State;
use crate::values::{DocumentKind, Hours};

/// The letters of a code (Douglas Crockford's base 32): none that people mistake for another.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Letters of a code: 100 bits.
pub const LENGTH: usize = 20;

/// The code by which a paper is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationCode(String);

impl VerificationCode {
    /// The code of these random bytes.
    pub fn of(random: [u8; LENGTH]) -> Self {
        let letter = |byte: u8| LETTERS.get(usize::from(byte % 32)).copied().map_or('0', char::from);
        Self(random.into_iter().map(letter).collect())
    }

    /// The code as somebody typed it: in any case, with spaces and hyphens, with O for 0 and I or L for 1.
    pub fn read(typed: &str) -> Option<Self> {
        let letters = typed.chars().filter(|letter| !matches!(letter, ' ' | '-'));
        let meant = letters.map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        });
        let code: String = meant.collect();
        let known = |byte: u8| LETTERS.contains(&byte);
        (code.len() == LENGTH && code.bytes().all(known)).then_some(Self(code))
    }

    /// The twenty letters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a paper is worth what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The school has confirmed it.
    Valid,
    /// It was recorded; nobody has confirmed it.
    NotConfirmed,
    /// Another form of it was issued since.
    Replaced,
    /// It was taken back.
    Annulled,
}

impl Standing {
    /// How a form of a paper stands that is in that state; `replaced` when another form was issued after it.
    pub fn of(state: State, replaced: bool) -> Self {
        match Self::from(state) {
            Self::Annulled => Self::Annulled,
            _ if replaced => Self::Replaced,
            standing => standing,
        }
    }
}

impl From<State> for Standing {
    fn from(state: State) -> Self {
        match state {
            State::Confirmed => Self::Valid,
            State::Reported | State::Issued | State::Disputed | State::Refused => Self::NotConfirmed,
            State::Annulled => Self::Annulled,
        }
    }
}

/// What is said of a paper to whoever has its code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whether it is worth what it says.
    pub standing: Standing,
    /// Kind of paper.
    pub kind: DocumentKind,
    /// Title.
    pub title: String,
    /// Academic hours.
    pub hours: Hours,
    /// The issuer, by its name in the directory.
    pub issuer_name: String,
    /// Day of issue.
    pub issued_on: NaiveDate,
    /// Family name and initials; none when they were erased.
    pub holder: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_read_however_it_is_typed() {
        let code = VerificationCode::of([
            0, 1, 10, 31, 32, 63, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30,
        ]);
        assert_eq!(code.as_str(), "01AZ0ZHJKMNPQRSTVWXY");
        for typed in ["01az0zhjkmnpqrstvwxy", "01AZ-0ZHJ-KMNP-QRST-VWXY", "oLaz ozhj kmnp qrst vwxy"] {
            assert_eq!(VerificationCode::read(typed), Some(code.clone()), "{typed}");
        }
        for wrong in
            ["", "01AZ0ZHJKMNPQRSTVWX", "01AZ0ZHJKMNPQRSTVWXYZ", "01AZ0ZHJKMNPQRSTVWXU", "ЖЖЖЖЖЖЖЖЖЖ"]
        {
            assert_eq!(VerificationCode::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_form_that_was_replaced_is_worth_nothing_any_more() {
        assert_eq!(Standing::of(State::Confirmed, true), Standing::Replaced);
        assert_eq!(Standing::of(State::Confirmed, false), Standing::Valid);
        assert_eq!(Standing::of(State::Annulled, true), Standing::Annulled);
    }

    #[test]
    fn only_a_confirmed_paper_is_valid() {
        for state in State::ALL {
            assert_eq!(Standing::from(state) == Standing::Valid, state == State::Confirmed);
        }
    }
}
