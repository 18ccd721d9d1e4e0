//! Queries on the lines of plans.

use chrono::NaiveDate;
use diesel::dsl::count;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::authz::Permit;
use crate::db::schema::plan_lines::{self, table};
use crate::db::schema::{persons, plan_line_deficits};
use crate::db::{Conn, Ctx, DbHours, whole_person};
use crate::error::{Error, Result};
use crate::planning::plans::model::{Line, LineData, Plan};
use crate::planning::plans::vocabulary::PlanSection;
use crate::regulations::profile::ActivityKind;

/// Rows of one statement: it takes 65,535 parameters at most.
const PORTION: usize = 2_000;

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = plan_lines, treat_none_as_default_value = false)]
struct LineRow {
    id: Uuid,
    section: String,
    title: String,
    content: Option<String>,
    kind: Option<String>,
    person_id: Option<Uuid>,
    route_id: Option<Uuid>,
    activity_id: Option<Uuid>,
    school_line_id: Option<Uuid>,
    source_line_id: Option<Uuid>,
    program_id: Option<Uuid>,
    hours: Option<DbHours>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    justification: Option<String>,
}

impl LineRow {
    fn with(self, deficits: &[(Uuid, Uuid)]) -> Result<Line> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} of a line in the database"));
        let kind = |name: &String| ActivityKind::parse(name).ok_or_else(|| unknown("kind"));
        let own = deficits.iter().filter(|(line_id, _)| *line_id == self.id);
        let data = LineData {
            section: PlanSection::parse(&self.section).ok_or_else(|| unknown("section"))?,
            title: self.title,
            content: self.content,
            kind: self.kind.as_ref().map(kind).transpose()?,
            person_id: self.person_id,
            route_id: self.route_id,
            activity_id: self.activity_id,
            school_line_id: self.school_line_id,
            source_line_id: self.source_line_id,
            program_id: self.program_id,
            hours: self.hours.map(Into::into),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            justification: self.justification,
            deficit_ids: own.map(|(_, deficit_id)| *deficit_id).collect(),
        };
        Ok(Line { id: self.id, data })
    }

    fn of(line: &Line) -> Self {
        let data = &line.data;
        Self {
            id: line.id,
            section: data.section.as_str().to_owned(),
            title: data.title.clone(),
            content: data.content.clone(),
            kind: data.kind.map(|kind| kind.as_str().to_owned()),
            person_id: data.person_id,
            route_id: data.route_id,
            activity_id: data.activity_id,
            school_line_id: data.school_line_id,
            source_line_id: data.source_line_id,
            program_id: data.program_id,
            hours: data.hours.map(DbHours),
            starts_on: data.starts_on,
            ends_on: data.ends_on,
            justification: data.justification.clone(),
        }
    }
}

/// Which lines a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct LineFilter {
    /// Only of this section.
    pub section: Option<PlanSection>,
    /// Only of this person.
    pub person_id: Option<Uuid>,
}

async fn whole(conn: &Conn, rows: Vec<LineRow>) -> Result<Vec<Line>> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let deficits: Vec<(Uuid, Uuid)> = plan_line_deficits::table
        .filter(plan_line_deficits::line_id.eq_any(ids))
        .order((plan_line_deficits::line_id, plan_line_deficits::deficit_id))
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(|row| row.with(&deficits)).collect()
}

