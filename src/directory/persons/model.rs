//! What rights and rules need to know of a person: where he works, since when, and who heads his associations.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::Target;
use crate::directory::employments::model::NewEmployment;
use crate::directory::regions::memory::RegionStamp;
use crate::error::{FieldProblem, Text};
use crate::values::{EducationLevel, PersonName, Snils, period};

/// A person.
#[derive(Debug, Clone)]
pub struct Person {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// What is said of the person.
    pub data: PersonData,
    /// Row version.
    pub version: i64,
    /// The kept card of the same person, if this one was merged into it.
    pub merged_into_id: Option<Uuid>,
    /// Day the personal data was erased.
    pub erased_on: Option<NaiveDate>,
}

/// What is said of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonData {
    /// The name today.
    pub name: PersonName,
    /// Insurance number.
    pub snils: Option<Snils>,
    /// Date of birth.
    pub birth_date: Option<NaiveDate>,
    /// Contact address.
    pub email: Option<String>,
}

/// What a loaded row is called in the system it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalId {
    /// The system.
    pub source: String,
    /// The identifier in it.
    pub id: String,
}

/// A person about to be added.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// What is said of the person.
    pub data: PersonData,
    /// Where it came from.
    pub external: Option<ExternalId>,
    /// The first employment.
    pub employment: Option<NewEmployment>,
    /// People who resemble this one and are others.
    pub distinct_from: Vec<Uuid>,
}

/// A name the person used to have.
#[derive(Debug, Clone)]
pub struct FormerName {
    /// The row.
    pub id: Uuid,
    /// The name.
    pub name: PersonName,
    /// Last day it was in use.
    pub used_until: NaiveDate,
}

/// A person with work and associations, as a reader sees him on a day.
#[derive(Debug, Clone)]
pub struct PersonSheet {
    /// The person.
    pub person: Person,
    /// Work and associations.
    pub facts: PersonFacts,
    /// The day.
    pub today: NaiveDate,
}

impl PersonSheet {
    /// Whether the person works at the organization, or will.
    pub fn works_at(&self, organization_id: Uuid) -> bool {
        self.work_at(organization_id).next().is_some()
    }

    /// Whether the person works somewhere in the municipality, or will.
    pub fn works_in(&self, municipality_id: Uuid) -> bool {
        let lasting = |work: &&EmploymentFacts| work.ended_on.is_none_or(|end| end >= self.today);
        let mut lasting = self.facts.employments.iter().filter(lasting);
        lasting.any(|work| work.municipality_id == Some(municipality_id))
    }

    /// The last day of the person's work at the organization; none while some of it is open.
    pub fn last_day_at(&self, organization_id: Uuid) -> Option<NaiveDate> {
        let ends: Option<Vec<NaiveDate>> = self.work_at(organization_id).map(|work| work.ended_on).collect();
        ends?.into_iter().max()
    }

    /// Work at the organization that has not ended.
    pub fn work_at(&self, organization_id: Uuid) -> impl Iterator<Item = &EmploymentFacts> {
        let here = move |work: &&EmploymentFacts| work.organization_id == organization_id;
        self.facts
            .employments
            .iter()
            .filter(here)
            .filter(|work| work.ended_on.is_none_or(|end| end >= self.today))
    }

    /// Work that has not ended, newest first.
    pub fn posts(&self) -> Vec<Post> {
        let open = |work: &&EmploymentFacts| work.ended_on.is_none_or(|end| end >= self.today);
        let post = |work: &EmploymentFacts| Post {
            organization_id: work.organization_id,
            position: work.position.clone(),
        };
        self.facts.employments.iter().filter(open).map(post).collect()
    }
}

/// A person in a list.
#[derive(Debug, Clone)]
pub struct PersonLine {
    /// The person.
    pub id: Uuid,
    /// The name.
    pub name: PersonName,
    /// The kept card of the same person, if this one was merged into it.
    pub merged_into_id: Option<Uuid>,
    /// Work that has not ended.
    pub posts: Vec<Post>,
}

