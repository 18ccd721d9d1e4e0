//! What an activity of support is, who may organise it, and for whom.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::vocabulary::SupportActivityState;
use crate::authz::Target;
use crate::directory::organizations::model::{Organization, OrganizationFunction, OrganizationKind};
use crate::error::{FieldProblem, Text};
use crate::regulations::profile::{SupportForm, SupportFormsRule};

/// What is said of an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityData {
    /// Its form.
    pub kind: SupportForm,
    /// Title.
    pub title: String,
    /// What is done.
    pub description: Option<String>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Whom it is for, one by one.
    pub person_ids: Vec<Uuid>,
    /// Deficits of theirs that it is about.
    pub deficit_ids: Vec<Uuid>,
    /// The support plan it belongs to.
    pub plan_id: Option<Uuid>,
    /// The product whose introduction it accompanies.
    pub product_id: Option<Uuid>,
    /// The route it continues.
    pub route_id: Option<Uuid>,
}

/// Who organises an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Organiser {
    /// The organization, of the association where one organises.
    pub organization_id: Uuid,
    /// Its municipality, if it lies in one.
    pub municipality_id: Option<Uuid>,
    /// The association.
    pub association_id: Option<Uuid>,
    /// The head of the association.
    pub head_id: Option<Uuid>,
}

/// An activity of support.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportActivity {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Who organises it.
    pub organiser: Organiser,
    /// What is said of it.
    pub data: ActivityData,
    /// Where it stands.
    pub state: SupportActivityState,
    /// Day it was held.
    pub held_on: Option<NaiveDate>,
    /// What it led to.
    pub results: Option<String>,
    /// Why it was cancelled.
    pub reason: Option<String>,
    /// Row version.
    pub version: i64,
    /// When it was planned.
    pub created_at: DateTime<Utc>,
}

/// Somebody whom an activity is for, with the place of his work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Participant {
    /// The person.
    pub person_id: Uuid,
    /// Where he works.
    pub organization_id: Uuid,
    /// In which municipality.
    pub municipality_id: Option<Uuid>,
}

/// The people whom an organiser may support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Circle {
    /// Everybody in the region.
    Region,
    /// Who works in this municipality.
    Municipality(Uuid),
    /// Who works at this organization.
    Organization(Uuid),
}

impl Circle {
    /// Region-wide organisers and innovation sites support anybody in the region, municipal ones their municipality, a school
    /// its own people (P2-35).
    pub fn of(organiser: &Organization) -> Self {
        let site = organiser.data.functions.contains(&OrganizationFunction::InnovationSite);
        match (organiser.kind, organiser.municipality_id) {
            _ if site => Self::Region,
            (OrganizationKind::School, _) => Self::Organization(organiser.id),
            (_, Some(municipality_id)) => Self::Municipality(municipality_id),
            (_, None) => Self::Region,
        }
    }

    /// Where somebody works within the circle, in the region of the organiser.
    pub fn place_of(self, region_id: Uuid, person: &Target) -> Option<(Uuid, Option<Uuid>)> {
        let mut works = person.units.iter().filter(|_| person.region_id == Some(region_id));
        let within = works.find(|unit| match self {
            Self::Region => true,
            Self::Municipality(id) => unit.municipality_id == Some(id),
            Self::Organization(id) => unit.organization_id == Some(id),
        })?;
        within.organization_id.map(|id| (id, within.municipality_id))
    }
}

/// Everything wrong with who organises it (P2-35).
pub fn organiser_problems(kind: SupportForm, place: &Organization, association: bool) -> Vec<FieldProblem> {
    let site = place.data.functions.contains(&OrganizationFunction::InnovationSite);
    let service = matches!(
        place.kind,
        OrganizationKind::MunicipalCenter | OrganizationKind::School | OrganizationKind::RegionalOperator
    );
    let coordinator = place.kind == OrganizationKind::RegionalCoordinator;
    let (pointer, words) = match kind {
        SupportForm::AssociationWork | SupportForm::SubjectUnion if !association => (
            "/association_id",
            Text::new("Назовите объединение, которое проводит это", "Name the association that holds it"),
        ),
        SupportForm::InnovationSite if !site => {
            ("/organization_id", Text::new("Это не инновационная площадка", "This is no innovation site"))
        }
        SupportForm::MethodicalService if !service => {
            ("/organization_id", Text::new("Это не методическая служба", "This is no methodical service"))
        }
        _ if !(association || site || service || coordinator) => (
            "/organization_id",
            Text::new(
                "Сопровождение проводят оператор, методические службы, инновационные площадки и объединения",
                "Support is given by the operator, methodical services, innovation sites and associations",
            ),
        ),
        _ => return Vec::new(),
    };
    vec![FieldProblem::new(pointer, "wrong_organiser", words).because("P2-35", None)]
}

impl ActivityData {
    /// Everything wrong with it by itself, under the forms that the regulation of the organiser knows.
    pub fn problems(&self, forms: Option<&SupportFormsRule>) -> Vec<FieldProblem> {
        let mut found = Vec::new();
        if let Some(rule) = forms.filter(|rule| !rule.forms.contains(&self.kind)) {
            let words = Text::new("Положение не знает этой формы", "The regulation does not know this form");
            let problem = FieldProblem::new("/data/kind", "not_allowed", words);
            found.push(problem.because("P2-36", rule.paragraph.as_deref()));
        }
        if self.ends_on < self.starts_on {
            let words = Text::new("Последний день раньше первого", "The last day is before the first one");
            found.push(FieldProblem::new("/data/ends_on", "dates_out_of_order", words));
        }
        if self.kind == SupportForm::ImplementationSupport && self.product_id.is_none() {
            let words = Text::new("Назовите внедряемый продукт", "Name the product that is introduced");
            found.push(FieldProblem::new("/data/product_id", "required", words).because("P3-36", None));
        }
        found
    }
}

/// A problem of the day an activity was held: not before its first day, and come.
pub fn held_problem(held_on: NaiveDate, starts_on: NaiveDate, today: NaiveDate) -> Option<FieldProblem> {
    if (starts_on..=today).contains(&held_on) {
        return None;
    }
    let words = Text::owned(
        format!("Нужен день с {starts_on} по {today}"),
        format!("A day from {starts_on} to {today} is needed"),
    );
    Some(FieldProblem::new("/held_on", "date_out_of_range", words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_activity_is_held_between_its_first_day_and_today() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (starts_on, today) = (day("2026-03-05"), day("2026-03-10"));
        assert_eq!(held_problem(day("2026-03-05"), starts_on, today), None);
        assert_eq!(held_problem(today, starts_on, today), None);
        assert!(held_problem(day("2026-03-04"), starts_on, today).is_some());
        assert!(held_problem(day("2026-03-11"), starts_on, today).is_some());
    }

    #[test]
    fn people_are_found_within_the_circle_of_the_organiser() {
        let (region, town, school) = (Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3));
        let person = Target::region(region).organization(school, Some(town));
        let place = Some((school, Some(town)));
        assert_eq!(Circle::Region.place_of(region, &person), place);
        assert_eq!(Circle::Municipality(town).place_of(region, &person), place);
        assert_eq!(Circle::Organization(town).place_of(region, &person), None);
        assert_eq!(Circle::Region.place_of(town, &person), None);
    }
}
