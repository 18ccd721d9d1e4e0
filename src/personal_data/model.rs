//! What personal data is read for, and when it may be erased.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::authz::Role;
use crate::directory::persons::model::PersonSheet;
use crate::error::{FieldProblem, Text};
use crate::values::text::is_blank;

/// What personal data is read for (цель обработки). The list is closed: 152-ФЗ, article 5, wants purposes named beforehand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// Keeping the record of an employee.
    Personnel,
    /// Training and its planning.
    Training,
    /// Certification of teachers (аттестация).
    Certification,
    /// Reporting of a municipality or region.
    Reporting,
    /// The federal register of documents (ФИС ФРДО).
    FederalRegister,
    /// Supervision and checks.
    Supervision,
    /// The person asked for it.
    SubjectRequest,
}

impl Purpose {
    /// Every purpose.
    pub const ALL: [Self; 7] = [
        Self::Personnel,
        Self::Training,
        Self::Certification,
        Self::Reporting,
        Self::FederalRegister,
        Self::Supervision,
        Self::SubjectRequest,
    ];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Personnel => "personnel",
            Self::Training => "training",
            Self::Certification => "certification",
            Self::Reporting => "reporting",
            Self::FederalRegister => "federal_register",
            Self::Supervision => "supervision",
            Self::SubjectRequest => "subject_request",
        }
    }

    /// The purpose of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|purpose| purpose.as_str() == name)
    }

    /// What somebody in that role reads it for when he does not say. Another system has to say it: the people behind it
    /// are not known here.
    pub const fn of(role: Role) -> Option<Self> {
        match role {
            Role::Integration => None,
            Role::DeputyDirector | Role::Director | Role::MunicipalOfficer => Some(Self::Personnel),
            Role::MinistryOfficer | Role::RegionalOperator | Role::RegionalCoordinator => {
                Some(Self::Reporting)
            }
            Role::Auditor | Role::QualityOfficer | Role::PlatformAdmin => Some(Self::Supervision),
            Role::Teacher
            | Role::AssociationHead
            | Role::ProgramCurator
            | Role::RouteTutor
            | Role::CouncilSecretary
            | Role::MunicipalMethodist
            | Role::Reviewer
            | Role::ProviderOfficer
            | Role::OfferingLeader => Some(Self::Training),
        }
    }
}

/// A line of the journal.
#[derive(Debug, Clone)]
pub struct DataRead {
    /// The line.
    pub id: Uuid,
    /// When.
    pub at: DateTime<Utc>,
    /// In which role.
    pub role: Role,
    /// Where that role is held.
    pub organization_id: Option<Uuid>,
    /// By which operation.
    pub operation: String,
    /// What for.
    pub purpose: Purpose,
}

/// Records about a person, of one kind.
#[derive(Debug, Clone)]
pub struct Section {
    /// What they are.
    pub kind: String,
    /// Each record: names and values of its fields.
    pub records: Vec<Vec<(String, String)>>,
}

/// The act by which personal data is erased.
#[derive(Debug, Clone)]
pub struct ErasureAct {
    /// Its number.
    pub number: String,
    /// Its date.
    pub date: NaiveDate,
    /// Its ground.
    pub ground: String,
}

/// What is left of an erasure.
#[derive(Debug, Clone)]
pub struct Erased {
    /// Version of the card.
    pub version: i64,
    /// The day.
    pub erased_on: NaiveDate,
    /// How many scans were removed.
    pub files_removed: usize,
    /// Accounts that sign in no more.
    pub accounts: Vec<Uuid>,
    /// Names of files in the folder that no row names any more.
    pub files: Vec<Uuid>,
}

impl ErasureAct {
    /// Everything that is wrong with the act.
    pub fn problems(&self, today: NaiveDate) -> Vec<FieldProblem> {
        let blank = |text: &str, pointer: &str| {
            let words = Text::new("Поле не заполнено", "Nothing is written here");
            is_blank(text).then(|| FieldProblem::new(pointer, "blank", words))
        };
        // The law on personal data is of 2006-07-27.
        let law = NaiveDate::from_ymd_opt(2006, 7, 27);
        let wrong_day = self.date > today || law.is_some_and(|law| self.date < law);
        let day = wrong_day.then(|| {
            let words = Text::new(
                "Дата акта — не раньше 27.07.2006 и не позже сегодня",
                "The date of an act lies between 2006-07-27 and today",
            );
            FieldProblem::new("/act_date", "date_out_of_range", words)
        });
        [blank(&self.number, "/act_number"), day, blank(&self.ground, "/ground")]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// Why a person is not erased now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// The card was merged: the kept one is erased, and this one with it.
    Merged,
    /// It was done.
    Erased,
    /// The person works, or will: the employer needs the data.
    Employed,
}

/// What stands against erasing the person.
pub fn obstacle(sheet: &PersonSheet) -> Option<Obstacle> {
    let works =
        || sheet.facts.employments.iter().any(|work| work.ended_on.is_none_or(|end| end >= sheet.today));
    match (sheet.person.merged_into_id, sheet.person.erased_on) {
        (Some(_), _) => Some(Obstacle::Merged),
        (None, Some(_)) => Some(Obstacle::Erased),
        (None, None) => works().then_some(Obstacle::Employed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_another_system_has_to_say_what_for() {
        for role in Role::ALL {
            assert_eq!(Purpose::of(role).is_none(), role == Role::Integration, "{}", role.as_str());
        }
        for purpose in Purpose::ALL {
            assert_eq!(Purpose::parse(purpose.as_str()), Some(purpose));
        }
    }

    #[test]
    fn an_act_has_a_number_a_day_and_a_ground() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap();
        let act = |number: &str, date, ground: &str| ErasureAct {
            number: number.to_owned(),
            date,
            ground: ground.to_owned(),
        };
        assert!(act("7", today, "Отзыв согласия").problems(today).is_empty());
        let wrong = act(" ", today.succ_opt().unwrap(), "\u{200b}").problems(today);
        let pointers: Vec<_> = wrong.iter().map(|problem| problem.pointer.as_str()).collect();
        assert_eq!(pointers, ["/act_number", "/act_date", "/ground"]);
    }
}
