//! What travels about products.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Check, Defence, Introduction, Product, ProductData};
use super::service::{Filter, NewProduct, ShownProduct};
use super::vocabulary::{DefenceResult, ProductState};
use crate::directory::checks;
use crate::http::page_view;
use crate::ids::new_id;
use crate::regulations::profile::ProductKind;
use crate::values::day;
use crate::values::text::{collapse, is_blank};

/// What is said of a product.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProductData)]
pub struct ProductBody {
    /// What it is; one of the kinds that the regulation knows.
    pub kind: ProductKind,
    /// Title (наименование).
    #[validate(length(min = 3, max = 500), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 500, example = "Комплект критериев для 5 класса")]
    pub title: String,
    /// What it is and for whom (описание).
    #[validate(length(min = 3, max = 5000), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 5000, example = "Критерии оценивания к двенадцати урокам чтения")]
    pub summary: String,
}

impl From<ProductBody> for ProductData {
    fn from(body: ProductBody) -> Self {
        Self { kind: body.kind, title: collapse(&body.title), summary: body.summary }
    }
}

impl From<ProductData> for ProductBody {
    fn from(data: ProductData) -> Self {
        Self { kind: data.kind, title: data.title, summary: data.summary }
    }
}

/// A product to be begun (методический продукт).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductCreate {
    /// The author; the caller when absent.
    pub person_id: Option<Uuid>,
    /// The training of the author that yields it (обучение); absent when it is made beside training.
    pub enrollment_id: Option<Uuid>,
    /// What is said of it.
    #[validate(nested)]
    pub data: ProductBody,
}

impl From<ProductCreate> for NewProduct {
    fn from(body: ProductCreate) -> Self {
        Self { person_id: body.person_id, enrollment_id: body.enrollment_id, data: body.data.into() }
    }
}

/// A product as it is to be.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductUpdate {
    /// What is said of it.
    #[validate(nested)]
    pub data: ProductBody,
}

/// A member of a commission, as the minutes call him or her (член комиссии).
#[derive(Debug, ToSchema)]
#[schema(min_length = 1, max_length = 200, example = "Ольга Петровна Северина")]
pub struct CommissionMember(pub String);

/// A defence to be recorded (защита продукта).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductDefenceCreate {
    /// Day of the defence, by the region's clock; not in the future.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-03-20")]
    pub held_on: NaiveDate,
    /// Members of the commission, as they are called in its minutes (состав комиссии).
    #[validate(length(min = 1, max = 20), custom(function = "checks::short_texts"))]
    #[schema(
        min_items = 1, max_items = 20, value_type = Vec<CommissionMember>, example = json!(["Ольга Петровна Северина"])
    )]
    pub commission: Vec<String>,
    /// How it ended.
    pub result: DefenceResult,
    /// What the commission said (замечания).
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Рекомендовано к внедрению")]
    pub remarks: Option<String>,
}

impl From<ProductDefenceCreate> for Defence {
    fn from(body: ProductDefenceCreate) -> Self {
        Self {
            id: new_id(),
            held_on: body.held_on,
            commission: body.commission.iter().map(|member| collapse(member)).collect(),
            result: body.result,
            remarks: body.remarks,
        }
    }
}

