//! What a paper must say before it is recorded; every problem at once.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::model::{Credential, CredentialData, NewCredential};
use super::store::references::References;
use crate::error::{Code, Error, FieldProblem, Text};
use crate::hours::model::{IssueProblem, issue_problems};
use crate::values::Hours;
use crate::values::period::add_months;

/// The most hours a paper may show.
const MOST_HOURS: Hours = Hours::whole(10_000);

/// Nobody younger holds a paper of ours: at this age a person signs for himself (article 26 of the Civil Code).
const YOUNGEST: i32 = 14;

/// Everything wrong with a paper recorded on that day.
pub(super) fn problems(
    new: &NewCredential,
    found: &References,
    birth_date: Option<NaiveDate>,
    today: NaiveDate,
    now: DateTime<Utc>,
) -> Vec<FieldProblem> {
    let data = &new.data;
    let claim = data.claim(new.person_id, Arc::default(), now);
    let mut problems: Vec<_> = issue_problems(&claim).into_iter().map(of_paper).collect();
    let mut add = |wrong: bool, pointer: &str, code: &'static str, ru, en| {
        if wrong {
            problems.push(FieldProblem::new(pointer, code, Text::new(ru, en)));
        }
    };
    let future = |day: Option<NaiveDate>| day.is_some_and(|day| day > today);
    let (in_future, future_en) = ("День ещё не наступил", "The day has not come yet");
    add(future(Some(data.issued_on)), "/issued_on", "date_in_future", in_future, future_en);
    add(future(data.completed_on), "/completed_on", "date_in_future", in_future, future_en);
    add(future(data.started_on), "/started_on", "date_in_future", in_future, future_en);
    let too_young = birth_date.is_some_and(|birth| data.issued_on < add_months(birth, 12 * YOUNGEST));
    add(
        too_young,
        "/issued_on",
        "date_before_age",
        "Документ старше, чем позволяет возраст человека: нет 14 лет",
        "The person was not 14 years old on that day",
    );
    add(data.hours > MOST_HOURS, "/hours", "range", "Не больше 10000 часов", "At most 10000 hours");
    add(
        data.number.is_none() && data.registration_number.is_none(),
        "/number",
        "number_missing",
        "Нужен номер бланка или регистрационный номер",
        "The number of the form or the registration number is needed",
    );
    add(
        data.identity().key().is_none(),
        "/number",
        "number_unreadable",
        "В номере нет ни букв, ни цифр",
        "The number has neither letters nor digits",
    );
    let unknown_issuer = data.issuer_id.is_some() && found.issuer.is_none();
    add(unknown_issuer, "/issuer_id", "unknown", "Такой организации нет", "There is no such organization");
    add(
        found.issuer.as_ref().is_some_and(|issuer| !issuer.kind.may_provide()),
        "/issuer_id",
        "wrong_issuer",
        "Такая организация не обучает и документов не выдаёт",
        "Such an organization does not teach and issues no documents",
    );
    add(
        data.issuer_id.is_none() && data.issuer_name.is_empty(),
        "/issuer_name",
        "required",
        "Назовите, кто выдал документ",
        "Name who issued the document",
    );
    let unknown_program = data.program_id.is_some() && found.program_kind.is_none();
    add(unknown_program, "/program_id", "unknown", "Такой программы нет", "There is no such program");
    add(
        !found.module,
        "/module_id",
        "unknown",
        "Такого модуля у программы нет",
        "The program has no such module",
    );
    add(
        !found.activity,
        "/activity_id",
        "unknown",
        "Такого мероприятия в маршруте нет",
        "The route has no such activity",
    );
    problems
}

/// What is wrong with a paper, in words, with the field of the paper.
pub(in crate::hours) fn of_paper(problem: IssueProblem) -> FieldProblem {
    let (pointer, requirement, words) = match problem {
        IssueProblem::TitleMissing => (
            "/title",
            "P3-13",
            Text::new("Нет названия программы или темы", "The program or topic is missing"),
        ),
        IssueProblem::HoursMissing => {
            ("/hours", "P3-13", Text::new("Часов должно быть больше нуля", "The hours must be above zero"))
        }
        IssueProblem::HoursBelowMinimum { minimum } => (
            "/hours",
            "B1.5",
            Text::owned(
                format!("По закону не меньше {minimum} ч."),
                format!("The law asks for at least {minimum} hours"),
            ),
        ),
        IssueProblem::HoursExceedPeriod { most } => (
            "/hours",
            "P3-13",
            Text::owned(
                format!("За дни обучения набирается не больше {most} ч. (по 12 в день)"),
                format!("At most {most} hours fit into the days of learning, 12 a day"),
            ),
        ),
        IssueProblem::DateMissing => {
            ("/completed_on", "P3-13", Text::new("Нет дат", "The dates are missing"))
        }
        IssueProblem::DatesOutOfOrder => (
            "/completed_on",
            "P3-13",
            Text::new(
                "Начало, окончание и выдача идут не по порядку",
                "Start, completion and issue do not follow each other",
            ),
        ),
        IssueProblem::KindDoesNotFit => (
            "/kind",
            "B1.7",
            Text::new(
                "Такой документ не выдают по программе этого вида",
                "Such a paper does not close a program of this kind",
            ),
        ),
    };
    FieldProblem::new(pointer, problem.code(), words).because(requirement, None)
}

/// The refusal of a paper that is recorded already. It tells nothing of other people; `known` is given to whoever
/// may see that record anyway.
pub(super) fn duplicate(new: &CredentialData, known: Option<&Credential>) -> Error {
    let pointer = if new.number.is_some() { "/number" } else { "/registration_number" };
    let words = Text::new("Этот документ уже учтён", "This document is recorded already");
    let fields = vec![FieldProblem::new(pointer, "duplicate_document", words)];
    let error = Error { fields, ..Error::new(Code::AlreadyExists) };
    match known {
        Some(known) => error.detail(
            format!("Документ учтён как {}", known.id),
            format!("The document is recorded as {}", known.id),
        ),
        None => error,
    }
}
