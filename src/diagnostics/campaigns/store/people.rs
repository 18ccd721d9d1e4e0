//! Queries on the participants of campaigns.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, Date, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{Attendance, Campaign, Participant, Participation};
use super::levels;
use crate::authz::{Permit, Scope};
use crate::db::schema::{
    diagnostic_participants as participants, diagnostic_reminders as reminders, employments, persons,
};
use crate::db::{Conn, Ctx, scope_filter};
use crate::directory::organizations::model::OrganizationKind;
use crate::error::{Error, Result};

/// Everybody whom the rule of the campaign names on its first day, one school for each; how many.
pub(in crate::diagnostics::campaigns) async fn enroll_by_rule(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    campaign: &Campaign,
    day: NaiveDate,
) -> Result<usize> {
    // A school's campaign is for the school, a municipality's for all of it, the others for the whole region.
    let school = (campaign.owner.kind == OrganizationKind::School).then_some(campaign.owner.id);
    let municipality = campaign.owner.municipality_id;
    let statement = diesel::sql_query(
        "insert into diagnostic_participants (campaign_id, person_id, region_id, municipality_id, organization_id, \
                                              enrolled_by, enrolled_at)
         select distinct on (e.person_id) $1, e.person_id, e.region_id, e.municipality_id, e.organization_id, $2, $3
         from employments e
         where e.region_id = $4
           and ($5::uuid is null or e.organization_id = $5)
           and ($5 is not null or $6::uuid is null or e.municipality_id = $6)
           and (cardinality($7::uuid[]) = 0 or e.organization_id = any($7))
           and (cardinality($8::text[]) = 0 or e.position = any($8))
           and (cardinality($9::text[]) = 0 or e.education_levels && $9)
           and e.started_on <= $10 and (e.ended_on is null or e.ended_on >= $10)
         order by e.person_id, e.started_on, e.id
         on conflict do nothing",
    );
    Ok(statement
        .bind::<SqlUuid, _>(campaign.id)
        .bind::<SqlUuid, _>(ctx.actor.account_id)
        .bind::<Timestamptz, _>(ctx.now)
        .bind::<SqlUuid, _>(campaign.region_id)
        .bind::<Nullable<SqlUuid>, _>(school)
        .bind::<Nullable<SqlUuid>, _>(municipality)
        .bind::<Array<SqlUuid>, _>(&campaign.data.organization_ids)
        .bind::<Array<Text>, _>(&campaign.data.positions)
        .bind::<Array<Text>, _>(levels(campaign))
        .bind::<Date, _>(day)
        .execute(&mut &*ctx.conn)
        .await?)
}

/// Those of the people who work at the organization on that day.
pub(in crate::diagnostics::campaigns) async fn employed(
    conn: &Conn,
    organization_id: Uuid,
    people: &[Uuid],
    day: NaiveDate,
) -> Result<Vec<Uuid>> {
    Ok(employments::table
        .filter(employments::organization_id.eq(organization_id))
        .filter(employments::person_id.eq_any(people))
        .filter(employments::started_on.le(day))
        .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)))
        .select(employments::person_id)
        .distinct()
        .load(&mut &*conn)
        .await?)
}

/// Enrols people of an organization; who takes part already stays as he is. How many are new.
pub(in crate::diagnostics::campaigns) async fn enroll(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    campaign: &Campaign,
    place: (Uuid, Option<Uuid>),
    people: &[Uuid],
) -> Result<usize> {
    let (organization_id, municipality_id) = place;
    let rows: Vec<_> = people
        .iter()
        .map(|person_id| {
            (
                participants::campaign_id.eq(campaign.id),
                participants::person_id.eq(*person_id),
                participants::region_id.eq(campaign.region_id),
                participants::municipality_id.eq(municipality_id),
                participants::organization_id.eq(organization_id),
                participants::enrolled_by.eq(ctx.actor.account_id),
                participants::enrolled_at.eq(ctx.now),
            )
        })
        .collect();
    Ok(diesel::insert_into(participants::table)
        .values(rows)
        .on_conflict_do_nothing()
        .execute(&mut &*ctx.conn)
        .await?)
}

/// Whether the person takes part.
pub(in crate::diagnostics::campaigns) async fn takes_part(
    conn: &Conn,
    campaign_id: Uuid,
    person_id: Uuid,
) -> Result<bool> {
    let query = participants::table.find((campaign_id, person_id)).select(participants::person_id);
    Ok(query.first::<Uuid>(&mut &*conn).await.optional()?.is_some())
}

