//! What is wrong with a plan or a line, in words.

use chrono::NaiveDate;

use crate::error::{Error, FieldProblem, Text};
use crate::planning::plans::model::{LineProblem, PeriodProblem};
use crate::regulations::profile::{PlanKind, PlanKindRule, RequirementRule};

/// The requirement that a period of a plan of the kind comes from.
const fn asked_by(kind: PlanKind) -> &'static str {
    match kind {
        PlanKind::Prospective => "P0-20",
        PlanKind::SchoolYear | PlanKind::CalendarYear => "P0-38",
        PlanKind::CompetenceDevelopment => "P0-39",
        PlanKind::MethodicalWork => "P0-10",
    }
}

pub(super) fn period(problem: PeriodProblem, rule: &PlanKindRule) -> Error {
    let on = |day: NaiveDate| day.format("%d.%m.%Y").to_string();
    let (pointer, code, words) = match problem {
        PeriodProblem::DatesOutOfOrder => {
            let words = Text::new("План кончается раньше, чем начинается", "The plan ends before it begins");
            ("/ends_on", "dates_out_of_order", words)
        }
        PeriodProblem::BeginsOn(day) => {
            let words = Text::owned(
                format!("Год этого вида начинается {}", on(day)),
                format!("A year of this kind begins on {day}"),
            );
            ("/starts_on", "plan_period", words)
        }
        PeriodProblem::EndsOn(day) => {
            let words = Text::owned(
                format!("План этого вида с такого дня кончается {}", on(day)),
                format!("A plan of this kind that begins then ends on {day}"),
            );
            ("/ends_on", "plan_period", words)
        }
    };
    let problem = FieldProblem::new(pointer, code, words);
    Error::invalid(vec![problem.because(asked_by(rule.kind), rule.paragraph.as_deref())])
}

pub(super) fn kind_not_used() -> Error {
    Error::field(
        "/kind",
        "not_used",
        "Положение школы не знает планов этого вида",
        "The regulation of the school knows no plans of this kind",
    )
}

pub(super) fn prospective_missing(rule: &PlanKindRule) -> Error {
    let words = Text::new(
        "Нет утверждённого перспективного плана на эти дни: годовые строки берутся из него",
        "There is no approved prospective plan for these days: the lines of a year are drawn from it",
    );
    let problem = FieldProblem::new("/starts_on", "prospective_plan_missing", words);
    Error::invalid(vec![problem.because("P0-38", rule.paragraph.as_deref())])
}

/// More people are sent to courses than the plan provides for (P0-36).
pub(super) fn quota_exceeded(sent: usize, headcount: i32, quota: Option<&RequirementRule>) -> Error {
    let words = Text::owned(
        format!("На курсы направлено бы {sent} чел., а численность по плану — {headcount}"),
        format!("{sent} people would be sent to courses, the headcount of the plan is {headcount}"),
    );
    let problem = FieldProblem::new("/headcount", "quota_exceeded", words);
    let paragraph = quota.and_then(|rule| rule.paragraph.as_deref());
    Error::invalid(vec![problem.because("P0-36", paragraph)])
}

pub(super) fn headcount_missing(quota: &RequirementRule) -> Error {
    let words = Text::new(
        "План, который направляет на курсы, называет численность направляемых",
        "A plan that sends people to courses says how many",
    );
    let problem = FieldProblem::new("/headcount", "headcount_required", words);
    Error::invalid(vec![problem.because("P0-36", quota.paragraph.as_deref())])
}

pub(super) fn unknown(pointer: impl Into<String>, words: Text) -> FieldProblem {
    FieldProblem::new(pointer, "unknown", words)
}

pub(super) fn line(problem: LineProblem) -> FieldProblem {
    match problem {
        LineProblem::Missing(field) => {
            let words = Text::new("Нужно для такой строки", "Such a line needs it");
            let problem = FieldProblem::new(format!("/{field}"), "required", words);
            if field == "school_line_id" { problem.because("P0-10", None) } else { problem }
        }
        LineProblem::Retyped(field) => FieldProblem::new(
            format!("/{field}"),
            "not_expected",
            Text::new(
                "У такой строки этого не указывают: оно берётся оттуда, на что она ссылается",
                "It is not said of such a line: it comes from what the line is linked to",
            ),
        ),
        LineProblem::OnlyBase => FieldProblem::new(
            "/section",
            "section_unknown",
            Text::new(
                "В плане методической работы только базовая часть",
                "A plan of methodical work has the base section alone",
            ),
        ),
        LineProblem::NoDeficit => FieldProblem::new(
            "/deficit_ids",
            "deficit_link_required",
            Text::new(
                "Назовите дефицит, на который отвечает строка, или обоснование",
                "Name a deficit that the line answers, or a justification",
            ),
        )
        .because("P0-39", None),
        LineProblem::DatesOutOfOrder => FieldProblem::new(
            "/ends_on",
            "dates_out_of_order",
            Text::new("Строка кончается раньше, чем начинается", "The line ends before it begins"),
        ),
        LineProblem::OutsideThePeriod => FieldProblem::new(
            "/starts_on",
            "date_out_of_range",
            Text::new("Строка не лежит в сроке плана", "The line does not lie in the period of the plan"),
        ),
    }
}
