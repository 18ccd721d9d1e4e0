//! What travels about growth cards.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::content::CardContent;
use super::service::{GrowthCardFilter, Owed, ShownCard};
use super::vocabulary::GrowthCardState;
use crate::http::page_view;
pub use crate::learning_routes::documents::dto::RoutePaper;
use crate::learning_routes::dto::ResolutionView;
use crate::values::day;

/// What the learner adds to a growth card, replaced as a whole.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrowthCardUpdate {
    /// What the year has taught (рефлексия).
    #[validate(length(min = 3, max = 10_000))]
    #[schema(min_length = 3, max_length = 10_000, example = "Оцениваю по критериям, дети знают их заранее")]
    pub reflection: String,
    /// Documents about training that are handed in with the card.
    #[serde(default)]
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    pub credential_ids: Vec<Uuid>,
}

/// The acceptance of a growth card.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrowthCardAcceptance {
    /// Words.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Принято")]
    pub note: Option<String>,
}

/// The return of a growth card.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GrowthCardReturn {
    /// What is to be reworked.
    #[validate(length(min = 3, max = 4000))]
    #[schema(min_length = 3, max_length = 4000, example = "Приложите удостоверение")]
    pub note: String,
    /// Until when it is to be handed in again: today or later.
    #[serde(deserialize_with = "day")]
    pub due_on: NaiveDate,
}

/// A growth card (карта роста).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = GrowthCard)]
pub struct GrowthCardView {
    /// The card's id; absent while nobody has written anything in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// The route.
    pub route_id: Uuid,
    /// The year in which its period begins.
    #[schema(minimum = 1900, maximum = 2199)]
    pub year: i32,
    /// The learner.
    pub person_id: Uuid,
    /// The school.
    pub organization_id: Uuid,
    /// First day of the period.
    pub period_starts_on: NaiveDate,
    /// Last day of the period.
    pub period_ends_on: NaiveDate,
    /// Last day on which it is handed in in time.
    pub due_on: NaiveDate,
    /// Where it stands.
    pub state: GrowthCardState,
    /// It is not handed in although its day is past.
    pub overdue: bool,
    /// What the year has taught.
    #[schema(max_length = 10_000)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reflection: Option<String>,
    /// Documents about training that are handed in with the card.
    #[schema(max_items = 100)]
    pub credential_ids: Vec<Uuid>,
    /// What it says of the year: as it was handed in, else as the data are now.
    pub content: CardContent,
    /// Day it was handed in last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submitted_on: Option<NaiveDate>,
    /// What was said of it last, when it was accepted or returned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<ResolutionView>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 10)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownCard> for GrowthCardView {
    fn from(shown: ShownCard) -> Self {
        let card = shown.card;
        Self {
            id: (card.version > 0).then_some(card.id),
            route_id: card.route_id,
            year: card.period.year,
            person_id: shown.person_id,
            organization_id: shown.organization_id,
            period_starts_on: card.period.starts_on,
            period_ends_on: card.period.ends_on,
            due_on: card.period.due_on,
            state: card.state,
            overdue: shown.overdue,
            submitted_on: card.submitted_on,
            resolution: card.resolution.map(Into::into),
            reflection: card.reflection,
            credential_ids: card.credential_ids,
            content: shown.content,
            allowed_actions: shown.allowed_actions,
        }
    }
}

/// A growth card that is owed, in a list: also one that nobody has touched.
#[derive(Debug, Serialize, ToSchema)]
pub struct GrowthCardItem {
    /// The route.
    pub route_id: Uuid,
    /// Title of the route.
    #[schema(max_length = 500)]
    pub title: String,
    /// The year in which its period begins.
    #[schema(minimum = 1900, maximum = 2199)]
    pub year: i32,
    /// The learner.
    pub person_id: Uuid,
    /// The learner's name in full (фамилия, имя, отчество).
    #[schema(max_length = 310)]
    pub full_name: String,
    /// The school.
    pub organization_id: Uuid,
    /// First day of the period.
    pub period_starts_on: NaiveDate,
    /// Last day of the period.
    pub period_ends_on: NaiveDate,
    /// Last day on which it is handed in in time.
    pub due_on: NaiveDate,
    /// Where it stands; `assembled`: it is missing, it was never handed in.
    pub state: GrowthCardState,
    /// It is not handed in although its day is past.
    pub overdue: bool,
    /// Day it was handed in last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub submitted_on: Option<NaiveDate>,
}

impl GrowthCardItem {
    /// The line of a card on that day.
    pub fn new(owed: Owed, today: NaiveDate) -> Self {
        let card = owed.card;
        Self {
            route_id: card.route_id,
            title: owed.title,
            year: card.period.year,
            person_id: owed.person_id,
            full_name: owed.name.to_string(),
            organization_id: owed.organization_id,
            period_starts_on: card.period.starts_on,
            period_ends_on: card.period.ends_on,
            due_on: card.period.due_on,
            overdue: card.is_overdue(today),
            state: card.state,
            submitted_on: card.submitted_on,
        }
    }
}

page_view! {
    /// One page of growth cards that are owed, those of routes that start last first.
    GrowthCardPage of GrowthCardItem
}

/// Which growth cards to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct GrowthCardQuery {
    /// The year in which the period begins (2025 is the school year 2025/2026); the running period when absent.
    #[validate(range(min = 1900, max = 2199))]
    #[param(minimum = 1900, maximum = 2199)]
    pub year: Option<i32>,
    /// Only of this learner.
    pub person_id: Option<Uuid>,
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only of this municipality.
    pub municipality_id: Option<Uuid>,
    /// Only of routes that this curator follows.
    pub curator_id: Option<Uuid>,
    /// Only in this state; `assembled`: those that are missing.
    pub state: Option<GrowthCardState>,
    /// `true`: only those not handed in although their day is past; `false`: only the others.
    pub overdue: Option<bool>,
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

impl GrowthCardQuery {
    /// The filter it stands for.
    pub const fn filter(&self) -> GrowthCardFilter {
        GrowthCardFilter {
            year: self.year,
            person_id: self.person_id,
            organization_id: self.organization_id,
            municipality_id: self.municipality_id,
            curator_id: self.curator_id,
            state: self.state,
            overdue: self.overdue,
        }
    }
}
