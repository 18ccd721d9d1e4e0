//! What a refusal of the rules means for the caller: 403 about who acts, 409 about where the request stands, 422
//! about what was said.

use crate::approvals::model::Refusal;
use crate::error::{Code, Error, FieldProblem, Text};

/// The refusal as an answer, with the stable code of the rule.
pub(super) fn refused(refusal: Refusal) -> Error {
    let (pointer, code) = match refusal {
        Refusal::OwnRequest | Refusal::AlreadyTookStep => ("/step", Code::SeparationOfDuties),
        Refusal::NotSubmitter | Refusal::WrongActor => ("", Code::Forbidden),
        Refusal::NotYourStep | Refusal::NotTheLearner | Refusal::NotASeniorOfStep => {
            ("/step", Code::Forbidden)
        }
        Refusal::NotASenior => ("/before", Code::Forbidden),
        Refusal::NotSubstitute => ("/acting_for_person_id", Code::Forbidden),
        Refusal::LearnerLeft | Refusal::LearnerStays | Refusal::ChainFull => ("", Code::StateConflict),
        Refusal::NotADecidingStep => ("/before", Code::Invalid),
        Refusal::SameSeat => ("/role", Code::Invalid),
        Refusal::KindNotInsertable => ("/kind", Code::Invalid),
        Refusal::MeetingRequired | Refusal::NoMeeting | Refusal::MeetingInvalid(_) => {
            ("/meeting", Code::Invalid)
        }
        Refusal::AlreadyFinal
        | Refusal::AlreadySubmitted
        | Refusal::NotInReview
        | Refusal::NotDue
        | Refusal::DeadlineHandled
        | Refusal::NothingAtDeadline => ("", Code::StateConflict),
        Refusal::AlreadyGaveOpinion | Refusal::StepAlreadyDecided | Refusal::StepNotOpen => {
            ("/step", Code::StateConflict)
        }
        Refusal::NothingToRefuse | Refusal::ReturnNotAllowed => ("/decision", Code::StateConflict),
        Refusal::UnknownStep | Refusal::StepOfRegulation => ("/step", Code::Invalid),
        Refusal::WrongDecision(_) => ("/decision", Code::Invalid),
        Refusal::ReasonRequired | Refusal::TextRequired => ("/note", Code::Invalid),
        Refusal::DueOnInPast => ("/due_on", Code::Invalid),
        Refusal::ActRequired | Refusal::ActInvalid => ("/act_number", Code::Invalid),
        Refusal::LearnerSideMissing | Refusal::OrganizationSideMissing | Refusal::NoLearner => {
            ("", Code::Invalid)
        }
    };
    let problem = FieldProblem::new(pointer, refusal.code(), words(refusal));
    let problem = match refusal {
        Refusal::LearnerSideMissing | Refusal::OrganizationSideMissing => problem.because("P0-6", None),
        Refusal::NotTheLearner => problem.because("P4-11", None),
        _ => problem,
    };
    let detail = words(refusal);
    Error { detail: Some(detail), fields: vec![problem], ..Error::new(code) }
}

/// The same refusal, where the body names otherwise what it is about.
pub(super) fn pointing(mut error: Error, pointer: &str) -> Error {
    for field in &mut error.fields {
        pointer.clone_into(&mut field.pointer);
    }
    error
}

