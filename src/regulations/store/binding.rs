//! Which regulation binds an organization on a day, and its rules.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use serde_json::Value;
use uuid::Uuid;

use crate::db::schema::{organizations, regulations};
use crate::db::{Conn, written};
use crate::error::Result;
use crate::regulations::model::RouteDuty;
use crate::values::period::next_day;

/// A published regulation without its rules.
#[derive(Queryable)]
pub(in crate::regulations) struct Binding {
    pub(in crate::regulations) id: Uuid,
    pub(in crate::regulations) title: String,
    pub(in crate::regulations) owner_id: Uuid,
}

/// The regulation of the nearest ancestor of the organization that is in force on the day.
pub(in crate::regulations) async fn binding(
    conn: &Conn,
    organization_id: Uuid,
    day: NaiveDate,
) -> Result<Option<Binding>> {
    let (subject, owner) = diesel::alias!(organizations as subject, organizations as owner);
    let found = regulations::table
        .inner_join(owner.on(owner.field(organizations::id).eq(regulations::owner_id)))
        .inner_join(subject.on(subject.field(organizations::region_id).eq(regulations::region_id)))
        .filter(subject.field(organizations::id).eq(organization_id))
        .filter(regulations::state.eq("published"))
        .filter(regulations::effective_from.assume_not_null().le(day))
        .filter(
            regulations::effective_until.is_null().or(regulations::effective_until.assume_not_null().ge(day)),
        )
        .filter(
            regulations::level.eq("region").or(regulations::owner_id.eq(organization_id)).or(
                regulations::level
                    .eq("municipality")
                    .and(
                        owner
                            .field(organizations::municipality_id)
                            .eq(subject.field(organizations::municipality_id)),
                    )
                    .assume_not_null(),
            ),
        )
        .order((
            regulations::level.eq("school").desc(),
            regulations::level.eq("municipality").desc(),
            regulations::effective_from.desc(),
            regulations::id.desc(),
        ))
        .select((regulations::id, regulations::title, regulations::owner_id))
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(found)
}

/// What binds somewhere in a region on a day: each place (a school, a municipality, the region) with its regulation.
pub(in crate::regulations) async fn in_force(
    conn: &Conn,
    region_id: Uuid,
    day: NaiveDate,
) -> Result<Vec<(Uuid, Binding)>> {
    let rows: Vec<(String, Option<Uuid>, Binding)> = regulations::table
        .inner_join(organizations::table)
        .filter(regulations::region_id.eq(region_id))
        .filter(regulations::state.eq("published"))
        .filter(regulations::effective_from.assume_not_null().le(day))
        .filter(
            regulations::effective_until.is_null().or(regulations::effective_until.assume_not_null().ge(day)),
        )
        .order((regulations::effective_from.desc(), regulations::id.desc()))
        .select((
            regulations::level,
            organizations::municipality_id,
            (regulations::id, regulations::title, regulations::owner_id),
        ))
        .load(&mut &*conn)
        .await?;
    let mut found: Vec<(Uuid, Binding)> = Vec::new();
    for (level, municipality_id, binding) in rows {
        let place = match level.as_str() {
            "region" => region_id,
            "municipality" => municipality_id.unwrap_or(binding.owner_id),
            _ => binding.owner_id,
        };
        if found.iter().all(|(known, _)| *known != place) {
            found.push((place, binding));
        }
    }
    Ok(found)
}

/// A published regulation by id.
pub(in crate::regulations) async fn published(conn: &Conn, id: Uuid) -> Result<Binding> {
    Ok(regulations::table
        .find(id)
        .filter(regulations::state.eq("published"))
        .select((regulations::id, regulations::title, regulations::owner_id))
        .first(&mut &*conn)
        .await?)
}

/// The regulations of a region, in force or not any more, under which routes have that duty.
pub(in crate::regulations) async fn with_duty(
    conn: &Conn,
    region_id: Uuid,
    duty: RouteDuty,
) -> Result<Vec<Binding>> {
    let asked = match duty {
        RouteDuty::GrowthCard => "profile #> '{route,life,growth_card}' is not null",
        RouteDuty::PeriodicUpdate => "profile #> '{route,life,periodic_update}' is not null",
    };
    Ok(regulations::table
        .filter(regulations::region_id.eq(region_id))
        .filter(regulations::state.eq("published"))
        .filter(written::<Bool>(asked))
        .order(regulations::id)
        .select((regulations::id, regulations::title, regulations::owner_id))
        .load(&mut &*conn)
        .await?)
}

/// The stored rules.
pub(in crate::regulations) async fn profile(conn: &Conn, id: Uuid) -> Result<Value> {
    Ok(regulations::table.find(id).select(regulations::profile).first(&mut &*conn).await?)
}

/// The first day after this one on which a published regulation of the region begins to bind or has ended.
pub(in crate::regulations) async fn next_change(
    conn: &Conn,
    region_id: Uuid,
    day: NaiveDate,
) -> Result<Option<NaiveDate>> {
    let dates: Vec<(Option<NaiveDate>, Option<NaiveDate>)> = regulations::table
        .filter(regulations::region_id.eq(region_id))
        .filter(regulations::state.eq("published"))
        .filter(
            regulations::effective_from.assume_not_null().gt(day).or(regulations::effective_until
                .is_not_null()
                .and(regulations::effective_until.assume_not_null().ge(day))),
        )
        .select((regulations::effective_from, regulations::effective_until))
        .load(&mut &*conn)
        .await?;
    let days = dates.into_iter().flat_map(|(from, until)| [from, until.map(next_day)]).flatten();
    Ok(days.filter(|it| *it > day).min())
}
