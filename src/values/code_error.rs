//! What can be wrong with a written identifier, and the arithmetic their control digits share.

/// Why a text is not the identifier it should be. The text itself is never repeated: it may be personal data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CodeError {
    /// The number of digits is wrong.
    #[error("expected {expected} digits, found {found}")]
    Length {
        /// The lengths that are possible, as a text for people: "10 or 12".
        expected: &'static str,
        /// How many digits were found.
        found: usize,
    },
    /// Something stands there that is neither a digit nor an allowed separator.
    #[error("character {position} is neither a digit nor an allowed separator")]
    Characters {
        /// The first offending character, counted from 1.
        position: usize,
    },
    /// Only zeroes: their control digits agree, but nobody has such a number.
    #[error("a number of zeroes only is given to nobody")]
    Zeroes,
    /// The control digits do not follow from the others.
    #[error("the control digits do not agree with the others")]
    Checksum,
}

impl CodeError {
    /// The stable name of the fault, for API problem codes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Length { .. } => "length",
            Self::Characters { .. } => "characters",
            Self::Zeroes => "zeroes",
            Self::Checksum => "checksum",
        }
    }
}

/// The digits of `text` after the `separators` are left out, provided nothing else stands there.
pub(super) fn digits(text: &str, separators: &[char]) -> Result<Vec<u32>, CodeError> {
    let mut digits = Vec::with_capacity(16);
    for (index, symbol) in text.trim().chars().enumerate() {
        match symbol.to_digit(10) {
            Some(digit) => digits.push(digit),
            None if separators.contains(&symbol) => {}
            None => return Err(CodeError::Characters { position: index + 1 }),
        }
    }
    Ok(digits)
}

/// Σ digit × weight, up to the shorter of the two.
pub(super) fn weighted_sum(digits: &[u32], weights: impl IntoIterator<Item = u32>) -> u32 {
    digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum()
}

/// The number the digits write, most significant first; at most nineteen of them.
pub(super) fn number(digits: &[u32]) -> u64 {
    digits.iter().fold(0, |sum, digit| sum * 10 + u64::from(*digit))
}

/// The digits as a text without separators.
pub(super) fn text(digits: &[u32]) -> String {
    digits.iter().filter_map(|digit| char::from_digit(*digit, 10)).collect()
}

/// `Err(Zeroes)` when nothing but zeroes was written.
pub(super) fn refuse_zeroes(digits: &[u32]) -> Result<(), CodeError> {
    if digits.iter().all(|digit| *digit == 0) { Err(CodeError::Zeroes) } else { Ok(()) }
}
