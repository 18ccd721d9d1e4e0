//! What agreed routes hold.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{route_activities, routes};
use crate::db::{Conn, whole_person};
use crate::error::Result;
use crate::learning_routes::model::{PlannedLearning, RouteState};

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
