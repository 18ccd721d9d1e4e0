//! Queries on standings. Statements are texts: their parts differ by whose people are asked about.

mod checks;
mod rows;
mod writing;

pub(super) use checks::{wrong_credentials, wrong_totals};
pub(super) use rows::{CountRow, federal_status, local_status};
pub(super) use writing::{lock_people, lock_rows, rewrite_totals, save, to_keep};

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use self::rows::{KeptRow, NameRow};
use super::model::{Grouping, Job, Kept, Pair, Part, Wanted};
use crate::db::schema::{employments, persons};
use crate::db::{Conn, statement};
use crate::directory::regions::memory::RegionStamp;
use crate::error::{Error, Result};
use crate::values::{EducationLevel, PersonName};

/// A row that holds on the day $3 under the stamp $2.
const HELD: &str =
    "(not s.stale and s.stamp = $2 and s.holds_from <= $3 and (s.holds_until is null or s.holds_until > $3))";
/// One that does not, said so that each part finds its index.
const UNHELD: &str = "(s.stale or s.stamp < $2 or s.stamp > $2 or s.holds_until <= $3 or s.holds_from > $3)";
/// What is read of a row.
const COLUMNS: &str = "s.person_id, s.organization_id, coalesce({held}, false) as held, s.works, s.main, s.local_status, \
    s.federal_status, s.required, s.counted, s.missing, s.norm_breaks_on, s.next_training_due_on, s.reason";

/// The rows of a part, whose id is $1 and whose region is $4: rows are found by their region.
const fn within(part: Part) -> &'static str {
    match part {
        Part::Organization(_) => "s.organization_id = $1 and s.region_id = $4",
        Part::Municipality(_) => "s.municipality_id = $1 and s.region_id = $4",
        Part::Region(_) => "s.region_id = $1 and s.region_id = $4",
    }
}

const fn id(part: Part) -> Uuid {
    match part {
        Part::Organization(id) | Part::Municipality(id) | Part::Region(id) => id,
    }
}

/// People of a part are those who work there; of more than an organization by their main employer.
const fn counted(part: Part) -> &'static str {
    if part.counts_once() { "s.works and s.main" } else { "s.works" }
}

/// Which day of which directory.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held {
    pub(super) stamp: RegionStamp,
    pub(super) day: NaiveDate,
}

/// One portion of the rows of a part that do not hold (of all its rows, when nothing kept is of use), after a pair.
pub(super) async fn unheld(
    conn: &Conn,
    part: Part,
    held: Held,
    all: bool,
    after: Pair,
    limit: i64,
) -> Result<Vec<Kept>> {
    let which = if all { "true" } else { UNHELD };
    let sql = format!(
        "select {} from hours_standings s where {} and {which} and (s.person_id, s.organization_id) > ($5, $6) \
         order by s.person_id, s.organization_id limit $7",
        COLUMNS.replace("{held}", HELD),
        within(part)
    );
    let rows: Vec<KeptRow> = statement(&sql)
        .bind::<SqlUuid, _>(id(part))
        .bind::<SqlUuid, _>(held.stamp.id())
        .bind::<Date, _>(held.day)
        .bind::<SqlUuid, _>(held.stamp.region_id)
        .bind::<SqlUuid, _>(after.0)
        .bind::<SqlUuid, _>(after.1)
        .bind::<BigInt, _>(limit)
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Kept::try_from).collect()
}

