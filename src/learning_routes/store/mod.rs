//! Queries on learning routes.

mod activities;
mod list;
mod notes;
mod participants;
mod routes;
mod rows;
mod stages;

use uuid::Uuid;

pub(super) use activities::{
    delete_activity, insert_activity, route_of_activity, save_activity, set_activity_state,
};
pub(super) use list::list;
pub use list::{Filter, RouteSummary};
pub(super) use notes::save_note;
pub(super) use participants::mark;
pub(super) use routes::{find, insert, lock, save};
pub(super) use stages::replace_stages;

use super::model::{Route, RouteDraft};
use crate::db::Conn;
use crate::error::Result;

/// Everything in a route: four statements that travel together.
pub(super) async fn contents(conn: &Conn, route: Route) -> Result<RouteDraft> {
    let id: Uuid = route.id;
    let (note, stages, activities, participants) = tokio::try_join!(
        notes::note(conn, id),
        stages::stages(conn, id),
        activities::activities(conn, id),
        participants::participants(conn, id),
    )?;
    Ok(RouteDraft { route, note, stages, activities, participants })
}
