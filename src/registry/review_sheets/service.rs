//! Use cases of sheets of criteria.

use uuid::Uuid;

use super::model::{ReviewSheet, SheetData};
use super::{policy, store};
use crate::authz::{Target, authorize, may};
use crate::db::{Change, Ctx, Subject};
use crate::error::{Code, Error, Result};
use crate::http::PageQuery;
use crate::ids::new_id;
use crate::registry::reviews::service::{organizes, require_organizer};

/// A sheet and what the actor may do with it.
#[derive(Debug)]
pub struct ShownSheet {
    /// The sheet.
    pub sheet: ReviewSheet,
    /// operationIds.
    pub allowed_actions: Vec<String>,
}

/// Makes a sheet of the actor's region.
pub async fn create_review_sheet(ctx: &Ctx<'_>, data: SheetData) -> Result<ShownSheet> {
    let region_id = ctx.region_id()?;
    let permit = authorize(ctx.actor, &policy::CREATE_REVIEW_SHEET, &Target::region(region_id))?;
    require_organizer(ctx, region_id).await?;
    check(&data)?;
    let sheet = ReviewSheet { id: new_id(), region_id, data, version: 1 };
    store::insert(ctx, &permit, &sheet).await?;
    let change = Change::none().field("title", (), sheet.data.title.as_str());
    ctx.audit(&permit, Subject { kind: "review_sheet", id: sheet.id }, change).await?;
    shown(ctx, sheet).await
}

/// One page of the sheets of the actor's region.
pub async fn list_review_sheets(
    ctx: &Ctx<'_>,
    retired: Option<bool>,
    page: &PageQuery<'_>,
    after: Option<(String, Uuid)>,
) -> Result<Vec<ShownSheet>> {
    let region_id = ctx.region_id()?;
    authorize(ctx.actor, &policy::LIST_REVIEW_SHEETS, &Target::region(region_id))?;
    let sheets = store::list(ctx.conn, region_id, retired, page.fetch(), after).await?;
    let writes = writes(ctx, region_id).await?;
    Ok(sheets.into_iter().map(|sheet| with_actions(sheet, writes)).collect())
}

/// One sheet.
pub async fn get_review_sheet(ctx: &Ctx<'_>, id: Uuid) -> Result<ShownSheet> {
    let sheet = store::find(ctx.conn, id).await?.ok_or(Error::not_found())?;
    authorize(ctx.actor, &policy::GET_REVIEW_SHEET, &Target::region(sheet.region_id))?;
    shown(ctx, sheet).await
}

/// Changes a sheet: what a review was made by keeps its criteria.
pub async fn update_review_sheet(
    ctx: &Ctx<'_>,
    id: Uuid,
    if_match: i64,
    data: SheetData,
) -> Result<ShownSheet> {
    let mut sheet = store::lock(ctx.conn, id).await?;
    let permit = authorize(ctx.actor, &policy::UPDATE_REVIEW_SHEET, &Target::region(sheet.region_id))?;
    if sheet.version != if_match {
        return Err(Error::new(Code::PreconditionFailed));
    }
    require_organizer(ctx, sheet.region_id).await?;
    check(&data)?;
    let criteria_are_new = !data.judges_as(&sheet.data);
    if criteria_are_new && store::is_used(ctx.conn, id).await? {
        return Err(Error::new(Code::InUse).detail(
            "По этому листу уже идёт экспертиза: снимите его с использования и заведите новый",
            "Programs are reviewed by this sheet: retire it and make another",
        ));
    }
    let change = Change::none().field("title", sheet.data.title.as_str(), data.title.as_str()).field(
        "retired",
        sheet.data.retired,
        data.retired,
    );
    let criteria = std::mem::take(&mut sheet.data.criteria);
    sheet.data = if criteria_are_new { data } else { SheetData { criteria, ..data } };
    sheet.version += 1;
    store::update(ctx, &permit, &sheet, criteria_are_new).await?;
    ctx.audit(&permit, Subject { kind: "review_sheet", id }, change).await?;
    shown(ctx, sheet).await
}

/// A sheet, without asking who may see it: for reviews.
pub async fn sheet_of(ctx: &Ctx<'_>, id: Uuid) -> Result<Option<ReviewSheet>> {
    store::find(ctx.conn, id).await
}

fn check(data: &SheetData) -> Result<()> {
    let problems = data.problems();
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}

async fn shown(ctx: &Ctx<'_>, sheet: ReviewSheet) -> Result<ShownSheet> {
    let writes = writes(ctx, sheet.region_id).await?;
    Ok(with_actions(sheet, writes))
}

/// Whether the actor changes sheets of the region, by policy and by regulation.
async fn writes(ctx: &Ctx<'_>, region_id: Uuid) -> Result<bool> {
    Ok(may(ctx.actor, &policy::UPDATE_REVIEW_SHEET, &Target::region(region_id))
        && organizes(ctx, region_id).await?)
}

fn with_actions(sheet: ReviewSheet, writes: bool) -> ShownSheet {
    let allowed_actions =
        writes.then(|| policy::UPDATE_REVIEW_SHEET.operation.to_owned()).into_iter().collect();
    ShownSheet { sheet, allowed_actions }
}
