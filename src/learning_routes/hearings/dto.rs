//! What travels about hearings.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

use super::model::{Hearing, NewHearing};
use crate::error::Language;
use crate::http::page_view;
use crate::values::day;

/// A hearing to be recorded.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteHearingCreate {
    /// Day, from that on which the route came into force to today.
    #[serde(deserialize_with = "day")]
    pub held_on: NaiveDate,
    /// What the council concluded (заключение).
    #[validate(length(min = 3, max = 4000))]
    #[schema(min_length = 3, max_length = 4000, example = "Продолжить, усилить практику")]
    pub conclusion: String,
    /// Number of the minutes (протокол).
    #[validate(length(min = 1, max = 50))]
    #[schema(min_length = 1, max_length = 50)]
    pub protocol_number: Option<String>,
}

impl From<RouteHearingCreate> for NewHearing {
    fn from(body: RouteHearingCreate) -> Self {
        Self { held_on: body.held_on, conclusion: body.conclusion, protocol_number: body.protocol_number }
    }
}

/// A hearing of interim results (слушание).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteHearing)]
pub struct RouteHearingView {
    /// The record's id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// Day.
    pub held_on: NaiveDate,
    /// The council, as the regulation names it.
    #[schema(max_length = 300)]
    pub council: String,
    /// What the council concluded.
    #[schema(max_length = 4000)]
    pub conclusion: String,
    /// Number of the minutes.
    #[schema(max_length = 50)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol_number: Option<String>,
}

impl RouteHearingView {
    /// The hearing in the words of that language.
    pub fn new(hearing: Hearing, language: Language) -> Self {
        let council = hearing.council.in_language(language).to_owned();
        let data = hearing.data;
        Self {
            id: hearing.id,
            route_id: hearing.route_id,
            held_on: data.held_on,
            council,
            conclusion: data.conclusion,
            protocol_number: data.protocol_number,
        }
    }
}

page_view! {
    /// The hearings of a route, in their order; they fit one page.
    RouteHearingPage of RouteHearingView
}
