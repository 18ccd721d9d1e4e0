//! Queries of the report: one statement counts the whole circle by school and curator.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Date, Nullable, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Figures, Share, Whose};
use crate::db::Conn;
use crate::error::{Error, Result};
use crate::learning_routes::model::RouteState;

#[derive(QueryableByName)]
struct FigureRow {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    municipality_id: Option<Uuid>,
    #[diesel(sql_type = SqlUuid)]
    organization_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    curator_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    state: String,
    #[diesel(sql_type = BigInt)]
    routes: i64,
    #[diesel(sql_type = BigInt)]
    overdue_routes: i64,
    #[diesel(sql_type = BigInt)]
    overdue_activities: i64,
    #[diesel(sql_type = BigInt)]
    rework_overdue: i64,
    #[diesel(sql_type = BigInt)]
    late_stages: i64,
    #[diesel(sql_type = BigInt)]
    planned: i64,
    #[diesel(sql_type = BigInt)]
    completed: i64,
    #[diesel(sql_type = BigInt)]
    planned_halves: i64,
    #[diesel(sql_type = BigInt)]
    completed_halves: i64,
    #[diesel(sql_type = BigInt)]
    cited: i64,
}

/// Lateness is asked of routes in force alone, activities and bases of those that were approved.
const FIGURES: &str = "\
    select r.municipality_id, r.organization_id, r.curator_id, r.state, count(*) as routes, \
           count(*) filter (where r.state = 'active' and a.late > 0) as overdue_routes, \
           coalesce(sum(a.late) filter (where r.state = 'active'), 0)::bigint as overdue_activities, \
           count(*) filter (where r.state = 'rework' and r.rework_due_on < $2) as rework_overdue, \
           coalesce(sum(s.late), 0)::bigint as late_stages, \
           coalesce(sum(a.planned), 0)::bigint as planned, coalesce(sum(a.completed), 0)::bigint as completed, \
           coalesce(sum(a.planned_halves), 0)::bigint as planned_halves, \
           coalesce(sum(a.completed_halves), 0)::bigint as completed_halves, \
           count(*) filter (where a.cited) as cited \
    from routes r \
    left join lateral ( \
        select count(*) filter (where l.state = 'planned' and l.ends_on < $2) as late, \
               count(*) as planned, \
               count(*) filter (where l.state = 'completed') as completed, \
               sum(l.hours * 2) as planned_halves, \
               sum(l.hours * 2) filter (where l.state = 'completed') as completed_halves, \
               bool_or(exists (select from activity_deficits d where d.activity_id = l.id) \
                       or exists (select from activity_bases b where b.activity_id = l.id and b.finding_id is not null)) \
                   as cited \
        from route_activities l where l.route_id = r.id \
    ) a on r.state in ('approved', 'active', 'completed', 'closed_incomplete') \
    left join lateral ( \
        select count(*) as late from route_stages t \
        where t.route_id = r.id and t.closed_on is null and t.ends_on < $2 \
    ) s on r.state = 'active' \
    where r.{place} = $1 group by 1, 2, 3, 4";

/// The figures under a place on that day.
pub(super) async fn figures(conn: &Conn, share: Share, today: NaiveDate) -> Result<Vec<(Whose, Figures)>> {
    let rows: Vec<FigureRow> = diesel::sql_query(FIGURES.replace("{place}", share.column()))
        .bind::<SqlUuid, _>(share.id())
        .bind::<Date, _>(today)
        .load(&mut &*conn)
        .await?;
    rows.into_iter()
        .map(|row| {
            let state = RouteState::parse(&row.state)
                .ok_or_else(|| Error::internal("unknown state of route in the database"))?;
            let approved = matches!(
                state,
                RouteState::Approved
                    | RouteState::Active
                    | RouteState::Completed
                    | RouteState::ClosedIncomplete
            );
            let mut figures = Figures {
                overdue_routes: row.overdue_routes,
                overdue_activities: row.overdue_activities,
                rework_overdue: row.rework_overdue,
                late_stages: row.late_stages,
                planned: row.planned,
                completed: row.completed,
                planned_halves: row.planned_halves,
                completed_halves: row.completed_halves,
                approved: if approved { row.routes } else { 0 },
                cited: row.cited,
                ..Figures::default()
            };
            figures.count(state, row.routes);
            let whose = Whose {
                municipality_id: row.municipality_id,
                organization_id: row.organization_id,
                curator_id: row.curator_id,
            };
            Ok((whose, figures))
        })
        .collect()
}
