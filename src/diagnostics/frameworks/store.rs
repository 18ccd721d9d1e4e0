//! Queries on frameworks and their competencies.

pub(super) mod associations;
pub(super) mod functions;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{
    Competency, CompetencyItem, CompetencyKind, Framework, FrameworkData, FrameworkKind, PublicationState,
};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::{competencies, frameworks};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = frameworks)]
struct FrameworkRow {
    id: Uuid,
    region_id: Uuid,
    owner_id: Uuid,
    code: String,
    title: String,
    edition: i32,
    state: String,
    version: i64,
    kind: String,
    identifier: Uuid,
    uri: Option<String>,
    creator: Option<String>,
    description: Option<String>,
    supersedes_id: Option<Uuid>,
    updated_at: DateTime<Utc>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = competencies)]
struct CompetencyRow {
    id: Uuid,
    parent_id: Option<Uuid>,
    code: String,
    kind: String,
    title: String,
    description: Option<String>,
    job_function: Option<String>,
    identifier: Uuid,
    uri: Option<String>,
    item_type: Option<String>,
}

impl TryFrom<FrameworkRow> for Framework {
    type Error = Error;

    fn try_from(row: FrameworkRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            owner_id: row.owner_id,
            data: FrameworkData {
                code: row.code,
                title: row.title,
                edition: row.edition,
                kind: FrameworkKind::parse(&row.kind)
                    .ok_or_else(|| Error::internal("unknown kind in the database"))?,
                identifier: Some(row.identifier),
                uri: row.uri,
                creator: row.creator,
                description: row.description,
                supersedes_id: row.supersedes_id,
            },
            state: PublicationState::parse(&row.state)
                .ok_or_else(|| Error::internal("unknown state in the database"))?,
            version: row.version,
            changed_at: row.updated_at,
        })
    }
}

