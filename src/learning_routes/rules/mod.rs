//! Everything a regulation demands of a route, checked at once. Pure: facts in, findings out.
//!
//! Each rule names the source requirement it was read from; the paragraph comes from the regulation itself.

mod activities;
mod budget;
mod content;
mod events;
mod facts;
mod findings;
mod parts;
mod people;
mod programs;
mod referral;
mod stages;
mod study_plan;
mod term;
mod volume;

pub use facts::{LearnerFacts, ProgramFacts, RouteFacts, position_of};
pub use findings::Findings;
pub use referral::{HeldCategory, Referral, check_referral, difficulty_required};

use super::model::RouteDraft;
use crate::regulations::profile::{Profile, RouteMoment, RouteProfile};

/// What is wrong with starting a route of that learner at all.
pub fn check_creation(facts: &RouteFacts, rules: &RouteProfile) -> Findings {
    let mut findings = Findings::default();
    people::learner(facts, rules, &mut findings);
    content::diagnostics(facts, rules, RouteMoment::Creation, &mut findings);
    findings
}

/// Everything that is wrong with handing the route in.
pub fn check_submission(draft: &RouteDraft, facts: &RouteFacts, profile: &Profile) -> Findings {
    let rules = &profile.route;
    let mut findings = Findings::default();
    people::learner(facts, rules, &mut findings);
    people::participation(draft, facts, rules, &mut findings);
    people::working_group(facts, rules, &mut findings);
    referral::submission(draft, rules, &mut findings);
    term::check(draft, rules, &mut findings);
    content::check(draft, facts, rules, &mut findings);
    // A result that had to be there at the beginning has to be there still.
    content::diagnostics(facts, rules, RouteMoment::Creation, &mut findings);
    content::diagnostics(facts, rules, RouteMoment::Submission, &mut findings);
    stages::check(draft, rules, &mut findings);
    parts::check(draft, rules, &mut findings);
    activities::check(draft, rules, &mut findings);
    events::check(draft, rules, &mut findings);
    volume::check(draft, rules, &mut findings);
    study_plan::check(draft, rules, &mut findings);
    budget::check(draft, &profile.funding, &mut findings);
    programs::check(draft, facts, rules, &mut findings);
    findings
}
