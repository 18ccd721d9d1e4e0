//! Results of diagnostics, met again by person, instrument, day and campaign (P2-17).

use rust_decimal::Decimal;
use uuid::Uuid;

use super::super::model::RowOutcome;
use super::super::table::{Column, Row, column};
use super::cells::Cells;
use super::vocabulary::{PROCEDURE, RESULT_MODE};
use crate::db::Ctx;
use crate::diagnostics::Score;
use crate::diagnostics::results::load::{LoadOutcome, LoadedResult, LoadedScore, load_result};
use crate::directory::organizations::service as organizations;
use crate::directory::persons::service as persons;
use crate::error::{Error, Result};
use crate::values::Snils;

pub(super) const COLUMNS: &[Column] = &[
    column("snils", "СНИЛС", true),
    column("instrument_code", "Код инструмента", true),
    column("instrument_edition", "Редакция инструмента", false),
    column("instrument_owner_inn", "ИНН владельца инструмента", false),
    column("campaign_code", "Код кампании", false),
    column("taken_on", "Дата", true),
    column("mode", "Формат", true),
    column("scores", "Баллы", true),
];

/// How an edition and scores are written.
const EDITION: (&str, &str) = ("Ожидается номер редакции", "Expected the number of an edition");
const SCORES: (&str, &str) = (
    "Ожидается «код=балл» или «код:процедура=балл» через «|»; баллы от 0 до 9999,99; процедуры: тест, наблюдение, \
     самооценка, эксперт",
    "Expected code=score or code:procedure=score parted by |; scores from 0 to 9999.99; procedures: test, observation, \
     self_assessment, expert",
);

struct ResultRow {
    snils: Snils,
    owner_inn: Option<String>,
    result: LoadedResult,
}

pub(super) async fn load(ctx: &Ctx<'_>, row: &Row<'_>) -> Result<(RowOutcome, Uuid)> {
    let mut row = read(row)?;
    let region_id = ctx.region_id()?;
    let unknown_person = || {
        Error::field("/snils", "unknown", "Человека с таким СНИЛС нет", "There is no person with this SNILS")
    };
    row.result.person_id =
        persons::find_by_snils(ctx, region_id, row.snils).await?.ok_or_else(unknown_person)?.id;
    if let Some(inn) = &row.owner_inn {
        let owner = organizations::organization_by_inn(ctx, region_id, inn).await?.ok_or_else(|| {
            Error::field(
                "/instrument_owner_inn",
                "unknown",
                "Организации с таким ИНН нет",
                "There is no organization with this INN",
            )
        })?;
        row.result.instrument_owner_id = Some(owner);
    }
    Ok(match load_result(ctx, row.result).await? {
        LoadOutcome::Recorded(id) => (RowOutcome::Created, id),
        LoadOutcome::Corrected(id) => (RowOutcome::Updated, id),
        LoadOutcome::Known(id) => (RowOutcome::Unchanged, id),
    })
}

fn read(row: &Row<'_>) -> Result<ResultRow> {
    let mut cells = Cells::new(row);
    let snils = cells.snils("snils");
    let instrument_code = cells.required("instrument_code");
    let instrument_edition = cells.written("instrument_edition", EDITION, |cell| cell.parse::<i32>().ok());
    let taken_on = cells.required_date("taken_on");
    let mode = cells.required_word("mode", &RESULT_MODE);
    let scores = cells.required("scores").and_then(|_| cells.written("scores", SCORES, scores));
    let (owner_inn, campaign_code) = (cells.text("instrument_owner_inn"), cells.text("campaign_code"));
    let values = (|| {
        let result = LoadedResult {
            person_id: Uuid::nil(),
            instrument_code: instrument_code?,
            instrument_edition,
            instrument_owner_id: None,
            campaign_code,
            taken_on: taken_on?,
            mode: mode?,
            scores: scores?,
        };
        Some(ResultRow { snils: snils?, owner_inn, result })
    })();
    cells.finish(values)
}

/// `K1=84|M2:expert=38,5`: a score for each competency and procedure.
fn scores(cell: &str) -> Option<Vec<LoadedScore>> {
    let parts = cell.split('|').map(str::trim).filter(|part| !part.is_empty());
    parts.map(score).collect::<Option<Vec<_>>>().filter(|scores| !scores.is_empty())
}

fn score(part: &str) -> Option<LoadedScore> {
    let (what, number) = part.rsplit_once('=')?;
    let number = number.trim().replace(',', ".").parse::<Decimal>().ok()?;
    let in_range = number >= Decimal::ZERO && number <= Decimal::new(999_999, 2);
    let (code, procedure) = match what.split_once(':') {
        Some((code, name)) => (code, Some(PROCEDURE.value(name)?)),
        None => (what, None),
    };
    let code = code.trim();
    (in_range && !code.is_empty() && code.chars().count() <= 64).then(|| LoadedScore {
        code: code.to_owned(),
        procedure,
        score: Score::rounded(number),
    })
}
