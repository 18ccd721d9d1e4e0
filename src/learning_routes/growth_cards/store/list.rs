//! Who owes a card, and where it stands. What is owed follows from routes and calendars, so the list is one of routes.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{exists, not};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::{growth_cards, table};
use crate::authz::{Scope, ScopePart};
use crate::db::schema::routes;
use crate::db::{Conn, scope_filter};
use crate::directory::persons::service::names_of as names_of_people;
use crate::error::{Error, Result};
use crate::learning_routes::growth_cards::model::{CardPeriod, GrowthCard};
use crate::learning_routes::growth_cards::vocabulary::GrowthCardState;
use crate::learning_routes::model::Resolution;
use crate::values::PersonName;

/// Which cards a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The year in which the period begins; the running one when absent.
    pub year: Option<i32>,
    /// Only of this learner.
    pub person_id: Option<Uuid>,
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only of this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only of routes that this curator follows.
    pub curator_id: Option<Uuid>,
    /// Only in this state; `Assembled` is everything that was never handed in.
    pub state: Option<GrowthCardState>,
    /// Only late ones, or only the others.
    pub overdue: Option<bool>,
}

/// A card that is owed.
#[derive(Debug, Clone)]
pub struct Owed {
    /// First day of the route's term, which orders the list.
    pub starts_on: NaiveDate,
    /// The learner.
    pub person_id: Uuid,
    /// The learner's name.
    pub name: PersonName,
    /// The school.
    pub organization_id: Uuid,
    /// Title of the route.
    pub title: String,
    /// The card, or what stands for one that nobody has touched.
    pub card: GrowthCard,
}

type Condition = Box<dyn BoxableExpression<routes::table, Pg, SqlType = Bool>>;

/// A tutor sees the cards of those whom he or she accompanies beside those in scope (P1-12).
fn visible(scope: &Scope) -> Condition {
    let in_scope = scope_filter!(routes, scope);
    let tutor = scope.parts().iter().find_map(|part| match part {
        ScopePart::Assigned(person) => Some(*person),
        _ => None,
    });
    match tutor {
        Some(person) => Box::new(in_scope.or(routes::tutor_id.assume_not_null().eq(person))),
        None => in_scope,
    }
}

/// Routes under these regulations that owe a card of that period; none when the filter leaves nothing of them.
fn owing(ids: &[Uuid], period: CardPeriod, filter: &Filter, today: NaiveDate) -> Option<Condition> {
    let card = move || {
        table
            .filter(growth_cards::route_id.eq(routes::id))
            .filter(growth_cards::period_starts_on.eq(period.starts_on))
    };
    let in_states = move |states: &[GrowthCardState]| -> Condition {
        let names: Vec<&'static str> = states.iter().map(|state| state.as_str()).collect();
        Box::new(exists(card().filter(growth_cards::state.eq_any(names))))
    };
    let mut condition: Condition = Box::new(
        routes::regulation_id
            .eq_any(ids.to_vec())
            .and(routes::activated_on.is_not_null())
            .and(routes::activated_on.assume_not_null().le(period.due_on))
            .and(routes::closed_on.is_null().or(routes::closed_on.assume_not_null().ge(period.starts_on))),
    );
    use GrowthCardState::{Accepted, Assembled, Returned, Submitted};
    condition = match filter.state {
        None => condition,
        Some(Assembled) => Box::new(condition.and(not(in_states(&[Submitted, Accepted, Returned])))),
        Some(state) => Box::new(condition.and(in_states(&[state]))),
    };
    let late = || -> Condition {
        let again = card()
            .filter(growth_cards::state.eq(Returned.as_str()))
            .filter(growth_cards::return_due_on.assume_not_null().ge(today));
        Box::new(not(in_states(&[Submitted, Accepted])).and(not(exists(again))))
    };
    match (filter.overdue, period.due_on < today) {
        (None, _) | (Some(false), false) => Some(condition),
        (Some(true), false) => None,
        (Some(true), true) => Some(Box::new(condition.and(late()))),
        (Some(false), true) => Some(Box::new(condition.and(not(late())))),
    }
}

