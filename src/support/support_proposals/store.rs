//! Queries on proposals of support, and on whom they are for.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Bool, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{ProposedPerson, SupportProposal};
use super::vocabulary::SupportProposalState;
use crate::authz::{Permit, Scope};
use crate::db::schema::support_proposals::{self, table};
use crate::db::schema::{enrollments, support_proposal_people};
use crate::db::{Conn, Ctx, written};
use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::error::{Error, Result};
use crate::support::following::kept_filter;

#[derive(Queryable, Selectable)]
#[diesel(table_name = support_proposals)]
struct ProposalRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    proposed_by_id: Uuid,
    regulation_id: Uuid,
    offering_id: Uuid,
    text: String,
    state: String,
    decided_on: Option<NaiveDate>,
    reason: Option<String>,
    version: i64,
    created_at: DateTime<Utc>,
}

impl TryFrom<ProposalRow> for SupportProposal {
    type Error = Error;

    fn try_from(row: ProposalRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            region_id: row.region_id,
            municipality_id: row.municipality_id,
            organization_id: row.organization_id,
            proposed_by_id: row.proposed_by_id,
            regulation_id: row.regulation_id,
            offering_id: row.offering_id,
            text: row.text,
            state: SupportProposalState::parse(&row.state)
                .ok_or_else(|| Error::internal("unknown state of a support proposal in the database"))?,
            decided_on: row.decided_on,
            reason: row.reason,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

/// Which proposals a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only to this service.
    pub service_id: Option<Uuid>,
    /// Only about learners of this offering.
    pub offering_id: Option<Uuid>,
    /// Only taken into this plan.
    pub plan_id: Option<Uuid>,
    /// Only in this state.
    pub state: Option<SupportProposalState>,
}

/// One proposal; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<SupportProposal> {
    let row: ProposalRow = table.find(id).select(ProposalRow::as_select()).first(&mut &*conn).await?;
    row.try_into()
}

/// Holds a proposal until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<SupportProposal> {
    let query = table.find(id).select(ProposalRow::as_select()).for_no_key_update();
    let row: ProposalRow = query.first(&mut &*conn).await?;
    row.try_into()
}

/// Whom a proposal is for.
pub(super) async fn people(conn: &Conn, proposal_id: Uuid) -> Result<Vec<ProposedPerson>> {
    let rows: Vec<(Uuid, Uuid, Option<Uuid>)> = support_proposal_people::table
        .filter(support_proposal_people::proposal_id.eq(proposal_id))
        .order(support_proposal_people::enrollment_id)
        .select((
            support_proposal_people::enrollment_id,
            support_proposal_people::person_id,
            support_proposal_people::plan_id,
        ))
        .load(&mut &*conn)
        .await?;
    let person = |(enrollment_id, person_id, plan_id)| ProposedPerson { enrollment_id, person_id, plan_id };
    Ok(rows.into_iter().map(person).collect())
}

/// Who completed the offering and is supported by the service: in its municipality, or at the school itself; held until the end
/// of the transaction, so that nobody is proposed twice at once.
pub(super) async fn completed(
    conn: &Conn,
    offering_id: Uuid,
    service: &Organization,
) -> Result<Vec<ProposedPerson>> {
    let query = enrollments::table
        .filter(enrollments::offering_id.eq(offering_id))
        .filter(enrollments::state.eq("completed"))
        .order(enrollments::id)
        .select((enrollments::id, enrollments::person_id))
        .for_no_key_update();
    let rows: Vec<(Uuid, Uuid)> =
        match service.municipality_id.filter(|_| service.kind == OrganizationKind::MunicipalCenter) {
            Some(id) => {
                let here = enrollments::municipality_id.assume_not_null().eq(id);
                query.filter(here).load(&mut &*conn).await?
            }
            None => query.filter(enrollments::organization_id.eq(service.id)).load(&mut &*conn).await?,
        };
    let person = |(enrollment_id, person_id)| ProposedPerson { enrollment_id, person_id, plan_id: None };
    Ok(rows.into_iter().map(person).collect())
}

