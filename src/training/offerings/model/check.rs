//! Everything that may be wrong with an offering, found at once.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{OfferingContent, OfferingData};
use crate::error::{FieldProblem, Text};
use crate::training::vocabulary::OfferingKind;
use crate::values::{DayError, Hours, is_day_in_range, text::is_blank};

/// The longest offering, in days.
const LONGEST: i64 = 3 * 366;

/// The program or module taught, as far as an offering is concerned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgramInOffering {
    /// Whether it was accepted: only then it may be taught.
    pub accepted: bool,
    /// Whether the registry has suspended it, and nothing follows it yet here.
    pub suspended: bool,
    /// Volume of the program, or of the module when one is named.
    pub hours: Hours,
    /// Whether the named module is one of its modules.
    pub module_known: bool,
    /// Who teaches it: the program's provider, the modules', and the partners that the program names.
    pub teachers: Vec<Uuid>,
}

/// What an offering refers to, as it was found in the region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferingSurroundings {
    /// The organiser.
    pub organiser_id: Uuid,
    /// The program named, if there is such a one.
    pub program: Option<ProgramInOffering>,
    /// Whether the venue is an organization of the region.
    pub venue_known: bool,
    /// Whether the leader is a person of the region.
    pub leader_known: bool,
    /// Partners that are organizations of the region.
    pub partners_known: Vec<Uuid>,
    /// Seats that are taken already.
    pub seats_taken: i32,
}

impl OfferingData {
    /// Whether its last day now lies behind, as it did not before: what has been opened is never moved there.
    pub fn moves_into_past(&self, before: &Self, today: NaiveDate) -> bool {
        self.ends_on < today && self.ends_on != before.ends_on
    }

    /// The volume: what is said, else that of the program or module.
    pub fn volume(&self, program: Option<&ProgramInOffering>) -> Option<Hours> {
        self.hours.or_else(|| program.map(|program| program.hours))
    }
}

/// Every rule the offering breaks.
pub fn problems(content: &OfferingContent, around: &OfferingSurroundings) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    days(&content.data, &mut found);
    program(content, around, &mut found);
    hours(content, around, &mut found);
    places(content, around, &mut found);
    found
}

fn add(found: &mut Vec<FieldProblem>, wrong: bool, pointer: &str, code: &'static str, words: Text) {
    if wrong {
        found.push(FieldProblem::new(pointer, code, words));
    }
}

fn days(data: &OfferingData, found: &mut Vec<FieldProblem>) {
    let order = Text::new("Последний день раньше первого", "The last day lies before the first");
    add(found, data.ends_on < data.starts_on, "/data/ends_on", "dates_out_of_order", order);
    // A copy moves the days of its original, so they need not have been written by anybody.
    let outside = !is_day_in_range(data.ends_on);
    add(found, outside, "/data/ends_on", DayError::OutOfRange.code(), DayError::OutOfRange.words());
    let long = Text::new("Не дольше трёх лет", "Three years at most");
    let is_long = (data.ends_on - data.starts_on).num_days() > LONGEST;
    add(found, is_long, "/data/ends_on", "too_long", long);
    let late = Text::new("Заявки принимают не позже последнего дня", "Applications end with the last day");
    let is_late = data.apply_until.is_some_and(|day| day > data.ends_on);
    add(found, is_late, "/data/apply_until", "dates_out_of_order", late);
    let blank = Text::new("Название не может быть пустым", "The title cannot be blank");
    add(found, is_blank(&data.title), "/data/title", "blank", blank);
}

fn program(content: &OfferingContent, around: &OfferingSurroundings, found: &mut Vec<FieldProblem>) {
    let data = &content.data;
    let needed = matches!(data.kind, OfferingKind::Course | OfferingKind::Module);
    let missing = Text::new("Курс и модуль проводят по программе", "A course or module follows a program");
    add(found, needed && data.program_id.is_none(), "/data/program_id", "required", missing);
    let module = Text::new("Назовите модуль программы", "Name the module of the program");
    let no_module = data.kind == OfferingKind::Module && data.module_id.is_none();
    add(found, no_module, "/data/module_id", "required", module);
    let whole = Text::new("Курс — это вся программа", "A course is the whole program");
    let part = data.kind == OfferingKind::Course && data.module_id.is_some();
    add(found, part, "/data/module_id", "not_allowed", whole);
    let alone = Text::new("Модуль называют вместе с программой", "A module is named with its program");
    let is_alone = data.module_id.is_some() && data.program_id.is_none() && !needed;
    add(found, is_alone, "/data/program_id", "required", alone);
    let Some(program) = &around.program else {
        let unknown = Text::new("Такой программы нет", "There is no such program");
        add(found, data.program_id.is_some(), "/data/program_id", "unknown", unknown);
        return;
    };
    let pending = Text::new("Программа ещё не принята", "The program is not accepted");
    add(found, !program.accepted, "/data/program_id", "not_accepted", pending);
    let paused = Text::new(
        "Программа в реестре приостановлена: новых наборов по ней нет",
        "The registry has suspended the program: nothing new is held by it",
    );
    add(found, program.suspended, "/data/program_id", "suspended", paused);
    let foreign = Text::new("Такого модуля у программы нет", "The program has no such module");
    let is_foreign = data.module_id.is_some() && !program.module_known;
    add(found, is_foreign, "/data/module_id", "unknown", foreign);
    let others = Text::new(
        "Организатор не реализует эту программу: его не называет ни она сама, ни её модули",
        "The organiser does not teach this program: neither it nor its modules name him",
    );
    // A partner is named without being asked, so naming the provider of the program gives no right to teach it.
    let own = program.teachers.contains(&around.organiser_id);
    add(found, !own, "/data/program_id", "not_the_teacher", others);
}

