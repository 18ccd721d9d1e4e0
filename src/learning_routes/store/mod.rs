//! Queries on learning routes.

mod activities;
mod content;
mod following;
mod grounds;
mod links;
mod list;
mod notes;
mod participants;
mod plan;
mod planned;
mod routes;
mod rows;
mod stages;

pub(super) use activities::{
    delete_activity, insert_activity, route_of_activity, save_activity, set_activity_state,
};
pub(super) use content::{contents, replace_content};
pub(super) use following::{close_stage, closings};
pub(super) use list::list;
pub use list::{Filter, RouteSummary, UpdatePeriod};
pub(super) use notes::save_note;
pub(super) use participants::mark;
pub(super) use planned::{agreed, planned};
pub(super) use routes::{find, insert, lock, save};
pub(super) use stages::replace_stages;
