//! Applications as rows.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use uuid::Uuid;

use crate::db::schema::applications;
use crate::error::{Error, Result};
use crate::training::applications::model::Application;
use crate::training::vocabulary::{ApplicationKind, ApplicationState};

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = applications, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct ApplicationRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    person_id: Option<Uuid>,
    offering_id: Uuid,
    provider_id: Uuid,
    kind: String,
    ground: Option<String>,
    comment: Option<String>,
    people_count: i32,
    state: String,
    reason: Option<String>,
    submitted_by: Uuid,
    decided_by: Option<Uuid>,
    decided_at: Option<DateTime<Utc>>,
    version: i64,
    created_at: DateTime<Utc>,
    updated_at: DateTime<Utc>,
}

impl ApplicationRow {
    pub(super) fn new(application: &Application, now: DateTime<Utc>) -> Self {
        let application = application.clone();
        Self {
            id: application.id,
            region_id: application.region_id,
            municipality_id: application.municipality_id,
            organization_id: application.organization_id,
            person_id: application.person_id,
            offering_id: application.offering_id,
            provider_id: application.provider_id,
            kind: application.kind.as_str().to_owned(),
            ground: application.ground,
            comment: application.comment,
            people_count: application.people_count,
            state: application.state.as_str().to_owned(),
            reason: application.reason,
            submitted_by: application.submitted_by,
            decided_by: application.decided_by,
            decided_at: application.decided_at,
            version: application.version,
            created_at: application.created_at,
            updated_at: now,
        }
    }

    pub(super) fn application(self) -> Result<Application> {
        let unknown = |what: &str| Error::internal(format!("unknown {what} of application in the database"));
        Ok(Application {
            id: self.id,
            region_id: self.region_id,
            municipality_id: self.municipality_id,
            organization_id: self.organization_id,
            person_id: self.person_id,
            offering_id: self.offering_id,
            provider_id: self.provider_id,
            kind: ApplicationKind::parse(&self.kind).ok_or_else(|| unknown("kind"))?,
            ground: self.ground,
            comment: self.comment,
            people_count: self.people_count,
            state: ApplicationState::parse(&self.state).ok_or_else(|| unknown("state"))?,
            reason: self.reason,
            submitted_by: self.submitted_by,
            decided_by: self.decided_by,
            decided_at: self.decided_at,
            version: self.version,
            created_at: self.created_at,
        })
    }
}
