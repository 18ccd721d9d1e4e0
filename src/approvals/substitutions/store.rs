//! Queries on substitutions.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::dsl::exists;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Filter, NewSubstitution, Substitution, SubstitutionKind};
use crate::approvals::model::Act;
use crate::authz::{Permit, Role, Scope};
use crate::db::schema::{approval_substitutions, associations, employments, role_assignments};
use crate::db::{Ctx, scope_filter};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = approval_substitutions)]
struct Row {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    substitute_person_id: Uuid,
    role: Option<String>,
    kind: String,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    act_number: Option<String>,
    act_date: Option<NaiveDate>,
    note: Option<String>,
    revoked_on: Option<NaiveDate>,
    created_at: DateTime<Utc>,
    version: i64,
}

impl TryFrom<Row> for Substitution {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} in the database"));
        let role = row.role.as_deref().map(|name| Role::parse(name).ok_or_else(|| unknown("role")));
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            given: NewSubstitution {
                organization_id: row.organization_id,
                person_id: row.person_id,
                substitute_person_id: row.substitute_person_id,
                role: role.transpose()?,
                starts_on: row.starts_on,
                ends_on: row.ends_on,
                act: row.act_number.zip(row.act_date).map(|(number, date)| Act { number, date }),
                note: row.note,
            },
            kind: SubstitutionKind::parse(&row.kind).ok_or_else(|| unknown("kind of substitution"))?,
            revoked_on: row.revoked_on,
            created_at: row.created_at,
            version: row.version,
        })
    }
}

/// One substitution.
pub(super) async fn find(ctx: &Ctx<'_>, id: Uuid) -> Result<Option<Substitution>> {
    let query = approval_substitutions::table.find(id).select(Row::as_select());
    query.first(&mut &*ctx.conn).await.optional()?.map(Substitution::try_from).transpose()
}

/// One substitution, locked until the end of the transaction.
pub(super) async fn lock(ctx: &Ctx<'_>, id: Uuid) -> Result<Option<Substitution>> {
    let query = approval_substitutions::table.find(id).select(Row::as_select()).for_update();
    query.first(&mut &*ctx.conn).await.optional()?.map(Substitution::try_from).transpose()
}

