//! What a working group is, and who may be in it.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

pub use super::vocabulary::{GroupLack, GroupRole};
use crate::authz::Role;
use crate::error::{FieldProblem, Text};
use crate::learning_routes::rules::position_of;
use crate::regulations::profile::{LearnerPosition, WorkingGroupFunction, WorkingGroupRule};

/// Beginnings of the posts of the economic service.
const ECONOMISTS: [&str; 3] = ["экономист", "бухгалтер", "главный бухгалтер"];

/// Somebody in a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub person_id: Uuid,
    /// What he or she does in it.
    pub role: GroupRole,
    /// As who.
    pub function: WorkingGroupFunction,
}

/// What is said of a group.
#[derive(Debug, Clone)]
pub struct GroupData {
    /// Title.
    pub title: String,
    /// Its members.
    pub members: Vec<Member>,
    /// The routes it develops.
    pub route_ids: Vec<Uuid>,
    /// The act that sets it up.
    pub act_id: Option<Uuid>,
    /// The act that sets its rules of work.
    pub regulation_act_id: Option<Uuid>,
}

/// A group that develops programs.
#[derive(Debug, Clone)]
pub struct Group {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// In which municipality.
    pub municipality_id: Option<Uuid>,
    /// The school.
    pub organization_id: Uuid,
    /// What is said of it.
    pub data: GroupData,
    /// Day it was dissolved.
    pub dissolved_on: Option<NaiveDate>,
    /// Row version.
    pub version: i64,
}

/// What is known of somebody at the school today.
#[derive(Debug, Clone, Default)]
pub struct MemberFacts {
    /// The posts held there; none: does not work there.
    pub posts: Vec<String>,
    /// The roles held there.
    pub roles: Vec<Role>,
    /// Whether he or she heads an association there.
    pub heads_association: bool,
}

impl MemberFacts {
    fn holds(&self, function: WorkingGroupFunction) -> bool {
        let has = |role| self.roles.contains(&role);
        let post = |fits: fn(&str) -> bool| self.posts.iter().any(|post| fits(&post.trim().to_lowercase()));
        match function {
            WorkingGroupFunction::Head => has(Role::Director),
            WorkingGroupFunction::MethodicalWork => has(Role::DeputyDirector) || has(Role::ProgramCurator),
            WorkingGroupFunction::AssociationHead => self.heads_association,
            WorkingGroupFunction::Economist => {
                post(|post| ECONOMISTS.iter().any(|known| post.starts_with(known)))
            }
            WorkingGroupFunction::Teacher => post(|post| {
                position_of(post) == LearnerPosition::Teacher
                    && !ECONOMISTS.iter().any(|known| post.starts_with(known))
            }),
        }
    }
}

/// Everything that is wrong with the members; `pointer` is that of the list.
pub fn member_problems(
    members: &[Member],
    facts: &HashMap<Uuid, MemberFacts>,
    rule: &WorkingGroupRule,
    pointer: &str,
) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let paragraph = rule.paragraph.as_deref();
    let mut add = |at: String, code: &'static str, requirement, ru: &'static str, en: &'static str| {
        let problem = FieldProblem::new(at, code, Text::new(ru, en));
        problems.push(problem.because(requirement, paragraph));
    };
    for (index, member) in members.iter().enumerate() {
        let at = |field: &str| format!("{pointer}/{index}/{field}");
        if members.iter().take(index).any(|earlier| earlier.person_id == member.person_id) {
            add(at("person_id"), "twice", "P1-19", "Этот человек уже в списке", "Named already");
        }
        let Some(known) = facts.get(&member.person_id).filter(|known| !known.posts.is_empty()) else {
            add(
                at("person_id"),
                "not_employed",
                "P1-19",
                "Этот человек не работает в организации",
                "This person does not work at the organization",
            );
            continue;
        };
        if !rule.member_functions.contains(&member.function) {
            add(
                at("function"),
                "function_not_allowed",
                "P1-19",
                "Положение не вводит в группу работников с такой функцией",
                "The regulation lets nobody in with this function",
            );
        } else if !known.holds(member.function) {
            add(
                at("function"),
                "function_not_held",
                "P1-19",
                "У этого человека в организации нет такой функции",
                "This person does not have this function at the organization",
            );
        }
        if member.role == GroupRole::Developer && !rule.developer_functions.contains(&member.function) {
            add(
                at("function"),
                "developer_function_required",
                "P1-21",
                "Разработчиком может быть только работник с функцией из положения",
                "A developer has one of the functions that the regulation names",
            );
        }
        if member.role == GroupRole::Expert && !rule.expert_functions.contains(&member.function) {
            add(
                at("function"),
                "expert_function_required",
                "P1-21",
                "Экспертом может быть только работник с функцией из положения",
                "An expert has one of the functions that the regulation names",
            );
        }
    }
    let count = |role| members.iter().filter(|member| member.role == role).count();
    if count(GroupRole::Leader) != 1 {
        add(
            pointer.to_owned(),
            "leader_required",
            "P1-21",
            "У группы один руководитель",
            "A group has one leader",
        );
    }
    if count(GroupRole::Expert) < usize::from(rule.min_experts) {
        add(
            pointer.to_owned(),
            "experts_missing",
            "P1-21",
            "В группе не хватает экспертов",
            "The group has not enough experts",
        );
    }
    problems
}

/// What the group lacks to be active; `named` are the routes that its act names.
pub fn lacks(data: &GroupData, named: &[Uuid], rule: &WorkingGroupRule) -> Vec<GroupLack> {
    let mut lacks = Vec::new();
    if rule.act_required {
        if data.act_id.is_none() {
            lacks.push(GroupLack::Act);
        } else if data.route_ids.iter().any(|id| !named.contains(id)) {
            lacks.push(GroupLack::RouteInAct);
        }
    }
    if rule.work_regulation_act && data.regulation_act_id.is_none() {
        lacks.push(GroupLack::WorkRegulation);
    }
    lacks
}

/// What the group lacks to work on that route, whatever is said of its other routes.
pub fn lacks_for(
    route_id: Uuid,
    data: &GroupData,
    named: &[Uuid],
    rule: &WorkingGroupRule,
) -> Vec<GroupLack> {
    lacks(&GroupData { route_ids: vec![route_id], ..data.clone() }, named, rule)
}

/// The group as one of its routes sees it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RouteGroup {
    /// Leader and developers, while the group may work on the route.
    pub developers: Vec<Uuid>,
    /// What it lacks to work on the route; a dissolved group works on nothing any more and lacks nothing.
    pub lacks: Vec<GroupLack>,
}

impl RouteGroup {
    /// The group seen from that route; `named` are the routes that its act names.
    pub fn of(group: &Group, route_id: Uuid, named: &[Uuid], rule: &WorkingGroupRule) -> Self {
        if group.dissolved_on.is_some() {
            return Self::default();
        }
        let lacks = lacks_for(route_id, &group.data, named, rule);
        let works = |role| matches!(role, GroupRole::Leader | GroupRole::Developer);
        let people = group.data.members.iter().filter(|member| lacks.is_empty() && works(member.role));
        Self { developers: people.map(|member| member.person_id).collect(), lacks }
    }
}
