//! Use cases of compliance.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::policy;
use crate::authz::may;
use crate::db::Ctx;
use crate::directory::organizations::service::{authorize_at, names_of, organization, target};
use crate::error::Result;
use crate::hours::balances::policy::GET_HOURS_BALANCE;
use crate::hours::standings::model::{Grouping, Part, Stands, Tally, Wanted};
use crate::hours::standings::service::{Asked, people, tallies};
use crate::regulations::model::BindingRegulation;
use crate::regulations::service::binding_regulation_under;

/// People of one organization that one answer holds.
const MOST_PEOPLE: i64 = 10_000;
/// Groups that one answer holds.
const MOST_GROUPS: usize = 2_000;

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question {
    /// Of which organization.
    pub organization_id: Uuid,
    /// On which day; today when absent.
    pub as_of: Option<NaiveDate>,
    /// From what had been recorded by then; now when absent.
    pub known_at: Option<DateTime<Utc>>,
    /// By what the numbers are broken down.
    pub group_by: Option<Grouping>,
}

/// The numbers of one group.
#[derive(Debug)]
pub struct Group {
    /// The position, level, subject, reason or the id of the organization.
    pub key: String,
    /// The name of the organization.
    pub label: Option<String>,
    /// How many stand where.
    pub tallies: Vec<Tally>,
}

/// The compliance of an organization on a day.
#[derive(Debug)]
pub struct Compliance {
    /// The organization.
    pub organization_id: Uuid,
    /// The regulation that binds it.
    pub regulation: Option<BindingRegulation>,
    /// The day.
    pub as_of: NaiveDate,
    /// How many stand where.
    pub tallies: Vec<Tally>,
    /// By what they are broken down.
    pub grouped_by: Option<Grouping>,
    /// The same by group.
    pub groups: Option<Vec<Group>>,
    /// Where everybody stands, by name; none for those who may not see who is who, and above one organization.
    pub people: Option<Vec<Stands>>,
}

/// Both checks for everybody who works there.
pub async fn get_hours_compliance(ctx: &Ctx<'_>, question: Question) -> Result<Compliance> {
    let Question { organization_id, as_of, known_at, group_by } = question;
    let place = organization(ctx, organization_id).await?;
    authorize_at(ctx.actor, &policy::GET_HOURS_COMPLIANCE, &place)?;
    let asked = Asked::new(ctx, Part::of(&place), as_of, known_at).await?;
    let as_of = asked.moment.as_of;
    let regulation = binding_regulation_under(ctx, asked.moment.stamp, organization_id, as_of).await?;
    let named = !asked.part.counts_once() && may(ctx.actor, &GET_HOURS_BALANCE, &target(&place));
    let (tallies_of_all, people) = match named {
        true => {
            let people = people(ctx, &asked, &Wanted::default(), None, MOST_PEOPLE).await?;
            (people.iter().map(one).collect(), Some(people))
        }
        false => (tallies(ctx, &asked, None).await?, None),
    };
    let groups = match group_by {
        Some(by) => Some(groups(ctx, &asked, by).await?),
        None => None,
    };
    Ok(Compliance {
        organization_id,
        regulation,
        as_of,
        tallies: tallies_of_all,
        grouped_by: group_by,
        groups,
        people,
    })
}

fn one(stands: &Stands) -> Tally {
    let (local, federal) = (stands.standing.local_hours, stands.standing.federal_frequency);
    Tally { key: String::new(), local, federal, people: 1 }
}

/// The groups by key. Nobody who lacks nothing has a reason, so those are in no group of reasons.
async fn groups(ctx: &Ctx<'_>, asked: &Asked, by: Grouping) -> Result<Vec<Group>> {
    let mut found: BTreeMap<String, Vec<Tally>> = BTreeMap::new();
    for tally in tallies(ctx, asked, Some(by)).await? {
        if !tally.key.is_empty() {
            found.entry(tally.key.clone()).or_default().push(tally);
        }
    }
    let names: HashMap<Uuid, String> = match by {
        Grouping::Organization => {
            let ids: Vec<Uuid> = found.keys().filter_map(|key| key.parse().ok()).collect();
            names_of(ctx.conn, &ids).await?
        }
        Grouping::Position | Grouping::EducationLevel | Grouping::Subject | Grouping::Reason => {
            HashMap::new()
        }
    };
    let label = |key: &str| key.parse().ok().and_then(|id: Uuid| names.get(&id).cloned());
    let groups = found.into_iter().map(|(key, tallies)| Group { label: label(&key), key, tallies });
    Ok(groups.take(MOST_GROUPS).collect())
}