/// The whole, its practical share (P3-8), and the stages as parts of it.
fn hours(content: &OfferingContent, around: &OfferingSurroundings, found: &mut Vec<FieldProblem>) {
    let data = &content.data;
    let program = around.program.as_ref();
    let Some(whole) = data.volume(program) else {
        let words = Text::new("Укажите объём в часах", "State the volume in hours");
        // Without its program a course is refused for that alone.
        add(found, data.program_id.is_none(), "/data/hours", "required", words);
        return;
    };
    let positive = Text::new("Часов должно быть больше нуля", "The hours must be above zero");
    add(found, !whole.is_positive(), "/data/hours", "not_positive", positive);
    if let Some(program) = program
        && matches!(data.kind, OfferingKind::Course | OfferingKind::Module)
        && program.hours != whole
    {
        let words = Text::owned(
            format!("Объём по программе — {} ч", program.hours),
            format!("By the program the volume is {} h", program.hours),
        );
        found.push(FieldProblem::new("/data/hours", "hours_differ", words));
    }
    if data.practical_hours > whole {
        let words = Text::owned(
            format!("Практических часов больше, чем всего: {whole} ч"),
            format!("More practical hours than the whole of {whole} h"),
        );
        found.push(FieldProblem::new("/data/practical_hours", "hours_exceed", words).because("P3-8", None));
    }
    for (index, stage) in content.stages.iter().enumerate() {
        let words = Text::new("Часов должно быть больше нуля", "The hours must be above zero");
        let empty = stage.hours.is_some_and(|hours| !hours.is_positive());
        add(found, empty, &format!("/stages/{index}/hours"), "not_positive", words);
        let blank = Text::new("Название не может быть пустым", "The title cannot be blank");
        add(found, is_blank(&stage.title), &format!("/stages/{index}/title"), "blank", blank);
    }
    let sum: Hours = content.stages.iter().filter_map(|stage| stage.hours).sum();
    if sum > whole {
        let words = Text::owned(
            format!("Этапы — {sum} ч — больше объёма {whole} ч"),
            format!("The stages, {sum} h, exceed the volume of {whole} h"),
        );
        found.push(FieldProblem::new("/stages", "hours_exceed", words));
    }
}

fn places(content: &OfferingContent, around: &OfferingSurroundings, found: &mut Vec<FieldProblem>) {
    let data = &content.data;
    let host = Text::new("Назовите, где проходит стажировка", "Name where the internship takes place");
    let no_host = data.kind == OfferingKind::Internship && data.venue_id.is_none();
    if no_host {
        found.push(FieldProblem::new("/data/venue_id", "required", host).because("P2-9", None));
    }
    let unknown = || Text::new("Такой организации нет", "There is no such organization");
    add(found, data.venue_id.is_some() && !around.venue_known, "/data/venue_id", "unknown", unknown());
    let nobody = Text::new("Такого человека нет", "There is no such person");
    add(found, data.leader_id.is_some() && !around.leader_known, "/data/leader_id", "unknown", nobody);
    for (index, partner) in content.partner_ids.iter().enumerate() {
        let pointer = format!("/partner_ids/{index}");
        let is_known = around.partners_known.contains(partner);
        add(found, !is_known, &pointer, "unknown", unknown());
        let repeated = content.partner_ids.iter().take(index).any(|other| other == partner);
        let twice = Text::new("Партнёра называют один раз", "A partner is named once");
        add(found, repeated, &pointer, "duplicate", twice);
        let itself = Text::new("Организатор — не партнёр", "The organiser is no partner");
        add(found, *partner == around.organiser_id, &pointer, "not_allowed", itself);
    }
    if data.seats < around.seats_taken {
        let words = Text::owned(
            format!("Занято уже {} мест", around.seats_taken),
            format!("{} seats are taken already", around.seats_taken),
        );
        found.push(FieldProblem::new("/data/seats", "seats_taken", words));
    }
}
