//! What travels about working groups.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use validator::Validate;

use super::model::{Group, GroupData, GroupLack, GroupRole, Member};
use super::service::GroupWhole;
use crate::http::page_view;
use crate::regulations::profile::WorkingGroupFunction;

/// A group to be formed.
#[derive(Debug, Clone, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkingGroupCreate {
    /// The school.
    pub organization_id: Uuid,
    /// What is said of it.
    #[validate(nested)]
    pub data: WorkingGroupBody,
}

/// What is said of a group.
#[derive(Debug, Clone, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkingGroupData)]
pub struct WorkingGroupBody {
    /// Title.
    #[validate(length(min = 1, max = 500))]
    #[schema(min_length = 1, max_length = 500, example = "Группа разработчиков программ 2026 года")]
    pub title: String,
    /// Its members: one leader, developers, experts.
    #[validate(length(max = 50), nested)]
    #[schema(max_items = 50)]
    pub members: Vec<WorkingGroupMemberBody>,
    /// The routes it develops, of the same school; each once.
    #[serde(default)]
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    pub route_ids: Vec<Uuid>,
    /// The act that sets the group up (приказ о группе).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub act_id: Option<Uuid>,
    /// The act that sets its rules of work (регламент работы).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub regulation_act_id: Option<Uuid>,
}

/// Somebody in a group.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, Validate, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WorkingGroupMember)]
pub struct WorkingGroupMemberBody {
    /// Who.
    pub person_id: Uuid,
    /// What he or she does in it.
    pub role: GroupRole,
    /// As who he or she belongs to it.
    pub function: WorkingGroupFunction,
}

impl From<WorkingGroupBody> for GroupData {
    fn from(body: WorkingGroupBody) -> Self {
        let member = |member: WorkingGroupMemberBody| Member {
            person_id: member.person_id,
            role: member.role,
            function: member.function,
        };
        Self {
            title: body.title,
            members: body.members.into_iter().map(member).collect(),
            route_ids: body.route_ids,
            act_id: body.act_id,
            regulation_act_id: body.regulation_act_id,
        }
    }
}

impl From<GroupData> for WorkingGroupBody {
    fn from(data: GroupData) -> Self {
        let member = |member: Member| WorkingGroupMemberBody {
            person_id: member.person_id,
            role: member.role,
            function: member.function,
        };
        Self {
            title: data.title,
            members: data.members.into_iter().map(member).collect(),
            route_ids: data.route_ids,
            act_id: data.act_id,
            regulation_act_id: data.regulation_act_id,
        }
    }
}

/// A group that develops programs (группа разработчиков).
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = WorkingGroup)]
pub struct WorkingGroupView {
    /// The group's id.
    pub id: Uuid,
    /// The school.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: WorkingGroupBody,
    /// It is not dissolved and lacks nothing: its leader and developers may work on its routes.
    pub active: bool,
    /// What it lacks to be active by the regulation that binds the school today.
    #[schema(max_items = 10)]
    pub missing: Vec<GroupLack>,
    /// Day it was dissolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dissolved_on: Option<NaiveDate>,
    /// What the caller may do with it now: operationIds.
    #[schema(max_items = 20)]
    pub allowed_actions: Vec<String>,
}

impl From<GroupWhole> for WorkingGroupView {
    fn from(whole: GroupWhole) -> Self {
        let group = whole.group;
        Self {
            id: group.id,
            organization_id: group.organization_id,
            data: group.data.into(),
            active: group.dissolved_on.is_none() && whole.missing.is_empty(),
            missing: whole.missing,
            dissolved_on: group.dissolved_on,
            allowed_actions: whole.allowed_actions,
        }
    }
}

/// A group in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct WorkingGroupItem {
    /// The group's id.
    pub id: Uuid,
    /// The school.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: WorkingGroupBody,
    /// Day it was dissolved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dissolved_on: Option<NaiveDate>,
}

impl From<Group> for WorkingGroupItem {
    fn from(group: Group) -> Self {
        Self {
            id: group.id,
            organization_id: group.organization_id,
            data: group.data.into(),
            dissolved_on: group.dissolved_on,
        }
    }
}

page_view! {
    /// One page of groups, by title.
    WorkingGroupPage of WorkingGroupItem
}

/// Which groups to list.
#[derive(Debug, Serialize, Deserialize, Validate, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct WorkingGroupQuery {
    /// Only of this school.
    pub organization_id: Option<Uuid>,
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
