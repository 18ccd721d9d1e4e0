//! The row of a route.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::authz::Role;
use crate::db::schema::routes;
use crate::error::{Error, Result};
use crate::learning_routes::model::{Rework, Route, RouteState};
use crate::regulations::profile::RouteKind;

/// A value of the database that the code does not know.
pub(super) fn unknown(what: &str) -> Error {
    Error::internal(format!("unknown {what} in the database"))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = routes)]
pub(super) struct RouteRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Uuid,
    regulation_id: Uuid,
    kind: String,
    title: String,
    state: String,
    initiator_role: String,
    created_by: Uuid,
    created_by_person_id: Option<Uuid>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    rework_reason: Option<String>,
    rework_due_on: Option<NaiveDate>,
    approved_at: Option<DateTime<Utc>>,
    activated_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    close_reason: Option<String>,
    curator_id: Option<Uuid>,
    tutor_id: Option<Uuid>,
    working_group_id: Option<Uuid>,
    ground: Option<String>,
    category: Option<String>,
    open_to_providers: bool,
    discussion_open: bool,
    version: i64,
}

impl TryFrom<RouteRow> for Route {
    type Error = Error;

    fn try_from(row: RouteRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            person_id: row.person_id,
            regulation_id: row.regulation_id,
            kind: RouteKind::parse(&row.kind).ok_or_else(|| unknown("kind of route"))?,
            title: row.title,
            state: RouteState::parse(&row.state).ok_or_else(|| unknown("state of route"))?,
            initiator_role: Role::parse(&row.initiator_role).ok_or_else(|| unknown("role"))?,
            created_by: row.created_by,
            created_by_person_id: row.created_by_person_id,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            rework: row
                .rework_reason
                .zip(row.rework_due_on)
                .map(|(reason, due_on)| Rework { reason, due_on }),
            approved_at: row.approved_at,
            activated_on: row.activated_on,
            closed_on: row.closed_on,
            close_reason: row.close_reason,
            curator_id: row.curator_id,
            tutor_id: row.tutor_id,
            working_group_id: row.working_group_id,
            ground: row.ground,
            category: row.category,
            open_to_providers: row.open_to_providers,
            discussion_open: row.discussion_open,
            version: row.version,
        })
    }
}
