//! What a growth card says of a year: the document that is kept as it was handed in. Kept ones are never rewritten, so
//! new fields need a default.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::regulations::profile::{ActivityKind, RoutePart};
use crate::values::{DocumentKind, Hours};

/// What a growth card says of its year (содержание карты роста).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GrowthCardContent)]
pub struct CardContent {
    /// Activities of the year, in their order.
    #[schema(max_items = 200)]
    pub activities: Vec<CardActivity>,
    /// Stages closed in the year.
    #[schema(max_items = 50)]
    pub stages: Vec<CardStage>,
    /// Documents about training: handed in with the card, and those that completed its activities.
    #[schema(max_items = 400)]
    pub credentials: Vec<CardCredential>,
    /// Difficulties that the route answers, and how many of them a repeat diagnostic has closed.
    pub deficits: CardDeficits,
}

/// An activity of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GrowthCardActivity)]
pub struct CardActivity {
    /// The activity.
    pub id: Uuid,
    /// What kind of activity.
    pub kind: ActivityKind,
    /// The part of the route.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<RoutePart>,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Academic hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<f64>, minimum = 0.5, maximum = 10_000, multiple_of = 0.5)]
    pub hours: Option<Hours>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// The day it was done; absent while it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed_on: Option<NaiveDate>,
    /// The confirmed document that completed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credential_id: Option<Uuid>,
}

/// A stage closed in the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GrowthCardStage)]
pub struct CardStage {
    /// The stage.
    pub id: Uuid,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// The day it was closed.
    pub closed_on: NaiveDate,
}

/// A document about training.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GrowthCardCredential)]
pub struct CardCredential {
    /// The document.
    pub id: Uuid,
    /// Kind of document.
    pub kind: DocumentKind,
    /// Title of the program or topic.
    #[schema(max_length = 500)]
    pub title: String,
    /// Who issued it, as the document says.
    #[schema(max_length = 500)]
    pub issuer_name: String,
    /// Academic hours.
    #[schema(value_type = f64, minimum = 0.5, maximum = 10_000, multiple_of = 0.5)]
    pub hours: Hours,
    /// Day of issue.
    pub issued_on: NaiveDate,
}

/// Difficulties that the route answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = GrowthCardDeficits)]
pub struct CardDeficits {
    /// How many its activities name.
    #[schema(minimum = 0, maximum = 10_000)]
    pub answered: u32,
    /// How many of them a repeat diagnostic has closed.
    #[schema(minimum = 0, maximum = 10_000)]
    pub closed: u32,
}
