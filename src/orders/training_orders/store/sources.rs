//! What a line may rest on: needs and activities of agreed routes, without asking who may see them.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::schema::{needs, route_activities, routes};
use crate::db::{Conn, DbHours};
use crate::error::Result;
use crate::values::Hours;

/// What a need or an activity says of the training.
#[derive(Debug, Clone)]
pub(in crate::orders::training_orders) struct Source {
    pub(in crate::orders::training_orders) ground: String,
    pub(in crate::orders::training_orders) topic: String,
    pub(in crate::orders::training_orders) person_id: Option<Uuid>,
    pub(in crate::orders::training_orders) people: i32,
    pub(in crate::orders::training_orders) program_id: Option<Uuid>,
    pub(in crate::orders::training_orders) module_id: Option<Uuid>,
    pub(in crate::orders::training_orders) direction_id: Option<Uuid>,
    pub(in crate::orders::training_orders) hours: Option<Hours>,
}

/// An open need of that organization.
pub(in crate::orders::training_orders) async fn need(
    conn: &Conn,
    id: Uuid,
    organization_id: Uuid,
) -> Result<Option<Source>> {
    type Row = (String, String, Option<Uuid>, i32, Option<Uuid>);
    let row: Option<Row> = needs::table
        .find(id)
        .filter(needs::organization_id.eq(organization_id))
        .filter(needs::state.eq("open"))
        .select((needs::ground, needs::topic, needs::person_id, needs::people, needs::direction_id))
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(row.map(|(ground, topic, person_id, people, direction_id)| Source {
        ground,
        topic,
        person_id,
        people,
        program_id: None,
        module_id: None,
        direction_id,
        hours: None,
    }))
}

/// An activity of an agreed route of that organization that is not done.
pub(in crate::orders::training_orders) async fn activity(
    conn: &Conn,
    id: Uuid,
    organization_id: Uuid,
) -> Result<Option<Source>> {
    type Row = (String, String, Uuid, Option<Uuid>, Option<Uuid>, Option<DbHours>);
    let row: Option<Row> = route_activities::table
        .inner_join(routes::table)
        .filter(route_activities::id.eq(id))
        .filter(route_activities::state.eq("planned"))
        .filter(routes::organization_id.eq(organization_id))
        .filter(routes::state.eq_any(["approved", "active"]))
        .select((
            route_activities::reason,
            route_activities::title,
            routes::person_id,
            route_activities::program_id,
            route_activities::module_id,
            route_activities::hours,
        ))
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(row.map(|(ground, topic, person_id, program_id, module_id, hours)| Source {
        ground,
        topic,
        person_id: Some(person_id),
        people: 1,
        program_id,
        module_id,
        direction_id: None,
        hours: hours.map(Into::into),
    }))
}
