//! Lines of plans, and what is drawn into them.

use chrono::NaiveDate;
use uuid::Uuid;

use super::vocabulary::PlanSection;
use crate::regulations::profile::{ActivityKind, PlanKind, PlanKindRule, PlanSource, RoutePart};
use crate::values::Hours;

/// What a line says and where it comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineData {
    /// The section (P0-10).
    pub section: PlanSection,
    /// Title.
    pub title: String,
    /// What is done.
    pub content: Option<String>,
    /// What kind of activity; none for what the school does as a whole.
    pub kind: Option<ActivityKind>,
    /// Whose line it is.
    pub person_id: Option<Uuid>,
    /// The route it was composed of.
    pub route_id: Option<Uuid>,
    /// The activity of that route.
    pub activity_id: Option<Uuid>,
    /// The line of the plan of methodical work it stands for.
    pub school_line_id: Option<Uuid>,
    /// The line of the prospective plan it was drawn from.
    pub source_line_id: Option<Uuid>,
    /// The program.
    pub program_id: Option<Uuid>,
    /// Academic hours.
    pub hours: Option<Hours>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Why it is there without a deficit (P0-11).
    pub justification: Option<String>,
    /// The deficits it answers.
    pub deficit_ids: Vec<Uuid>,
}

/// A line of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The id.
    pub id: Uuid,
    /// What it says.
    pub data: LineData,
}

impl LineData {
    /// Whether somebody is sent to courses by it (P0-36).
    pub const fn is_course(&self) -> bool {
        matches!(self.kind, Some(ActivityKind::Program | ActivityKind::Module | ActivityKind::Internship))
    }

    /// The line as a yearly plan draws it from the prospective one.
    #[must_use]
    pub fn drawn_from(self, source_line_id: Uuid) -> Self {
        Self { source_line_id: Some(source_line_id), ..self }
    }

    /// The base line that stands for a line of the plan of methodical work.
    #[must_use]
    pub fn standing_for(self, school_line_id: Uuid) -> Self {
        Self { section: PlanSection::Base, school_line_id: Some(school_line_id), ..self }
    }
}

/// A line as somebody adds it by hand: a line of the school's plan, an activity of a route, or words where the regulation
/// has the plan made of difficulties.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineWish {
    /// The section.
    pub section: PlanSection,
    /// The line of the plan of methodical work.
    pub school_line_id: Option<Uuid>,
    /// The activity of an agreed route.
    pub activity_id: Option<Uuid>,
    /// Whose line it is.
    pub person_id: Option<Uuid>,
    /// What kind of activity.
    pub kind: Option<ActivityKind>,
    /// Title.
    pub title: Option<String>,
    /// What is done.
    pub content: Option<String>,
    /// Academic hours.
    pub hours: Option<Hours>,
    /// First day.
    pub starts_on: Option<NaiveDate>,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// Why it is there without a deficit.
    pub justification: Option<String>,
    /// The deficits it answers.
    pub deficit_ids: Vec<Uuid>,
}

/// Where an added line comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LineOrigin {
    /// That line of the plan of methodical work (P0-10).
    SchoolLine(Uuid),
    /// That activity of an agreed route (P0-20).
    Activity(Uuid),
    /// Written here.
    Written(Box<LineData>),
}