/// One post.
#[derive(Debug, Clone)]
pub struct Post {
    /// Where.
    pub organization_id: Uuid,
    /// Position.
    pub position: String,
}

/// Checks the date of birth: a person is born after 1900 and not tomorrow.
pub fn birth_date_problem(data: &PersonData, today: NaiveDate) -> Option<FieldProblem> {
    let earliest = NaiveDate::from_ymd_opt(1900, 1, 1);
    let wrong =
        data.birth_date.is_some_and(|date| date > today || earliest.is_some_and(|earliest| date < earliest));
    wrong.then(|| {
        let words = Text::new(
            "Дата рождения — с 1900 года и не позже сегодня",
            "A date of birth lies between 1900 and today",
        );
        FieldProblem::new("/data/birth_date", "date_out_of_range", words)
    })
}

/// The last day of the old name when the new one is used from `changed_on` (today when absent).
pub fn used_until(changed_on: Option<NaiveDate>, today: NaiveDate) -> Result<NaiveDate, Vec<FieldProblem>> {
    match changed_on {
        Some(day) if day > today => {
            let words = Text::new("Имя не меняется в будущем", "A name is not changed in the future");
            Err(vec![FieldProblem::new("/name_changed_on", "date_out_of_range", words)])
        }
        day => Ok(period::previous_day(day.unwrap_or(today))),
    }
}

/// A person as rights and rules see him.
#[derive(Debug, Clone)]
pub struct PersonFacts {
    /// The kept card of the person.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// All work, present and past, newest first.
    pub employments: Vec<EmploymentFacts>,
    /// Associations he belongs to on the day.
    pub associations: Vec<AssociationFacts>,
    /// The state of the region's directory when this was read.
    pub stamp: RegionStamp,
}

/// One employment.
#[derive(Debug, Clone)]
pub struct EmploymentFacts {
    /// The employment.
    pub id: Uuid,
    /// Where.
    pub organization_id: Uuid,
    /// In which municipality.
    pub municipality_id: Option<Uuid>,
    /// `staff`, `internal_part_time`, `external_part_time`, `contract`.
    pub kind: String,
    /// Position.
    pub position: String,
    /// Levels of education taught.
    pub education_levels: Vec<EducationLevel>,
    /// First day.
    pub started_on: NaiveDate,
    /// Last day, if it has ended.
    pub ended_on: Option<NaiveDate>,
}

/// One association.
#[derive(Debug, Clone, Copy)]
pub struct AssociationFacts {
    /// The association.
    pub id: Uuid,
    /// Where.
    pub organization_id: Uuid,
    /// Its head, if there is one.
    pub head_person_id: Option<Uuid>,
}

impl EmploymentFacts {
    /// Whether it lasts on that day.
    pub fn lasts_on(&self, day: NaiveDate) -> bool {
        self.started_on <= day && self.ended_on.is_none_or(|end| end >= day)
    }
}

impl PersonFacts {
    /// Work on that day, newest first.
    pub fn employed_on(&self, day: NaiveDate) -> impl Iterator<Item = &EmploymentFacts> {
        self.employments.iter().filter(move |employment| employment.lasts_on(day))
    }

    /// The person as a target of the directory's rights: as [`Self::target_on`], and work that begins later counts
    /// too, so that a school sees whom it has hired.
    pub fn target_from(&self, day: NaiveDate) -> Target {
        let target = Target::region(self.region_id)
            .person(self.id)
            .assigned(self.associations.iter().filter_map(|association| association.head_person_id));
        self.employments
            .iter()
            .filter(|employment| employment.ended_on.is_none_or(|end| end >= day))
            .fold(target, |target, employment| {
                target.organization(employment.organization_id, employment.municipality_id)
            })
    }

    /// The person as a target of rights on that day: his employers' heads, his associations' heads, himself.
    pub fn target_on(&self, day: NaiveDate) -> Target {
        let target = Target::region(self.region_id)
            .person(self.id)
            .assigned(self.associations.iter().filter_map(|association| association.head_person_id));
        self.employed_on(day).fold(target, |target, employment| {
            target.organization(employment.organization_id, employment.municipality_id)
        })
    }
}
