//! What agreed routes hold.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{activity_deficits, route_activities, routes};
use crate::db::{Conn, DbHours, whole_person};
use crate::error::{Error, Result};
use crate::learning_routes::model::{AgreedActivity, PlannedLearning, RouteState};
use crate::regulations::profile::{ActivityKind, RoutePart};

#[derive(Queryable, Selectable)]
#[diesel(table_name = route_activities)]
struct AgreedRow {
    id: Uuid,
    route_id: Uuid,
    kind: String,
    part: Option<String>,
    title: String,
    content: Option<String>,
    program_id: Option<Uuid>,
    hours: Option<DbHours>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    justification: Option<String>,
}

impl AgreedRow {
    fn of(self, person_id: Uuid, deficits: &[(Uuid, Uuid)]) -> Result<AgreedActivity> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} of an activity in the database"));
        let part = |name: &String| RoutePart::parse(name).ok_or_else(|| unknown("part"));
        let own = deficits.iter().filter(|(activity_id, _)| *activity_id == self.id);
        Ok(AgreedActivity {
            id: self.id,
            route_id: self.route_id,
            person_id,
            kind: ActivityKind::parse(&self.kind).ok_or_else(|| unknown("kind"))?,
            part: self.part.as_ref().map(part).transpose()?,
            title: self.title,
            content: self.content,
            program_id: self.program_id,
            hours: self.hours.map(Into::into),
            starts_on: self.starts_on,
            ends_on: self.ends_on,
            justification: self.justification,
            deficit_ids: own.map(|(_, deficit_id)| *deficit_id).collect(),
        })
    }
}

/// The activities of the agreed routes of a school that take place between these days, by day.
pub(in crate::learning_routes) async fn agreed(
    conn: &Conn,
    organization_id: Uuid,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Vec<AgreedActivity>> {
    let states = [RouteState::Approved.as_str(), RouteState::Active.as_str()];
    let rows: Vec<(AgreedRow, Uuid)> = route_activities::table
        .inner_join(routes::table)
        .filter(routes::organization_id.eq(organization_id))
        .filter(routes::state.eq_any(states))
        .filter(route_activities::starts_on.le(last))
        .filter(route_activities::ends_on.ge(first))
        .order((route_activities::starts_on, route_activities::id))
        .select((AgreedRow::as_select(), routes::person_id))
        .load(&mut &*conn)
        .await?;
    let ids: Vec<Uuid> = rows.iter().map(|(row, _)| row.id).collect();
    let deficits: Vec<(Uuid, Uuid)> = activity_deficits::table
        .filter(activity_deficits::activity_id.eq_any(&ids))
        .order((activity_deficits::activity_id, activity_deficits::deficit_id))
        .select((activity_deficits::activity_id, activity_deficits::deficit_id))
        .load(&mut &*conn)
        .await?;
    rows.into_iter().map(|(row, person_id)| row.of(person_id, &deficits)).collect()
}

/// The activities of the agreed routes of a person that are not over.
pub(in crate::learning_routes) async fn planned(
    conn: &Conn,
    person_id: Uuid,
) -> Result<Vec<PlannedLearning>> {
    let agreed = [RouteState::Approved.as_str(), RouteState::Active.as_str()];
    let rows: Vec<(Option<Uuid>, Option<Uuid>, String)> = route_activities::table
        .inner_join(routes::table)
        .filter(whole_person("routes.person_id", person_id))
        .filter(routes::state.eq_any(agreed))
        .select((route_activities::program_id, route_activities::module_id, route_activities::title))
        .load(&mut &*conn)
        .await?;
    let planned = |(program_id, module_id, title)| PlannedLearning { program_id, module_id, title };
    Ok(rows.into_iter().map(planned).collect())
}
