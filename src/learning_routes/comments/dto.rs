//! What travels about comments.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{About, Comment};
use crate::authz::Role;
use crate::http::page_view;

/// A comment to be written.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RouteCommentCreate {
    /// The line it is about; absent: the route as a whole. A provider names its own line.
    pub activity_id: Option<Uuid>,
    /// The report of a stage it is about, instead of a line (отчёт по этапу).
    pub stage_report_id: Option<Uuid>,
    /// The growth card it is about, instead of a line (карта роста). It has an id once something is written in it.
    pub growth_card_id: Option<Uuid>,
    /// The revision it is about, instead of a line (корректировка).
    pub revision_id: Option<Uuid>,
    /// The words.
    #[validate(length(min = 1, max = 4000))]
    #[schema(min_length = 1, max_length = 4000, example = "Курс лучше пройти до начала учебного года")]
    pub text: String,
}

impl RouteCommentCreate {
    /// What it is about.
    pub const fn about(&self) -> About {
        About {
            activity_id: self.activity_id,
            stage_report_id: self.stage_report_id,
            growth_card_id: self.growth_card_id,
            revision_id: self.revision_id,
        }
    }
}

/// A comment on a route (комментарий).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RouteComment)]
pub struct RouteCommentView {
    /// The comment's id.
    pub id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// The line it is about; it may have been taken out since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub activity_id: Option<Uuid>,
    /// The report of a stage it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_report_id: Option<Uuid>,
    /// The growth card it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub growth_card_id: Option<Uuid>,
    /// The revision it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub revision_id: Option<Uuid>,
    /// Who wrote it.
    pub author_id: Uuid,
    /// The author's name in full (фамилия, имя, отчество).
    #[schema(max_length = 310)]
    pub author_name: String,
    /// In which role.
    pub author_role: Role,
    /// The organization at which the author holds that role.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organization_id: Option<Uuid>,
    /// The words.
    #[schema(max_length = 4000)]
    pub text: String,
    /// When it was written.
    pub created_at: DateTime<Utc>,
}

impl From<Comment> for RouteCommentView {
    fn from(comment: Comment) -> Self {
        Self {
            id: comment.id,
            route_id: comment.route_id,
            activity_id: comment.about.activity_id,
            stage_report_id: comment.about.stage_report_id,
            growth_card_id: comment.about.growth_card_id,
            revision_id: comment.about.revision_id,
            author_id: comment.author_id,
            author_name: comment.author_name.to_string(),
            author_role: comment.author_role,
            organization_id: comment.organization_id,
            text: comment.text,
            created_at: comment.created_at,
        }
    }
}

page_view! {
    /// One page of comments, oldest first.
    RouteCommentPage of RouteCommentView
}

/// Which comments to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RouteCommentQuery {
    /// Only about this line.
    pub activity_id: Option<Uuid>,
    /// Only about this report of a stage.
    pub stage_report_id: Option<Uuid>,
    /// Only about this growth card.
    pub growth_card_id: Option<Uuid>,
    /// Only about this revision.
    pub revision_id: Option<Uuid>,
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

impl RouteCommentQuery {
    /// What the comments are about.
    pub const fn about(&self) -> About {
        About {
            activity_id: self.activity_id,
            stage_report_id: self.stage_report_id,
            growth_card_id: self.growth_card_id,
            revision_id: self.revision_id,
        }
    }
}
