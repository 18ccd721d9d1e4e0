//! Queries on regulations.

mod binding;
mod document;
mod terms;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use document::{DocumentRow, set_document};

pub(super) use binding::{Binding, binding, in_force, next_change, profile, published, with_duty};
pub(super) use terms::terms;

use super::documents::DocumentColumns;
use super::model::{Regulation, RegulationOwner, Succession};
use super::profile::{RegulationDocument, RegulationLevel};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::{organizations, regulations};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = regulations)]
struct RegulationRow {
    id: Uuid,
    region_id: Uuid,
    owner_id: Uuid,
    level: String,
    code: String,
    title: String,
    preset: Option<String>,
    effective_from: Option<NaiveDate>,
    effective_until: Option<NaiveDate>,
    supersedes_id: Option<Uuid>,
    published_at: Option<DateTime<Utc>>,
    version: i64,
}

type OwnedRow = (RegulationRow, Option<Uuid>);

fn model((row, municipality_id): OwnedRow) -> Result<Regulation> {
    Ok(Regulation {
        id: row.id,
        region_id: row.region_id,
        owner: RegulationOwner { id: row.owner_id, municipality_id },
        level: RegulationLevel::parse(&row.level)
            .ok_or_else(|| Error::internal("unknown level in the database"))?,
        code: row.code,
        title: row.title,
        preset: row.preset,
        effective_from: row.effective_from,
        effective_until: row.effective_until,
        supersedes_id: row.supersedes_id,
        published_at: row.published_at,
        version: row.version,
    })
}

/// A regulation with its document.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<(Regulation, Box<RegulationDocument>)>> {
    let found: Option<(RegulationRow, Option<Uuid>, DocumentRow)> = regulations::table
        .inner_join(organizations::table)
        .filter(regulations::id.eq(id))
        .select((RegulationRow::as_select(), organizations::municipality_id, DocumentRow::as_select()))
        .first(&mut &*conn)
        .await
        .optional()?;
    found
        .map(|(row, municipality_id, columns)| Ok((model((row, municipality_id))?, columns.document()?)))
        .transpose()
}

/// Locks the regulation and reads it with its document.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Option<(Regulation, Box<RegulationDocument>)>> {
    let locked = regulations::table.find(id).select(regulations::id).for_update();
    match locked.first::<Uuid>(&mut &*conn).await.optional()? {
        Some(_) => find(conn, id).await,
        None => Ok(None),
    }
}

/// Every published regulation of the owner. Locks the owner: two publications of one owner wait for each other.
pub(super) async fn lock_published(conn: &Conn, owner_id: Uuid) -> Result<Vec<Regulation>> {
    let owner = organizations::table.find(owner_id).select(organizations::id).for_no_key_update();
    owner.first::<Uuid>(&mut &*conn).await?;
    let rows: Vec<OwnedRow> = regulations::table
        .inner_join(organizations::table)
        .filter(regulations::owner_id.eq(owner_id))
        .filter(regulations::state.eq("published"))
        .select((RegulationRow::as_select(), organizations::municipality_id))
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(model).collect()
}

type Joined = diesel::helper_types::InnerJoinQuerySource<regulations::table, organizations::table>;
type Circle = Box<dyn BoxableExpression<Joined, Pg, SqlType = Bool>>;

/// What binds a place: its own regulation and those of its municipality and region.
fn circle(part: ScopePart) -> Circle {
    match part {
        ScopePart::Region(id) => Box::new(regulations::region_id.eq(id)),
        ScopePart::Municipality(id) => Box::new(organizations::municipality_id.assume_not_null().eq(id)),
        ScopePart::Organization(id) => Box::new(regulations::owner_id.eq(id)),
        ScopePart::Above { region_id, municipality_id, organization_id } => {
            let of_municipality = organizations::municipality_id
                .assume_not_null()
                .eq(municipality_id.unwrap_or_default())
                .and(regulations::level.eq("municipality"));
            let own = regulations::owner_id.eq(organization_id.unwrap_or_default());
            let binding = regulations::level.eq("region").or(own).or(of_municipality);
            Box::new(regulations::region_id.eq(region_id).and(binding))
        }
        ScopePart::Everything | ScopePart::Person(_) | ScopePart::Assigned(_) => {
            Box::new(regulations::region_id.is_null())
        }
    }
}

/// Which regulations a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this owner.
    pub owner_id: Option<Uuid>,
    /// Only of this level.
    pub level: Option<RegulationLevel>,
    /// Organizations whose drafts are shown as well.
    pub drafts_of: Vec<Uuid>,
}

/// Regulations by title.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Regulation>> {
    let circles = scope.parts().iter().copied().map(circle);
    let union = circles.reduce(|one, other| -> Circle { Box::new(one.or(other)) });
    let mut query = regulations::table
        .inner_join(organizations::table)
        .select((RegulationRow::as_select(), organizations::municipality_id))
        .filter(union.unwrap_or_else(|| Box::new(regulations::region_id.is_null())))
        .filter(regulations::state.eq("published").or(regulations::owner_id.eq_any(&filter.drafts_of)))
        .order((regulations::title, regulations::id))
        .limit(fetch)
        .into_boxed();
    if let Some(owner_id) = filter.owner_id {
        query = query.filter(regulations::owner_id.eq(owner_id));
    }
    if let Some(level) = filter.level {
        query = query.filter(regulations::level.eq(level.as_str()));
    }
    if let Some((title, id)) = after {
        query = query.filter(
            regulations::title.gt(title.clone()).or(regulations::title.eq(title).and(regulations::id.gt(id))),
        );
    }
    let rows: Vec<OwnedRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(model).collect()
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    regulation: &Regulation,
    columns: &DocumentColumns,
) -> Result<()> {
    diesel::insert_into(regulations::table)
        .values((
            regulations::id.eq(regulation.id),
            regulations::region_id.eq(regulation.region_id),
            regulations::owner_id.eq(regulation.owner.id),
            regulations::preset.eq(&regulation.preset),
            regulations::state.eq("draft"),
            set_document(columns),
            regulations::created_at.eq(ctx.now),
            regulations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes the document of a draft anew.
pub(super) async fn update(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    regulation: &Regulation,
    columns: &DocumentColumns,
) -> Result<()> {
    diesel::update(regulations::table.find(regulation.id))
        .set((
            set_document(columns),
            regulations::version.eq(regulation.version),
            regulations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Publishes a draft and sets the last day of the regulation it succeeds.
pub(super) async fn publish(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    regulation: &Regulation,
    succession: Option<&Succession>,
) -> Result<()> {
    diesel::update(regulations::table.find(regulation.id))
        .set((
            regulations::state.eq("published"),
            regulations::effective_from.eq(regulation.effective_from),
            regulations::supersedes_id.eq(regulation.supersedes_id),
            regulations::published_at.eq(regulation.published_at),
            regulations::version.eq(regulation.version),
            regulations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if let Some(succession) = succession {
        diesel::update(regulations::table.find(succession.id))
            .set((
                regulations::effective_until.eq(succession.last_day),
                regulations::version.eq(regulations::version + 1),
                regulations::updated_at.eq(ctx.now),
            ))
            .execute(&mut &*ctx.conn)
            .await?;
    }
    Ok(())
}
