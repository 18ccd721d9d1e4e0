//! Every kind of subject of an approval has somebody who owns it: a resource that hands it in and takes over how it ended,
//! or an operation of its own that decides by the role which the chain names.

use rost::http::docs::operations;
use rost::regulations::profile::ApprovalSubjectKind;

use crate::source::{files_under, root};

/// Kinds that pass no request: this operation decides, and asks the chain for the role alone.
const BY_AN_OPERATION: &[(ApprovalSubjectKind, &str)] = &[
    (ApprovalSubjectKind::ProgramRegistration, "decide_program"),
    (ApprovalSubjectKind::PriorityDirections, "approve_direction_list"),
];

/// Whether `src/effects.rs` both holds such a subject and tells it how its approval ended.
fn takes_effects(kind: ApprovalSubjectKind) -> bool {
    let text = std::fs::read_to_string(root().join("src/effects.rs")).unwrap();
    let arm = format!("ApprovalSubjectKind::{kind:?} =>");
    let arms = text.lines().filter(|line| line.trim_start().starts_with(&arm) && !line.contains("unowned"));
    arms.count() == 2
}

/// Whether code of a resource contains that.
fn resources_say(words: &str) -> bool {
    files_under("src")
        .iter()
        .filter(|file| !file.path.starts_with("approvals/") && !file.path.starts_with("regulations/"))
        .filter(|file| file.path != "effects.rs")
        .any(|file| file.code().any(|(_, line)| line.contains(words)))
}

fn is_handed_in(kind: ApprovalSubjectKind) -> bool {
    resources_say(&format!("subject_kind: ApprovalSubjectKind::{kind:?},"))
}

#[test]
fn every_kind_of_subject_has_an_owner() {
    let mut wrong = Vec::new();
    for kind in ApprovalSubjectKind::ALL {
        let (handed_in, effects) = (is_handed_in(*kind), takes_effects(*kind));
        let elsewhere = BY_AN_OPERATION.iter().any(|(own, _)| own == kind);
        let name = kind.as_str();
        match (handed_in, effects) {
            (true, true) if elsewhere => wrong.push(format!("{name} is handed in: it is no exception")),
            (false, false) if !elsewhere => {
                wrong.push(format!("{name}: nobody hands it in, and nothing decides on it"))
            }
            (true, false) => {
                wrong.push(format!("{name} is handed in, and src/effects.rs does not tell its resource"))
            }
            (false, true) => wrong.push(format!("{name} has effects, and nothing hands it in")),
            (true, true) | (false, false) => {}
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_decided_by_an_operation_asks_the_chain_for_the_role() {
    let document = rost::app::document().unwrap();
    let operations = operations(&document);
    for (kind, operation) in BY_AN_OPERATION {
        assert!(operations.iter().any(|described| described.id == *operation), "{operation} is no operation");
        let asks = resources_say(&format!("deciding_roles(profile, ApprovalSubjectKind::{kind:?})"));
        assert!(asks, "nobody asks the chain who decides on {}", kind.as_str());
    }
}
