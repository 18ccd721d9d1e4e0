//! The people of a route as they go out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use crate::learning_routes::model::RouteDraft;

/// Somebody who accompanies a route.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutePersonUpdate {
    /// Who; absent: nobody any more.
    pub person_id: Option<Uuid>,
}

/// Whether a route is open for discussion.
#[derive(Debug, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteDiscussionUpdate {
    /// `true`: members of the learner's associations may read and comment.
    pub open: bool,
}

/// Who drew the route up, who accompanies it, for whom it is made and who may discuss it (люди маршрута).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RoutePeople)]
pub struct RoutePeopleView {
    /// Its authors: whoever began the draft and whoever marked a part in forming it; each once.
    #[schema(max_items = 200)]
    pub author_ids: Vec<Uuid>,
    /// The employee in charge of the programs who follows it (куратор).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub curator_id: Option<Uuid>,
    /// The tutor who accompanies it (тьютор).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tutor_id: Option<Uuid>,
    /// The working group that develops it (группа разработчиков).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub working_group_id: Option<Uuid>,
    /// The ground on which the learner is sent to training, a code of the regulation (основание).
    #[schema(max_length = 64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    /// The category of teachers it is made for, a code of the regulation (категория).
    #[schema(max_length = 64)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// Providers may comment on the lines addressed to them while it is drafted.
    pub open_to_providers: bool,
    /// Members of the learner's associations at the school may read and discuss it.
    pub discussion_open: bool,
}

impl RoutePeopleView {
    /// The people of that route.
    pub fn new(draft: &RouteDraft) -> Self {
        let route = &draft.route;
        let mut author_ids: Vec<Uuid> = Vec::new();
        let marked = draft.participants.iter().map(|participant| participant.person_id);
        for person_id in route.created_by_person_id.into_iter().chain(marked) {
            if !author_ids.contains(&person_id) {
                author_ids.push(person_id);
            }
        }
        Self {
            author_ids,
            curator_id: route.curator_id,
            tutor_id: route.tutor_id,
            working_group_id: route.working_group_id,
            ground: route.ground.clone(),
            category: route.category.clone(),
            open_to_providers: route.open_to_providers,
            discussion_open: route.discussion_open,
        }
    }
}
