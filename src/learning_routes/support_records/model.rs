//! What support of a route is, and the report of it.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

pub use super::vocabulary::SupportKind;
use crate::authz::Role;
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{TutoringKind, TutoringRule};
use crate::values::PersonName;

/// What was done.
#[derive(Debug, Clone)]
pub struct SupportData {
    /// Kind.
    pub kind: SupportKind,
    /// Day.
    pub held_on: NaiveDate,
    /// Topic.
    pub topic: String,
    /// In words.
    pub text: String,
}

/// A record of support.
#[derive(Debug, Clone)]
pub struct SupportRecord {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the school.
    pub municipality_id: Option<Uuid>,
    /// The learner's school.
    pub organization_id: Uuid,
    /// The learner.
    pub person_id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// Who helped.
    pub supporter_id: Uuid,
    /// In which role.
    pub supporter_role: Role,
    /// What was done.
    pub data: SupportData,
}

/// Which records a list holds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Filter {
    /// Only of this route.
    pub route_id: Option<Uuid>,
    /// Only of learners of this school.
    pub organization_id: Option<Uuid>,
    /// Only of this learner.
    pub person_id: Option<Uuid>,
    /// Only by this supporter.
    pub supporter_id: Option<Uuid>,
    /// Only of this kind.
    pub kind: Option<SupportKind>,
}

/// What is wrong with it: its kind by the regulation (P1-13), its day. A record may be dated on any day, in training or
/// between courses (P1-36).
pub fn problems(data: &SupportData, rule: Option<&TutoringRule>, today: NaiveDate) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let tutoring = match data.kind {
        SupportKind::Diagnosis => Some(TutoringKind::Diagnosis),
        SupportKind::DesignHelp => Some(TutoringKind::DesignHelp),
        SupportKind::ExperienceDescription => Some(TutoringKind::ExperienceDescription),
        SupportKind::Reflection => Some(TutoringKind::Reflection),
        SupportKind::Contact | SupportKind::Consultation => None,
    };
    if let (Some(rule), Some(kind)) = (rule, tutoring)
        && !rule.kinds.contains(&kind)
    {
        let words = Text::new(
            "Положение не знает такого вида сопровождения",
            "The regulation does not know this kind of support",
        );
        let problem = FieldProblem::new("/kind", "support_kind_not_allowed", words);
        problems.push(problem.because("P1-13", rule.paragraph.as_deref()));
    }
    if data.held_on > today {
        let words = Text::new("Этого ещё не было", "This has not taken place yet");
        problems.push(FieldProblem::new("/held_on", "date_out_of_range", words));
    }
    problems
}

/// The days a report is about, both included.
#[derive(Debug, Clone, Copy)]
pub struct Period {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
}

/// Records of one supporter on one route of one kind.
#[derive(Debug, Clone, Copy)]
pub struct RouteCount {
    /// Who helped.
    pub supporter_id: Uuid,
    /// The route.
    pub route_id: Uuid,
    /// The kind.
    pub kind: SupportKind,
    /// How many.
    pub records: i64,
}

/// What one supporter did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportRow {
    /// Who.
    pub supporter_id: Uuid,
    /// The name.
    pub name: Option<PersonName>,
    /// Consultations given.
    pub consultations: i64,
    /// Records by kind, in the order of the kinds; only those that there are.
    pub records: Vec<(SupportKind, i64)>,
    /// Routes supported, each once.
    pub supported_routes: usize,
}

/// A row for everybody who helped or consulted, those who supported most routes first.
pub fn report(
    counts: &[RouteCount],
    consultations: &[(Uuid, i64)],
    names: &HashMap<Uuid, PersonName>,
) -> Vec<ReportRow> {
    let mut people: Vec<Uuid> = counts
        .iter()
        .map(|count| count.supporter_id)
        .chain(consultations.iter().map(|(person_id, _)| *person_id))
        .collect();
    people.sort_unstable();
    people.dedup();
    let mut rows: Vec<ReportRow> = people
        .into_iter()
        .map(|supporter_id| {
            let own: Vec<&RouteCount> =
                counts.iter().filter(|count| count.supporter_id == supporter_id).collect();
            let mut routes: Vec<Uuid> = own.iter().map(|count| count.route_id).collect();
            routes.sort_unstable();
            routes.dedup();
            let records = SupportKind::ALL.iter().map(|kind| {
                (*kind, own.iter().filter(|count| count.kind == *kind).map(|count| count.records).sum())
            });
            ReportRow {
                supporter_id,
                name: names.get(&supporter_id).cloned(),
                consultations: consultations
                    .iter()
                    .filter(|(id, _)| *id == supporter_id)
                    .map(|(_, count)| *count)
                    .sum(),
                records: records.filter(|(_, count): &(_, i64)| *count > 0).collect(),
                supported_routes: routes.len(),
            }
        })
        .collect();
    rows.sort_by(|one, other| {
        (other.supported_routes, other.consultations, one.supporter_id).cmp(&(
            one.supported_routes,
            one.consultations,
            other.supporter_id,
        ))
    });
    rows
}
