//! Entries of credit books, met again by the book and what the person took part in (P3-15, P3-34).

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::model::RowOutcome;
use super::super::table::{Column, Row, column};
use super::cells::{Cells, in_columns, unknown_inn};
use crate::db::Ctx;
use crate::directory::associations::service::association_named;
use crate::directory::organizations::service as organizations;
use crate::directory::persons::service as persons;
use crate::error::{Error, Result};
use crate::hours::credit_books::model::{Correction, EntrySaid, Source};
use crate::hours::credit_books::service::{self as credit_books, NewEntry};
use crate::training::offerings::service::offerings_named;
use crate::values::{Hours, Snils};

pub(super) const COLUMNS: &[Column] = &[
    column("snils", "СНИЛС", true),
    column("organizer_inn", "ИНН организатора", true),
    column("offering_title", "Обучение", false),
    column("offering_starts_on", "Начало обучения", false),
    column("association", "Объединение", false),
    column("topic", "Тема", false),
    column("started_on", "Начало", false),
    column("ended_on", "Окончание", false),
    column("hours", "Часы", false),
    column("reason", "Причина исправления", false),
];

/// Why an entry was corrected, where the file gives no reason of its own.
const CORRECTED: &str = "Исправлено при загрузке файла";

/// Hours as the endpoint bounds them.
const MOST_HOURS: Hours = Hours::whole(10_000);

/// In what the person took part, as the file calls it.
enum Held {
    Offering(String, Option<NaiveDate>),
    Association(String),
}

struct EntryRow {
    snils: Snils,
    organizer_inn: String,
    held: Held,
    said: EntrySaid,
    reason: Option<String>,
}

pub(super) async fn load(ctx: &Ctx<'_>, row: &Row<'_>) -> Result<(RowOutcome, Uuid)> {
    let row = read(row)?;
    let region_id = ctx.region_id()?;
    let unknown_person = || {
        Error::field("/snils", "unknown", "Человека с таким СНИЛС нет", "There is no person with this SNILS")
    };
    let person = persons::find_by_snils(ctx, region_id, row.snils).await?.ok_or_else(unknown_person)?;
    let organizer = organizations::organization_by_inn(ctx, region_id, &row.organizer_inn).await?;
    let organizer = organizer.ok_or_else(|| unknown_inn("organizer_inn"))?;
    let source = source(ctx, organizer, &row.held).await?;
    if let Some(known) = credit_books::find_loaded(ctx, person.id, source, &row.said).await?
        // Whoever does not see the entry may not write it either, and hears so.
        && let Ok(known) = credit_books::get_credit_book_entry(ctx, known.id).await
    {
        if row.said.complete_with(&known.entry.data) == known.entry.data {
            return Ok((RowOutcome::Unchanged, known.entry.id));
        }
        let reason = row.reason.unwrap_or_else(|| CORRECTED.to_owned());
        let correction = Correction { reason, withdrawn: false, said: row.said };
        let made = credit_books::correct_credit_book_entry(ctx, known.entry.id, &correction).await;
        return Ok((RowOutcome::Updated, made.map_err(of_row)?.entry.id));
    }
    let new = NewEntry { person_id: person.id, source, said: row.said };
    let made = credit_books::write_credit_book_entry(ctx, new).await.map_err(of_row)?;
    Ok((RowOutcome::Created, made.entry.id))
}

async fn source(ctx: &Ctx<'_>, organizer: Uuid, held: &Held) -> Result<Source> {
    match held {
        Held::Offering(title, starts_on) => {
            match offerings_named(ctx, organizer, title, *starts_on).await?.as_slice() {
                [one] => Ok(Source::Offering(*one)),
                [] => Err(unknown("/offering_title")),
                _ => Err(Error::field(
                    "/offering_starts_on",
                    "ambiguous",
                    "Таких несколько: укажите день начала обучения",
                    "There are several: give the first day of the training",
                )),
            }
        }
        Held::Association(name) => {
            let found = association_named(ctx, organizer, name).await?;
            Ok(Source::Association(found.ok_or_else(|| unknown("/association"))?))
        }
    }
}

fn unknown(pointer: &str) -> Error {
    Error::field(pointer, "unknown", "Такой записи нет", "There is no such record")
}

fn of_row(refusal: Error) -> Error {
    let names =
        [("/person_id", "snils"), ("/offering_id", "offering_title"), ("/association_id", "association")];
    in_columns(refusal, &names)
}

fn read(row: &Row<'_>) -> Result<EntryRow> {
    let mut cells = Cells::new(row);
    let snils = cells.snils("snils");
    let organizer_inn = cells.required("organizer_inn");
    let (offering, association) = (cells.text("offering_title"), cells.text("association"));
    let starts_on = cells.date("offering_starts_on");
    let held = match (offering, association) {
        (Some(title), None) => Some(Held::Offering(title, starts_on)),
        (None, Some(name)) => Some(Held::Association(name)),
        (found, _) => {
            let code = if found.is_some() { "one_of_both_only" } else { "required" };
            cells.problem(
                "offering_title",
                code,
                "Укажите либо обучение, либо объединение",
                "Name either an offering or an association",
            );
            None
        }
    };
    let topic = cells.text_of("topic", 1, 500);
    let (started_on, ended_on) = (cells.date("started_on"), cells.date("ended_on"));
    let hours: Option<Hours> = if cells.text("hours").is_some() { cells.hours("hours") } else { None };
    if hours.is_some_and(|hours| hours > MOST_HOURS) {
        cells.problem("hours", "range", "Не больше 10000 часов", "At most 10000 hours");
    }
    let reason = cells.text_of("reason", 3, 2_000);
    let values = (|| {
        let said = EntrySaid { topic, started_on, ended_on, hours };
        Some(EntryRow { snils: snils?, organizer_inn: organizer_inn?, held: held?, said, reason })
    })();
    cells.finish(values)
}
