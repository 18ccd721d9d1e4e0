//! Queries on the participants of campaigns.

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Date, Timestamptz, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{
    Attendance, Campaign, CampaignEnrollment, CampaignState, Participant, Participation,
};
use crate::authz::{Permit, Scope};
use crate::db::schema::{
    diagnostic_campaigns as campaigns, diagnostic_participants as participants,
    diagnostic_reminders as reminders, employments, persons,
};
use crate::db::{Conn, Ctx, people_filter, scope_filter};
use crate::error::{Error, Result};

/// For whom campaigns enrol by their rule.
#[derive(Debug, Clone, Copy)]
pub(in crate::diagnostics::campaigns) enum Enrolled {
    /// Everybody whom this campaign names.
    Campaign(Uuid),
    /// This person, in every campaign that names him.
    Person(Uuid),
}

/// Enrols those whom the rules of running campaigns name: who works at a place of the campaign on that day or on a later
/// one of its days, one school for each. Who takes part already stays as he is.
pub(in crate::diagnostics::campaigns) async fn enroll_by_rule(
    ctx: &Ctx<'_>,
    whom: Enrolled,
    day: NaiveDate,
) -> Result<()> {
    // Two statements, since one plan for both would read everybody of the region for one person.
    let (named, id) = match whom {
        Enrolled::Campaign(id) => ("c.id = $1", id),
        Enrolled::Person(id) => ("e.person_id = $1", id),
    };
    // A school's campaign is for the school, a municipality's for all of it, the others for the whole region.
    let statement = diesel::sql_query(format!(
        "insert into diagnostic_participants (campaign_id, person_id, region_id, municipality_id, organization_id, \
                                              enrolled_by, enrolled_at)
         select distinct on (c.id, e.person_id) c.id, e.person_id, e.region_id, e.municipality_id, e.organization_id, $2, $3
         from diagnostic_campaigns c
         join organizations o on o.id = c.owner_id
         join employments e on e.region_id = c.region_id
         where {named}
           and c.state = 'running' and c.enrollment = 'by_rule'
           and case when o.kind = 'school' then e.organization_id = c.owner_id
                    else c.municipality_id is null or e.municipality_id = c.municipality_id end
           and (cardinality(c.organization_ids) = 0 or e.organization_id = any(c.organization_ids))
           and (cardinality(c.positions) = 0 or e.position = any(c.positions))
           and (cardinality(c.education_levels) = 0 or e.education_levels && c.education_levels)
           and e.started_on <= c.ends_on
           and (e.ended_on is null or e.ended_on >= greatest(least($4, c.ends_on), c.starts_on))
         order by c.id, e.person_id, e.started_on, e.id
         on conflict do nothing",
    ));
    statement
        .bind::<SqlUuid, _>(id)
        .bind::<SqlUuid, _>(ctx.actor.account_id)
        .bind::<Timestamptz, _>(ctx.now)
        .bind::<Date, _>(day)
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
}

/// Holds the campaigns of the region that may name somebody by their rule, so that none of them starts between his
/// employment and his enrolling: a campaign that is just starting is waited for, one that starts later sees him.
pub(in crate::diagnostics::campaigns) async fn hold_by_rule(ctx: &Ctx<'_>, region_id: Uuid) -> Result<()> {
    let open = [CampaignState::Planned.as_str(), CampaignState::Running.as_str()];
    campaigns::table
        .filter(campaigns::region_id.eq(region_id))
        .filter(campaigns::enrollment.eq(CampaignEnrollment::ByRule.as_str()))
        .filter(campaigns::state.eq_any(open))
        .order(campaigns::id)
        .select(campaigns::id)
        .for_share()
        .load::<Uuid>(&mut &*ctx.conn)
        .await?;
    Ok(())
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

/// Holds those of the people who take part from that organization, in the order of their ids so that two sheets never
/// wait for each other; each with whether he has a result.
pub(in crate::diagnostics::campaigns) async fn hold(
    conn: &Conn,
    campaign_id: Uuid,
    organization_id: Uuid,
    people: &[Uuid],
) -> Result<Vec<(Uuid, bool)>> {
    Ok(participants::table
        .filter(participants::campaign_id.eq(campaign_id))
        .filter(participants::organization_id.eq(organization_id))
        .filter(participants::person_id.eq_any(people))
        .order(participants::person_id)
        .select((participants::person_id, participants::result_id.is_not_null()))
        .for_update()
        .load(&mut &*conn)
        .await?)
}

/// Records the attendance of participants of an organization, whom the caller holds.
pub(in crate::diagnostics::campaigns) async fn attend(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    campaign_id: Uuid,
    organization_id: Uuid,
    attendance: Attendance,
    people: &[Uuid],
) -> Result<()> {
    let of_school = participants::table
        .filter(participants::campaign_id.eq(campaign_id))
        .filter(participants::organization_id.eq(organization_id))
        .filter(participants::person_id.eq_any(people));
    diesel::update(of_school)
        .set(participants::attendance.eq(attendance.as_str()))
        .execute(&mut &*ctx.conn)
        .await?;
    Ok(())
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

/// The participants who work within the scope on the day, by id: who has left a school since is no more its to follow.
pub(in crate::diagnostics::campaigns) async fn list(
    conn: &Conn,
    scope: &Scope,
    (campaign_id, day): (Uuid, NaiveDate),
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
        .filter(people_filter!(participants, scope, day))
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