/// One page of those of the scope and of those in which the actor is the substitute.
pub(super) async fn list(
    ctx: &Ctx<'_>,
    scope: &Scope,
    filter: &Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Substitution>> {
    use approval_substitutions as given;
    let mine = given::substitute_person_id.eq(ctx.actor.person_id.unwrap_or_default());
    let mut query = given::table
        .select(Row::as_select())
        .filter(scope_filter!(approval_substitutions, scope).or(mine))
        .order((given::starts_on.desc(), given::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(person) = filter.person_id {
        query = query.filter(given::person_id.eq(person));
    }
    if let Some(person) = filter.substitute_person_id {
        query = query.filter(given::substitute_person_id.eq(person));
    }
    if let Some(organization) = filter.organization_id {
        query = query.filter(given::organization_id.eq(organization));
    }
    if let Some(day) = filter.on {
        let holds = given::revoked_on.is_null().or(given::revoked_on.assume_not_null().gt(day));
        query = query.filter(given::starts_on.le(day)).filter(given::ends_on.ge(day)).filter(holds);
    }
    if let Some((day, last)) = after {
        let same_day = given::starts_on.eq(day).and(given::id.lt(last));
        query = query.filter(given::starts_on.lt(day).or(same_day));
    }
    let rows: Vec<Row> = query.load(&mut &*ctx.conn).await?;
    rows.into_iter().map(Substitution::try_from).collect()
}

/// Writes a new substitution.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, substitution: &Substitution) -> Result<()> {
    use approval_substitutions as table;
    let given = &substitution.given;
    diesel::insert_into(table::table)
        .values((
            (
                table::id.eq(substitution.id),
                table::region_id.eq(substitution.region_id),
                table::municipality_id.eq(substitution.municipality_id),
                table::organization_id.eq(given.organization_id),
                table::person_id.eq(given.person_id),
                table::substitute_person_id.eq(given.substitute_person_id),
                table::role.eq(given.role.map(Role::as_str)),
                table::kind.eq(substitution.kind.as_str()),
                table::starts_on.eq(given.starts_on),
                table::ends_on.eq(given.ends_on),
            ),
            (
                table::act_number.eq(given.act.as_ref().map(|act| act.number.as_str())),
                table::act_date.eq(given.act.as_ref().map(|act| act.date)),
                table::note.eq(&given.note),
                table::created_by.eq(ctx.actor.account_id),
                table::version.eq(substitution.version),
                table::created_at.eq(ctx.now),
                table::updated_at.eq(ctx.now),
            ),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes the early end of a substitution.
pub(super) async fn end(ctx: &Ctx<'_>, _permit: &Permit, substitution: &Substitution) -> Result<()> {
    diesel::update(approval_substitutions::table.find(substitution.id))
        .set((
            approval_substitutions::revoked_on.eq(substitution.revoked_on),
            approval_substitutions::version.eq(substitution.version),
            approval_substitutions::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Whether somebody substitutes the same seat on one of the days. The absent person is locked.
pub(super) async fn overlaps(ctx: &Ctx<'_>, new: &NewSubstitution) -> Result<bool> {
    use approval_substitutions as given;
    let same_days = given::starts_on.le(new.ends_on).and(given::ends_on.ge(new.starts_on));
    let ended = given::revoked_on.is_null().or(given::revoked_on.assume_not_null().gt(new.starts_on));
    let at = given::table
        .filter(given::person_id.eq(new.person_id))
        .filter(given::organization_id.eq(new.organization_id))
        .filter(same_days)
        .filter(ended);
    let role = new.role.map(Role::as_str);
    // No role means every seat.
    let same_seat = given::role.is_null().or(given::role.is_not_distinct_from(role));
    let found = match role {
        Some(_) => diesel::select(exists(at.filter(same_seat))).get_result(&mut &*ctx.conn).await?,
        None => diesel::select(exists(at)).get_result(&mut &*ctx.conn).await?,
    };
    Ok(found)
}

/// The roles that the person holds at the organization on that day, that of a head of an association there with them.
pub(super) async fn seats_at(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<Vec<Role>> {
    use role_assignments as held;
    let (mut first, mut second) = (ctx.conn, ctx.conn);
    let roles = held::table
        .filter(held::person_id.assume_not_null().eq(person_id))
        .filter(held::organization_id.assume_not_null().eq(organization_id))
        .filter(held::valid_from.le(day))
        .filter(held::valid_until.is_null().or(held::valid_until.assume_not_null().ge(day)))
        .select(held::role);
    let heads = associations::table
        .filter(associations::head_person_id.assume_not_null().eq(person_id))
        .filter(associations::organization_id.eq(organization_id));
    let heads = diesel::select(exists(heads));
    let (names, heads): (Vec<String>, bool) =
        tokio::try_join!(roles.load(&mut first), heads.get_result(&mut second))?;
    let mut roles: Vec<Role> = names.iter().filter_map(|name| Role::parse(name)).collect();
    roles.extend(heads.then_some(Role::AssociationHead));
    Ok(roles)
}

/// Those of the absent people who are directors where they are substituted, today.
pub(super) async fn heads_among(
    ctx: &Ctx<'_>,
    found: &[Substitution],
    today: NaiveDate,
) -> Result<HashSet<(Uuid, Uuid)>> {
    use role_assignments as held;
    if found.is_empty() {
        return Ok(HashSet::new());
    }
    let people: Vec<Uuid> = found.iter().map(|substitution| substitution.given.person_id).collect();
    let rows: Vec<(Uuid, Uuid)> = held::table
        .filter(held::person_id.assume_not_null().eq_any(people))
        .filter(held::role.eq(Role::Director.as_str()))
        .filter(held::organization_id.is_not_null())
        .filter(held::valid_from.le(today))
        .filter(held::valid_until.is_null().or(held::valid_until.assume_not_null().ge(today)))
        .select((held::person_id.assume_not_null(), held::organization_id.assume_not_null()))
        .load(&mut &*ctx.conn)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Whether the person works or holds a role at the organization on that day.
pub(super) async fn belongs_to(
    ctx: &Ctx<'_>,
    person_id: Uuid,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<bool> {
    use role_assignments as held;
    let (mut first, mut second) = (ctx.conn, ctx.conn);
    let works = employments::table
        .filter(employments::person_id.eq(person_id))
        .filter(employments::organization_id.eq(organization_id))
        .filter(employments::started_on.le(day))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)));
    let holds = held::table
        .filter(held::person_id.assume_not_null().eq(person_id))
        .filter(held::organization_id.assume_not_null().eq(organization_id))
        .filter(held::valid_from.le(day))
        .filter(held::valid_until.is_null().or(held::valid_until.assume_not_null().ge(day)));
    let (works, holds) = (diesel::select(exists(works)), diesel::select(exists(holds)));
    let (works, holds): (bool, bool) =
        tokio::try_join!(works.get_result(&mut first), holds.get_result(&mut second))?;
    Ok(works || holds)
}