fn competency(row: CompetencyRow, codes: &HashMap<Uuid, String>) -> Result<Competency> {
    Ok(Competency {
        id: row.id,
        parent_id: row.parent_id,
        item: CompetencyItem {
            code: row.code,
            parent_code: row.parent_id.and_then(|id| codes.get(&id).cloned()),
            kind: CompetencyKind::parse(&row.kind)
                .ok_or_else(|| Error::internal("unknown kind in the database"))?,
            title: row.title,
            description: row.description,
            job_function: row.job_function,
            identifier: Some(row.identifier),
            uri: row.uri,
            item_type: row.item_type,
        },
    })
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<Framework>> {
    let query = frameworks::table.find(id).select(FrameworkRow::as_select());
    query.first(&mut &*conn).await.optional()?.map(Framework::try_from).transpose()
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<Framework>> {
    let query = frameworks::table.find(id).select(FrameworkRow::as_select()).for_update();
    query.first(&mut &*conn).await.optional()?.map(Framework::try_from).transpose()
}

/// The rows of a framework in their order.
pub(super) async fn competencies_of(conn: &Conn, framework_id: Uuid) -> Result<Vec<Competency>> {
    let rows: Vec<CompetencyRow> = competencies::table
        .filter(competencies::framework_id.eq(framework_id))
        .select(CompetencyRow::as_select())
        .order((competencies::position, competencies::id))
        .load(&mut &*conn)
        .await?;
    let codes = rows.iter().map(|row| (row.id, row.code.clone())).collect();
    rows.into_iter().map(|row| competency(row, &codes)).collect()
}

/// Those of the competencies that a published framework of the region has.
///
/// They are named by id or by identifier; of several editions the newest one comes last.
pub(super) async fn published(
    conn: &Conn,
    region_id: Uuid,
    ids: &[Uuid],
    identifiers: &[Uuid],
) -> Result<Vec<Competency>> {
    let rows: Vec<CompetencyRow> = competencies::table
        .inner_join(frameworks::table)
        .filter(competencies::id.eq_any(ids).or(competencies::identifier.eq_any(identifiers)))
        .filter(frameworks::region_id.eq(region_id))
        .filter(frameworks::state.eq("published"))
        .select(CompetencyRow::as_select())
        .order((frameworks::edition, competencies::id))
        .load(&mut &*conn)
        .await?;
    let codes = HashMap::new();
    rows.into_iter().map(|row| competency(row, &codes)).collect()
}

/// By title: what is published, and the drafts of these keepers.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    drafts_of: &[Uuid],
    state: Option<PublicationState>,
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Framework>> {
    let regions = scope.parts().iter().filter_map(|part| match part {
        ScopePart::Above { region_id, .. } | ScopePart::Region(region_id) => Some(*region_id),
        _ => None,
    });
    let mut query = frameworks::table
        .filter(frameworks::region_id.eq_any(regions.collect::<Vec<_>>()))
        .filter(frameworks::state.eq("published").or(frameworks::owner_id.eq_any(drafts_of)))
        .select(FrameworkRow::as_select())
        .order((frameworks::title, frameworks::id))
        .limit(fetch)
        .into_boxed();
    if let Some(state) = state {
        query = query.filter(frameworks::state.eq(state.as_str()));
    }
    if let Some((title, id)) = after {
        query = query.filter(
            frameworks::title.gt(title.clone()).or(frameworks::title.eq(title).and(frameworks::id.gt(id))),
        );
    }
    let rows = query.load(&mut &*conn).await?;
    rows.into_iter().map(Framework::try_from).collect()
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    framework: &Framework,
    rows: &[Competency],
) -> Result<()> {
    diesel::insert_into(frameworks::table)
        .values((
            frameworks::id.eq(framework.id),
            frameworks::region_id.eq(framework.region_id),
            frameworks::owner_id.eq(framework.owner_id),
            frameworks::code.eq(&framework.data.code),
            frameworks::title.eq(&framework.data.title),
            frameworks::edition.eq(framework.data.edition),
            frameworks::kind.eq(framework.data.kind.as_str()),
            frameworks::identifier.eq(framework.data.identifier.unwrap_or(framework.id)),
            frameworks::uri.eq(&framework.data.uri),
            frameworks::creator.eq(&framework.data.creator),
            frameworks::description.eq(&framework.data.description),
            frameworks::supersedes_id.eq(framework.data.supersedes_id),
            frameworks::state.eq(framework.state.as_str()),
            frameworks::created_at.eq(ctx.now),
            frameworks::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    insert_competencies(ctx, framework.id, rows).await
}

/// Writes a draft anew, or its publication.
pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, framework: &Framework) -> Result<()> {
    diesel::update(frameworks::table.find(framework.id))
        .set((
            frameworks::code.eq(&framework.data.code),
            frameworks::title.eq(&framework.data.title),
            frameworks::edition.eq(framework.data.edition),
            frameworks::kind.eq(framework.data.kind.as_str()),
            frameworks::identifier.eq(framework.data.identifier.unwrap_or(framework.id)),
            frameworks::uri.eq(&framework.data.uri),
            frameworks::creator.eq(&framework.data.creator),
            frameworks::description.eq(&framework.data.description),
            frameworks::supersedes_id.eq(framework.data.supersedes_id),
            frameworks::state.eq(framework.state.as_str()),
            frameworks::version.eq(framework.version),
            frameworks::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Nothing refers to the rows of a draft yet, so they are written anew.
pub(super) async fn replace_competencies(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    framework_id: Uuid,
    rows: &[Competency],
) -> Result<()> {
    diesel::delete(competencies::table.filter(competencies::framework_id.eq(framework_id)))
        .execute(&mut &*ctx.conn)
        .await?;
    insert_competencies(ctx, framework_id, rows).await
}

async fn insert_competencies(ctx: &Ctx<'_>, framework_id: Uuid, rows: &[Competency]) -> Result<()> {
    let rows: Vec<_> = (0_i32..)
        .zip(rows)
        .map(|(position, row)| {
            (
                competencies::id.eq(row.id),
                competencies::framework_id.eq(framework_id),
                competencies::parent_id.eq(row.parent_id),
                competencies::code.eq(&row.item.code),
                competencies::kind.eq(row.item.kind.as_str()),
                competencies::title.eq(&row.item.title),
                competencies::description.eq(&row.item.description),
                competencies::job_function.eq(&row.item.job_function),
                competencies::identifier.eq(row.item.identifier.unwrap_or(row.id)),
                competencies::uri.eq(&row.item.uri),
                competencies::item_type.eq(&row.item.item_type),
                competencies::position.eq(position),
            )
        })
        .collect();
    diesel::insert_into(competencies::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}
