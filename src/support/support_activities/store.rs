//! Queries on activities of support.

mod rows;
mod write;

use chrono::NaiveDate;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Participant, SupportActivity};
use super::vocabulary::SupportActivityState;
use crate::authz::{Scope, ScopePart};
use crate::db::schema::support_activities::{self, table};
use crate::db::schema::support_activity_people;
use crate::db::{Conn, written};
use crate::error::{Error, Result};
use crate::regulations::profile::SupportForm;
use rows::{ActivityRow, whole};

pub(super) use write::{insert, replace_links, save};

/// Which activities a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this form.
    pub kind: Option<SupportForm>,
    /// Only in this state.
    pub state: Option<SupportActivityState>,
    /// Only organised by this organization.
    pub organization_id: Option<Uuid>,
    /// Only organised by this association.
    pub association_id: Option<Uuid>,
    /// Only for this person.
    pub person_id: Option<Uuid>,
    /// Only of this support plan.
    pub plan_id: Option<Uuid>,
    /// Only about this product.
    pub product_id: Option<Uuid>,
}

/// One activity; 404 when there is none.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<SupportActivity> {
    let row: ActivityRow = table.find(id).select(ActivityRow::as_select()).first(&mut &*conn).await?;
    whole(conn, vec![row]).await?.pop().ok_or(Error::not_found())
}

/// Holds an activity until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<SupportActivity> {
    let query = table.find(id).select(ActivityRow::as_select()).for_no_key_update();
    let row: ActivityRow = query.first(&mut &*conn).await?;
    whole(conn, vec![row]).await?.pop().ok_or(Error::not_found())
}

/// Whom an activity is for, with where they work.
pub(super) async fn people(conn: &Conn, activity_id: Uuid) -> Result<Vec<Participant>> {
    let rows: Vec<(Uuid, Uuid, Option<Uuid>)> = support_activity_people::table
        .filter(support_activity_people::activity_id.eq(activity_id))
        .order(support_activity_people::person_id)
        .select((
            support_activity_people::person_id,
            support_activity_people::organization_id,
            support_activity_people::municipality_id,
        ))
        .load(&mut &*conn)
        .await?;
    let participant = |(person_id, organization_id, municipality_id)| Participant {
        person_id,
        organization_id,
        municipality_id,
    };
    Ok(rows.into_iter().map(participant).collect())
}

type Within = Box<dyn BoxableExpression<table, Pg, SqlType = Bool>>;

/// Activities for people who have that id in that column.
fn with_people(column: &str, id: Uuid) -> Within {
    let select = format!(
        "support_activities.id = any(array(select p.activity_id from support_activity_people p where p.{column} = "
    );
    Box::new(written::<Bool>(&select).bind::<SqlUuid, _>(id).sql("))"))
}

/// What a place organises, and what is for its people.
fn circle(part: ScopePart) -> Within {
    match part {
        ScopePart::Everything => Box::new(support_activities::region_id.is_not_null()),
        ScopePart::Region(id) => Box::new(support_activities::region_id.eq(id)),
        ScopePart::Municipality(id) => {
            let own = support_activities::municipality_id.assume_not_null().eq(id);
            Box::new(own.or(with_people("municipality_id", id)))
        }
        ScopePart::Organization(id) => {
            Box::new(support_activities::organization_id.eq(id).or(with_people("organization_id", id)))
        }
        ScopePart::Person(id) => with_people("person_id", id),
        ScopePart::Assigned(head) => Box::new(
            written::<Bool>(
                "support_activities.association_id = any(array(select a.id from associations a where a.head_person_id = ",
            )
            .bind::<SqlUuid, _>(head)
            .sql("))"),
        ),
        ScopePart::Above { .. } => Box::new(support_activities::region_id.is_null()),
    }
}

/// One page, those that begin last first.
pub(super) async fn list(
    conn: &Conn,
    scope: &Scope,
    filter: Filter,
    fetch: i64,
    after: Option<(NaiveDate, Uuid)>,
) -> Result<Vec<SupportActivity>> {
    let circles = scope.parts().iter().copied().map(circle);
    let within = circles.reduce(|one, other| -> Within { Box::new(one.or(other)) });
    let within = within.unwrap_or_else(|| -> Within { Box::new(support_activities::region_id.is_null()) });
    let mut query = table
        .select(ActivityRow::as_select())
        .filter(within)
        .order((support_activities::starts_on.desc(), support_activities::id.desc()))
        .limit(fetch)
        .into_boxed();
    if let Some(kind) = filter.kind {
        query = query.filter(support_activities::kind.eq(kind.as_str()));
    }
    if let Some(state) = filter.state {
        query = query.filter(support_activities::state.eq(state.as_str()));
    }
    if let Some(id) = filter.organization_id {
        query = query.filter(support_activities::organization_id.eq(id));
    }
    if let Some(id) = filter.association_id {
        query = query.filter(support_activities::association_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.person_id {
        query = query.filter(with_people("person_id", id));
    }
    if let Some(id) = filter.plan_id {
        query = query.filter(support_activities::plan_id.assume_not_null().eq(id));
    }
    if let Some(id) = filter.product_id {
        query = query.filter(support_activities::product_id.assume_not_null().eq(id));
    }
    if let Some((day, id)) = after {
        let same = support_activities::starts_on.eq(day).and(support_activities::id.lt(id));
        query = query.filter(support_activities::starts_on.lt(day).or(same));
    }
    let rows: Vec<ActivityRow> = query.load(&mut &*conn).await?;
    whole(conn, rows).await
}