/// One page of the lines of a plan, by day.
pub(in crate::planning::plans) async fn list(
    conn: &Conn,
    plan_id: Uuid,
    filter: LineFilter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Line>> {
    let mut query = table
        .filter(plan_lines::plan_id.eq(plan_id))
        .order((plan_lines::starts_on, plan_lines::id))
        .select(LineRow::as_select())
        .limit(fetch)
        .into_boxed();
    if let Some(section) = filter.section {
        query = query.filter(plan_lines::section.eq(section.as_str()));
    }
    if let Some(id) = filter.person_id {
        query = query.filter(whole_person("plan_lines.person_id", id));
    }
    if let Some((day, id)) = after {
        let same = plan_lines::starts_on.eq(day).and(plan_lines::id.gt(id));
        query = query.filter(plan_lines::starts_on.gt(day).or(same));
    }
    whole(conn, query.load(&mut &*conn).await?).await
}

/// All lines of these plans that take place between these days, by day.
pub(in crate::planning::plans) async fn between(
    conn: &Conn,
    plan_ids: &[Uuid],
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<Line>> {
    let rows: Vec<LineRow> = table
        .filter(plan_lines::plan_id.eq_any(plan_ids))
        .filter(plan_lines::starts_on.le(last))
        .filter(plan_lines::ends_on.ge(first))
        .order((plan_lines::starts_on, plan_lines::id))
        .select(LineRow::as_select())
        .load(&mut &*conn)
        .await?;
    whole(conn, rows).await
}

/// One line with the plan it stands in; none when there is none.
pub(in crate::planning::plans) async fn find(conn: &Conn, id: Uuid) -> Result<Option<(Line, Uuid)>> {
    let row: Option<(LineRow, Uuid)> = table
        .find(id)
        .select((LineRow::as_select(), plan_lines::plan_id))
        .first(&mut &*conn)
        .await
        .optional()?;
    let Some((row, plan_id)) = row else { return Ok(None) };
    Ok(whole(conn, vec![row]).await?.pop().map(|line| (line, plan_id)))
}

/// What lines of a plan lead to already: activities, lines of the school's plan, lines of the prospective plan.
pub(in crate::planning::plans) async fn drawn(conn: &Conn, plan_id: Uuid) -> Result<Vec<Uuid>> {
    type Links = (Option<Uuid>, Option<Uuid>, Option<Uuid>);
    let rows: Vec<Links> = table
        .filter(plan_lines::plan_id.eq(plan_id))
        .select((plan_lines::activity_id, plan_lines::school_line_id, plan_lines::source_line_id))
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().flat_map(|(one, two, three)| [one, two, three]).flatten().collect())
}

/// How many lines of each section a plan has.
pub(in crate::planning::plans) async fn sizes(conn: &Conn, plan_id: Uuid) -> Result<Vec<(PlanSection, i64)>> {
    let rows: Vec<(String, i64)> = table
        .filter(plan_lines::plan_id.eq(plan_id))
        .group_by(plan_lines::section)
        .select((plan_lines::section, count(plan_lines::id)))
        .load(&mut &*conn)
        .await?;
    let known = |(name, number): (String, i64)| PlanSection::parse(&name).map(|section| (section, number));
    Ok(rows.into_iter().filter_map(known).collect())
}

/// The people of a plan, each once by the card that is kept; `courses`: only those whom it sends to courses.
pub(in crate::planning::plans) async fn people(
    conn: &Conn,
    plan_id: Uuid,
    courses: bool,
) -> Result<Vec<Uuid>> {
    let mut query = table
        .inner_join(persons::table)
        .filter(plan_lines::plan_id.eq(plan_id))
        .select(persons::kept_id)
        .distinct()
        .into_boxed();
    if courses {
        query = query.filter(plan_lines::kind.assume_not_null().eq_any(["program", "module", "internship"]));
    }
    Ok(query.load(&mut &*conn).await?)
}

/// Adds lines to a plan.
pub(in crate::planning::plans) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    plan: &Plan,
    lines: &[Line],
) -> Result<()> {
    for portion in lines.chunks(PORTION) {
        let rows: Vec<_> = portion
            .iter()
            .map(|line| {
                (
                    LineRow::of(line),
                    plan_lines::plan_id.eq(plan.id),
                    plan_lines::region_id.eq(plan.region_id),
                    plan_lines::created_at.eq(ctx.now),
                )
            })
            .collect();
        diesel::insert_into(table).values(rows).execute(&mut &*ctx.conn).await?;
    }
    let links: Vec<_> = lines
        .iter()
        .flat_map(|line| line.data.deficit_ids.iter().map(|id| (line.id, *id)))
        .map(|(line_id, deficit_id)| {
            (plan_line_deficits::line_id.eq(line_id), plan_line_deficits::deficit_id.eq(deficit_id))
        })
        .collect();
    for portion in links.chunks(PORTION) {
        let rows = portion.to_vec();
        diesel::insert_into(plan_line_deficits::table).values(rows).execute(&mut &*ctx.conn).await?;
    }
    Ok(())
}

/// Takes a line out of a plan; whether there was one.
pub(in crate::planning::plans) async fn delete(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    plan_id: Uuid,
    id: Uuid,
) -> Result<bool> {
    let row = table.find(id).filter(plan_lines::plan_id.eq(plan_id));
    Ok(diesel::delete(row).execute(&mut &*ctx.conn).await? == 1)
}