fn words(refusal: Refusal) -> Text {
    let (ru, en) = match refusal {
        Refusal::AlreadyFinal => ("Рассмотрение завершено", "The request has ended"),
        Refusal::AlreadySubmitted => ("Уже на рассмотрении", "The request is in review already"),
        Refusal::NotInReview => ("Сейчас не на рассмотрении", "The request is not in review"),
        Refusal::NotSubmitter => {
            ("Это вправе сделать только тот, кто подал", "Only the submitter may do this")
        }
        Refusal::NotYourStep => (
            "Этот шаг принадлежит другой роли или организации",
            "The step belongs to another role or organization",
        ),
        Refusal::NotTheLearner => {
            ("Этот шаг принадлежит только самому работнику", "Only the learner may take this step")
        }
        Refusal::OwnRequest => {
            ("Никто не решает о собственном вопросе", "Nobody decides on a request of his or her own")
        }
        Refusal::AlreadyTookStep => (
            "Один человек не принимает двух решений в одном круге",
            "The same person does not take two steps of one round",
        ),
        Refusal::AlreadyGaveOpinion => {
            ("Ваше мнение в этом круге уже записано", "An opinion of yours stands already in this round")
        }
        Refusal::StepAlreadyDecided => ("По этому шагу уже решено", "The step has been decided already"),
        Refusal::StepNotOpen => ("Очередь этого шага не наступила", "The turn of this step has not come"),
        Refusal::UnknownStep => ("Такого шага в цепочке нет", "The chain has no such step"),
        Refusal::WrongDecision(_) => {
            ("Шаг требует другого решения", "The step asks for another kind of decision")
        }
        Refusal::NothingToRefuse => {
            ("На этом шаге нельзя вернуть или отклонить", "This step can neither return nor reject")
        }
        Refusal::ReturnNotAllowed => (
            "Положение не позволяет вернуть на доработку с этого шага",
            "The regulation does not let this step return the subject for rework",
        ),
        Refusal::ReasonRequired => ("Укажите причину", "A reason is required"),
        Refusal::DueOnInPast => ("Срок доработки уже прошёл", "The date for rework must be today or later"),
        Refusal::ActRequired => {
            ("Укажите номер и дату приказа", "The number and date of the act are required")
        }
        Refusal::ActInvalid => (
            "Нужен номер приказа и дата не позже сегодняшней",
            "The act needs a number and a date that is not in the future",
        ),
        Refusal::TextRequired => ("Напишите своё мнение", "A text is required"),
        Refusal::LearnerSideMissing => ("Нет согласия работника", "The learner's agreement is missing"),
        Refusal::OrganizationSideMissing => {
            ("В цепочке нет решения организации", "The chain has no step of an organization")
        }
        Refusal::NoLearner => (
            "Цепочка требует согласия работника, но вопрос ни о ком",
            "The chain asks for the learner's consent, but the request has no learner",
        ),
        Refusal::NotDue => ("Срок не прошёл", "No deadline has passed"),
        Refusal::DeadlineHandled => ("Срок этого шага уже учтён", "The deadline has been handled already"),
        Refusal::NothingAtDeadline => {
            ("По этому сроку ничего не происходит", "Nothing happens at this deadline")
        }
        Refusal::LearnerLeft => (
            "Работник больше не работает в этой организации",
            "The learner works at the organization no longer",
        ),
        Refusal::LearnerStays => {
            ("Работник продолжает работать в организации", "The learner still works at the organization")
        }
        Refusal::NotASenior => (
            "Поставить шаг перед этим вправе только тот, кто на нём решает",
            "Only whoever decides at this step puts another before it",
        ),
        Refusal::NotASeniorOfStep => (
            "Убрать добавленный шаг вправе только тот, кто решает после него",
            "Only whoever decides after this step takes it out again",
        ),
        Refusal::StepOfRegulation => (
            "Этот шаг предусмотрен положением: убрать можно только добавленный",
            "The regulation asks for this step: only a step that was put in can be taken out",
        ),
        Refusal::NotADecidingStep => (
            "Шаг ставится только перед согласованием или утверждением",
            "A step is put before an endorsement or an approval only",
        ),
        Refusal::SameSeat => {
            ("Этого же исполнителя спросят на следующем шаге", "The next step asks the very same seat")
        }
        Refusal::KindNotInsertable => (
            "Утверждение и согласие работника бывают только по положению",
            "Approvals and consents come from the regulation alone",
        ),
        Refusal::ChainFull => ("В цепочке уже 64 шага", "The chain has 64 steps already"),
        Refusal::MeetingRequired => (
            "Решает коллегиальный орган: укажите его заседание",
            "A body decides here: its meeting is required",
        ),
        Refusal::NoMeeting => {
            ("Это решение принимает не коллегиальный орган", "This decision is not that of a body")
        }
        Refusal::MeetingInvalid(_) => (
            "Запись о заседании неполна или противоречива",
            "The record of the meeting is incomplete or wrong",
        ),
        Refusal::NotSubstitute => (
            "Сегодня вы этого человека не замещаете",
            "No substitution of that person by you is in force today",
        ),
        Refusal::WrongActor => ("Это делает не человек", "This actor cannot cause this event"),
    };
    Text::new(ru, en)
}
