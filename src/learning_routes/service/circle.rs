//! Those beyond the roles of the school who have to do with a route: its developers, and those who discuss it.

use chrono::NaiveDate;
use uuid::Uuid;

use super::super::model::Route;
use super::super::working_groups;
use super::super::working_groups::model::RouteGroup;
use crate::db::Ctx;
use crate::directory::associations;
use crate::directory::persons::model::PersonFacts;
use crate::error::Result;
use crate::regulations::profile::RoutePeopleProfile;

/// People to whom a route is entrusted.
#[derive(Debug, Clone, Default)]
pub(super) struct Circle {
    /// The working group that develops it: its developers while it is active, else what it lacks (P1-19, P1-20).
    pub(super) group: RouteGroup,
    /// Members of the learner's associations at the school, while it is open for discussion (P0-4).
    pub(super) discussants: Vec<Uuid>,
}

impl Circle {
    /// Asks only for what the route has: most have neither.
    pub(super) async fn of(
        ctx: &Ctx<'_>,
        route: &Route,
        rules: &RoutePeopleProfile,
        learner: &PersonFacts,
        today: NaiveDate,
    ) -> Result<Self> {
        let group = match (route.working_group_id, &rules.working_group) {
            (Some(id), Some(rule)) => {
                working_groups::service::group_of_route(ctx, id, route.id, rule).await?
            }
            _ => RouteGroup::default(),
        };
        let discussed = rules.discussants.as_ref().is_some_and(|rule| rule.association_members);
        let discussants = if route.discussion_open && !route.state.is_final() && discussed {
            let there =
                learner.associations.iter().filter(|one| one.organization_id == route.organization_id);
            let ids: Vec<Uuid> = there.map(|one| one.id).collect();
            associations::service::people_of(ctx, &ids, today).await?
        } else {
            Vec::new()
        };
        Ok(Self { group, discussants })
    }
}