/// The trainings of each proposal about that group that waits for the decision of the service.
pub(super) async fn waiting(conn: &Conn, service_id: Uuid, offering_id: Uuid) -> Result<Vec<BTreeSet<Uuid>>> {
    let proposed = table
        .filter(support_proposals::organization_id.eq(service_id))
        .filter(support_proposals::offering_id.eq(offering_id))
        .filter(support_proposals::state.eq(SupportProposalState::Proposed.as_str()))
        .select(support_proposals::id);
    let ids: Vec<Uuid> = proposed.load(&mut &*conn).await?;
    let rows: Vec<(Uuid, Uuid)> = support_proposal_people::table
        .filter(support_proposal_people::proposal_id.eq_any(ids))
        .select((support_proposal_people::proposal_id, support_proposal_people::enrollment_id))
        .load(&mut &*conn)
        .await?;
    let mut waiting: BTreeMap<Uuid, BTreeSet<Uuid>> = BTreeMap::new();
    for (proposal, enrollment) in rows {
        waiting.entry(proposal).or_default().insert(enrollment);
    }
    Ok(waiting.into_values().collect())
}

/// One page, those made last first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(DateTime<Utc>, Uuid)>,
) -> Result<Vec<SupportProposal>> {
    let mut query = table
        .select(ProposalRow::as_select())
        .filter(kept_filter!(support_proposals, scope))
        .order((support_proposals::created_at.desc(), support_proposals::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.service_id {
        query = query.filter(support_proposals::organization_id.eq(id));
    }
    if let Some(id) = filter.offering_id {
        query = query.filter(support_proposals::offering_id.eq(id));
    }
    if let Some(id) = filter.plan_id {
        let taken = written::<Bool>(
            "support_proposals.id = any(array(select p.proposal_id from support_proposal_people p where p.plan_id = ",
        );
        query = query.filter(taken.bind::<SqlUuid, _>(id).sql("))"));
    }
    if let Some(state) = filter.state {
        query = query.filter(support_proposals::state.eq(state.as_str()));
    }
    if let Some((at, id)) = after {
        let same = support_proposals::created_at.eq(at).and(support_proposals::id.lt(id));
        query = query.filter(support_proposals::created_at.lt(at).or(same));
    }
    let rows: Vec<ProposalRow> = query.load(&mut &*conn).await?;
    rows.into_iter().map(SupportProposal::try_from).collect()
}

/// Adds a proposal with its people.
pub(super) async fn insert(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    proposal: &SupportProposal,
    people: &[ProposedPerson],
) -> Result<()> {
    diesel::insert_into(table)
        .values((
            support_proposals::id.eq(proposal.id),
            support_proposals::region_id.eq(proposal.region_id),
            support_proposals::organization_id.eq(proposal.organization_id),
            support_proposals::proposed_by_id.eq(proposal.proposed_by_id),
            support_proposals::regulation_id.eq(proposal.regulation_id),
            support_proposals::offering_id.eq(proposal.offering_id),
            support_proposals::text.eq(&proposal.text),
            support_proposals::state.eq(proposal.state.as_str()),
            support_proposals::version.eq(proposal.version),
            support_proposals::created_at.eq(proposal.created_at),
            support_proposals::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    let rows: Vec<_> = people
        .iter()
        .map(|person| {
            (
                support_proposal_people::proposal_id.eq(proposal.id),
                support_proposal_people::enrollment_id.eq(person.enrollment_id),
                support_proposal_people::region_id.eq(proposal.region_id),
                support_proposal_people::person_id.eq(person.person_id),
            )
        })
        .collect();
    diesel::insert_into(support_proposal_people::table).values(rows).execute(&mut &*ctx.conn).await?;
    Ok(())
}

/// Writes the decision with the plans that took the proposal over, and the next version. The caller holds it.
pub(super) async fn save(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    proposal: &SupportProposal,
    people: &[ProposedPerson],
) -> Result<()> {
    for person in people.iter().filter(|person| person.plan_id.is_some()) {
        diesel::update(support_proposal_people::table.find((proposal.id, person.enrollment_id)))
            .set(support_proposal_people::plan_id.eq(person.plan_id))
            .execute(&mut &*ctx.conn)
            .await?;
    }
    let row = table.find(proposal.id).filter(support_proposals::version.eq(proposal.version - 1));
    let changed = diesel::update(row)
        .set((
            support_proposals::state.eq(proposal.state.as_str()),
            support_proposals::decided_on.eq(proposal.decided_on),
            support_proposals::reason.eq(&proposal.reason),
            support_proposals::version.eq(proposal.version),
            support_proposals::updated_at.eq(ctx.now),
        ))
        .execute(&mut &*ctx.conn)
        .await?;
    if changed == 1 { Ok(()) } else { Err(Error::internal("a proposal was saved that nobody held")) }
}
