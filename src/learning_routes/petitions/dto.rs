//! Petitions as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::PetitionState;
use super::service::ShownPetition;
use crate::authz::Role;
use crate::http::page_view;

/// Where a petition stands (состояние ходатайства). New values may come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RoutePetitionState {
    /// It waits.
    Open,
    /// A revision made of it was taken over.
    Applied,
    /// Refused, with a reason.
    Declined,
    /// Taken back by its author.
    Withdrawn,
    /// Its route ended before it was answered; `decision_note` says how.
    Lapsed,
}

crate::values::mirror!(RoutePetitionState => PetitionState { Open, Applied, Declined, Withdrawn, Lapsed });

/// A petition for a change of a route (ходатайство).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutePetitionCreate {
    /// What is asked for.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Заменить курс: группа не набрана")]
    pub text: String,
}

/// The refusal of a petition.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoutePetitionDecline {
    /// Why.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000)]
    pub note: String,
}

/// A petition for a change of a route (ходатайство об изменении маршрута).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RoutePetition)]
pub struct RoutePetitionView {
    /// The petition's id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// Who petitions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_person_id: Option<Uuid>,
    /// The role whose right was used.
    pub author_role: Role,
    /// What is asked for.
    #[schema(max_length = 4000)]
    pub text: String,
    /// Where it stands.
    pub state: RoutePetitionState,
    /// Who applied, declined or took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_by_person_id: Option<Uuid>,
    /// The day of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided_on: Option<NaiveDate>,
    /// Why it was declined, or lapsed.
    #[schema(max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision_note: Option<String>,
    /// The revision that was made of it and not given up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision_id: Option<Uuid>,
    /// When it was written.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 2)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownPetition> for RoutePetitionView {
    fn from(shown: ShownPetition) -> Self {
        let petition = shown.petition;
        Self {
            id: petition.id,
            route_id: petition.route_id,
            author_person_id: petition.author_id,
            author_role: petition.author_role,
            text: petition.text,
            state: petition.state.into(),
            decided_by_person_id: petition.decided_by,
            decided_on: petition.decided_on,
            decision_note: petition.decision_note,
            revision_id: petition.revision_id,
            created_at: petition.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

page_view! {
    /// One page of petitions, newest first.
    RoutePetitionPage of RoutePetitionView
}

/// Which part of the list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoutePetitionQuery {
    /// How many at most; 50 when absent.
    #[validate(range(min = 1, max = 200))]
    #[param(minimum = 1, maximum = 200)]
    #[serde(skip_serializing)]
    pub limit: Option<i64>,
    /// `next_cursor` of the page before.
    #[validate(length(max = 3000))]
    #[param(max_length = 3000)]
    #[serde(skip_serializing)]
    pub cursor: Option<String>,
}
