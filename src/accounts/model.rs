//! What an account is, and when a wrong password locks it.

use chrono::{DateTime, Duration, Utc};
use uuid::Uuid;

use crate::error::{FieldProblem, Text};

/// Wrong passwords in a row that lock an account.
pub const ATTEMPTS: i32 = 10;
/// Minutes an account stays locked.
const LOCKED_MINUTES: i64 = 15;

/// Who stands behind an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountKind {
    /// A person with a password.
    Person,
    /// Another system with a client secret.
    Service,
}

impl AccountKind {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Service => "service",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Person, Self::Service].into_iter().find(|kind| kind.as_str() == name)
    }
}

/// An account.
#[derive(Debug, Clone)]
pub struct Account {
    /// The id.
    pub id: Uuid,
    /// The tenant; none for administrators of the platform.
    pub region_id: Option<Uuid>,
    /// The person it belongs to.
    pub person_id: Option<Uuid>,
    /// Who stands behind it.
    pub kind: AccountKind,
    /// Login or client id.
    pub login: String,
    /// Name shown to administrators.
    pub name: String,
    /// No sign-in before this moment.
    pub locked_until: Option<DateTime<Utc>>,
    /// Since when it may not sign in.
    pub disabled_at: Option<DateTime<Utc>>,
    /// Tokens issued until this moment are worth nothing.
    pub revoked_before: Option<DateTime<Utc>>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Row version.
    pub version: i64,
}

/// Wrong passwords in a row, and what they led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempts {
    /// How many, the one under way included.
    pub failed: i32,
    /// No sign-in before this moment.
    pub locked_until: Option<DateTime<Utc>>,
}

impl Attempts {
    /// Counts an attempt before its password is looked at, so that a thousand at once are not a thousand guesses.
    /// A locked account refuses with the seconds that remain.
    pub fn take(self, now: DateTime<Utc>) -> Result<Self, u32> {
        let failed = match self.locked_until {
            Some(until) if until > now => {
                let seconds = (until - now).num_seconds().max(1);
                return Err(u32::try_from(seconds).unwrap_or(u32::MAX));
            }
            Some(_) => 1,
            None => self.failed.saturating_add(1),
        };
        let locked_until = (failed >= ATTEMPTS).then(|| now + Duration::minutes(LOCKED_MINUTES));
        Ok(Self { failed, locked_until })
    }
}

/// What is wrong with a login: it is 3 to 100 lower-case letters, digits and `._@-`, so that nobody has to guess its case.
pub fn check_login(pointer: &'static str, login: &str) -> Option<FieldProblem> {
    let allowed = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || "._@-".contains(it);
    if (3..=100).contains(&login.len()) && login.chars().all(allowed) {
        return None;
    }
    let words = Text::new(
        "От 3 до 100 знаков: строчные латинские буквы, цифры и . _ @ -",
        "3 to 100 characters: lower-case letters, digits and . _ @ -",
    );
    Some(FieldProblem::new(pointer, "invalid_login", words))
}

/// What is wrong with a password: one that may be kept is long enough, and not so long that hashing it is an attack.
pub fn check_password(pointer: &'static str, password: &str) -> Option<FieldProblem> {
    if (12..=200).contains(&password.chars().count()) {
        return None;
    }
    let words = Text::new("От 12 до 200 знаков", "12 to 200 characters");
    Some(FieldProblem::new(pointer, "length", words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(minute: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::minutes(minute)
    }

    #[test]
    fn the_tenth_wrong_password_locks_for_a_quarter_of_an_hour() {
        let mut attempts = Attempts { failed: 0, locked_until: None };
        for _ in 0..ATTEMPTS {
            attempts = attempts.take(moment(0)).unwrap();
        }
        assert_eq!(attempts.take(moment(0)), Err(900));
        assert_eq!(attempts.take(moment(14)), Err(60));
        assert_eq!(attempts.take(moment(15)), Ok(Attempts { failed: 1, locked_until: None }));
    }

    #[test]
    fn logins_have_one_case() {
        assert!(check_login("/login", "anna.testova@school-7.example").is_none());
        for login in ["", "ab", "Anna", "анна", "a b c", &"a".repeat(101)] {
            assert!(check_login("/login", login).is_some(), "{login}");
        }
    }
}
