//! What announcements name beside programs: offerings, and associations with their heads.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{announcement_associations, announcement_offerings, associations, persons};
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};
use crate::registry::announcements::model::{Announcement, NamedAssociation, NewNamed};
use crate::values::PersonName;

/// What the announcements of a page name.
pub(super) struct Named {
    /// Offerings, by announcement.
    pub(super) offerings: HashMap<Uuid, Vec<Uuid>>,
    /// Associations, by announcement.
    pub(super) associations: HashMap<Uuid, Vec<NamedAssociation>>,
    /// Whether the reader heads an association.
    pub(super) reader_heads: bool,
}

type AssociationRow = (Uuid, Uuid, String, Uuid, String, String, Option<String>);

/// Everything that is named, and whether the reader is a head himself.
pub(super) async fn find(conn: &Conn, ids: &[Uuid], reader: Option<Uuid>) -> Result<Named> {
    let (mut first, mut second, mut third) = (conn, conn, conn);
    let (links, rows, heads) = tokio::try_join!(
        announcement_offerings::table
            .filter(announcement_offerings::announcement_id.eq_any(ids))
            .order((announcement_offerings::announcement_id, announcement_offerings::offering_id))
            .load::<(Uuid, Uuid)>(&mut first),
        announcement_associations::table
            .inner_join(persons::table.on(persons::id.eq(announcement_associations::head_person_id)))
            .filter(announcement_associations::announcement_id.eq_any(ids))
            .order((announcement_associations::name, announcement_associations::association_id))
            .select((
                announcement_associations::announcement_id,
                announcement_associations::association_id,
                announcement_associations::name,
                announcement_associations::head_person_id,
                persons::last_name,
                persons::first_name,
                persons::middle_name,
            ))
            .load::<AssociationRow>(&mut second),
        associations::table
            .filter(associations::head_person_id.assume_not_null().eq(reader.unwrap_or_default()))
            .select(associations::id)
            .limit(1)
            .load::<Uuid>(&mut third),
    )?;
    let mut named =
        Named { offerings: HashMap::new(), associations: HashMap::new(), reader_heads: !heads.is_empty() };
    for (id, offering_id) in links {
        named.offerings.entry(id).or_default().push(offering_id);
    }
    for (id, association_id, name, head_person_id, last, first, middle) in rows {
        let head_name =
            PersonName::new(&last, &first, middle.as_deref()).map_err(Error::internal)?.to_string();
        let association = NamedAssociation { association_id, name, head_person_id, head_name };
        named.associations.entry(id).or_default().push(association);
    }
    Ok(named)
}

/// Writes what a new announcement names.
pub(super) async fn insert(ctx: &Ctx<'_>, new: &Announcement, named: &[NewNamed]) -> Result<()> {
    let offerings: Vec<_> = new
        .data
        .offering_ids
        .iter()
        .map(|id| {
            (announcement_offerings::announcement_id.eq(new.id), announcement_offerings::offering_id.eq(*id))
        })
        .collect();
    diesel::insert_into(announcement_offerings::table).values(offerings).execute(&mut &*ctx.conn).await?;
    let associations: Vec<_> = named
        .iter()
        .map(|named| {
            (
                announcement_associations::announcement_id.eq(new.id),
                announcement_associations::association_id.eq(named.association_id),
                announcement_associations::name.eq(&named.name),
                announcement_associations::head_person_id.eq(named.head_person_id),
            )
        })
        .collect();
    diesel::insert_into(announcement_associations::table)
        .values(associations)
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