/// The numbers of a part, of all kept rows: of each of its organizations, by reason, or of all together.
pub(super) async fn totals(conn: &Conn, part: Part, by: Option<Grouping>) -> Result<Vec<CountRow>> {
    // The database sums no more finely than is told.
    let (columns, group) = match by {
        Some(Grouping::Organization) => {
            ("t.organization_id::text as key, '' as reason", ", t.organization_id")
        }
        Some(Grouping::Reason) => ("'' as key, t.reason", ", t.reason"),
        None | Some(Grouping::Position | Grouping::EducationLevel | Grouping::Subject) => {
            ("'' as key, '' as reason", "")
        }
    };
    let place = match part {
        Part::Organization(_) => "t.organization_id = $1",
        Part::Municipality(_) => "t.municipality_id = $1 and t.main",
        Part::Region(_) => "t.region_id = $1 and t.main",
    };
    let sql = format!(
        "select {columns}, t.local_status, t.federal_status, sum(t.people)::bigint as people \
         from hours_totals t where {place} group by t.local_status, t.federal_status{group}"
    );
    Ok(statement(&sql).bind::<SqlUuid, _>(id(part)).load(&mut &*conn).await?)
}

/// What people are counted by that is said of their work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    Position,
    Level,
    Subject,
}

/// How many people of the rows that hold stand where, by what is said of their work there.
pub(super) async fn counts(conn: &Conn, part: Part, held: Held, said: Said) -> Result<Vec<CountRow>> {
    let keys = match said {
        Said::Position => "array[e.position]",
        Said::Level => "e.education_levels",
        Said::Subject => "e.subjects",
    };
    let sql = format!(
        "select k.key, s.local_status, s.federal_status, s.reason, count(distinct s.person_id) as people \
         from hours_standings s \
         join persons c on c.kept_id = s.person_id \
         join employments e on e.person_id = c.id and e.organization_id = s.organization_id \
           and e.started_on <= $3 and (e.ended_on is null or e.ended_on >= $3) \
         cross join lateral unnest({keys}) as k(key) \
         where {} and {} and {HELD} group by 1, 2, 3, 4",
        within(part),
        counted(part)
    );
    Ok(statement(&sql)
        .bind::<SqlUuid, _>(id(part))
        .bind::<SqlUuid, _>(held.stamp.id())
        .bind::<Date, _>(held.day)
        .bind::<SqlUuid, _>(held.stamp.region_id)
        .load(&mut &*conn)
        .await?)
}

/// Only the wanted ones: with what is asked for in $6 to $9, and nothing asked where it is null.
const ONLY: &str = " and ($6::text is null or s.local_status = $6) and ($7::text is null or s.federal_status = $7) \
    and ($8::text is null or s.reason = $8) \
    and ($9::text is null or exists (select from employments e join persons c on c.id = e.person_id \
      where c.kept_id = s.person_id and e.organization_id = s.organization_id and e.started_on <= $3 \
      and (e.ended_on is null or e.ended_on >= $3) and lower(e.position) = lower($9)))";

/// A place in the order of names.
pub(super) type NameKey = (String, String, Uuid, Uuid);

/// One portion of the people of a part by name: the wanted ones whose rows hold, and everybody whose row does not.
pub(super) async fn people(
    conn: &Conn,
    part: Part,
    (held, none_holds): (Held, bool),
    wanted: &Wanted,
    after: Option<&NameKey>,
    limit: i64,
) -> Result<Vec<(Kept, PersonName)>> {
    let holds = if none_holds { "false" } else { HELD };
    // Only what is asked stands in the statement: the database plans it once and for all.
    let only = if *wanted == Wanted::default() { "" } else { ONLY };
    let later = match (after, only) {
        (None, _) => "",
        (Some(_), "") => " and (p.last_name, p.first_name, p.id, s.organization_id) > ($6, $7, $8, $9)",
        (Some(_), _) => " and (p.last_name, p.first_name, p.id, s.organization_id) > ($10, $11, $12, $13)",
    };
    let sql = format!(
        "select {}, p.last_name, p.first_name, p.middle_name from hours_standings s join persons p on p.id = s.person_id \
         where {} and (not coalesce({holds}, false) or ({}{only})){later} \
         order by p.last_name, p.first_name, p.id, s.organization_id limit $5",
        COLUMNS.replace("{held}", holds),
        within(part),
        counted(part),
    );
    let mut query = statement(&sql)
        .bind::<SqlUuid, _>(id(part))
        .bind::<SqlUuid, _>(held.stamp.id())
        .bind::<Date, _>(held.day)
        .bind::<SqlUuid, _>(held.stamp.region_id)
        .bind::<BigInt, _>(limit);
    if !only.is_empty() {
        query = query
            .bind::<Nullable<Text>, _>(wanted.local_status.map(|it| it.as_str()))
            .bind::<Nullable<Text>, _>(wanted.federal_status.map(|it| it.as_str()))
            .bind::<Nullable<Text>, _>(wanted.reason.as_deref())
            .bind::<Nullable<Text>, _>(wanted.position.as_deref());
    }
    if let Some((last, first, person, organization)) = after {
        query = query
            .bind::<Text, _>(last)
            .bind::<Text, _>(first)
            .bind::<SqlUuid, _>(person)
            .bind::<SqlUuid, _>(organization);
    }
    let rows: Vec<(KeptRow, NameRow)> = query.load(&mut &*conn).await?;
    rows.into_iter().map(|(row, name)| Ok((Kept::try_from(row)?, PersonName::try_from(name)?))).collect()
}

