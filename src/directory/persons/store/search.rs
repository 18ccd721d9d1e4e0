//! Lists of persons: the scope of the reader, filters, and a place in the order of names.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Date, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{PersonLine, Post};
use super::name;
use crate::authz::{Scope, ScopePart};
use crate::db::schema::{employments, persons};
use crate::db::{Conn, written};
use crate::directory::checks::contains;
use crate::error::Result;

/// Which persons a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only those who work there.
    pub organization_id: Option<Uuid>,
    /// Only those who work in that municipality.
    pub municipality_id: Option<Uuid>,
    /// Only those in that position.
    pub position: Option<String>,
    /// Only with this in the name.
    pub name: Option<String>,
}

/// The circles of a scope, sorted by the column that holds them.
#[derive(Default)]
struct Circles {
    everything: bool,
    regions: Vec<Uuid>,
    municipalities: Vec<Uuid>,
    organizations: Vec<Uuid>,
    persons: Vec<Uuid>,
    heads: Vec<Uuid>,
}

impl Circles {
    fn new(scope: &Scope) -> Self {
        let mut circles = Self::default();
        for part in scope.parts() {
            match part {
                ScopePart::Everything => circles.everything = true,
                ScopePart::Region(id) => circles.regions.push(*id),
                ScopePart::Municipality(id) => circles.municipalities.push(*id),
                ScopePart::Organization(id) => circles.organizations.push(*id),
                ScopePart::Person(id) => circles.persons.push(*id),
                ScopePart::Assigned(id) => circles.heads.push(*id),
                // The policy of persons has no such reach.
                ScopePart::Above { .. } => {}
            }
        }
        circles
    }
}

type PersonRow = (Uuid, String, String, Option<String>, Option<Uuid>);

/// One page of persons with their posts: two statements, whatever the page holds.
pub(in super::super) async fn list(
    conn: &Conn,
    scope: &Scope,
    today: NaiveDate,
    filter: &Filter,
    fetch: i64,
    after: Option<(String, String, Uuid)>,
) -> Result<Vec<PersonLine>> {
    let mut query = persons::table
        .select((
            persons::id,
            persons::last_name,
            persons::first_name,
            persons::middle_name,
            persons::merged_into_id,
        ))
        .order((persons::last_name, persons::first_name, persons::id))
        .limit(fetch)
        .into_boxed();
    let circles = Circles::new(scope);
    let region = circles.regions.iter().copied().next();
    if circles.everything {
        // Nothing to confine.
    } else if let Some(region) = region {
        // An account belongs to one region. The index begins with it: a page is a short walk along the names.
        query = query.filter(persons::region_id.eq(region));
    } else {
        // One semi-join for the union of the other circles, each on an index of its own.
        query = query.filter(
            written::<Bool>(
                "persons.id = any(array(select person_id from employments where organization_id = any(",
            )
            .bind::<Array<SqlUuid>, _>(circles.organizations)
            .sql(") and (ended_on is null or ended_on >= ")
            .bind::<Date, _>(today)
            .sql(") union all select person_id from employments where municipality_id = any(")
            .bind::<Array<SqlUuid>, _>(circles.municipalities)
            .sql(") and (ended_on is null or ended_on >= ")
            .bind::<Date, _>(today)
            .sql(
                ") union all select m.person_id from association_members m \
                     join associations a on a.id = m.association_id where a.head_person_id = any(",
            )
            .bind::<Array<SqlUuid>, _>(circles.heads)
            .sql(") and m.since <= ")
            .bind::<Date, _>(today)
            .sql(" and (m.until is null or m.until >= ")
            .bind::<Date, _>(today)
            .sql(") union all select unnest(")
            .bind::<Array<SqlUuid>, _>(circles.persons)
            .sql(")))"),
        );
    }
    if filter.organization_id.is_some() || filter.municipality_id.is_some() || filter.position.is_some() {
        let mut work = employments::table
            .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(today)))
            .select(employments::person_id)
            .into_boxed();
        if let Some(region) = region {
            work = work.filter(employments::region_id.eq(region));
        }
        if let Some(id) = filter.organization_id {
            work = work.filter(employments::organization_id.eq(id));
        }
        if let Some(id) = filter.municipality_id {
            work = work.filter(employments::municipality_id.assume_not_null().eq(id));
        }
        if let Some(position) = &filter.position {
            work = work.filter(
                written::<Bool>("lower(employments.position) = lower(")
                    .bind::<Text, _>(position.clone())
                    .sql(")"),
            );
        }
        query = query.filter(persons::id.eq_any(work));
    }
    if let Some(part) = &filter.name {
        // From three letters on the trigrams are asked first: else the planner walks the whole order of names in the
        // hope of an early match (at 60 000 persons more than twice as slow).
        let by_trigrams = part.chars().count() >= 3;
        let (before, behind) = if by_trigrams {
            ("persons.id = any(array(select id from persons where ", "))")
        } else {
            ("(", ")")
        };
        query = query.filter(
            written::<Bool>(before)
                .sql("lower(last_name || ' ' || first_name || ' ' || coalesce(middle_name, '')) like lower(")
                .bind::<Text, _>(contains(part))
                .sql(")")
                .sql(behind),
        );
    }
    if let Some((last, first, id)) = after {
        query = query.filter(
            written::<Bool>("(persons.last_name, persons.first_name, persons.id) > (")
                .bind::<Text, _>(last)
                .sql(", ")
                .bind::<Text, _>(first)
                .sql(", ")
                .bind::<SqlUuid, _>(id)
                .sql(")"),
        );
    }
    let rows: Vec<PersonRow> = query.load(&mut &*conn).await?;
    let mut posts = posts(conn, rows.iter().map(|row| row.0).collect(), today).await?;
    rows.into_iter()
        .map(|(id, last, first, middle, merged_into_id)| {
            let name = name(&last, &first, middle.as_deref())?;
            Ok(PersonLine { id, name, merged_into_id, posts: posts.remove(&id).unwrap_or_default() })
        })
        .collect()
}

/// Work of these people that has not ended, newest first.
async fn posts(conn: &Conn, people: Vec<Uuid>, today: NaiveDate) -> Result<HashMap<Uuid, Vec<Post>>> {
    let rows: Vec<(Uuid, Uuid, String)> = employments::table
        .filter(employments::person_id.eq_any(people))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(today)))
        .select((employments::person_id, employments::organization_id, employments::position))
        .order((employments::started_on.desc(), employments::id.desc()))
        .load(&mut &*conn)
        .await?;
    let mut posts: HashMap<Uuid, Vec<Post>> = HashMap::new();
    for (person_id, organization_id, position) in rows {
        posts.entry(person_id).or_default().push(Post { organization_id, position });
    }
    Ok(posts)
}
