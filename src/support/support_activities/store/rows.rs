//! Rows of activities of support, with what they link to.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use crate::db::Conn;
use crate::db::schema::{
    associations, support_activities, support_activity_deficits, support_activity_people,
};
use crate::error::{Error, Result};
use crate::regulations::profile::SupportForm;
use crate::support::support_activities::model::{ActivityData, Organiser, SupportActivity};
use crate::support::support_activities::vocabulary::SupportActivityState;

#[derive(Queryable, Selectable)]
#[diesel(table_name = support_activities)]
pub(super) struct ActivityRow {
    id: Uuid,
    region_id: Uuid,
    municipality_id: Option<Uuid>,
    organization_id: Uuid,
    association_id: Option<Uuid>,
    kind: String,
    title: String,
    description: Option<String>,
    starts_on: NaiveDate,
    ends_on: NaiveDate,
    plan_id: Option<Uuid>,
    product_id: Option<Uuid>,
    route_id: Option<Uuid>,
    state: String,
    held_on: Option<NaiveDate>,
    results: Option<String>,
    reason: Option<String>,
    version: i64,
    created_at: DateTime<Utc>,
}

/// Links of activities, by activity.
type Links = Vec<(Uuid, Uuid)>;

fn of(links: &Links, activity_id: Uuid) -> Vec<Uuid> {
    links.iter().filter(|(id, _)| *id == activity_id).map(|(_, linked)| *linked).collect()
}

/// The activities with their people, deficits and the heads of their associations: three statements that travel together,
/// however many they are.
pub(super) async fn whole(conn: &Conn, rows: Vec<ActivityRow>) -> Result<Vec<SupportActivity>> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let held_by: Vec<Uuid> = rows.iter().filter_map(|row| row.association_id).collect();
    let (mut first, mut second, mut third) = (conn, conn, conn);
    let (people, deficits, heads) = tokio::try_join!(
        support_activity_people::table
            .filter(support_activity_people::activity_id.eq_any(&ids))
            .order((support_activity_people::activity_id, support_activity_people::person_id))
            .select((support_activity_people::activity_id, support_activity_people::person_id))
            .load::<(Uuid, Uuid)>(&mut first),
        support_activity_deficits::table
            .filter(support_activity_deficits::activity_id.eq_any(&ids))
            .order((support_activity_deficits::activity_id, support_activity_deficits::deficit_id))
            .select((support_activity_deficits::activity_id, support_activity_deficits::deficit_id))
            .load::<(Uuid, Uuid)>(&mut second),
        associations::table
            .filter(associations::id.eq_any(&held_by))
            .select((associations::id, associations::head_person_id))
            .load::<(Uuid, Option<Uuid>)>(&mut third),
    )?;
    let heads: HashMap<Uuid, Option<Uuid>> = heads.into_iter().collect();
    rows.into_iter()
        .map(|row| {
            let head_id = row.association_id.and_then(|id| heads.get(&id).copied().flatten());
            let (people, deficits) = (of(&people, row.id), of(&deficits, row.id));
            row.activity(head_id, people, deficits)
        })
        .collect()
}

impl ActivityRow {
    fn activity(
        self,
        head_id: Option<Uuid>,
        person_ids: Vec<Uuid>,
        deficit_ids: Vec<Uuid>,
    ) -> Result<SupportActivity> {
        let unknown = || Error::internal("unknown words of a support activity in the database");
        Ok(SupportActivity {
            id: self.id,
            region_id: self.region_id,
            organiser: Organiser {
                organization_id: self.organization_id,
                municipality_id: self.municipality_id,
                association_id: self.association_id,
                head_id,
            },
            data: ActivityData {
                kind: SupportForm::parse(&self.kind).ok_or_else(unknown)?,
                title: self.title,
                description: self.description,
                starts_on: self.starts_on,
                ends_on: self.ends_on,
                person_ids,
                deficit_ids,
                plan_id: self.plan_id,
                product_id: self.product_id,
                route_id: self.route_id,
            },
            state: SupportActivityState::parse(&self.state).ok_or_else(unknown)?,
            held_on: self.held_on,
            results: self.results,
            reason: self.reason,
            version: self.version,
            created_at: self.created_at,
        })
    }
}
