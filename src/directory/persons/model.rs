//! What rights and rules need to know of a person: where he works, since when, and who heads his associations.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::Target;
use crate::values::EducationLevel;

/// A person as rights and rules see him.
#[derive(Debug, Clone)]
pub struct PersonFacts {
    /// The person.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// All work, present and past, newest first.
    pub employments: Vec<EmploymentFacts>,
    /// Associations he belongs to on the day.
    pub associations: Vec<AssociationFacts>,
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

