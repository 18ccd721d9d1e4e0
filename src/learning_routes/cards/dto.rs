//! Cards of routes as they travel.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::RouteCardState;
use super::service::{ListedCard, ShownCard};
use crate::authz::Role;
use crate::http::page_view;
use crate::learning_routes::dto::RouteContentBody;

/// Where a card stands (состояние карты). New values may come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubmittedRouteCardState {
    /// Passing its chain.
    InReview,
    /// Sent back for rework, with a reason and a date.
    Rework,
    /// Approved.
    Approved,
    /// Refused by a decider.
    Rejected,
    /// Taken back, or its request has ended.
    Withdrawn,
}

crate::values::mirror!(SubmittedRouteCardState => RouteCardState {
    InReview, Rework, Approved, Rejected, Withdrawn,
});

/// What a return of a card for rework says (резолюция).
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmittedRouteCardRework {
    /// What is to be reworked.
    #[schema(max_length = 4000)]
    pub reason: String,
    /// Until when.
    pub due_on: NaiveDate,
}

/// The act that approves a card (приказ).
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmittedRouteCardAct {
    /// Its number.
    #[schema(max_length = 500)]
    pub number: String,
    /// Its date.
    pub dated_on: NaiveDate,
}

/// A card of a route as it was handed in, without what it says (карта повышения квалификации).
#[derive(Debug, Serialize, ToSchema)]
pub struct SubmittedRouteCardItem {
    /// The card's id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// Number within the route, from 1.
    #[schema(minimum = 1, maximum = 1000000)]
    pub number: i32,
    /// Number of the version of the route that it was drawn up from; 0 where the route keeps none.
    #[schema(minimum = 0, maximum = 1000000)]
    pub route_version: i32,
    /// Where it stands.
    pub state: SubmittedRouteCardState,
    /// It was approved, and the route was revised or updated since: it is to be approved anew.
    pub outdated: bool,
    /// Why and until when it is to be reworked; only in the state `rework`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rework: Option<SubmittedRouteCardRework>,
    /// Who handed it in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author_person_id: Option<Uuid>,
    /// The role whose right was used.
    pub author_role: Role,
    /// Day it was handed in last.
    pub submitted_on: NaiveDate,
    /// When it was approved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub approved_at: Option<DateTime<Utc>>,
    /// The act that approves it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act: Option<SubmittedRouteCardAct>,
    /// Why it was rejected, or that it ended with its route.
    #[schema(max_length = 4000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub close_reason: Option<String>,
    /// When it was handed in first.
    pub created_at: DateTime<Utc>,
}

impl From<ListedCard> for SubmittedRouteCardItem {
    fn from((card, outdated): ListedCard) -> Self {
        Self {
            id: card.id,
            route_id: card.route_id,
            number: card.number,
            route_version: card.route_version,
            state: card.state.into(),
            outdated,
            rework: card
                .rework
                .map(|rework| SubmittedRouteCardRework { reason: rework.reason, due_on: rework.due_on }),
            author_person_id: card.author_id,
            author_role: card.author_role,
            submitted_on: card.submitted_on,
            approved_at: card.approved_at,
            act: card.act.map(|act| SubmittedRouteCardAct { number: act.number, dated_on: act.date }),
            close_reason: card.close_reason,
            created_at: card.created_at,
        }
    }
}

page_view! {
    /// One page of cards, newest first.
    SubmittedRouteCardPage of SubmittedRouteCardItem
}

/// A card of a route with what it says (карта повышения квалификации).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SubmittedRouteCard)]
pub struct SubmittedRouteCardView {
    /// What it is, and where it stands.
    pub card: SubmittedRouteCardItem,
    /// What the route said when the card was handed in last.
    pub content: RouteContentBody,
    /// Its request for approval.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<Uuid>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 2)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownCard> for SubmittedRouteCardView {
    fn from(shown: ShownCard) -> Self {
        let content = shown.card.content.clone();
        Self {
            card: (shown.card, shown.outdated).into(),
            content: content.into(),
            request_id: shown.request_id,
            allowed_actions: shown.allowed_actions,
        }
    }
}

/// Which part of the list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SubmittedRouteCardQuery {
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