/// How a product was introduced (внедрение продукта): the class, the subject or both.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ProductIntroduction)]
pub struct ProductIntroductionBody {
    /// Day it was introduced, by the region's clock; not in the future and not before the defence.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-04-06")]
    pub introduced_on: NaiveDate,
    /// The class (класс).
    #[validate(length(min = 1, max = 100))]
    #[schema(min_length = 1, max_length = 100, example = "5Б")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
    /// The subject (предмет).
    #[validate(length(min = 1, max = 200))]
    #[schema(min_length = 1, max_length = 200, example = "Литература")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

impl From<ProductIntroductionBody> for Introduction {
    fn from(body: ProductIntroductionBody) -> Self {
        let written = |text: Option<String>| text.filter(|text| !is_blank(text)).map(|text| collapse(&text));
        Self { introduced_on: body.introduced_on, class: written(body.class), subject: written(body.subject) }
    }
}

impl From<Introduction> for ProductIntroductionBody {
    fn from(held: Introduction) -> Self {
        Self { introduced_on: held.introduced_on, class: held.class, subject: held.subject }
    }
}

/// A check of the introduction to be recorded (контроль внедрения).
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProductCheckCreate {
    /// Day of the check, by the region's clock; not in the future and not before the introduction.
    #[serde(deserialize_with = "day")]
    #[schema(example = "2026-05-12")]
    pub checked_on: NaiveDate,
    /// What was found (вывод).
    #[validate(length(min = 3, max = 4000), custom(function = "checks::not_blank"))]
    #[schema(min_length = 3, max_length = 4000, example = "Критерии применяются на каждом уроке")]
    pub conclusion: String,
}

impl From<ProductCheckCreate> for Check {
    fn from(body: ProductCheckCreate) -> Self {
        Self { id: new_id(), checked_on: body.checked_on, conclusion: body.conclusion }
    }
}

/// A defence of a product (защита продукта).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProductDefence)]
pub struct ProductDefenceView {
    /// The defence's id.
    pub id: Uuid,
    /// Day of the defence.
    pub held_on: NaiveDate,
    /// Members of the commission.
    #[schema(max_items = 20, value_type = Vec<CommissionMember>)]
    pub commission: Vec<String>,
    /// How it ended.
    pub result: DefenceResult,
    /// What the commission said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 4000)]
    pub remarks: Option<String>,
}

impl From<Defence> for ProductDefenceView {
    fn from(defence: Defence) -> Self {
        Self {
            id: defence.id,
            held_on: defence.held_on,
            commission: defence.commission,
            result: defence.result,
            remarks: defence.remarks,
        }
    }
}

/// A check of the introduction (контроль внедрения).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ProductCheck)]
pub struct ProductCheckView {
    /// The check's id.
    pub id: Uuid,
    /// Day of the check.
    pub checked_on: NaiveDate,
    /// What was found.
    #[schema(max_length = 4000)]
    pub conclusion: String,
}

impl From<Check> for ProductCheckView {
    fn from(check: Check) -> Self {
        Self { id: check.id, checked_on: check.checked_on, conclusion: check.conclusion }
    }
}

/// A product in a list (методический продукт).
#[derive(Debug, Serialize, ToSchema)]
pub struct ProductItem {
    /// The product's id.
    pub id: Uuid,
    /// The author.
    pub person_id: Uuid,
    /// The school of the author.
    pub organization_id: Uuid,
    /// The training that yielded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment_id: Option<Uuid>,
    /// What it is.
    pub kind: ProductKind,
    /// Title.
    #[schema(max_length = 500)]
    pub title: String,
    /// Where it stands.
    pub state: ProductState,
    /// Day it was introduced.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introduced_on: Option<NaiveDate>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
}

impl From<Product> for ProductItem {
    fn from(product: Product) -> Self {
        Self {
            id: product.id,
            person_id: product.person_id,
            organization_id: product.organization_id,
            enrollment_id: product.enrollment_id,
            kind: product.data.kind,
            title: product.data.title,
            state: product.state,
            introduced_on: product.introduction.map(|held| held.introduced_on),
            created_at: product.created_at,
        }
    }
}

/// A product (методический продукт).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Product)]
pub struct ProductView {
    /// The product's id.
    pub id: Uuid,
    /// The author.
    pub person_id: Uuid,
    /// The school of the author when it was begun.
    pub organization_id: Uuid,
    /// The regulation it was begun under.
    pub regulation_id: Uuid,
    /// The training that yielded it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrollment_id: Option<Uuid>,
    /// What is said of it.
    pub data: ProductBody,
    /// Where it stands.
    pub state: ProductState,
    /// Its defences, those recorded first first.
    #[schema(max_items = 1000)]
    pub defences: Vec<ProductDefenceView>,
    /// How it was introduced; only in the state `introduced`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub introduction: Option<ProductIntroductionBody>,
    /// Checks of its introduction, those recorded first first.
    #[schema(max_items = 1000)]
    pub checks: Vec<ProductCheckView>,
    /// When it was begun.
    pub created_at: DateTime<Utc>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 4)]
    pub allowed_actions: Vec<String>,
}

impl From<ShownProduct> for ProductView {
    fn from(shown: ShownProduct) -> Self {
        let product = shown.product;
        Self {
            id: product.id,
            person_id: product.person_id,
            organization_id: product.organization_id,
            regulation_id: product.regulation_id,
            enrollment_id: product.enrollment_id,
            data: product.data.into(),
            state: product.state,
            defences: shown.defences.into_iter().map(Into::into).collect(),
            introduction: product.introduction.map(Into::into),
            checks: shown.checks.into_iter().map(Into::into).collect(),
            created_at: product.created_at,
            allowed_actions: shown.allowed_actions,
        }
    }
}

page_view! {
    /// One page of products, those begun last first.
    ProductPage of ProductItem
}

/// Which products to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ProductQuery {
    /// Only of this author.
    pub person_id: Option<Uuid>,
    /// Only of this school.
    pub organization_id: Option<Uuid>,
    /// Only yielded by this training.
    pub enrollment_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<ProductKind>,
    /// Only in this state.
    pub state: Option<ProductState>,
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

impl ProductQuery {
    /// The products asked for.
    pub const fn filter(&self) -> Filter {
        Filter {
            person_id: self.person_id,
            organization_id: self.organization_id,
            enrollment_id: self.enrollment_id,
            kind: self.kind,
            state: self.state,
        }
    }
}
