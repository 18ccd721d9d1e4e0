//! What travels about administrative acts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Act, ActData, ActKind};
use crate::http::page_view;
use crate::values::day;

/// An act to be recorded.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AdministrativeActCreate {
    /// The organization whose act it is.
    pub organization_id: Uuid,
    /// What is said of it.
    #[validate(nested)]
    pub data: AdministrativeActBody,
}

/// What is said of an act.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AdministrativeActData)]
pub struct AdministrativeActBody {
    /// What it is about.
    pub kind: ActKind,
    /// Number (номер).
    #[validate(length(min = 1, max = 50))]
    #[schema(min_length = 1, max_length = 50, example = "14-о")]
    pub number: String,
    /// Date (дата).
    #[schema(example = "2026-02-27")]
    #[serde(deserialize_with = "day")]
    pub dated_on: NaiveDate,
    /// Title (название).
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "О создании группы разработчиков")]
    pub title: String,
    /// The routes it names, of the same organization; each once.
    #[serde(default)]
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    pub route_ids: Vec<Uuid>,
}

impl From<AdministrativeActBody> for ActData {
    fn from(body: AdministrativeActBody) -> Self {
        Self {
            kind: body.kind,
            number: body.number,
            dated_on: body.dated_on,
            title: body.title,
            route_ids: body.route_ids,
        }
    }
}

/// An act of an organization (приказ, положение, инструкция).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AdministrativeAct)]
pub struct AdministrativeActView {
    /// The act's id.
    pub id: Uuid,
    /// The organization whose act it is.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: AdministrativeActBody,
}

impl From<Act> for AdministrativeActView {
    fn from(act: Act) -> Self {
        let data = act.data;
        Self {
            id: act.id,
            organization_id: act.organization_id,
            data: AdministrativeActBody {
                kind: data.kind,
                number: data.number,
                dated_on: data.dated_on,
                title: data.title,
                route_ids: data.route_ids,
            },
        }
    }
}

page_view! {
    /// One page of acts, newest first.
    AdministrativeActPage of AdministrativeActView
}

/// Which acts to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AdministrativeActQuery {
    /// Only of this organization.
    pub organization_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<ActKind>,
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
