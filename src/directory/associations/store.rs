//! Queries on associations and their members.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Association, AssociationData, Filter, Member};
use crate::authz::{Permit, Scope, ScopePart};
use crate::db::schema::{association_members, associations, organizations, persons};
use crate::db::{Conn, Ctx};
use crate::directory::organizations::model::OrganizationKind;
use crate::error::{Error, Result};
use crate::values::PersonName;

#[derive(Queryable, Selectable)]
#[diesel(table_name = associations)]
struct AssociationRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    name: String,
    subject: Option<String>,
    head_person_id: Option<Uuid>,
    version: i64,
}

impl From<AssociationRow> for Association {
    fn from(row: AssociationRow) -> Self {
        Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            data: AssociationData {
                name: row.name,
                subject: row.subject,
                head_person_id: row.head_person_id,
            },
            version: row.version,
        }
    }
}

pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Association> {
    let row = associations::table.find(id).select(AssociationRow::as_select()).first(&mut &*conn).await?;
    Ok(row.into())
}

pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Association> {
    let row = associations::table
        .find(id)
        .select(AssociationRow::as_select())
        .for_update()
        .first(&mut &*conn)
        .await?;
    Ok(row.into())
}

pub(super) async fn many(conn: &Conn, ids: &[Uuid]) -> Result<Vec<Association>> {
    let rows: Vec<AssociationRow> = associations::table
        .filter(associations::id.eq_any(ids))
        .select(AssociationRow::as_select())
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(Association::from).collect())
}

/// The association of an organization by its name.
pub(super) async fn named(conn: &Conn, organization_id: Uuid, name: &str) -> Result<Option<Uuid>> {
    let found = associations::table
        .filter(associations::organization_id.eq(organization_id))
        .filter(associations::name.eq(name))
        .select(associations::id)
        .order(associations::id)
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(found)
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    fetch: i64,
    after: Option<(String, Uuid)>,
) -> Result<Vec<Association>> {
    let mut query = associations::table
        .filter(within(scope))
        .select(AssociationRow::as_select())
        .order((associations::name, associations::id))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(associations::organization_id.eq(id));
    }
    if let Some((name, id)) = after {
        let later =
            associations::name.gt(name.clone()).or(associations::name.eq(name).and(associations::id.gt(id)));
        query = query.filter(later);
    }
    let rows = query.load(&mut &*conn).await?;
    Ok(rows.into_iter().map(Association::from).collect())
}

type Within =
    Box<dyn BoxableExpression<associations::table, diesel::pg::Pg, SqlType = diesel::sql_types::Bool>>;

/// Associations belong to organizations, so that a person's own circle holds none.
fn within(scope: &Scope) -> Within {
    let circles = scope.parts().iter().map(|part| -> Within {
        match part {
            ScopePart::Everything => Box::new(associations::region_id.is_not_null()),
            ScopePart::Region(id) => Box::new(associations::region_id.eq(*id)),
            ScopePart::Municipality(id) => Box::new(associations::municipality_id.assume_not_null().eq(*id)),
            ScopePart::Organization(id) => Box::new(associations::organization_id.eq(*id)),
            ScopePart::Assigned(head) => Box::new(associations::head_person_id.assume_not_null().eq(*head)),
            ScopePart::Person(_) | ScopePart::Above { .. } => Box::new(associations::region_id.is_null()),
        }
    });
    let union = circles.reduce(|one, other| -> Within { Box::new(one.or(other)) });
    union.unwrap_or_else(|| -> Within { Box::new(associations::region_id.is_null()) })
}

pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, association: &Association) -> Result<()> {
    let data = &association.data;
    diesel::insert_into(associations::table)
        .values((
            associations::id.eq(association.id),
            associations::region_id.eq(association.region_id),
            associations::municipality_id.eq(association.municipality_id),
            associations::organization_id.eq(association.organization_id),
            associations::name.eq(&data.name),
            associations::subject.eq(&data.subject),
            associations::head_person_id.eq(data.head_person_id),
            associations::created_at.eq(ctx.now),
            associations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn update(ctx: &Ctx<'_>, _permit: &Permit, association: &Association) -> Result<()> {
    let data = &association.data;
    diesel::update(associations::table.find(association.id))
        .set((
            associations::name.eq(&data.name),
            associations::subject.eq(&data.subject),
            associations::head_person_id.eq(data.head_person_id),
            associations::version.eq(association.version),
            associations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Moves the version on, because the members have changed.
pub(super) async fn touch(ctx: &Ctx<'_>, _permit: &Permit, association: &Association) -> Result<i64> {
    let version = association.version + 1;
    diesel::update(associations::table.find(association.id))
        .set((associations::version.eq(version), associations::updated_at.eq(ctx.now)))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(version)
}

type MemberRow = (Uuid, Uuid, String, String, Option<String>, NaiveDate, Option<NaiveDate>);

pub(super) async fn members(conn: &Conn, association_id: Uuid) -> Result<Vec<Member>> {
    let rows: Vec<MemberRow> = association_members::table
        .inner_join(persons::table)
        .filter(association_members::association_id.eq(association_id))
        .select((
            association_members::association_id,
            association_members::person_id,
            persons::last_name,
            persons::first_name,
            persons::middle_name,
            association_members::since,
            association_members::until,
        ))
        .order((persons::last_name, persons::first_name, persons::id, association_members::since.desc()))
        .load(&mut &*conn)
        .await?;
    rows.into_iter()
        .map(|(association_id, person_id, last, first, middle, since, until)| {
            let name = PersonName::new(&last, &first, middle.as_deref()).map_err(Error::internal)?;
            Ok(Member { association_id, person_id, name, since, until })
        })
        .collect()
}

pub(super) async fn people_of(conn: &Conn, ids: &[Uuid], day: NaiveDate) -> Result<Vec<Uuid>> {
    let people = association_members::table
        .filter(association_members::association_id.eq_any(ids))
        .filter(association_members::since.le(day))
        .filter(association_members::until.is_null().or(association_members::until.assume_not_null().ge(day)))
        .select(association_members::person_id)
        .distinct()
        .load(&mut &*conn)
        .await?;
    Ok(people)
}

pub(super) async fn insert_member(ctx: &Ctx<'_>, _permit: &Permit, member: &Member) -> Result<()> {
    diesel::insert_into(association_members::table)
        .values((
            association_members::association_id.eq(member.association_id),
            association_members::person_id.eq(member.person_id),
            association_members::since.eq(member.since),
            association_members::until.eq(member.until),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

pub(super) async fn end_member(ctx: &Ctx<'_>, _permit: &Permit, member: &Member) -> Result<()> {
    diesel::update(association_members::table.find((member.association_id, member.person_id, member.since)))
        .set(association_members::until.eq(member.until))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Ends what lasts of a person's memberships at an organization; with `vacate`, takes the head's seat as well.
pub(super) async fn leave_all(
    ctx: &Ctx<'_>,
    permit: &Permit,
    person_id: Uuid,
    organization_id: Uuid,
    day: NaiveDate,
    vacate: bool,
) -> Result<()> {
    let there = associations::table
        .filter(associations::organization_id.eq(organization_id))
        .select(associations::id)
        .load(&mut &*ctx.conn)
        .await?;
    leave(ctx, permit, person_id, &there, day, vacate).await
}

/// The same for the associations of a municipality that unite people of its schools.
pub(super) async fn leave_municipality(
    ctx: &Ctx<'_>,
    permit: &Permit,
    person_id: Uuid,
    municipality_id: Uuid,
    day: NaiveDate,
    vacate: bool,
) -> Result<()> {
    let kinds = OrganizationKind::ALL.into_iter().filter(|kind| kind.unites_schools());
    let kinds: Vec<&str> = kinds.map(OrganizationKind::as_str).collect();
    let there = associations::table
        .inner_join(organizations::table.on(organizations::id.eq(associations::organization_id)))
        .filter(associations::municipality_id.assume_not_null().eq(municipality_id))
        .filter(organizations::kind.eq_any(kinds))
        .select(associations::id)
        .load(&mut &*ctx.conn)
        .await?;
    leave(ctx, permit, person_id, &there, day, vacate).await
}

async fn leave(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    person_id: Uuid,
    there: &[Uuid],
    day: NaiveDate,
    vacate: bool,
) -> Result<()> {
    if there.is_empty() {
        return Ok(());
    }
    diesel::update(
        association_members::table
            .filter(association_members::person_id.eq(person_id))
            .filter(association_members::association_id.eq_any(there))
            .filter(association_members::since.le(day))
            .filter(
                association_members::until.is_null().or(association_members::until.assume_not_null().gt(day)),
            ),
    )
    .set(association_members::until.eq(day))
    .execute(&mut &*ctx.conn)
    .await?;
    if vacate {
        diesel::update(
            associations::table
                .filter(associations::id.eq_any(there))
                .filter(associations::head_person_id.assume_not_null().eq(person_id)),
        )
        .set((
            associations::head_person_id.eq(None::<Uuid>),
            associations::version.eq(associations::version + 1),
            associations::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    }
    Ok(())
}
