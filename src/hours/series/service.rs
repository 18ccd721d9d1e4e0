//! Use cases of series.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Asked, Point, Step, days};
use super::policy;
use crate::authz::authorize;
use crate::db::Ctx;
use crate::directory::persons::service::person_facts;
use crate::error::{Error, Result};
use crate::hours::balances::history::history;
use crate::hours::balances::model::workplaces;
use crate::hours::balances::rules;
use crate::hours::clock::today;
use crate::hours::credit_transfers::service::granted_to;
use crate::hours::ledger::service::lines_of_person;
use crate::hours::model::{Balance, balance};
use crate::registry::provider_licences::providers::Providers;
use crate::regulations::model::BindingRegulation;
use crate::regulations::service::regulation_of_case;
use crate::regulations::terms::RegulationTerms;

/// The hours of a person on many days.
#[derive(Debug)]
pub struct Series {
    /// Whose.
    pub person_id: Uuid,
    /// Their distance.
    pub step: Step,
    /// The points, in order.
    pub points: Vec<Point>,
}

/// The hours of a person on many days: everything is read once, and folded for each day as the balance of that day is.
pub async fn get_hours_series(ctx: &Ctx<'_>, asked: Asked) -> Result<Series> {
    let today = today(ctx).await?;
    let people = [asked.person_id];
    let (person, lines, granted) = tokio::try_join!(
        person_facts(ctx, asked.person_id, today),
        lines_of_person(ctx, asked.person_id),
        granted_to(ctx, &people),
    )?;
    authorize(ctx.actor, &policy::GET_HOURS_SERIES, &person.target_on(today))?;
    let days = days(&asked, today).map_err(|problem| Error::invalid(vec![problem]))?;
    let span = days.iter().copied().min().zip(days.iter().copied().max()).unwrap_or((today, today));
    let (providers, terms) = tokio::try_join!(
        Providers::read(ctx, person.stamp),
        RegulationTerms::of_region(ctx, person.region_id, span),
    )?;
    // Papers outside the ledger are in no sum.
    let history = history(&lines.with(&providers), &[], &granted, &providers, ctx.now);
    let mut known: HashMap<Uuid, BindingRegulation> = HashMap::new();
    let mut points = Vec::with_capacity(days.len());
    for on in days {
        let place = workplaces(&person, on).into_iter().next();
        let bound =
            place.as_ref().and_then(|at| terms.binding_on(at.organization_id, at.municipality_id, on));
        let regulation = match bound {
            Some(id) => Some(remembered(ctx, &mut known, id).await?),
            None => None,
        };
        let levels = place.as_ref().map(|place| place.levels.as_slice()).unwrap_or_default();
        let balance = balance(&history, &rules::rule(regulation, levels), on, ctx.now);
        points.push(point(on, place.map(|place| place.organization_id), &balance));
    }
    Ok(Series { person_id: person.id, step: asked.step, points })
}

/// A regulation that is looked up once, however many days it binds.
async fn remembered<'a>(
    ctx: &Ctx<'_>,
    known: &'a mut HashMap<Uuid, BindingRegulation>,
    id: Uuid,
) -> Result<&'a BindingRegulation> {
    match known.entry(id) {
        Entry::Occupied(found) => Ok(found.into_mut()),
        Entry::Vacant(place) => Ok(place.insert(regulation_of_case(ctx, id).await?)),
    }
}

fn point(on: NaiveDate, organization_id: Option<Uuid>, balance: &Balance) -> Point {
    Point {
        on,
        organization_id,
        counted: balance.local_hours.counted,
        required: balance.local_hours.required,
        local_hours: balance.local_hours.status,
        federal_frequency: balance.federal_frequency.status,
    }
}