/// A place in the order of what is due.
pub(super) type DueKey = (NaiveDate, Uuid, Uuid);

/// One page of the rows that hold and of whom something is due until a day, the earliest first.
pub(super) async fn due(
    conn: &Conn,
    part: Part,
    held: Held,
    until: NaiveDate,
    after: Option<DueKey>,
    limit: i64,
) -> Result<Vec<Kept>> {
    let sql = format!(
        "select {} from hours_standings s where {} and {} and {HELD} and s.due_on <= $5 \
           and ($6 or (s.due_on, s.person_id, s.organization_id) > ($7, $8, $9)) \
         order by s.due_on, s.person_id, s.organization_id limit $10",
        COLUMNS.replace("{held}", HELD),
        within(part),
        counted(part)
    );
    let (day, person, organization) = after.unwrap_or_default();
    let rows: Vec<KeptRow> = statement(&sql)
        .bind::<SqlUuid, _>(id(part))
        .bind::<SqlUuid, _>(held.stamp.id())
        .bind::<Date, _>(held.day)
        .bind::<SqlUuid, _>(held.stamp.region_id)
        .bind::<Date, _>(until)
        .bind::<Bool, _>(after.is_none())
        .bind::<Date, _>(day)
        .bind::<SqlUuid, _>(person)
        .bind::<SqlUuid, _>(organization)
        .bind::<BigInt, _>(limit)
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(Kept::try_from).collect()
}

type JobRow =
    (Uuid, Uuid, String, String, Vec<Option<String>>, Vec<Option<String>>, NaiveDate, Option<NaiveDate>);

/// All the work of these people by all of their cards, the newest first.
pub(super) async fn jobs(conn: &Conn, people: &[Uuid]) -> Result<Vec<Job>> {
    let rows: Vec<JobRow> = employments::table
        .inner_join(persons::table)
        .filter(persons::kept_id.eq_any(people))
        .order((employments::started_on.desc(), employments::id.desc()))
        .select((
            persons::kept_id,
            employments::organization_id,
            employments::kind,
            employments::position,
            employments::education_levels,
            employments::subjects,
            employments::started_on,
            employments::ended_on,
        ))
        .load(&mut &*conn)
        .await?;
    let job = |row: JobRow| {
        let (person_id, organization_id, kind, position, levels, subjects, started_on, ended_on) = row;
        let level = |name: String| {
            EducationLevel::parse(&name).ok_or_else(|| Error::internal("unknown education level"))
        };
        let levels = levels.into_iter().flatten().map(level).collect::<Result<_>>()?;
        let subjects = subjects.into_iter().flatten().collect();
        Ok(Job { person_id, organization_id, kind, position, levels, subjects, started_on, ended_on })
    };
    rows.into_iter().map(job).collect()
}
