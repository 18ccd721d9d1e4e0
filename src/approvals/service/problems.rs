//! What a decision lacks or says too much: every problem at once.

use chrono::NaiveDate;

use super::decide::{NewDecision, Verdict};
use crate::approvals::model::{DecisionKind, MeetingFault, Step};
use crate::error::{FieldProblem, Text};
use crate::values::text::is_blank;

/// What the decision lacks or says too much.
pub(super) fn problems(
    asked: &Step,
    decision: &NewDecision,
    handed_in_on: Option<NaiveDate>,
    today: NaiveDate,
) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut add = |pointer: &str, code: &'static str, requirement: Option<&'static str>, ru, en| {
        let problem = FieldProblem::new(pointer, code, Text::new(ru, en));
        problems.push(match requirement {
            Some(requirement) => problem.because(requirement, None),
            None => problem,
        });
    };
    let silent = decision.note.as_deref().is_none_or(is_blank);
    let positive = match decision.verdict {
        Verdict::Positive(kind) => Some(kind),
        Verdict::Return | Verdict::Reject => None,
    };
    match positive {
        None if silent => {
            add("/note", "reason_required", Some("P0-42"), "Укажите причину", "A reason is required")
        }
        Some(kind) if silent && (asked.text_required || kind == DecisionKind::Opinion) => {
            add("/note", "text_required", None, "Напишите текст решения", "The decision needs a text");
        }
        _ => {}
    }
    match (decision.verdict, decision.due_on) {
        (Verdict::Return, None) => add(
            "/due_on",
            "due_on_required",
            Some("P0-42"),
            "Укажите, к какому дню доработать",
            "A return names the day by which the rework is due",
        ),
        (Verdict::Return, Some(due_on)) if due_on < today => add(
            "/due_on",
            "due_on_in_past",
            Some("P0-42"),
            "Срок доработки уже прошёл",
            "The date for rework must be today or later",
        ),
        (Verdict::Return, Some(_)) | (_, None) => {}
        (Verdict::Positive(_) | Verdict::Reject, Some(_)) => {
            add(
                "/due_on",
                "not_applicable",
                None,
                "Срок бывает только у возврата",
                "Only a return has a due date",
            );
        }
    }
    match &decision.meeting {
        Some(meeting) if positive.is_some() && asked.group => {
            problems.extend(meeting.faults(asked, handed_in_on, today).into_iter().map(fault));
        }
        given => problems.extend(meeting_problem(asked, positive.is_some(), given.is_some())),
    }
    problems.extend(act_problems(asked, decision, positive, (handed_in_on, today)));
    problems
}

fn act_problems(
    asked: &Step,
    decision: &NewDecision,
    positive: Option<DecisionKind>,
    (handed_in_on, today): (Option<NaiveDate>, NaiveDate),
) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut add = |pointer: &str, code: &'static str, requirement: Option<&'static str>, ru, en| {
        let problem = FieldProblem::new(pointer, code, Text::new(ru, en));
        problems.push(match requirement {
            Some(requirement) => problem.because(requirement, None),
            None => problem,
        });
    };
    let number = decision.act_number.as_deref().filter(|number| !is_blank(number));
    let may_carry_act = positive.is_some_and(|kind| kind.answers().is_of_substance());
    if !may_carry_act {
        for (pointer, given) in
            [("/act_number", decision.act_number.is_some()), ("/act_date", decision.act_date.is_some())]
        {
            if given {
                add(
                    pointer,
                    "not_applicable",
                    None,
                    "Это решение не издаёт приказа",
                    "This decision has no act",
                );
            }
        }
        return problems;
    }
    // P1-29: approved by the head's order, with its number and date.
    let wanted = asked.act_required || decision.act_number.is_some() || decision.act_date.is_some();
    if wanted && number.is_none() {
        add(
            "/act_number",
            "act_required",
            Some("P1-29"),
            "Укажите номер приказа",
            "The number of the act is required",
        );
    }
    match decision.act_date {
        None if wanted => {
            add(
                "/act_date",
                "act_required",
                Some("P1-29"),
                "Укажите дату приказа",
                "The date of the act is required",
            );
        }
        Some(date) if date > today => add(
            "/act_date",
            "act_date_in_future",
            Some("P1-29"),
            "Дата приказа ещё не наступила",
            "The date of the act lies in the future",
        ),
        Some(date) if handed_in_on.is_some_and(|day| date < day) => add(
            "/act_date",
            "act_date_before_submission",
            Some("P1-29"),
            "Приказ издан раньше, чем вопрос подан на согласование",
            "The act is older than what was handed in",
        ),
        _ => {}
    }
    problems
}

/// P1-28: what a body decided is recorded with its meeting, and only that.
fn meeting_problem(asked: &Step, positive: bool, given: bool) -> Option<FieldProblem> {
    let (code, ru, en) = match (positive && asked.group, given) {
        (true, false) => (
            "meeting_required",
            "Решает коллегиальный орган: укажите его заседание",
            "A body decides here: its meeting is required",
        ),
        (false, true) => (
            "not_applicable",
            "Это решение принимает не коллегиальный орган",
            "This decision is not that of a body",
        ),
        (true, true) | (false, false) => return None,
    };
    Some(FieldProblem::new("/meeting", code, Text::new(ru, en)))
}

fn fault(fault: MeetingFault) -> FieldProblem {
    let (pointer, ru, en) = match fault {
        MeetingFault::HeldInFuture => {
            ("/meeting/held_on", "Заседание ещё не состоялось", "The meeting lies in the future")
        }
        MeetingFault::HeldBeforeSubmission => (
            "/meeting/held_on",
            "Заседание состоялось раньше, чем вопрос подан на согласование",
            "The meeting was held before the question was handed in",
        ),
        MeetingFault::ProtocolRequired => {
            ("/meeting/protocol_number", "Укажите номер протокола", "The number of the protocol is required")
        }
        MeetingFault::VotesIncomplete => (
            "/meeting/votes_for",
            "Укажите голоса за, против и воздержавшихся",
            "Votes for, votes against and abstentions go together",
        ),
        MeetingFault::VotesDoNotCarry => (
            "/meeting/votes_for",
            "Голосов «за» не больше, чем «против»",
            "Those for it are no more than those against",
        ),
        MeetingFault::VotesExceedAttendance => {
            ("/meeting/present", "Голосов больше, чем присутствовавших", "More votes than people present")
        }
    };
    FieldProblem::new(pointer, fault.code(), Text::new(ru, en))
}
