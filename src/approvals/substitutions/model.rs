//! What a substitution is, and what it must be.

use chrono::{DateTime, Days, NaiveDate, Utc};
use uuid::Uuid;

use crate::approvals::model::Act;
use crate::authz::{Role, Target};
use crate::error::{FieldProblem, Text};

/// Who gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubstitutionKind {
    /// The absent one.
    Delegation,
    /// A superior of the absent one.
    Substitution,
}

impl SubstitutionKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Delegation, Self::Substitution];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Delegation => "delegation",
            Self::Substitution => "substitution",
        }
    }

    /// The kind of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A substitution about to be given.
#[derive(Debug, Clone)]
pub struct NewSubstitution {
    /// Where the seats are held.
    pub organization_id: Uuid,
    /// The absent one.
    pub person_id: Uuid,
    /// Who decides in his name.
    pub substitute_person_id: Uuid,
    /// The role that is taken; every seat there when absent.
    pub role: Option<Role>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// The act.
    pub act: Option<Act>,
    /// Remark.
    pub note: Option<String>,
}

/// A substitution.
#[derive(Debug, Clone)]
pub struct Substitution {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// In which municipality.
    pub municipality_id: Option<Uuid>,
    /// What was given.
    pub given: NewSubstitution,
    /// By whom.
    pub kind: SubstitutionKind,
    /// The day from which it holds no more.
    pub revoked_on: Option<NaiveDate>,
    /// When it was given.
    pub created_at: DateTime<Utc>,
    /// Row version.
    pub version: i64,
}

/// Which substitutions a list holds.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// Only of this absent person.
    pub person_id: Option<Uuid>,
    /// Only by this substitute.
    pub substitute_person_id: Option<Uuid>,
    /// Only at this organization.
    pub organization_id: Option<Uuid>,
    /// Only those in force on this day.
    pub on: Option<NaiveDate>,
}

impl Substitution {
    /// `true` when it holds on that day by its dates.
    pub fn in_force(&self, day: NaiveDate) -> bool {
        self.given.starts_on <= day
            && day <= self.given.ends_on
            && self.revoked_on.is_none_or(|end| day < end)
    }

    /// `true` when it will hold on no day from that one on.
    pub fn is_over(&self, day: NaiveDate) -> bool {
        self.given.ends_on < day || self.revoked_on.is_some()
    }

    /// The substitution as a target of rights: the absent one's, at the organization, entrusted to the substitute.
    pub fn target(&self) -> Target {
        Target::region(self.region_id)
            .organization(self.given.organization_id, self.municipality_id)
            .person(self.given.person_id)
            .assigned([self.given.substitute_person_id])
    }
}

/// What is wrong with it whoever the people are.
pub fn problems(new: &NewSubstitution, by: Option<Uuid>, today: NaiveDate) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    let mut add = |pointer: &str, code: &'static str, ru: &'static str, en: &'static str| {
        problems.push(FieldProblem::new(pointer, code, Text::new(ru, en)));
    };
    let names_himself = by == Some(new.substitute_person_id) && by != Some(new.person_id);
    if new.substitute_person_id == new.person_id || names_himself {
        add(
            "/substitute_person_id",
            "substitute_oneself",
            "Себя заместителем не назначают",
            "Nobody names himself or herself a substitute",
        );
    }
    if new.starts_on < today {
        add("/starts_on", "date_in_past", "День уже прошёл", "The day has passed");
    }
    if new.ends_on < new.starts_on {
        add(
            "/ends_on",
            "ends_before_start",
            "Последний день раньше первого",
            "The last day is before the first",
        );
    } else if new.starts_on.checked_add_days(Days::new(366)).is_some_and(|latest| new.ends_on > latest) {
        add("/ends_on", "longer_than_a_year", "Не дольше года", "A year at most");
    }
    problems
}

/// The names of the roles among these that the substitution takes.
pub fn seats_taken(new: &NewSubstitution, held: &[Role]) -> Vec<Role> {
    held.iter().copied().filter(|role| new.role.is_none_or(|named| named == *role)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn given() -> Substitution {
        let new = NewSubstitution {
            organization_id: Uuid::from_u128(1),
            person_id: Uuid::from_u128(2),
            substitute_person_id: Uuid::from_u128(3),
            role: None,
            starts_on: day("2026-03-02"),
            ends_on: day("2026-03-06"),
            act: None,
            note: None,
        };
        Substitution {
            id: Uuid::from_u128(4),
            region_id: Uuid::from_u128(5),
            municipality_id: None,
            given: new,
            kind: SubstitutionKind::Delegation,
            revoked_on: None,
            created_at: DateTime::UNIX_EPOCH,
            version: 1,
        }
    }

    #[test]
    fn it_holds_from_the_first_day_to_the_last_and_not_from_its_revocation_on() {
        let mut given = given();
        let holds = |given: &Substitution| {
            ["2026-03-01", "2026-03-02", "2026-03-06", "2026-03-07"].map(|text| given.in_force(day(text)))
        };
        assert_eq!(holds(&given), [false, true, true, false]);
        given.revoked_on = Some(day("2026-03-06"));
        assert_eq!(holds(&given), [false, true, false, false]);
        assert!(given.is_over(day("2026-03-02")));
    }
}
