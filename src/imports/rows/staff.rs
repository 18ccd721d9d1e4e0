//! Staff: a person, met again by СНИЛС, and an employment, met again by organization, position and first day.

use uuid::Uuid;

use super::super::model::RowOutcome;
use super::super::table::{Column, Row, column};
use super::cells::Cells;
use crate::db::Ctx;
use crate::directory::employments::model::{Claimed, EmploymentData, EmploymentKind, NewEmployment};
use crate::directory::employments::service as employments;
use crate::directory::organizations::service as organizations;
use crate::directory::persons::model::{NewPerson, PersonData};
use crate::directory::persons::service as persons;
use crate::error::{Error, FieldProblem, Result};
use crate::values::{EducationLevel, PersonName, Snils};

pub(super) const COLUMNS: &[Column] = &[
    column("last_name", "Фамилия", true),
    column("first_name", "Имя", true),
    column("middle_name", "Отчество", false),
    column("snils", "СНИЛС", true),
    column("birth_date", "Дата рождения", false),
    column("email", "Электронная почта", false),
    column("organization_inn", "ИНН организации", true),
    column("position", "Должность", true),
    column("kind", "Вид занятости", false),
    column("education_levels", "Уровни образования", false),
    column("subjects", "Предметы", false),
    column("started_on", "Дата приёма", true),
    column("ended_on", "Дата увольнения", false),
];

struct StaffRow {
    snils: Snils,
    person: PersonData,
    organization_inn: String,
    employment: EmploymentData,
}

pub(super) async fn load(ctx: &Ctx<'_>, row: &Row<'_>) -> Result<(RowOutcome, Uuid)> {
    let staff = read(row)?;
    let region_id = ctx.region_id()?;
    let workplace = organizations::organization_by_inn(ctx, region_id, &staff.organization_inn).await?;
    let workplace = workplace.ok_or_else(|| {
        Error::field(
            "/organization_inn",
            "unknown",
            "Организации с таким ИНН нет",
            "There is no organization with this INN",
        )
    })?;
    let new = NewEmployment { organization_id: workplace, data: staff.employment, external: None };
    let Some(known) = persons::find_by_snils(ctx, region_id, staff.snils).await? else {
        let person = NewPerson { data: staff.person, external: None, employment: Some(new) };
        return Ok((RowOutcome::Created, persons::create_person(ctx, person).await?.person.id));
    };
    if !persons::sees(ctx.actor, &persons::sheet_of(ctx, known.id).await?) {
        // A part-timer whose main place is elsewhere: his record is kept there.
        let who = Claimed { snils: staff.snils, last_name: staff.person.name.last().to_owned() };
        employments::hire_person(ctx, &who, new).await?;
        return Ok((RowOutcome::Updated, known.id));
    }
    let work = known_work(ctx, known.id, new).await?;
    // What the file does not say of a person stays as it is.
    let data = PersonData {
        birth_date: staff.person.birth_date.or(known.data.birth_date),
        email: staff.person.email.or_else(|| known.data.email.clone()),
        ..staff.person
    };
    let person = if data == known.data {
        RowOutcome::Unchanged
    } else {
        persons::update_person(ctx, known.id, known.version, data, None).await?;
        RowOutcome::Updated
    };
    Ok((if person == RowOutcome::Unchanged { work } else { RowOutcome::Updated }, known.id))
}

async fn known_work(ctx: &Ctx<'_>, person_id: Uuid, new: NewEmployment) -> Result<RowOutcome> {
    let (position, started_on) = (new.data.position.as_str(), new.data.started_on);
    let found =
        employments::find_by_natural_key(ctx, person_id, new.organization_id, position, started_on).await?;
    match found {
        Some(known) if known.data == new.data => Ok(RowOutcome::Unchanged),
        Some(known) => {
            employments::update_employment(ctx, known.id, known.version, new.data).await?;
            Ok(RowOutcome::Updated)
        }
        None => {
            employments::create_employment(ctx, person_id, new).await?;
            Ok(RowOutcome::Updated)
        }
    }
}

fn read(row: &Row<'_>) -> Result<StaffRow> {
    let mut cells = Cells::new(row);
    let (last, first) = (cells.required("last_name"), cells.required("first_name"));
    let name = last.zip(first).and_then(|(last, first)| {
        let name = PersonName::new(&last, &first, cells.text("middle_name").as_deref());
        name.map_err(|error| {
            cells.problem(error.part().as_str(), error.code(), "Имя записано неверно", &error.to_string());
        })
        .ok()
    });
    let snils = cells.snils("snils");
    let birth_date = cells.date("birth_date");
    let email = cells.text("email");
    let organization_inn = cells.required("organization_inn");
    let position = cells.required("position");
    let kind = match cells.text("kind") {
        None => Some(EmploymentKind::Staff),
        Some(_) => cells.word("kind", employment_kind),
    };
    let levels = levels(&mut cells);
    let subjects = cells.list("subjects");
    let (started_on, ended_on) = (cells.required_date("started_on"), cells.date("ended_on"));
    let values = (|| {
        let employment = EmploymentData {
            kind: kind?,
            position: position?,
            education_levels: levels?,
            subjects,
            started_on: started_on?,
            ended_on,
        };
        let person = PersonData { name: name?, snils, birth_date, email };
        Some(StaffRow { snils: snils?, person, organization_inn: organization_inn?, employment })
    })();
    let staff = cells.finish(values)?;
    let problems: Vec<FieldProblem> = staff.employment.problems("");
    if problems.is_empty() { Ok(staff) } else { Err(Error::invalid(problems)) }
}

/// The names of the API, or the words of a personnel list.
fn employment_kind(word: &str) -> Option<EmploymentKind> {
    match word.to_lowercase().as_str() {
        "штатный" | "основное" => Some(EmploymentKind::Staff),
        "внутренний совместитель" => Some(EmploymentKind::InternalPartTime),
        "внешний совместитель" | "совместитель" => {
            Some(EmploymentKind::ExternalPartTime)
        }
        "договор" => Some(EmploymentKind::Contract),
        name => EmploymentKind::parse(name),
    }
}

fn levels(cells: &mut Cells<'_>) -> Option<Vec<EducationLevel>> {
    let words = cells.list("education_levels");
    let levels: Option<Vec<_>> = words.iter().map(|word| education_level(word)).collect();
    if levels.is_none() {
        cells.problem(
            "education_levels",
            "unknown_value",
            "Неизвестный уровень образования",
            "Unknown education level",
        );
    }
    levels
}

fn education_level(word: &str) -> Option<EducationLevel> {
    match word.to_lowercase().as_str() {
        "дошкольное" => Some(EducationLevel::Preschool),
        "ноо" => Some(EducationLevel::Primary),
        "ооо" => Some(EducationLevel::Basic),
        "соо" => Some(EducationLevel::Secondary),
        "спо" => Some(EducationLevel::Vocational),
        "дополнительное" => Some(EducationLevel::Additional),
        name => EducationLevel::parse(name),
    }
}
