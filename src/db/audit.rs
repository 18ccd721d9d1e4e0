//! The audit log: one row for each write, in its transaction.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Ctx;
use super::schema::audit_events;
use crate::authz::Permit;
use crate::error::Result;
use crate::ids::new_id;

/// The thing that was changed.
#[derive(Debug, Clone, Copy)]
pub struct Subject {
    /// What kind of thing.
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
}

/// The changed fields, without personal data.
#[derive(Debug, Default)]
pub struct Change(Map<String, Value>);

impl Change {
    /// Nothing worth comparing.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a field with its value before and after.
    #[must_use]
    pub fn field(mut self, name: &str, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), json!([before.into(), after.into()]));
        self
    }
}

#[derive(Insertable)]
#[diesel(table_name = audit_events, treat_none_as_default_value = false)]
struct AuditRow<'a> {
    id: Uuid,
    at: chrono::DateTime<chrono::Utc>,
    region_id: Option<Uuid>,
    account_id: Option<Uuid>,
    person_id: Option<Uuid>,
    role: Option<&'static str>,
    operation: &'static str,
    subject_kind: &'static str,
    subject_id: Option<Uuid>,
    organization_id: Option<Uuid>,
    request_id: &'a str,
    changes: Value,
}

impl Ctx<'_> {
    /// Records that the permitted operation changed the subject.
    pub async fn audit(&self, permit: &Permit, subject: Subject, change: Change) -> Result<()> {
        let grant = permit.grant();
        let row = AuditRow {
            id: new_id(),
            at: self.now,
            region_id: grant.map_or(permit.clock_of().or(self.actor.region_id), |grant| grant.region_id),
            // Nobody did what time brought about.
            account_id: permit.clock_of().is_none().then_some(self.actor.account_id),
            person_id: self.actor.person_id,
            role: grant.map(|grant| grant.role.as_str()),
            operation: permit.operation(),
            subject_kind: subject.kind,
            subject_id: Some(subject.id),
            organization_id: permit.organization_id(),
            request_id: self.request_id,
            changes: Value::Object(change.0),
        };
        diesel::insert_into(audit_events::table).values(row).execute(&mut &*self.conn).await?;
        Ok(())
    }
}
