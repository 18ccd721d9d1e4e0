//! Whether a profile makes sense as a whole. Every problem is reported at once, each with its place.

mod bounds;
mod chains;
mod problem;
mod route;
mod sections;

use std::ops::Deref;

pub use problem::{ProfileProblem, ProfileProblemCode};

use super::{Profile, RegulationDocument};
use problem::Problems;

/// A profile that makes sense. Only [`validate()`] makes one, and only these are obeyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidProfile(Profile);

impl Deref for ValidProfile {
    type Target = Profile;

    fn deref(&self) -> &Profile {
        &self.0
    }
}

/// A whole regulation that makes sense. Only [`validate_document()`] makes one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValidRegulation {
    document: RegulationDocument,
    profile: ValidProfile,
}

impl ValidRegulation {
    /// The document as it was written.
    pub const fn document(&self) -> &RegulationDocument {
        &self.document
    }

    /// Its profile.
    pub const fn profile(&self) -> &ValidProfile {
        &self.profile
    }
}

/// Checks a profile; on failure every problem, in the order of the document's sections.
pub fn validate(profile: &Profile) -> Result<ValidProfile, Vec<ProfileProblem>> {
    let mut problems = Problems::default();
    bounds::check(profile, &mut problems);
    check_meaning(profile, "", &mut problems);
    problems.into_result()?;
    Ok(ValidProfile(profile.clone()))
}

/// Checks a whole regulation; pointers start at the document.
pub fn validate_document(document: &RegulationDocument) -> Result<ValidRegulation, Vec<ProfileProblem>> {
    let mut problems = Problems::default();
    bounds::check(document, &mut problems);
    problems.duplicates("/obligations", "scope", document.obligations.iter().map(|rule| rule.scope));
    for (index, act) in document.legal_basis.iter().enumerate() {
        if matches!((act.date, act.ends_on), (Some(date), Some(end)) if end < date) {
            problems.add(&format!("/legal_basis/{index}/ends_on"), ProfileProblemCode::MinAboveMax);
        }
    }
    check_meaning(&document.profile, "/profile", &mut problems);
    problems.into_result()?;
    Ok(ValidRegulation { document: document.clone(), profile: ValidProfile(document.profile.clone()) })
}

fn check_meaning(profile: &Profile, base: &str, problems: &mut Problems) {
    problems.within(base, |problems| {
        route::check(profile, problems);
        chains::check(&profile.chains, problems);
        sections::check(profile, problems);
    });
}

#[cfg(test)]
mod tests;
