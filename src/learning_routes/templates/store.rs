//! Queries on templates of routes.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Template, TemplateData, TemplateStage};
use crate::authz::{Permit, RegionScope};
use crate::db::schema::{route_template_stages, route_templates};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_templates)]
struct TemplateRow {
    id: Uuid,
    region_id: Uuid,
    organization_id: Uuid,
    title: String,
    procedure: String,
    published_on: Option<NaiveDate>,
    retired_on: Option<NaiveDate>,
    version: i64,
}

#[derive(Queryable, Selectable, Insertable, Clone)]
#[diesel(table_name = route_template_stages)]
struct StageRow {
    template_id: Uuid,
    position: i32,
    title: String,
    offset_days: i32,
    days: i32,
    expected_result: Option<String>,
    report_form: Option<String>,
}

/// The templates with their stages: one statement more, however many they are.
async fn whole(conn: &Conn, rows: Vec<TemplateRow>) -> Result<Vec<Template>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let stages: Vec<StageRow> = route_template_stages::table
        .filter(route_template_stages::template_id.eq_any(ids))
        .order((route_template_stages::template_id, route_template_stages::position))
        .select(StageRow::as_select())
        .load(&mut &*conn)
        .await?;
    let with_stages = |row: TemplateRow| {
        let own = stages.iter().filter(|stage| stage.template_id == row.id).cloned();
        let stage = |stage: StageRow| TemplateStage {
            title: stage.title,
            offset_days: stage.offset_days,
            days: stage.days,
            expected_result: stage.expected_result,
            report_form: stage.report_form,
        };
        Template {
            id: row.id,
            region_id: row.region_id,
            organization_id: row.organization_id,
            data: TemplateData {
                title: row.title,
                procedure: row.procedure,
                stages: own.map(stage).collect(),
            },
            published_on: row.published_on,
            retired_on: row.retired_on,
            version: row.version,
        }
    };
    Ok(rows.into_iter().map(with_stages).collect())
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Template> {
    let row = route_templates::table.find(id).select(TemplateRow::as_select()).first(&mut &*conn).await?;
    whole(conn, vec![row]).await?.pop().ok_or(Error::not_found())
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Template> {
    let row = route_templates::table
        .find(id)
        .select(TemplateRow::as_select())
        .for_update()
        .first(&mut &*conn)
        .await?;
    whole(conn, vec![row]).await?.pop().ok_or(Error::not_found())
}

/// Published ones of the region, and those that these organizations keep.
pub(super) async fn list(
    conn: &Conn,
    scope: RegionScope,
    kept: &[Uuid],
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Template>> {
    let known = route_templates::published_on.is_not_null().or(route_templates::organization_id.eq_any(kept));
    let mut query = route_templates::table
        .filter(route_templates::region_id.eq(scope.region_id()))
        .filter(known)
        .order((route_templates::title, route_templates::id))
        .select(TemplateRow::as_select())
        .limit(fetch)
        .into_boxed();
    if let Some((title, id)) = after {
        let same = route_templates::title.eq(title.clone()).and(route_templates::id.gt(id));
        query = query.filter(route_templates::title.gt(title).or(same));
    }
    let rows = query.load(&mut &*conn).await?;
    whole(conn, rows).await
}

pub(super) async fn insert(ctx: &Ctx<'_>, permit: &Permit, template: &Template) -> Result<()> {
    diesel::insert_into(route_templates::table)
        .values((
            route_templates::id.eq(template.id),
            route_templates::region_id.eq(template.region_id),
            route_templates::organization_id.eq(template.organization_id),
            route_templates::title.eq(&template.data.title),
            route_templates::procedure.eq(&template.data.procedure),
            route_templates::created_at.eq(ctx.now),
            route_templates::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    fill(ctx, permit, template).await
}

pub(super) async fn update(ctx: &Ctx<'_>, permit: &Permit, template: &Template) -> Result<()> {
    diesel::update(route_templates::table.find(template.id))
        .set((
            route_templates::title.eq(&template.data.title),
            route_templates::procedure.eq(&template.data.procedure),
            route_templates::version.eq(template.version),
            route_templates::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    diesel::delete(route_template_stages::table.filter(route_template_stages::template_id.eq(template.id)))
        .execute(&mut &*ctx.conn)
        .await?;
    fill(ctx, permit, template).await
}

async fn fill(ctx: &Ctx<'_>, _permit: &Permit, template: &Template) -> Result<()> {
    let rows: Vec<StageRow> = (1_i32..)
        .zip(template.data.stages.iter().cloned())
        .map(|(position, stage)| StageRow {
            template_id: template.id,
            position,
            title: stage.title,
            offset_days: stage.offset_days,
            days: stage.days,
            expected_result: stage.expected_result,
            report_form: stage.report_form,
        })
        .collect();
    diesel::insert_into(route_template_stages::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

pub(super) async fn publish(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    template: &Template,
    today: NaiveDate,
) -> Result<()> {
    diesel::update(
        route_templates::table
            .filter(route_templates::region_id.eq(template.region_id))
            .filter(route_templates::organization_id.eq(template.organization_id))
            .filter(route_templates::published_on.is_not_null())
            .filter(route_templates::retired_on.is_null()),
    )
    .set((
        route_templates::retired_on.eq(today),
        route_templates::version.eq(route_templates::version + 1),
        route_templates::updated_at.eq(ctx.now),
    ))
    .execute(&mut &*ctx.conn)
    .await?;
    diesel::update(route_templates::table.find(template.id))
        .set((
            route_templates::published_on.eq(template.published_on),
            route_templates::version.eq(template.version),
            route_templates::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
