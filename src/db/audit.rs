//! The audit log: one row for each write, in its transaction. It is the outbox too: each row says where the change is
//! told of, and the feed of changes and the webhooks are read from it.

use std::collections::BTreeSet;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Ctx;
use super::schema::audit_events;
use crate::authz::Permit;
use crate::error::Result;
use crate::ids::new_id;

/// Rows of one statement.
const PORTION: usize = 3_000;

/// The thing that was changed.
#[derive(Debug, Clone, Copy)]
pub struct Subject {
    /// What kind of thing.
    pub kind: &'static str,
    /// Which one.
    pub id: Uuid,
}

/// The changed fields, without personal data, and what ceased to exist by it.
#[derive(Debug, Default)]
pub struct Change {
    fields: Map<String, Value>,
    removed: Option<Subject>,
}

impl Change {
    /// Nothing worth comparing.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a field with its value before and after.
    #[must_use]
    pub fn field(mut self, name: &str, before: impl Into<Value>, after: impl Into<Value>) -> Self {
        self.fields.insert(name.to_owned(), json!([before.into(), after.into()]));
        self
    }

    /// Says that this exists no longer: the subject itself, or a part of it that others know by its id.
    #[must_use]
    pub const fn removing(mut self, gone: Subject) -> Self {
        self.removed = Some(gone);
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
    municipality_ids: Vec<Option<Uuid>>,
    unit_ids: Vec<Option<Uuid>>,
    about_person_id: Option<Uuid>,
    removed_kind: Option<&'static str>,
    removed_id: Option<Uuid>,
}

impl<'a> AuditRow<'a> {
    fn new(ctx: &'a Ctx<'_>, permit: &Permit, subject: Subject, change: Change) -> Self {
        let (grant, target) = (permit.grant(), permit.target());
        let units = &target.units;
        Self {
            id: new_id(),
            at: ctx.now,
            region_id: target.region_id.or(ctx.actor.region_id),
            // Nobody did what time brought about.
            account_id: permit.clock_of().is_none().then_some(ctx.actor.account_id),
            person_id: ctx.actor.person_id,
            role: grant.map(|grant| grant.role.as_str()),
            operation: permit.operation(),
            subject_kind: subject.kind,
            subject_id: Some(subject.id),
            organization_id: permit.organization_id(),
            request_id: ctx.request_id,
            changes: Value::Object(change.fields),
            municipality_ids: distinct(units.iter().filter_map(|unit| unit.municipality_id)),
            unit_ids: distinct(units.iter().filter_map(|unit| unit.organization_id)),
            about_person_id: target.person_id,
            removed_kind: change.removed.map(|gone| gone.kind),
            removed_id: change.removed.map(|gone| gone.id),
        }
    }
}

/// Each id once, as a column of ids takes them.
fn distinct(ids: impl Iterator<Item = Uuid>) -> Vec<Option<Uuid>> {
    ids.collect::<BTreeSet<Uuid>>().into_iter().map(Some).collect()
}

impl Ctx<'_> {
    /// Records that the permitted operation changed the subject.
    pub async fn audit(&self, permit: &Permit, subject: Subject, change: Change) -> Result<()> {
        let row = AuditRow::new(self, permit, subject, change);
        diesel::insert_into(audit_events::table).values(row).execute(&mut &*self.conn).await?;
        Ok(())
    }

    /// The same for operations of one kind that were done together, a row for each.
    pub async fn audit_many(&self, operations: Vec<(&Permit, Subject, Change)>) -> Result<()> {
        let row = |(permit, subject, change)| AuditRow::new(self, permit, subject, change);
        let mut rows: Vec<AuditRow<'_>> = operations.into_iter().map(row).collect();
        // A statement takes 65,535 parameters at most.
        while !rows.is_empty() {
            let portion: Vec<AuditRow<'_>> = rows.drain(..rows.len().min(PORTION)).collect();
            diesel::insert_into(audit_events::table).values(portion).execute(&mut &*self.conn).await?;
        }
        Ok(())
    }
}
