//! Programs with their modules, met again by what their source calls them, else by provider, kind and title.

use rust_decimal::Decimal;
use uuid::Uuid;

use super::super::model::RowOutcome;
use super::super::table::{Column, Row, column};
use super::cells::{Cells, EXTERNAL_ID, SOURCE, in_columns, unknown_inn};
use super::vocabulary::{AUDIENCE, DELIVERY, EDUCATION_LEVEL, FUNDING, PROGRAM_KIND, STUDY_FORM};
use crate::db::Ctx;
use crate::directory::organizations::service as organizations;
use crate::directory::persons::model::ExternalId;
use crate::error::{Code, Error, Result};
use crate::registry::programs::model::{
    ModuleData, ProgramAudience, ProgramData, ProgramDelivery, ProgramDetails, ProgramFunding, StudyForm,
};
use crate::registry::programs::service::{self as programs, ProgramContent};
use crate::values::text::collapse;
use crate::values::{EducationLevel, Hours, ProgramKind};

pub(super) const COLUMNS: &[Column] = &[
    column("provider_inn", "ИНН организации", true),
    column("title", "Наименование", true),
    column("kind", "Вид программы", true),
    column("hours", "Часы", true),
    column("study_form", "Форма обучения", true),
    column("delivery", "Способ реализации", true),
    column("audience", "Для кого", true),
    column("annotation", "Аннотация", false),
    column("education_levels", "Уровни образования", false),
    column("subjects", "Предметы", false),
    column("positions", "Должности", false),
    column("price_rubles", "Стоимость", false),
    column("funding", "Источники финансирования", false),
    column("fully_modular", "Полностью модульная", false),
    column("modules", "Модули", false),
    SOURCE,
    EXTERNAL_ID,
];

/// Modules and items of lists as the endpoint bounds them.
const MOST_MODULES: usize = 60;
const MOST_SUBJECTS: usize = 30;
const MOST_POSITIONS: usize = 20;
const MOST_HOURS: Hours = Hours::whole(5_000);
const MOST_RUBLES: u32 = 10_000_000;

/// How a price and modules are written.
const PRICE: (&str, &str) =
    ("Ожидается целое число рублей, не больше 10000000", "Expected whole rubles, at most 10000000");
const MODULES: (&str, &str) = (
    "Ожидается «название=часы» через «|»; в названии от 3 до 500 знаков, часы кратны 0,5",
    "Expected title=hours parted by |; titles of 3 to 500 characters, hours in steps of 0.5",
);

struct ProgramRow {
    provider_inn: String,
    external: Option<ExternalId>,
    kind: ProgramKind,
    title: String,
    hours: Hours,
    study_form: StudyForm,
    delivery: Vec<ProgramDelivery>,
    audience: Vec<ProgramAudience>,
    annotation: Option<String>,
    education_levels: Vec<EducationLevel>,
    subjects: Vec<String>,
    positions: Vec<String>,
    price_rubles: Option<u32>,
    funding: Vec<ProgramFunding>,
    fully_modular: Option<bool>,
    modules: Vec<(String, Hours)>,
}

impl ProgramRow {
    /// The program as the file wants it; what the file does not say stays as it is.
    fn over(&self, provider_id: Uuid, known: Option<&ProgramContent>) -> ProgramContent {
        let data = known.map(|known| &known.data);
        let details = data.map(|data| data.details.clone()).unwrap_or_default();
        ProgramContent {
            data: ProgramData {
                kind: self.kind,
                title: self.title.clone(),
                annotation: self
                    .annotation
                    .clone()
                    .or_else(|| data.map(|data| data.annotation.clone()))
                    .unwrap_or_default(),
                hours: self.hours,
                fully_modular: self
                    .fully_modular
                    .or_else(|| data.map(|data| data.fully_modular))
                    .unwrap_or_default(),
                study_form: self.study_form,
                delivery: self.delivery.clone(),
                audience: self.audience.clone(),
                education_levels: said(&self.education_levels, data.map(|data| &data.education_levels)),
                subjects: said(&self.subjects, data.map(|data| &data.subjects)),
                price_rubles: self.price_rubles.or_else(|| data.and_then(|data| data.price_rubles)),
                details: ProgramDetails {
                    positions: said(&self.positions, Some(&details.positions)),
                    funding: said(&self.funding, Some(&details.funding)),
                    ..details
                },
            },
            modules: self
                .modules(provider_id, known.map(|known| known.modules.as_slice()).unwrap_or_default()),
        }
    }

    /// A known module keeps what a file does not say: who teaches it, how, and what it develops.
    fn modules(&self, provider_id: Uuid, known: &[ModuleData]) -> Vec<ModuleData> {
        if self.modules.is_empty() {
            return known.to_vec();
        }
        let module = |(title, hours): &(String, Hours)| match known.iter().find(|known| &known.title == title)
        {
            Some(known) => ModuleData { hours: *hours, ..known.clone() },
            None => ModuleData {
                title: title.clone(),
                hours: *hours,
                provider_id,
                delivery: self.delivery.clone(),
                competency_ids: Vec::new(),
            },
        };
        self.modules.iter().map(module).collect()
    }
}

fn said<T: Clone>(list: &[T], known: Option<&Vec<T>>) -> Vec<T> {
    if list.is_empty() { known.cloned().unwrap_or_default() } else { list.to_vec() }
}

