//! Staff: a person, met again by СНИЛС, an employment, met again by what its source calls it, else by organization,
//! position and first day, and the roles held there.

use uuid::Uuid;

use super::super::model::RowOutcome;
use super::super::table::{Column, Row, column};
use super::cells::{Cells, EXTERNAL_ID, SOURCE, in_columns};
use super::staff_roles::{self, Roles, give_roles};
use super::vocabulary::{EDUCATION_LEVEL, EMPLOYMENT_KIND};
use crate::db::Ctx;
use crate::directory::employments::model::{
    Claimed, Employment, EmploymentData, EmploymentKind, NewEmployment,
};
use crate::directory::employments::service as employments;
use crate::directory::organizations::service as organizations;
use crate::directory::persons::model::{ExternalId, NewPerson, PersonData};
use crate::directory::persons::service as persons;
use crate::error::{Code, Error, FieldProblem, Language, Result, Text};
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
    column("role", "Роль", false),
    column("act_number", "Номер приказа", false),
    column("act_date", "Дата приказа", false),
    SOURCE,
    EXTERNAL_ID,
];

struct StaffRow {
    snils: Snils,
    person: PersonData,
    organization_inn: String,
    employment: EmploymentData,
    roles: Roles,
    external: Option<ExternalId>,
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
    let (roles, started_on) = (staff.roles, staff.employment.started_on);
    let new = NewEmployment { organization_id: workplace, data: staff.employment, external: staff.external };
    let called = match &new.external {
        Some(external) => employments::find_by_external(ctx, region_id, external).await?,
        None => None,
    };
    let known = match (persons::find_by_snils(ctx, region_id, staff.snils).await?, &called) {
        (Some(known), Some(called)) if called.person_id != known.id => return Err(of_another()),
        // The number of the same employment was written wrongly before.
        (None, Some(called)) => {
            let sheet = persons::sheet_of(ctx, called.person_id).await?;
            if !persons::sees(ctx.actor, &sheet) {
                return Err(of_another());
            }
            Some(sheet.person)
        }
        (known, _) => known,
    };
    let Some(known) = known else {
        let person = NewPerson {
            data: staff.person,
            external: None,
            employment: Some(new),
            distinct_from: Vec::new(),
        };
        let id = persons::create_person(ctx, person).await.map_err(of_row)?.person.id;
        give_roles(ctx, id, (workplace, started_on), &roles).await?;
        return Ok((RowOutcome::Created, id));
    };
    if !persons::sees(ctx.actor, &persons::sheet_of(ctx, known.id).await?) {
        // A part-timer whose main place is elsewhere: his record is kept there.
        let who = Claimed { snils: staff.snils, last_name: staff.person.name.last().to_owned() };
        employments::hire_person(ctx, &who, new).await?;
        give_roles(ctx, known.id, (workplace, started_on), &roles).await?;
        return Ok((RowOutcome::Updated, known.id));
    }
    let work = known_work(ctx, row, known.id, new, called).await?;
    // What the file does not say of a person stays as it is.
    let data = PersonData {
        name: name(row, staff.person.name, &known.data.name)?,
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
    let given = give_roles(ctx, known.id, (workplace, started_on), &roles).await?;
    let untouched = person == RowOutcome::Unchanged && !given;
    Ok((if untouched { work } else { RowOutcome::Updated }, known.id))
}

/// The name as the file has it; a file without the column says nothing of the patronymic.
fn name(row: &Row<'_>, written: PersonName, known: &PersonName) -> Result<PersonName> {
    if row.speaks_of("middle_name") {
        return Ok(written);
    }
    PersonName::new(written.last(), written.first(), known.middle()).map_err(Error::internal)
}

/// An employment as the file has it; what the file has no column for stays as it is.
fn over(row: &Row<'_>, written: EmploymentData, known: &EmploymentData) -> Result<EmploymentData> {
    let mut data = written;
    if !row.speaks_of("kind") {
        data.kind = known.kind;
    }
    if !row.speaks_of("education_levels") {
        data.education_levels.clone_from(&known.education_levels);
    }
    if !row.speaks_of("subjects") {
        data.subjects.clone_from(&known.subjects);
    }
    if !row.speaks_of("ended_on") {
        data.ended_on = known.ended_on;
    }
    let problems = data.problems("");
    if problems.is_empty() { Ok(data) } else { Err(Error::invalid(problems)) }
}

/// The employment that its source calls so; else the one of that organization, position and first day.
async fn known_work(
    ctx: &Ctx<'_>,
    row: &Row<'_>,
    person_id: Uuid,
    new: NewEmployment,
    called: Option<Employment>,
) -> Result<RowOutcome> {
    let (position, started_on) = (new.data.position.as_str(), new.data.started_on);
    let found = match called {
        Some(called) if called.organization_id != new.organization_id => {
            return Err(Error::field(
                "/organization_inn",
                "cannot_change",
                "Это место работы в другой организации",
                "This employment is at another organization",
            ));
        }
        Some(called) => Some(called),
        None => {
            let key = (person_id, new.organization_id);
            employments::find_by_natural_key(ctx, key.0, key.1, position, started_on).await?
        }
    };
    let named = match (&found, &new.external) {
        (Some(known), Some(external)) => employments::name_external(ctx, known, external).await?,
        _ => false,
    };
    match found {
        Some(known) => {
            let data = over(row, new.data, &known.data)?;
            if data != known.data {
                employments::update_employment(ctx, known.id, known.version, data).await?;
                return Ok(RowOutcome::Updated);
            }
            Ok(if named { RowOutcome::Updated } else { RowOutcome::Unchanged })
        }
        None => {
            employments::create_employment(ctx, person_id, new).await?;
            Ok(RowOutcome::Updated)
        }
    }
}

/// Somebody whom the region knows may be this person. A file has no way to say that they are two, so its receipt says what
/// can be done beside it.
fn of_row(mut refusal: Error) -> Error {
    if refusal.code != Code::PossibleDuplicate {
        return refusal;
    }
    for field in &mut refusal.fields {
        let (ru, en) = (field.message.in_language(Language::Ru), field.message.in_language(Language::En));
        field.message = Text::owned(
            format!(
                "{ru}. Впишите СНИЛС в ту карточку или добавьте человека запросом create_person с distinct_from"
            ),
            format!(
                "{en}. Write the СНИЛС into that card, or add the person by create_person with distinct_from"
            ),
        );
    }
    in_columns(refusal, &[("/distinct_from", "snils")])
}

fn of_another() -> Error {
    Error::field(
        "/external_id",
        "of_another_person",
        "Этот идентификатор — у другого человека",
        "This id belongs to another person",
    )
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
    let email = cells.email("email");
    let organization_inn = cells.required("organization_inn");
    let position = cells.required_text("position", 200);
    let kind = match cells.text("kind") {
        None => Some(EmploymentKind::Staff),
        Some(_) => cells.word("kind", &EMPLOYMENT_KIND),
    };
    let levels = levels(&mut cells);
    let subjects = cells.short_texts("subjects", 20);
    let (started_on, ended_on) = (cells.required_date("started_on"), cells.date("ended_on"));
    let (roles, external) = (staff_roles::read(&mut cells), cells.external());
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
        Some(StaffRow {
            snils: snils?,
            person,
            organization_inn: organization_inn?,
            employment,
            roles: roles?,
            external,
        })
    })();
    let staff = cells.finish(values)?;
    let problems: Vec<FieldProblem> = staff.employment.problems("");
    if problems.is_empty() { Ok(staff) } else { Err(Error::invalid(problems)) }
}

fn levels(cells: &mut Cells<'_>) -> Option<Vec<EducationLevel>> {
    let mut levels = cells.words("education_levels", &EDUCATION_LEVEL);
    // In the order in which every other way of telling them keeps them, each once.
    if let Some(levels) = &mut levels {
        levels.sort_unstable();
        levels.dedup();
    }
    levels
}
