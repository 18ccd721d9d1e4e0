//! Checks of the section `route`, and of what it promises about the route's chain.

use super::super::Profile;
use super::super::chains::{ActorRelation, ApprovalChain};
use super::super::route::RouteTermRule;
use super::super::route_life::RouteChangeMode;
use super::super::route_people::RoutePeopleProfile;
use super::chains::decides;
use super::problem::{Problems, ProfileProblemCode as Code};

pub(super) fn check(profile: &Profile, problems: &mut Problems) {
    problems.within("/route", |problems| {
        let route = &profile.route;
        problems.duplicates("/kinds", "kind", route.kinds.iter().map(|rule| rule.kind));
        if let Some(term) = &route.term {
            check_term(term, problems);
        }
        check_people(&route.people, problems);
        check_content(profile, problems);
        check_consent(profile, problems);
        let free = route.life.changes.as_ref().is_some_and(|rule| rule.mode == RouteChangeMode::Free);
        if free && profile.chains.route_revision.is_some() {
            problems.add("/life/changes/mode", Code::FreeChangesWithChain);
        }
    });
}

fn check_term(term: &RouteTermRule, problems: &mut Problems) {
    match (term.min_months, term.max_months) {
        (None, None) => problems.add("/term", Code::TermWithoutLimits),
        (Some(min), Some(max)) if min > max => problems.add("/term/min_months", Code::MinAboveMax),
        _ => {}
    }
}

fn check_people(people: &RoutePeopleProfile, problems: &mut Problems) {
    if let Some(rule) = &people.priority {
        let codes = rule.categories.iter().map(|category| category.code.as_str());
        problems.duplicates("/people/priority/categories", "code", codes);
    }
    if let Some(rule) = &people.grounds {
        let codes = rule.grounds.iter().map(|ground| ground.code.as_str());
        problems.duplicates("/people/grounds/grounds", "code", codes);
    }
    problems.duplicates(
        "/people/participants",
        "role",
        people.participants.iter().map(|rule| (rule.role, rule.participation)),
    );
}

fn check_content(profile: &Profile, problems: &mut Problems) {
    let content = &profile.route.content;
    if let Some(volume) = &content.volume {
        match (volume.min_hours, volume.max_hours) {
            (None, None) => problems.add("/content/volume", Code::VolumeWithoutLimits),
            (Some(min), Some(max)) if min > max => {
                problems.add("/content/volume/min_hours", Code::MinAboveMax);
            }
            _ => {}
        }
    }
    problems.duplicates("/content/note_fields", "field", content.note_fields.iter().map(|rule| rule.field));
    problems.duplicates("/content/fields", "field", content.fields.iter().map(|rule| rule.field));
    problems.duplicates("/content/parts", "part", content.parts.iter().map(|rule| rule.part));
    for (index, rule) in content.parts.iter().enumerate() {
        let parent_found =
            |parent| parent != rule.part && content.parts.iter().any(|other| other.part == parent);
        if rule.within.is_some_and(|parent| !parent_found(parent)) {
            problems.add(&format!("/content/parts/{index}/within"), Code::PartWithoutParent);
        }
    }
}

/// A promise of consent must be kept by a step that every route passes; that of both sides by the changes of a route
/// too, where they have a chain of their own.
fn check_consent(profile: &Profile, problems: &mut Problems) {
    let people = &profile.route.people;
    let asked_by = |chain: Option<&ApprovalChain>, learner: bool| {
        let steps = chain.into_iter().flat_map(|chain| &chain.steps);
        let mut always = steps.filter(|step| decides(step) && step.condition.is_none());
        always.any(|step| (step.actor.relation == ActorRelation::Learner) == learner)
    };
    let revision = profile.chains.route_revision.as_ref();
    let asks_in_revision = |learner| revision.is_none() || asked_by(revision, learner);
    let route = profile.chains.route.as_ref();
    if people.learner_consent.is_some() && !asked_by(route, true) {
        problems.add("/people/learner_consent", Code::ConsentStepMissing);
    }
    if people.both_sides_consent.is_some() {
        if !(asked_by(route, true) && asks_in_revision(true)) {
            problems.add("/people/both_sides_consent", Code::ConsentStepMissing);
        }
        if !(asked_by(route, false) && asks_in_revision(false)) {
            problems.add("/people/both_sides_consent", Code::OrganizationStepMissing);
        }
    }
}
