//! Queries on decisions.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Answer, Decision, DecisionKind, Side};
use super::service::Asked;
use crate::authz::{Permit, Role, Scope, ScopePart};
use crate::db::schema::managerial_decisions::{self, table};
use crate::db::schema::organizations;
use crate::db::{Conn, Ctx};
use crate::error::{Error, Result};

#[derive(Queryable, Selectable)]
#[diesel(table_name = managerial_decisions)]
struct DecisionRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    addressee_id: Uuid,
    monitoring_id: Option<Uuid>,
    kind: String,
    role: String,
    text: String,
    taken_on: NaiveDate,
    due_on: NaiveDate,
    answer: Option<String>,
    answered_on: Option<NaiveDate>,
    version: i64,
}

impl DecisionRow {
    fn with(self, addressed_in: Option<Uuid>) -> Result<Decision> {
        let wrong = || Error::internal("unknown words of a decision in the database");
        let answer = self.answer.zip(self.answered_on);
        Ok(Decision {
            id: self.id,
            region_id: self.region_id,
            author: Side { organization_id: self.organization_id, municipality_id: self.municipality_id },
            addressee: Side { organization_id: self.addressee_id, municipality_id: addressed_in },
            monitoring_id: self.monitoring_id,
            kind: DecisionKind::parse(&self.kind).ok_or_else(wrong)?,
            role: Role::ALL.into_iter().find(|role| role.as_str() == self.role).ok_or_else(wrong)?,
            text: self.text,
            taken_on: self.taken_on,
            due_on: self.due_on,
            answer: answer.map(|(text, answered_on)| Answer { text, answered_on }),
            version: self.version,
        })
    }
}

/// One decision; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Decision> {
    let row: DecisionRow = table.find(id).select(DecisionRow::as_select()).first(&mut &*conn).await?;
    placed(conn, vec![row]).await?.into_iter().next().ok_or(Error::not_found())
}

/// The decisions with the municipalities of their addressees, as they are now.
async fn placed(conn: &Conn, rows: Vec<DecisionRow>) -> Result<Vec<Decision>> {
    let addressees: Vec<Uuid> = rows.iter().map(|row| row.addressee_id).collect();
    let found: Vec<(Uuid, Option<Uuid>)> = organizations::table
        .filter(organizations::id.eq_any(addressees))
        .select((organizations::id, organizations::municipality_id))
        .load(&mut &*conn)
        .await?;
    let places: HashMap<Uuid, Option<Uuid>> = found.into_iter().collect();
    rows.into_iter()
        .map(|row| {
            let addressed_in = places.get(&row.addressee_id).copied().flatten();
            row.with(addressed_in)
        })
        .collect()
}

/// Holds a decision until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<Decision> {
    let query = table.find(id).select(DecisionRow::as_select()).for_no_key_update();
    let row: DecisionRow = query.first(&mut &*conn).await?;
    placed(conn, vec![row]).await?.into_iter().next().ok_or(Error::not_found())
}

type Within = Box<dyn BoxableExpression<table, Pg, SqlType = Bool>>;

/// What a place took or is bound by.
fn circle(part: ScopePart) -> Within {
    match part {
        ScopePart::Everything => Box::new(managerial_decisions::region_id.is_not_null()),
        ScopePart::Region(id) => Box::new(managerial_decisions::region_id.eq(id)),
        ScopePart::Municipality(id) => {
            let places = organizations::table
                .filter(organizations::municipality_id.assume_not_null().eq(id))
                .select(organizations::id);
            let taken = managerial_decisions::municipality_id.assume_not_null().eq(id);
            Box::new(taken.or(managerial_decisions::addressee_id.eq_any(places)))
        }
        ScopePart::Organization(id) => Box::new(
            managerial_decisions::organization_id.eq(id).or(managerial_decisions::addressee_id.eq(id)),
        ),
        ScopePart::Person(_) | ScopePart::Assigned(_) | ScopePart::Above { .. } => {
            Box::new(managerial_decisions::region_id.is_null())
        }
    }
}

/// One page, those due last first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    (asked, day): (Asked, NaiveDate),
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Decision>> {
    let circles = scope.parts().iter().copied().map(circle);
    let within = circles.reduce(|one, other| -> Within { Box::new(one.or(other)) });
    let within = within.unwrap_or_else(|| -> Within { Box::new(managerial_decisions::region_id.is_null()) });
    let mut found = table
        .select(DecisionRow::as_select())
        .filter(within)
        .order((managerial_decisions::due_on.desc(), managerial_decisions::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(kind) = asked.kind {
        found = found.filter(managerial_decisions::kind.eq(kind.as_str()));
    }
    if let Some(id) = asked.monitoring_id {
        found = found.filter(managerial_decisions::monitoring_id.assume_not_null().eq(id));
    }
    if let Some(id) = asked.addressee_id {
        found = found.filter(managerial_decisions::addressee_id.eq(id));
    }
    if let Some(overdue) = asked.overdue {
        let unanswered = managerial_decisions::answered_on.is_null();
        let late = managerial_decisions::answered_on.assume_not_null().gt(managerial_decisions::due_on);
        let due = managerial_decisions::due_on;
        found = if overdue {
            found.filter(
                (unanswered.and(due.lt(day))).or(managerial_decisions::answered_on.is_not_null().and(late)),
            )
        } else {
            let in_time = managerial_decisions::answered_on.assume_not_null().le(due);
            found.filter(
                (unanswered.and(due.ge(day)))
                    .or(managerial_decisions::answered_on.is_not_null().and(in_time)),
            )
        };
    }
    if let Some((due_on, id)) = after {
        let same = managerial_decisions::due_on.eq(due_on).and(managerial_decisions::id.lt(id));
        found = found.filter(managerial_decisions::due_on.lt(due_on).or(same));
    }
    let rows: Vec<DecisionRow> = found.load(&mut &*conn).await?;
    placed(conn, rows).await
}

/// Adds a decision.
pub(super) async fn insert(ctx: &Ctx<'_>, _permit: &Permit, decision: &Decision) -> Result<()> {
    diesel::insert_into(table)
        .values((
            managerial_decisions::id.eq(decision.id),
            managerial_decisions::region_id.eq(decision.region_id),
            managerial_decisions::organization_id.eq(decision.author.organization_id),
            managerial_decisions::addressee_id.eq(decision.addressee.organization_id),
            managerial_decisions::monitoring_id.eq(decision.monitoring_id),
            managerial_decisions::kind.eq(decision.kind.as_str()),
            managerial_decisions::role.eq(decision.role.as_str()),
            managerial_decisions::text.eq(&decision.text),
            managerial_decisions::taken_on.eq(decision.taken_on),
            managerial_decisions::due_on.eq(decision.due_on),
            managerial_decisions::recorded_by.eq(ctx.actor.account_id),
            managerial_decisions::version.eq(decision.version),
            managerial_decisions::created_at.eq(ctx.now),
            managerial_decisions::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Writes the answer, and the next version.
pub(super) async fn save_answer(ctx: &Ctx<'_>, _permit: &Permit, decision: &Decision) -> Result<()> {
    let answer = decision.answer.as_ref();
    diesel::update(table.find(decision.id))
        .set((
            managerial_decisions::answer.eq(answer.map(|answer| answer.text.as_str())),
            managerial_decisions::answered_on.eq(answer.map(|answer| answer.answered_on)),
            managerial_decisions::answered_by.eq(answer.map(|_| ctx.actor.account_id)),
            managerial_decisions::version.eq(decision.version),
            managerial_decisions::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}
