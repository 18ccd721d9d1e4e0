//! The mark of approval on a document (гриф утверждения): who approved it and when, or lines for whoever will. Pure.

use super::assemble::day;
use super::model::{Decided, Sources};
use super::words::Words;
use crate::approvals::model::DecisionKind;
use crate::paper::Stamp;
use crate::regulations::profile::{ApprovalSubjectKind, ChainStepKind};

/// The mark of approval by the chain of that kind of subject.
pub fn stamp(sources: &Sources, words: Words, subject: ApprovalSubjectKind) -> Stamp {
    let approved = approves(sources, subject);
    let kind = if approved { DecisionKind::Approve } else { DecisionKind::Endorse };
    // A chain that has not come to its end has approved nothing yet; of a card only decisions on an approved one are known.
    let over = subject == ApprovalSubjectKind::RouteCard || sources.draft.route.approved_at.is_some();
    let decided = sources.decided.iter().rev().find(|decided| over && decided.kind == kind);
    let act = decided.and_then(|decided| decided.act.as_ref());
    let heading = match (approved, act.is_some()) {
        (true, true) => words.say("УТВЕРЖДЕНО", "APPROVED"),
        (true, false) => words.say("УТВЕРЖДАЮ", "APPROVED"),
        (false, _) => words.say("СОГЛАСОВАНО", "AGREED"),
    };
    let lines = match (decided, act) {
        (Some(decided), Some(act)) => {
            let order = words.say("Приказ", "Order");
            vec![whose(sources, words, decided), format!("{order} № {}, {}", act.number, day(act.date))]
        }
        (Some(decided), None) => vec![
            decided.role.map(|role| capital(&words.role(role))).unwrap_or_default(),
            format!("{PEN} {}", name(sources, decided).map(|name| signing(&name)).unwrap_or_default()),
            day(decided.on),
        ],
        (None, _) => vec![
            format!("{PEN}{PEN}"),
            format!("{PEN} / {PEN}"),
            words.say("«____» ______________ 20____ г.", "“____” ______________ 20____"),
        ],
    };
    Stamp { heading, lines }
}

/// A line for pen and ink.
const PEN: &str = "________________";

/// Whether the subject is approved in the end, or only agreed on (P3-18); approved where no chain says it.
fn approves(sources: &Sources, subject: ApprovalSubjectKind) -> bool {
    let chain = sources.regulation.profile.chains.get(subject);
    chain.is_none_or(|chain| chain.steps.iter().any(|step| step.kind == ChainStepKind::Approve))
}

fn whose(sources: &Sources, words: Words, decided: &Decided) -> String {
    let role = decided.role.map(|role| capital(&words.role(role)));
    [role, name(sources, decided)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn name(sources: &Sources, decided: &Decided) -> Option<String> {
    decided.person_id.and_then(|id| sources.people.get(&id).cloned())
}

/// A name as it stands beside a signature: initials, then the last name.
fn signing(name: &str) -> String {
    let mut parts = name.split_whitespace();
    let last = parts.next().unwrap_or_default();
    let initials: String =
        parts.filter_map(|part| part.chars().next()).map(|first| format!("{first}. ")).collect();
    format!("{initials}{last}")
}

fn capital(words: &str) -> String {
    let mut signs = words.chars();
    signs.next().map(|first| first.to_uppercase().chain(signs).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_signed_with_initials() {
        assert_eq!(signing("Абрамова Светлана Александровна"), "С. А. Абрамова");
        assert_eq!(signing("Ли Анна"), "А. Ли");
        assert_eq!(capital("директор"), "Директор");
    }
}
