//! What rights and rules of other resources need to know of a person, in one round trip.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::super::model::{AssociationFacts, EmploymentFacts, PersonFacts};
use crate::authz::Target;
use crate::db::Conn;
use crate::db::schema::{association_members, associations, employments, persons, region_stamps};
use crate::directory::regions::memory::RegionStamp;
use crate::error::{Error, Result};
use crate::values::{EducationLevel, PersonName};

type EmploymentRow =
    (Uuid, Uuid, Option<Uuid>, String, String, Vec<Option<String>>, NaiveDate, Option<NaiveDate>);
/// The kept card, the region and the stamp of its directory, a job, an association with its school and head.
type FactsRow = ((Uuid, Uuid, Uuid), Option<EmploymentRow>, Option<(Uuid, Uuid, Option<Uuid>)>);

diesel::alias!(persons as cards: Cards);

/// The facts of a person on a day, from all cards of the person; 404 when there is no such person. One statement: few have more than two jobs and two
/// associations, so that each job beside each association is less than a second answer.
pub(in super::super) async fn facts(conn: &Conn, person_id: Uuid, day: NaiveDate) -> Result<PersonFacts> {
    let belongs = association_members::person_id
        .eq(cards.field(persons::id))
        .and(association_members::since.le(day))
        .and(association_members::until.is_null().or(association_members::until.assume_not_null().ge(day)));
    let rows: Vec<FactsRow> = persons::table
        .inner_join(region_stamps::table.on(region_stamps::region_id.eq(persons::region_id)))
        .inner_join(cards.on(cards.field(persons::kept_id).eq(persons::kept_id)))
        .left_join(employments::table.on(employments::person_id.eq(cards.field(persons::id))))
        .left_join(association_members::table.on(belongs))
        .left_join(associations::table.on(associations::id.eq(association_members::association_id)))
        .filter(persons::id.eq(person_id))
        .select((
            (persons::kept_id, persons::region_id, region_stamps::stamp),
            (
                employments::id,
                employments::organization_id,
                employments::municipality_id,
                employments::kind,
                employments::position,
                employments::education_levels,
                employments::started_on,
                employments::ended_on,
            )
                .nullable(),
            (associations::id, associations::organization_id, associations::head_person_id).nullable(),
        ))
        .order((employments::started_on.desc(), employments::id.desc()))
        .load(&mut &*conn)
        .await?;
    let (id, region_id, stamp) = rows.as_slice().first().map(|(of, ..)| *of).ok_or(Error::not_found())?;
    let mut facts = PersonFacts {
        id,
        region_id,
        employments: Vec::new(),
        associations: Vec::new(),
        stamp: RegionStamp::new(region_id, stamp),
    };
    for (_, work, membership) in rows {
        if let Some(work) = work.map(employment).transpose()?
            && facts.employments.last().is_none_or(|last| last.id != work.id)
        {
            facts.employments.push(work);
        }
        if let Some((id, organization_id, head_person_id)) = membership
            && facts.associations.iter().all(|known| known.id != id)
        {
            facts.associations.push(AssociationFacts { id, organization_id, head_person_id });
        }
    }
    Ok(facts)
}

/// Those people as targets of rights on that day, as [`PersonFacts::target_on`] says, from all their cards; three statements that travel
/// together, however many they are.
pub(in super::super) async fn targets(
    conn: &Conn,
    people: &[Uuid],
    day: NaiveDate,
) -> Result<HashMap<Uuid, Target>> {
    let (mut first, mut second, mut third) = (conn, conn, conn);
    let (regions, work, heads) = tokio::try_join!(
        persons::table
            .filter(persons::id.eq_any(people))
            .select((persons::id, persons::region_id, persons::kept_id))
            .load::<(Uuid, Uuid, Uuid)>(&mut first),
        persons::table
            .inner_join(cards.on(cards.field(persons::kept_id).eq(persons::kept_id)))
            .inner_join(employments::table.on(employments::person_id.eq(cards.field(persons::id))))
            .filter(persons::id.eq_any(people))
            .filter(employments::started_on.le(day))
            .filter(employments::ended_on.is_null().or(employments::ended_on.assume_not_null().ge(day)))
            .select((persons::id, employments::organization_id, employments::municipality_id))
            .order((employments::started_on.desc(), employments::id.desc()))
            .load::<(Uuid, Uuid, Option<Uuid>)>(&mut second),
        persons::table
            .inner_join(cards.on(cards.field(persons::kept_id).eq(persons::kept_id)))
            .inner_join(
                association_members::table.on(association_members::person_id.eq(cards.field(persons::id)))
            )
            .inner_join(associations::table.on(associations::id.eq(association_members::association_id)))
            .filter(persons::id.eq_any(people))
            .filter(association_members::since.le(day))
            .filter(
                association_members::until.is_null().or(association_members::until.assume_not_null().ge(day))
            )
            .filter(associations::head_person_id.is_not_null())
            .select((persons::id, associations::head_person_id.assume_not_null()))
            .load::<(Uuid, Uuid)>(&mut third),
    )?;
    let mut targets: HashMap<Uuid, Target> = regions
        .into_iter()
        .map(|(id, region_id, kept_id)| (id, Target::region(region_id).person(kept_id)))
        .collect();
    for (id, organization_id, municipality_id) in work {
        targets.entry(id).and_modify(|target| {
            *target = target.clone().organization(organization_id, municipality_id);
        });
    }
    for (id, head) in heads {
        targets.entry(id).and_modify(|target| target.assigned.push(head));
    }
    Ok(targets)
}

/// Names of people by their ids.
pub(in super::super) async fn names(conn: &Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, PersonName>> {
    let rows: Vec<(Uuid, String, String, Option<String>)> = persons::table
        .filter(persons::id.eq_any(ids))
        .select((persons::id, persons::last_name, persons::first_name, persons::middle_name))
        .load(&mut &*conn)
        .await?;
    let name = |(id, last, first, middle): (Uuid, String, String, Option<String>)| {
        Ok((id, PersonName::new(&last, &first, middle.as_deref()).map_err(Error::internal)?))
    };
    rows.into_iter().map(name).collect()
}

fn employment(row: EmploymentRow) -> Result<EmploymentFacts> {
    let (id, organization_id, municipality_id, kind, position, levels, started_on, ended_on) = row;
    let education_levels = levels
        .into_iter()
        .flatten()
        .map(|name| EducationLevel::parse(&name).ok_or_else(|| Error::internal("unknown education level")))
        .collect::<Result<_>>()?;
    Ok(EmploymentFacts {
        id,
        organization_id,
        municipality_id,
        kind,
        position,
        education_levels,
        started_on,
        ended_on,
    })
}