pub(super) async fn load(ctx: &Ctx<'_>, row: &Row<'_>) -> Result<(RowOutcome, Uuid)> {
    let row = read(row)?;
    let region_id = ctx.region_id()?;
    let provider_id = organizations::organization_by_inn(ctx, region_id, &row.provider_inn).await?;
    let provider_id = provider_id.ok_or_else(|| unknown_inn("provider_inn"))?;
    let key = (provider_id, row.kind, row.title.as_str());
    let known = programs::find_loaded(ctx, region_id, row.external.as_ref(), key).await?;
    let (outcome, id) = match known {
        None => {
            let content = |provider_id| row.over(provider_id, None);
            let made = programs::create_program(ctx, provider_id, content).await.map_err(of_row)?;
            (RowOutcome::Created, made.program.id)
        }
        Some(id) => (change(ctx, &row, id, provider_id).await.map_err(of_row)?, id),
    };
    let named = match &row.external {
        Some(external) => programs::name_external(ctx, id, external).await?,
        None => false,
    };
    Ok((if named && outcome == RowOutcome::Unchanged { RowOutcome::Updated } else { outcome }, id))
}

async fn change(ctx: &Ctx<'_>, row: &ProgramRow, id: Uuid, provider_id: Uuid) -> Result<RowOutcome> {
    // Whoever does not see the program writes none for this provider either: nothing is said of it.
    let hidden = |refusal: Error| {
        if refusal.code == Code::NotFound { Error::new(Code::Forbidden).cause(refusal) } else { refusal }
    };
    let shown = programs::get_program(ctx, id).await.map_err(hidden)?;
    if shown.program.provider_id != provider_id {
        return Err(Error::field(
            "/provider_inn",
            "cannot_change",
            "Программа остаётся у своей организации",
            "A program stays with its provider",
        ));
    }
    // Of an accepted program the file is compared with the next version, where there is one.
    let (data, modules) = match shown.next {
        Some(next) => (next.snapshot.data, next.snapshot.modules),
        None => (shown.program.data, shown.modules),
    };
    let known = ProgramContent { data, modules: modules.into_iter().map(|module| module.data).collect() };
    let wanted = row.over(provider_id, Some(&known));
    if wanted.data == known.data && wanted.modules == known.modules {
        return Ok(RowOutcome::Unchanged);
    }
    programs::update_program(ctx, id, shown.program.version, |_| wanted.clone(), None).await?;
    Ok(RowOutcome::Updated)
}

fn of_row(refusal: Error) -> Error {
    in_columns(refusal, &[("/provider_id", "provider_inn"), ("/modules", "modules")])
}

fn read(row: &Row<'_>) -> Result<ProgramRow> {
    let mut cells = Cells::new(row);
    let provider_inn = cells.required("provider_inn");
    let title = cells.required("title").and_then(|_| cells.text_of("title", 3, 500));
    let kind = cells.required_word("kind", &PROGRAM_KIND);
    let hours = cells.hours("hours");
    if hours.is_some_and(|hours| hours > MOST_HOURS) {
        cells.problem("hours", "range", "Не больше 5000 часов", "At most 5000 hours");
    }
    let study_form = cells.required_word("study_form", &STUDY_FORM);
    let delivery = cells.some_words("delivery", &DELIVERY);
    let audience = cells.some_words("audience", &AUDIENCE);
    let annotation = cells.text_of("annotation", 1, 5_000);
    let education_levels = cells.words("education_levels", &EDUCATION_LEVEL);
    let (subjects, positions) = (cells.list("subjects"), cells.list("positions"));
    let price_rubles =
        cells.written("price_rubles", PRICE, |cell| cell.parse().ok().filter(|price| *price <= MOST_RUBLES));
    let funding = cells.words("funding", &FUNDING);
    let fully_modular = cells.flag("fully_modular");
    let modules = match cells.text("modules") {
        None => Some(Vec::new()),
        Some(_) => cells.written("modules", MODULES, modules),
    };
    for (name, count, most) in [
        ("subjects", subjects.len(), MOST_SUBJECTS),
        ("positions", positions.len(), MOST_POSITIONS),
        ("modules", modules.as_ref().map_or(0, Vec::len), MOST_MODULES),
    ] {
        if count > most {
            let (ru, en) = (format!("Не больше {most}"), format!("At most {most}"));
            cells.problem(name, "length", &ru, &en);
        }
    }
    let external = cells.external();
    let values = (|| {
        Some(ProgramRow {
            provider_inn: provider_inn?,
            external,
            kind: kind?,
            title: title?,
            hours: hours?,
            study_form: study_form?,
            delivery: once(delivery?),
            audience: once(audience?),
            annotation,
            education_levels: education_levels?,
            subjects,
            positions,
            price_rubles,
            funding: funding?,
            fully_modular,
            modules: modules?,
        })
    })();
    cells.finish(values)
}

/// Each value once, in the order of the file.
fn once<T: PartialEq>(values: Vec<T>) -> Vec<T> {
    let mut single = Vec::with_capacity(values.len());
    for value in values {
        if !single.contains(&value) {
            single.push(value);
        }
    }
    single
}

/// `Название=часы`, parted by `|`.
fn modules(cell: &str) -> Option<Vec<(String, Hours)>> {
    cell.split('|').map(str::trim).filter(|part| !part.is_empty()).map(module).collect()
}

fn module(written: &str) -> Option<(String, Hours)> {
    let (title, hours) = written.rsplit_once('=')?;
    let hours = Hours::try_from(hours.trim().replace(',', ".").parse::<Decimal>().ok()?).ok()?;
    let title = collapse(title);
    let fits = (3..=500).contains(&title.chars().count()) && hours.is_positive() && hours <= MOST_HOURS;
    fits.then_some((title, hours))
}