/// What is wrong with a line that is added, by the field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineProblem {
    /// That field is needed.
    Missing(&'static str),
    /// That field is not said of such a line: it comes from what the line is linked to.
    Retyped(&'static str),
    /// A plan of methodical work has base lines alone.
    OnlyBase,
    /// Neither a deficit nor a justification (P0-11).
    NoDeficit,
    /// It ends before it begins.
    DatesOutOfOrder,
    /// It lies outside the period of the plan.
    OutsideThePeriod,
}

/// Whether lines about people are written into plans of the kind, not only composed of routes: where the regulation has it
/// made of difficulties or needs, or of nothing in particular.
pub fn may_be_written(rule: &PlanKindRule) -> bool {
    let made_of = |source: &PlanSource| matches!(source, PlanSource::Deficits | PlanSource::Needs);
    rule.sources.is_empty() || rule.sources.iter().any(made_of)
}

impl LineWish {
    /// Where the line comes from, or everything that is wrong with it.
    pub fn settled(
        self,
        rule: &PlanKindRule,
        period: (NaiveDate, NaiveDate),
    ) -> Result<LineOrigin, Vec<LineProblem>> {
        let methodical = rule.kind == PlanKind::MethodicalWork;
        if methodical && self.section != PlanSection::Base {
            return Err(vec![LineProblem::OnlyBase]);
        }
        let link = match (self.section, methodical) {
            (PlanSection::Base, true) => None,
            (PlanSection::Base, false) => Some(("school_line_id", self.school_line_id)),
            (PlanSection::Variative, _) if self.activity_id.is_some() || !may_be_written(rule) => {
                Some(("activity_id", self.activity_id))
            }
            (PlanSection::Variative, _) => None,
        };
        let mut problems = self.retyped(link.map(|(field, _)| field));
        match link {
            Some((field, None)) => problems.push(LineProblem::Missing(field)),
            Some((_, Some(id))) if problems.is_empty() => {
                return Ok(match self.section {
                    PlanSection::Base => LineOrigin::SchoolLine(id),
                    PlanSection::Variative => LineOrigin::Activity(id),
                });
            }
            Some(_) => {}
            None => problems.extend(self.written_problems(period)),
        }
        match (problems.is_empty(), self.starts_on, self.ends_on, self.title) {
            (true, Some(starts_on), Some(ends_on), Some(title)) => {
                Ok(LineOrigin::Written(Box::new(LineData {
                    section: self.section,
                    title,
                    content: self.content,
                    kind: self.kind,
                    person_id: self.person_id,
                    route_id: None,
                    activity_id: None,
                    school_line_id: None,
                    source_line_id: None,
                    program_id: None,
                    hours: self.hours,
                    starts_on,
                    ends_on,
                    justification: self.justification,
                    deficit_ids: self.deficit_ids,
                })))
            }
            _ => Err(problems),
        }
    }

    /// The fields that are said beside the link, or beside the words.
    fn retyped(&self, link: Option<&'static str>) -> Vec<LineProblem> {
        let linked = link.is_some();
        let school = self.section == PlanSection::Base;
        [
            ("school_line_id", self.school_line_id.is_some() && link != Some("school_line_id")),
            ("activity_id", self.activity_id.is_some() && link != Some("activity_id")),
            ("person_id", self.person_id.is_some() && (linked || school)),
            ("deficit_ids", !self.deficit_ids.is_empty() && (linked || school)),
            ("justification", self.justification.is_some() && (linked || school)),
            ("kind", self.kind.is_some() && linked),
            ("title", self.title.is_some() && linked),
            ("content", self.content.is_some() && linked),
            ("hours", self.hours.is_some() && linked),
            ("starts_on", self.starts_on.is_some() && linked),
            ("ends_on", self.ends_on.is_some() && linked),
        ]
        .into_iter()
        .filter_map(|(field, wrong)| wrong.then_some(LineProblem::Retyped(field)))
        .collect()
    }

    fn written_problems(&self, (first, last): (NaiveDate, NaiveDate)) -> Vec<LineProblem> {
        let personal = self.section == PlanSection::Variative;
        let days = self.starts_on.zip(self.ends_on);
        [
            (self.title.is_none(), LineProblem::Missing("title")),
            (self.starts_on.is_none(), LineProblem::Missing("starts_on")),
            (self.ends_on.is_none(), LineProblem::Missing("ends_on")),
            (personal && self.person_id.is_none(), LineProblem::Missing("person_id")),
            (personal && self.kind.is_none(), LineProblem::Missing("kind")),
            (personal && self.deficit_ids.is_empty() && self.justification.is_none(), LineProblem::NoDeficit),
            (days.is_some_and(|(from, until)| until < from), LineProblem::DatesOutOfOrder),
            (days.is_some_and(|(from, until)| from < first || until > last), LineProblem::OutsideThePeriod),
        ]
        .into_iter()
        .filter_map(|(wrong, problem)| wrong.then_some(problem))
        .collect()
    }
}

/// Whether a plan of the kind takes in what stands in that part of a route. A base part says again what the plan of
/// methodical work says, from where base lines are drawn. `parts` are those of the routes of the regulation.
pub fn takes_part(rule: &PlanKindRule, parts: &[RoutePart], part: Option<RoutePart>) -> bool {
    let Some(part) = part else { return true };
    if part == RoutePart::Base {
        return false;
    }
    if !rule.sections.is_empty() {
        return rule.sections.contains(&part);
    }
    let own = rule.kind == PlanKind::Prospective && parts.contains(&RoutePart::ProspectivePlan);
    !own || part == RoutePart::ProspectivePlan
}

/// An employee of the school as a candidate for training (P0-12).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person_id: Uuid,
    /// Surname, name and patronymic.
    pub name: String,
    /// The categories by which he or she comes first, in the order of the regulation.
    pub categories: Vec<String>,
    /// Whether a line of the plan is his or hers.
    pub planned: bool,
}

/// Where a candidate stands in a list.
pub type CandidatePlace = (usize, String, Uuid);

impl Candidate {
    /// The place by priority: the earlier the first category stands in the regulation, the earlier; by name else.
    pub fn place(&self, order: Option<&[String]>) -> CandidatePlace {
        let rank = order.map_or(0, |codes| {
            let held = |code: &String| self.categories.contains(code);
            codes.iter().position(held).unwrap_or(codes.len())
        });
        (rank, self.name.clone(), self.person_id)
    }
}

/// A deficit that no line of a plan answers (P0-22).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UncoveredDeficit {
    /// The deficit.
    pub deficit_id: Uuid,
    /// Whose.
    pub person_id: Uuid,
    /// The competency.
    pub competency_id: Uuid,
    /// Its title.
    pub competency_title: String,
    /// Level by the instrument.
    pub level: String,
    /// Severity, from 1.
    pub severity: i16,
    /// Since when.
    pub opened_on: NaiveDate,
}
