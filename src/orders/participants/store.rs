//! Those who plan training, out of the lines of school orders.

use diesel::QueryableByName;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::TrainingParticipant;
use crate::authz::{Scope, ScopePart};
use crate::db::Conn;
use crate::error::Result;

/// Whom a list holds.
#[derive(Debug, Clone, Copy)]
pub struct Filter {
    /// The calendar year; this one when it is not said.
    pub year: Option<i32>,
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only of this municipality.
    pub municipality_id: Option<Uuid>,
}

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    organization_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    municipality_id: Option<Uuid>,
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
    #[diesel(sql_type = Text)]
    ground: String,
    #[diesel(sql_type = BigInt)]
    lines: i64,
}

/// One page, by school, person and ground. Orders whose period lies in the year, wholly or in part.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    year: i32,
    fetch: i64,
    after: Option<(Uuid, Uuid, String)>,
) -> Result<Vec<TrainingParticipant>> {
    let (mut regions, mut municipalities, mut organizations) = (Vec::new(), Vec::new(), Vec::new());
    for part in scope.parts() {
        match part {
            ScopePart::Region(id) => regions.push(*id),
            ScopePart::Municipality(id) => municipalities.push(*id),
            ScopePart::Organization(id) => organizations.push(*id),
            ScopePart::Everything
            | ScopePart::Person(_)
            | ScopePart::Assigned(_)
            | ScopePart::Above { .. } => {}
        }
    }
    let sql = "\
        select o.organization_id, o.municipality_id, l.person_id, l.ground, count(*) as lines \
        from training_orders o join training_order_lines l on l.order_id = o.id \
        where (o.region_id = any($1) or o.municipality_id = any($2) or o.organization_id = any($3)) \
          and o.level = 'school' and o.state in ('submitted', 'placing', 'placed') \
          and o.starts_on <= make_date($4, 12, 31) and o.ends_on >= make_date($4, 1, 1) \
          and ($5 is null or o.organization_id = $5) and ($6 is null or o.municipality_id = $6) \
          and l.person_id is not null and l.ground is not null \
          and ($7 is null or (o.organization_id, l.person_id, l.ground) > ($7, $8, $9)) \
        group by o.organization_id, o.municipality_id, l.person_id, l.ground \
        order by o.organization_id, l.person_id, l.ground limit $10";
    let (school, person, ground) = match after {
        Some((school, person, ground)) => (Some(school), Some(person), Some(ground)),
        None => (None, None, None),
    };
    let rows: Vec<Row> = diesel::sql_query(sql)
        .bind::<Array<SqlUuid>, _>(regions)
        .bind::<Array<SqlUuid>, _>(municipalities)
        .bind::<Array<SqlUuid>, _>(organizations)
        .bind::<Integer, _>(year)
        .bind::<Nullable<SqlUuid>, _>(filter.organization_id)
        .bind::<Nullable<SqlUuid>, _>(filter.municipality_id)
        .bind::<Nullable<SqlUuid>, _>(school)
        .bind::<Nullable<SqlUuid>, _>(person)
        .bind::<Nullable<Text>, _>(ground)
        .bind::<BigInt, _>(fetch)
        .load(&mut &*conn)
        .await?;
    let participant = |row: Row| TrainingParticipant {
        organization_id: row.organization_id,
        municipality_id: row.municipality_id,
        person_id: row.person_id,
        ground: row.ground,
        lines: row.lines,
    };
    Ok(rows.into_iter().map(participant).collect())
}
