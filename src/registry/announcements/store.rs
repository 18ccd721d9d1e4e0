//! Queries on announcements.

mod named;
mod silent;

pub(super) use silent::{silent_persons, silent_schools};

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Announcement, AnnouncementData, NewNamed};
use super::vocabulary::AnnouncementAudience;
use crate::authz::{Permit, Scope};
use crate::db::schema::announcements::{self, table};
use crate::db::schema::{announcement_programs, announcement_readers, announcement_schools};
use crate::db::{Conn, Ctx, place_filter};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = announcements)]
struct AnnouncementRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Option<Uuid>,
    author_id: Uuid,
    title: String,
    text: String,
    audience: Vec<Option<String>>,
    expected_products: Vec<Option<String>>,
    published_on: NaiveDate,
    version: i64,
}

/// Which announcements a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only what the reader has acknowledged, or only the rest.
    pub acknowledged: Option<bool>,
    /// Only about this program.
    pub program_id: Option<Uuid>,
}

/// The rows with what they name and the reader's acknowledgements: a few more statements, whatever the page holds.
async fn whole(conn: &Conn, rows: Vec<AnnouncementRow>, reader: Option<Uuid>) -> Result<Vec<Announcement>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let (mut first, mut second) = (conn, conn);
    let own = async {
        tokio::try_join!(
            announcement_programs::table
                .filter(announcement_programs::announcement_id.eq_any(&ids))
                .order((announcement_programs::announcement_id, announcement_programs::program_id))
                .load::<(Uuid, Uuid)>(&mut first),
            announcement_readers::table
                .filter(announcement_readers::announcement_id.eq_any(&ids))
                .filter(announcement_readers::person_id.eq(reader.unwrap_or_default()))
                .select((announcement_readers::announcement_id, announcement_readers::acknowledged_at))
                .load::<(Uuid, DateTime<Utc>)>(&mut second),
        )
        .map_err(Error::from)
    };
    let ((links, read), mut named) = tokio::try_join!(own, named::find(conn, &ids, reader))?;
    let mut programs: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for (id, program_id) in links {
        programs.entry(id).or_default().push(program_id);
    }
    let read: HashMap<Uuid, DateTime<Utc>> = read.into_iter().collect();
    rows.into_iter()
        .map(|row| {
            let audience = row.audience.into_iter().flatten().map(|name| {
                AnnouncementAudience::parse(&name)
                    .ok_or_else(|| Error::internal("unknown audience in the database"))
            });
            let associations = named.associations.remove(&row.id).unwrap_or_default();
            Ok(Announcement {
                data: AnnouncementData {
                    title: row.title,
                    text: row.text,
                    audience: audience.collect::<Result<_>>()?,
                    expected_products: row.expected_products.into_iter().flatten().collect(),
                    program_ids: programs.remove(&row.id).unwrap_or_default(),
                    offering_ids: named.offerings.remove(&row.id).unwrap_or_default(),
                    association_ids: associations.iter().map(|named| named.association_id).collect(),
                },
                associations,
                reader_heads: named.reader_heads,
                acknowledged_at: read.get(&row.id).copied(),
                id: row.id,
                region_id: row.region_id,
                municipality_id: row.municipality_id,
                organization_id: row.organization_id,
                author_id: row.author_id,
                published_on: row.published_on,
                version: row.version,
            })
        })
        .collect()
}

pub(super) async fn find(conn: &Conn, id: Uuid, reader: Option<Uuid>) -> Result<Option<Announcement>> {
    let row: Option<AnnouncementRow> =
        table.find(id).select(AnnouncementRow::as_select()).first(&mut &*conn).await.optional()?;
    Ok(whole(conn, row.into_iter().collect(), reader).await?.into_iter().next())
}

pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    reader: Option<Uuid>,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Announcement>> {
    let mut query = table
        .select(AnnouncementRow::as_select())
        .filter(place_filter!(announcements, scope))
        .order((announcements::published_on.desc(), announcements::id.desc()))
        .limit(fetch)
        .into_boxed();
    let read = announcement_readers::table
        .filter(announcement_readers::person_id.eq(reader.unwrap_or_default()))
        .select(announcement_readers::announcement_id);
    match filter.acknowledged {
        Some(true) => query = query.filter(announcements::id.eq_any(read)),
        Some(false) => query = query.filter(diesel::dsl::not(announcements::id.eq_any(read))),
        None => {}
    }
    if let Some(id) = filter.program_id {
        let about = announcement_programs::table
            .filter(announcement_programs::program_id.eq(id))
            .select(announcement_programs::announcement_id);
        query = query.filter(announcements::id.eq_any(about));
    }
    if let Some((day, id)) = after {
        let same = announcements::published_on.eq(day).and(announcements::id.lt(id));
        query = query.filter(announcements::published_on.lt(day).or(same));
    }
    whole(conn, query.load(&mut &*conn).await?, reader).await
}

pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    new: &Announcement,
    associations: &[NewNamed],
) -> Result<()> {
    let audience: Vec<&str> = new.data.audience.iter().map(|audience| audience.as_str()).collect();
    diesel::insert_into(table)
        .values((
            announcements::id.eq(new.id),
            announcements::region_id.eq(new.region_id),
            announcements::municipality_id.eq(new.municipality_id),
            announcements::organization_id.eq(new.organization_id),
            announcements::author_id.eq(new.author_id),
            announcements::title.eq(&new.data.title),
            announcements::text.eq(&new.data.text),
            announcements::audience.eq(audience),
            announcements::expected_products.eq(&new.data.expected_products),
            announcements::published_on.eq(new.published_on),
            announcements::recorded_by.eq(ctx.actor.account_id),
            announcements::created_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let links: Vec<_> = new
        .data
        .program_ids
        .iter()
        .map(|id| {
            (announcement_programs::announcement_id.eq(new.id), announcement_programs::program_id.eq(*id))
        })
        .collect();
    diesel::insert_into(announcement_programs::table).values(links).execute(&mut &*ctx.conn).await?;
    named::insert(ctx, new, associations).await
}

/// Whether it is the first acknowledgement of the person, and when the first was.
pub(super) async fn acknowledge(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    id: Uuid,
    person_id: Uuid,
) -> Result<(bool, DateTime<Utc>)> {
    let first = diesel::insert_into(announcement_readers::table)
        .values((
            announcement_readers::announcement_id.eq(id),
            announcement_readers::person_id.eq(person_id),
            announcement_readers::acknowledged_at.eq(ctx.now),
        ))
        .on_conflict_do_nothing()
        .execute(&mut &*ctx.conn)
        .await?;
    let at = announcement_readers::table
        .find((id, person_id))
        .select(announcement_readers::acknowledged_at)
        .first(&mut &*ctx.conn)
        .await?;
    Ok((first > 0, at))
}

/// Whether it is the first acknowledgement of the school, and when the first was.
pub(super) async fn acknowledge_for_school(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    id: Uuid,
    organization_id: Uuid,
) -> Result<(bool, DateTime<Utc>)> {
    let first = diesel::insert_into(announcement_schools::table)
        .values((
            announcement_schools::announcement_id.eq(id),
            announcement_schools::organization_id.eq(organization_id),
            announcement_schools::acknowledged_at.eq(ctx.now),
            announcement_schools::acknowledged_by.eq(ctx.actor.account_id),
        ))
        .on_conflict_do_nothing()
        .execute(&mut &*ctx.conn)
        .await?;
    let at = announcement_schools::table
        .find((id, organization_id))
        .select(announcement_schools::acknowledged_at)
        .first(&mut &*ctx.conn)
        .await?;
    Ok((first > 0, at))
}
