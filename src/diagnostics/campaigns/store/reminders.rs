//! Queries on reminders.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::Reminder;
use crate::authz::{Permit, Scope};
use crate::db::schema::{
    diagnostic_campaigns as campaigns, diagnostic_participants as participants,
    diagnostic_reminders as reminders,
};
use crate::db::{Conn, Ctx, people_filter};
use crate::error::Result;
use crate::ids::new_id;

/// Reminds every participant who has no result and need not be excused; how many.
pub(in crate::diagnostics::campaigns) async fn remind(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    campaign_id: Uuid,
    organization_id: Option<Uuid>,
    text: &str,
) -> Result<usize> {
    type Row = (Uuid, Uuid, Option<Uuid>, Uuid);
    let mut query = participants::table
        .filter(participants::campaign_id.eq(campaign_id))
        .filter(participants::result_id.is_null())
        .filter(
            participants::attendance.is_null().or(participants::attendance.assume_not_null().ne("excused")),
        )
        .select((
            participants::person_id,
            participants::region_id,
            participants::municipality_id,
            participants::organization_id,
        ))
        .into_boxed();
    if let Some(id) = organization_id {
        query = query.filter(participants::organization_id.eq(id));
    }
    let missing: Vec<Row> = query.load(&mut &*ctx.conn).await?;
    // A statement takes 65,535 parameters at most.
    for portion in missing.chunks(5_000) {
        let rows: Vec<_> = portion
            .iter()
            .map(|(person_id, region_id, municipality_id, organization_id)| {
                (
                    reminders::id.eq(new_id()),
                    reminders::campaign_id.eq(campaign_id),
                    reminders::region_id.eq(*region_id),
                    reminders::municipality_id.eq(*municipality_id),
                    reminders::organization_id.eq(*organization_id),
                    reminders::person_id.eq(*person_id),
                    reminders::text.eq(text),
                    reminders::reminded_by.eq(ctx.actor.account_id),
                    reminders::reminded_at.eq(ctx.now),
                )
            })
            .collect();
        diesel::insert_into(reminders::table).values(rows).execute(&mut &*ctx.conn).await?;
    }
    Ok(missing.len())
}

type ReminderRow = (Uuid, Uuid, String, NaiveDate, Uuid, String, DateTime<Utc>);

/// The reminders of the scope, newest first.
pub(in crate::diagnostics::campaigns) async fn list(
    conn: &Conn,
    scope: &Scope,
    today: NaiveDate,
    person_id: Option<Uuid>,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<Reminder>> {
    let campaign = || campaigns::table.filter(campaigns::id.eq(reminders::campaign_id));
    let mut query = reminders::table
        .filter(people_filter!(reminders, scope, today))
        .select((
            reminders::id,
            reminders::campaign_id,
            campaign().select(campaigns::title).single_value().assume_not_null(),
            campaign().select(campaigns::ends_on).single_value().assume_not_null(),
            reminders::person_id,
            reminders::text,
            reminders::reminded_at,
        ))
        .order((reminders::reminded_at.desc(), reminders::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = person_id {
        query = query.filter(reminders::person_id.eq(id));
    }
    if let Some((at, id)) = after {
        query = query.filter(
            reminders::reminded_at.lt(at).or(reminders::reminded_at.eq(at).and(reminders::id.lt(id))),
        );
    }
    let rows: Vec<ReminderRow> = query.load(&mut &*conn).await?;
    let reminder = |(id, campaign_id, campaign_title, ends_on, person_id, text, reminded_at)| Reminder {
        id,
        campaign_id,
        campaign_title,
        ends_on,
        person_id,
        text,
        reminded_at,
    };
    Ok(rows.into_iter().map(reminder).collect())
}
