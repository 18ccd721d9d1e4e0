//! The resolved chains of the five presets as readable texts under `tests/golden/chains/`.
//!
//! `BLESS=1 cargo test --test structure` rewrites them; the difference then shows in review.

use std::fs;
use std::path::PathBuf;

use rost::regulations::presets::Preset;
use rost::regulations::profile::{
    ActorRelation, ApprovalSubjectKind, ChainFacts, ResolvedChain, ResolvedStep, VacantSeatAction,
    ValidProfile, resolve,
};

#[test]
fn resolved_chains_are_those_of_the_golden_files() {
    let bless = bless();
    for preset in Preset::all() {
        let regulation = preset.load().unwrap();
        let actual = render(preset.code(), regulation.profile());
        let path = golden(preset.code());
        if bless {
            fs::write(&path, &actual).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(actual, expected, "{} differs; look at it, then BLESS=1", path.display());
    }
}

#[expect(clippy::disallowed_methods, reason = "a test may be told to rewrite its golden files")]
fn bless() -> bool {
    std::env::var("BLESS").is_ok_and(|value| value == "1")
}

fn golden(code: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/chains/{code}.txt"))
}

fn render(code: &str, profile: &ValidProfile) -> String {
    let mut text = format!("Approval chains of {code}\n");
    for subject in ApprovalSubjectKind::ALL {
        text += &format!("\n{}\n", subject.as_str());
        match resolve(profile, *subject, &ChainFacts::default()) {
            None => text.push_str("  no approval\n"),
            Some(chain) => render_chain(&chain, &mut text),
        }
    }
    text
}

fn render_chain(chain: &ResolvedChain, text: &mut String) {
    for step in &chain.steps {
        let paragraph = step.paragraph.as_deref().unwrap_or("-");
        let (number, kind) = (step.number, step.kind.as_str());
        *text += &format!("  {number}. {kind} by {} (§ {paragraph}){}\n", actor(step), remarks(step));
    }
}

fn actor(step: &ResolvedStep) -> String {
    match (step.actor.relation, step.actor.role) {
        (ActorRelation::Learner, _) => "the learner".to_owned(),
        (relation, role) => {
            format!("{} of {}", role.map_or("nobody", |role| role.as_str()), relation.as_str())
        }
    }
}

fn remarks(step: &ResolvedStep) -> String {
    let mut remarks = Vec::new();
    if !step.blocking {
        remarks.push("does not block".to_owned());
    }
    if step.act_required {
        remarks.push("act required".to_owned());
    }
    if step.decision_text_required {
        remarks.push("text required".to_owned());
    }
    if step.may_return {
        remarks.push("may return".to_owned());
    }
    if step.satisfied_by_submission {
        remarks.push("taken by submitting".to_owned());
    }
    match step.if_vacant {
        VacantSeatAction::Wait => {}
        VacantSeatAction::Skip => remarks.push("skipped when vacant".to_owned()),
        VacantSeatAction::SkipOwn => {
            remarks.push("skipped when only the learner or the submitter holds it".to_owned())
        }
    }
    for other in &step.stand_ins {
        let role = other.role.map_or("nobody", |role| role.as_str());
        remarks.push(format!("stand-in {role} of {}", other.relation.as_str()));
    }
    if let Some(body) = &step.group_decision {
        let protocol = if body.protocol_required { " by protocol" } else { "" };
        remarks.push(format!("recorded for the {}{protocol}", body.council_en.to_lowercase()));
    }
    if let Some(deadline) = &step.deadline {
        let (days, action) = (deadline.day_kind.as_str(), deadline.at_deadline.as_str());
        remarks.push(format!("{} {days} days, then {action}", deadline.days));
    }
    remarks.into_iter().map(|remark| format!("; {remark}")).collect()
}
