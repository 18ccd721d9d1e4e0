//! Queries on products, their defences and checks.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Check, Defence, Introduction, Product, ProductData};
use super::vocabulary::{DefenceResult, ProductState};
use crate::authz::{Permit, Scope};
use crate::db::schema::products::{self, table};
use crate::db::schema::{product_checks, product_defences};
use crate::db::{Conn, Ctx, scope_filter, whole_person};
use crate::error::{Error, Result};
use crate::regulations::profile::ProductKind;

#[derive(Queryable, Selectable)]
#[diesel(table_name = products)]
struct ProductRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    regulation_id: Uuid,
    enrollment_id: Option<Uuid>,
    kind: String,
    title: String,
    summary: String,
    state: String,
    introduced_on: Option<NaiveDate>,
    introduced_class: Option<String>,
    introduced_subject: Option<String>,
    version: i64,
    created_at: DateTime<Utc>,
}

fn unknown(what: &str) -> Error {
    Error::internal(format!("unknown {what} of a product in the database"))
}

impl TryFrom<ProductRow> for Product {
    type Error = Error;

    fn try_from(row: ProductRow) -> Result<Self> {
        let (class, subject) = (row.introduced_class, row.introduced_subject);
        let introduction =
            row.introduced_on.map(|introduced_on| Introduction { introduced_on, class, subject });
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            regulation_id: row.regulation_id,
            enrollment_id: row.enrollment_id,
            data: ProductData {
                kind: ProductKind::parse(&row.kind).ok_or_else(|| unknown("kind"))?,
                title: row.title,
                summary: row.summary,
            },
            state: ProductState::parse(&row.state).ok_or_else(|| unknown("state"))?,
            introduction,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which products a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this author.
    pub person_id: Option<Uuid>,
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only yielded by this training.
    pub enrollment_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<ProductKind>,
    /// Only in this state.
    pub state: Option<ProductState>,
}

/// One product; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Product> {
    let row: ProductRow = table.find(id).select(ProductRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// Holds a product until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Product> {
    let query = table.find(id).select(ProductRow::as_select()).for_no_key_update();
    let row: ProductRow = query.first(&mut &*conn).await?;
    row.try_into()
}

/// One page, those begun last first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Product>> {
    let mut query = table
        .select(ProductRow::as_select())
        .filter(scope_filter!(products, scope))
        .order((products::created_at.desc(), products::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.person_id {
        query = query.filter(whole_person("products.person_id", id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(products::organization_id.eq(id));
    }
    if let Some(id) = filter.enrollment_id {
        query = query.filter(products::enrollment_id.assume_not_null().eq(id));
    }
    if let Some(kind) = filter.kind {
        query = query.filter(products::kind.eq(kind.as_str()));
    }
    if let Some(state) = filter.state {
        query = query.filter(products::state.eq(state.as_str()));
    }
    if let Some((at, id)) = after {
        let same = products::created_at.eq(at).and(products::id.lt(id));
        query = query.filter(products::created_at.lt(at).or(same));
    }
    let rows: Vec<ProductRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(Product::try_from).collect()
}

/// The defences of a product, those recorded first first.
pub(super) async fn defences(conn: &Conn, product_id: Uuid) -> Result<Vec<Defence>> {
    type Row = (Uuid, NaiveDate, Vec<Option<String>>, String, Option<String>);
    let rows: Vec<Row> = product_defences::table
        .filter(product_defences::product_id.eq(product_id))
        .order(product_defences::id)
        .select((
            product_defences::id,
            product_defences::held_on,
            product_defences::commission,
            product_defences::result,
            product_defences::remarks,
        ))
        .load(&mut &*conn)
        .await?;
    let defence = |(id, held_on, commission, result, remarks): Row| {
        let result = DefenceResult::parse(&result).ok_or_else(|| unknown("defence"))?;
        Ok(Defence { id, held_on, commission: commission.into_iter().flatten().collect(), result, remarks })
    };
    rows.into_iter().map(defence).collect()
}

/// The checks of a product, those recorded first first.
pub(super) async fn checks(conn: &Conn, product_id: Uuid) -> Result<Vec<Check>> {
    let rows: Vec<(Uuid, NaiveDate, String)> = product_checks::table
        .filter(product_checks::product_id.eq(product_id))
        .order(product_checks::id)
        .select((product_checks::id, product_checks::checked_on, product_checks::conclusion))
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(|(id, checked_on, conclusion)| Check { id, checked_on, conclusion }).collect())
}

/// Adds a product.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, product: &Product) -> Result<()> {
    diesel::insert_into(table)
        .values((
            products::id.eq(product.id),
            products::region_id.eq(product.region_id),
            products::organization_id.eq(product.organization_id),
            products::person_id.eq(product.person_id),
            products::regulation_id.eq(product.regulation_id),
            products::enrollment_id.eq(product.enrollment_id),
            products::kind.eq(product.data.kind.as_str()),
            products::title.eq(&product.data.title),
            products::summary.eq(&product.data.summary),
            products::state.eq(product.state.as_str()),
            products::version.eq(product.version),
            products::created_at.eq(product.created_at),
            products::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes what changed and the next version. The caller holds it.
pub(super) async fn save(ctx: &Ctx<'_>, _permit: &Permit, product: &Product) -> Result<()> {
    let introduction = product.introduction.as_ref();
    let row = table.find(product.id).filter(products::version.eq(product.version - 1));
    let changed = diesel::update(row)
        .set((
            products::kind.eq(product.data.kind.as_str()),
            products::title.eq(&product.data.title),
            products::summary.eq(&product.data.summary),
            products::state.eq(product.state.as_str()),
            products::introduced_on.eq(introduction.map(|it| it.introduced_on)),
            products::introduced_class.eq(introduction.and_then(|it| it.class.as_deref())),
            products::introduced_subject.eq(introduction.and_then(|it| it.subject.as_deref())),
            products::version.eq(product.version),
            products::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("a product was saved that nobody held")) }
}

/// Adds a defence.
pub(super) async fn insert_defence(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    product: &Product,
    defence: &Defence,
) -> Result<()> {
    diesel::insert_into(product_defences::table)
        .values((
            product_defences::id.eq(defence.id),
            product_defences::region_id.eq(product.region_id),
            product_defences::product_id.eq(product.id),
            product_defences::held_on.eq(defence.held_on),
            product_defences::commission.eq(&defence.commission),
            product_defences::result.eq(defence.result.as_str()),
            product_defences::remarks.eq(&defence.remarks),
            product_defences::recorded_by.eq(ctx.actor.account_id),
            product_defences::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Adds a check.
pub(super) async fn insert_check(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    product: &Product,
    check: &Check,
) -> Result<()> {
    diesel::insert_into(product_checks::table)
        .values((
            product_checks::id.eq(check.id),
            product_checks::region_id.eq(product.region_id),
            product_checks::product_id.eq(product.id),
            product_checks::checked_on.eq(check.checked_on),
            product_checks::conclusion.eq(&check.conclusion),
            product_checks::recorded_by.eq(ctx.actor.account_id),
            product_checks::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