/// One page of those who owe a card, in the order of routes: those that start last first.
pub(in super::super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: &Filter,
    periods: &[(Uuid, CardPeriod)],
    today: NaiveDate,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<Owed>> {
    let mut groups: Vec<(CardPeriod, Vec<Uuid>)> = Vec::new();
    for (regulation_id, period) in periods.iter().filter(|(_, period)| period.starts_on <= today) {
        match groups.iter_mut().find(|(known, _)| known == period) {
            Some((_, ids)) => ids.push(*regulation_id),
            None => groups.push((*period, vec![*regulation_id])),
        }
    }
    let conditions = groups.iter().filter_map(|(period, ids)| owing(ids, *period, filter, today));
    let Some(owing) = conditions.reduce(|one, other| -> Condition { Box::new(one.or(other)) }) else {
        return Ok(Vec::new());
    };
    let mut query = routes::table
        .filter(visible(scope))
        .filter(owing)
        .order((routes::starts_on.desc(), routes::id.desc()))
        .select((
            routes::id,
            routes::starts_on,
            routes::person_id,
            routes::organization_id,
            routes::title,
            routes::regulation_id,
        ))
        .limit(fetch)
        .into_boxed();
    if let Some(id) = filter.person_id {
        query = query.filter(routes::person_id.eq(id));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(routes::organization_id.eq(id));
    }
    if let Some(id) = filter.municipality_id {
        query = query.filter(routes::municipality_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.curator_id {
        query = query.filter(routes::curator_id.assume_not_null().eq(id));
    }
    if let Some((starts_on, id)) = after {
        let same = routes::starts_on.eq(starts_on).and(routes::id.lt(id));
        query = query.filter(routes::starts_on.lt(starts_on).or(same));
    }
    let rows: Vec<(Uuid, NaiveDate, Uuid, Uuid, String, Uuid)> = query.load(&mut &*conn).await?;
    let route_ids: Vec<Uuid> = rows.iter().map(|row| row.0).collect();
    let person_ids: Vec<Uuid> = rows.iter().map(|row| row.2).collect();
    let starts: Vec<NaiveDate> = groups.iter().map(|(period, _)| period.starts_on).collect();
    let (mut cards, names) =
        tokio::try_join!(cards(conn, &route_ids, &starts), names_of_people(conn, &person_ids))?;
    rows.into_iter()
        .map(|(route_id, starts_on, person_id, organization_id, title, regulation_id)| {
            let period =
                groups.iter().find(|(_, ids)| ids.contains(&regulation_id)).map(|(period, _)| *period);
            let period = period.ok_or_else(|| Error::internal("a card of no period"))?;
            let card = match cards.remove(&route_id) {
                Some(row) => row.card(period)?,
                None => GrowthCard::untouched(route_id, period),
            };
            let name = names.get(&person_id).cloned();
            let name = name.ok_or_else(|| Error::internal("a card of nobody"))?;
            Ok(Owed { starts_on, person_id, name, organization_id, title, card })
        })
        .collect()
}

/// What a list shows of a card: not what it says.
#[derive(Queryable, Selectable)]
#[diesel(table_name = growth_cards)]
struct LineRow {
    id: Uuid,
    route_id: Uuid,
    state: String,
    submitted_on: Option<NaiveDate>,
    decided_by: Option<Uuid>,
    decided_on: Option<NaiveDate>,
    return_due_on: Option<NaiveDate>,
    version: i64,
}

impl LineRow {
    fn card(self, period: CardPeriod) -> Result<GrowthCard> {
        let (by, due_on) = (self.decided_by, self.return_due_on);
        Ok(GrowthCard {
            id: self.id,
            state: GrowthCardState::parse(&self.state)
                .ok_or_else(|| Error::internal("unknown state of a card in the database"))?,
            submitted_on: self.submitted_on,
            resolution: self.decided_on.map(|on| Resolution { by, on, note: None, due_on }),
            version: self.version,
            ..GrowthCard::untouched(self.route_id, period)
        })
    }
}

async fn cards(conn: &Conn, routes: &[Uuid], starts: &[NaiveDate]) -> Result<HashMap<Uuid, LineRow>> {
    if routes.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<LineRow> = table
        .filter(growth_cards::route_id.eq_any(routes.to_vec()))
        .filter(growth_cards::period_starts_on.eq_any(starts.to_vec()))
        .select(LineRow::as_select())
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.route_id, row)).collect())
}
