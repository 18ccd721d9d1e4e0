//! Organizations, met again by what their source calls them, else by tax number and kind.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::model::RowOutcome;
use super::super::table::{Column, Row, column};
use super::cells::{Cells, EXTERNAL_ID, SOURCE, in_columns, unknown_inn};
use super::vocabulary::{FOUNDER_TYPE, FUNCTION, ORGANIZATION_KIND};
use crate::db::Ctx;
use crate::directory::organizations::model::{
    FounderType, Organization, OrganizationData, OrganizationFunction, OrganizationKind,
};
use crate::directory::organizations::service::{self as organizations, NewOrganization};
use crate::directory::persons::model::ExternalId;
use crate::error::{Error, Result};
use crate::values::{Inn, Ogrn, Oktmo};

pub(super) const COLUMNS: &[Column] = &[
    column("name", "Наименование", true),
    column("kind", "Тип организации", true),
    column("short_name", "Краткое наименование", false),
    column("inn", "ИНН", false),
    column("ogrn", "ОГРН", false),
    column("oktmo", "ОКТМО", false),
    column("founder_type", "Тип учредителя", false),
    column("functions", "Функции", false),
    column("parent_inn", "ИНН вышестоящей организации", false),
    column("closed_on", "Дата закрытия", false),
    SOURCE,
    EXTERNAL_ID,
];

struct OrganizationRow {
    name: String,
    kind: OrganizationKind,
    short_name: Option<String>,
    inn: Option<String>,
    ogrn: Option<String>,
    oktmo: Option<String>,
    founder_type: Option<FounderType>,
    functions: Vec<OrganizationFunction>,
    parent_inn: Option<String>,
    closed_on: Option<NaiveDate>,
    external: Option<ExternalId>,
}

impl OrganizationRow {
    /// What is said of the organization; what the file does not say stays as it is.
    fn over(&self, known: Option<&OrganizationData>) -> OrganizationData {
        let kept = known.map(|known| known.functions.clone()).unwrap_or_default();
        OrganizationData {
            name: self.name.clone(),
            short_name: self.short_name.clone().or_else(|| known.and_then(|known| known.short_name.clone())),
            inn: self.inn.clone().or_else(|| known.and_then(|known| known.inn.clone())),
            ogrn: self.ogrn.clone().or_else(|| known.and_then(|known| known.ogrn.clone())),
            oktmo: self.oktmo.clone().or_else(|| known.and_then(|known| known.oktmo.clone())),
            founder_type: self.founder_type.or_else(|| known.and_then(|known| known.founder_type)),
            closed_on: self.closed_on.or_else(|| known.and_then(|known| known.closed_on)),
            functions: if self.functions.is_empty() { kept } else { self.functions.clone() },
        }
    }
}

pub(super) async fn load(ctx: &Ctx<'_>, row: &Row<'_>) -> Result<(RowOutcome, Uuid)> {
    let row = read(row)?;
    let region_id = ctx.region_id()?;
    let parent_id = match &row.parent_inn {
        Some(inn) => {
            let found = organizations::organization_by_inn(ctx, region_id, inn).await?;
            Some(found.ok_or_else(|| unknown_inn("parent_inn"))?)
        }
        None => None,
    };
    let key = (row.inn.as_deref(), row.kind);
    let known = organizations::find_loaded(ctx, region_id, row.external.as_ref(), key).await?;
    let Some(known) = known else { return create(ctx, &row, parent_id).await };
    let changed = change(ctx, &row, known, parent_id).await.map_err(of_row)?;
    let named = match &row.external {
        Some(external) => organizations::name_external(ctx, known, external).await?,
        None => false,
    };
    Ok((if changed || named { RowOutcome::Updated } else { RowOutcome::Unchanged }, known))
}

async fn create(ctx: &Ctx<'_>, row: &OrganizationRow, parent_id: Option<Uuid>) -> Result<(RowOutcome, Uuid)> {
    if parent_id.is_none() {
        return Err(Error::field(
            "/parent_inn",
            "required",
            "Для новой организации укажите вышестоящую",
            "Name the organization that a new one is subordinate to",
        ));
    }
    let new = NewOrganization { region_id: None, parent_id, kind: row.kind, data: row.over(None) };
    let made = organizations::create_organization(ctx, new).await.map_err(of_row)?;
    if let Some(external) = &row.external {
        organizations::name_external(ctx, made.id, external).await?;
    }
    Ok((RowOutcome::Created, made.id))
}

/// Says whether anything changed.
async fn change(ctx: &Ctx<'_>, row: &OrganizationRow, id: Uuid, parent_id: Option<Uuid>) -> Result<bool> {
    let mut known: Organization = organizations::get_organization(ctx, id).await?;
    if known.kind != row.kind {
        return Err(Error::field(
            "/kind",
            "cannot_change",
            "Тип организации не меняется",
            "The kind of an organization does not change",
        ));
    }
    let data = row.over(Some(&known.data));
    let said_otherwise = data != known.data;
    if said_otherwise {
        known = organizations::update_organization(ctx, id, known.version, data).await?;
    }
    match parent_id.filter(|parent| known.parent_id != Some(*parent)) {
        Some(parent) => {
            organizations::relocate_organization(ctx, id, known.version, parent).await?;
            Ok(true)
        }
        None => Ok(said_otherwise),
    }
}

fn of_row(refusal: Error) -> Error {
    in_columns(refusal, &[("/parent_id", "parent_inn")])
}

fn read(row: &Row<'_>) -> Result<OrganizationRow> {
    let mut cells = Cells::new(row);
    let name = cells.required("name").and_then(|_| cells.text_of("name", 2, 500));
    let kind = cells.required_word("kind", &ORGANIZATION_KIND);
    let short_name = cells.text_of("short_name", 2, 200);
    let inn = cells.code("inn", |written| {
        Inn::parse(written).map(|inn| inn.is_organization().then(|| inn.as_str().to_owned()))
    });
    let ogrn = cells.code("ogrn", |written| {
        Ogrn::parse(written).map(|ogrn| (!ogrn.is_sole_trader()).then(|| ogrn.as_str().to_owned()))
    });
    let oktmo =
        cells.code("oktmo", |written| Oktmo::parse(written).map(|oktmo| Some(oktmo.as_str().to_owned())));
    let founder_type = cells.word("founder_type", &FOUNDER_TYPE);
    let functions = cells.words("functions", &FUNCTION);
    let parent_inn = cells.text("parent_inn");
    let closed_on = cells.date("closed_on");
    let external = cells.external();
    if cells.text("inn").is_none() && cells.text("external_id").is_none() {
        cells.problem(
            "inn",
            "required",
            "Укажите ИНН или внешний идентификатор: по ним организацию узнают",
            "Give the INN or an external id: the organization is met again by them",
        );
    }
    let values = (|| {
        Some(OrganizationRow {
            name: name?,
            kind: kind?,
            short_name,
            inn,
            ogrn,
            oktmo,
            founder_type,
            functions: functions?,
            parent_inn,
            closed_on,
            external,
        })
    })();
    cells.finish(values)
}
