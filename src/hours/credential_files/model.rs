//! What a scan is, and who may change it while the paper stands where it does.

use chrono::{DateTime, Utc};

use crate::files::{Media, Place};
use crate::hours::credentials::model::Origin;
use crate::hours::model::credential::State;

/// What is said of a scan without its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CredentialFile {
    /// What it is.
    pub media: Media,
    /// Bytes.
    pub size: i32,
    /// When it was brought.
    pub uploaded_at: DateTime<Utc>,
}

/// A scan with the place of its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptFile {
    /// What is said of it.
    pub file: CredentialFile,
    /// SHA-256 of its bytes.
    pub digest: Vec<u8>,
    /// Where the bytes lie.
    pub place: Place,
}

/// A scan about to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// What it is.
    pub media: Media,
    /// Bytes.
    pub size: i32,
    /// SHA-256 of its bytes.
    pub digest: Vec<u8>,
    /// Where the bytes lie.
    pub place: Place,
}

/// Who brings a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The person whose paper it is.
    Person,
    /// The issuer.
    Issuer,
}

/// Whether that side may change the scan now: of a paper that it brought itself, or that came in a file, as long as
/// nobody has settled it. Whoever doubts a paper of the other side does not replace its scan.
pub const fn may_change(side: Side, origin: Origin, state: State) -> bool {
    let brought = match origin {
        Origin::Person => matches!(side, Side::Person),
        Origin::Provider => matches!(side, Side::Issuer),
        Origin::Import => true,
    };
    brought && matches!(state, State::Reported | State::Issued | State::Disputed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scan_is_changed_by_whoever_brought_the_paper_until_it_is_settled() {
        for state in State::ALL {
            let waits = [State::Reported, State::Issued, State::Disputed].contains(&state);
            assert_eq!(may_change(Side::Person, Origin::Person, state), waits);
            assert_eq!(may_change(Side::Issuer, Origin::Provider, state), waits);
            assert!(!may_change(Side::Person, Origin::Provider, state));
            assert!(!may_change(Side::Issuer, Origin::Person, state));
            for side in [Side::Person, Side::Issuer] {
                assert_eq!(may_change(side, Origin::Import, state), waits);
            }
        }
    }
}