/// The result of a participant, who so has come.
pub(in crate::diagnostics::campaigns) async fn tested(
    ctx: &Ctx<'_>,
    campaign_id: Uuid,
    person_id: Uuid,
    result_id: Uuid,
) -> Result<()> {
    diesel::update(participants::table.find((campaign_id, person_id)))
        .set((
            participants::result_id.eq(result_id),
            participants::attendance.eq(Attendance::Attended.as_str()),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Records the attendance of participants of an organization: those whom it was recorded of.
pub(in crate::diagnostics::campaigns) async fn attend(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    campaign_id: Uuid,
    organization_id: Uuid,
    attendance: Attendance,
    people: &[Uuid],
) -> Result<Vec<Uuid>> {
    let of_school = participants::table
        .filter(participants::campaign_id.eq(campaign_id))
        .filter(participants::organization_id.eq(organization_id))
        .filter(participants::person_id.eq_any(people));
    Ok(diesel::update(of_school)
        .set(participants::attendance.eq(attendance.as_str()))
        .returning(participants::person_id)
        .get_results(&mut &*ctx.conn)
        .await?)
}

/// Which participants a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct ParticipantFilter {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only who has a result, or who has none.
    pub tested: Option<bool>,
    /// Only with this attendance.
    pub attendance: Option<Attendance>,
}

type ParticipantRow =
    (Uuid, String, String, Option<String>, Uuid, Option<String>, Option<Uuid>, Option<DateTime<Utc>>);

/// The participants of the scope, by id.
pub(in crate::diagnostics::campaigns) async fn list(
    conn: &Conn,
    scope: &Scope,
    campaign_id: Uuid,
    filter: &ParticipantFilter,
    fetch: i64,
    after: Option<Uuid>,
) -> Result<Vec<Participant>> {
    let who = || persons::table.filter(persons::id.eq(participants::person_id));
    let reminded = reminders::table
        .filter(reminders::campaign_id.eq(participants::campaign_id))
        .filter(reminders::person_id.eq(participants::person_id))
        .select(diesel::dsl::max(reminders::reminded_at))
        .single_value();
    let mut query = participants::table
        .filter(participants::campaign_id.eq(campaign_id))
        .filter(scope_filter!(participants, scope))
        .select((
            participants::person_id,
            who().select(persons::last_name).single_value().assume_not_null(),
            who().select(persons::first_name).single_value().assume_not_null(),
            who().select(persons::middle_name).single_value(),
            participants::organization_id,
            participants::attendance,
            participants::result_id,
            reminded,
        ))
        .order(participants::person_id)
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.organization_id {
        query = query.filter(participants::organization_id.eq(id));
    }
    if let Some(tested) = filter.tested {
        query = if tested {
            query.filter(participants::result_id.is_not_null())
        } else {
            query.filter(participants::result_id.is_null())
        };
    }
    if let Some(attendance) = filter.attendance {
        query = query.filter(participants::attendance.assume_not_null().eq(attendance.as_str()));
    }
    if let Some(id) = after {
        query = query.filter(participants::person_id.gt(id));
    }
    let rows: Vec<ParticipantRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(participant).collect()
}

fn participant(row: ParticipantRow) -> Result<Participant> {
    let (person_id, last, first, middle, organization_id, attendance, result_id, reminded_at) = row;
    let unknown = || Error::internal("unknown attendance in the database");
    let attendance = attendance.map(|name| Attendance::parse(&name).ok_or_else(unknown)).transpose()?;
    let name = [Some(last), Some(first), middle].into_iter().flatten().collect::<Vec<_>>().join(" ");
    Ok(Participant { person_id, name, organization_id, attendance, result_id, reminded_at })
}

/// How many people of each organization of the scope took part.
pub(in crate::diagnostics::campaigns) async fn participation(
    conn: &Conn,
    scope: &Scope,
    campaign_id: Uuid,
) -> Result<Vec<Participation>> {
    use diesel::dsl::{count, count_star};
    let rows: Vec<(Uuid, Option<String>, i64, i64)> = participants::table
        .filter(participants::campaign_id.eq(campaign_id))
        .filter(scope_filter!(participants, scope))
        .group_by((participants::organization_id, participants::attendance))
        .select((
            participants::organization_id,
            participants::attendance,
            count(participants::result_id),
            count_star(),
        ))
        .order((participants::organization_id, participants::attendance))
        .load(&mut &*conn)
        .await?;
    let mut found: Vec<Participation> = Vec::new();
    for (organization_id, attendance, tested, all) in rows {
        if found.last().is_none_or(|last| last.organization_id != Some(organization_id)) {
            found.push(Participation { organization_id: Some(organization_id), ..Participation::default() });
        }
        let Some(part) = found.last_mut() else { continue };
        part.participants += all;
        part.tested += tested;
        match attendance.as_deref().and_then(Attendance::parse) {
            Some(Attendance::Attended) => part.attended += all,
            Some(Attendance::Absent) => part.absent += all,
            Some(Attendance::Excused) => part.excused += all,
            None => {}
        }
    }
    Ok(found)
}
