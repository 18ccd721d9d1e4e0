//! What a campaign is, and who takes part in it. Pure.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::diagnostics::instruments::model::InstrumentOwner;
use crate::diagnostics::results::model::ResultMode;
use crate::error::{FieldProblem, Text};
use crate::values::EducationLevel;

/// How a campaign may be held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignMode {
    /// Over the network.
    Online,
    /// In person.
    Offline,
    /// Either.
    Mixed,
}

impl CampaignMode {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Offline => "offline",
            Self::Mixed => "mixed",
        }
    }

    /// The mode of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Online, Self::Offline, Self::Mixed].into_iter().find(|mode| mode.as_str() == name)
    }

    /// Whether a result may be held so.
    pub fn admits(self, mode: ResultMode) -> bool {
        matches!(
            (self, mode),
            (Self::Mixed, _) | (Self::Online, ResultMode::Online) | (Self::Offline, ResultMode::Offline)
        )
    }
}

/// How people come to take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignEnrollment {
    /// Everybody whom the rule of the campaign names while it runs: when it starts, and whoever is hired later.
    ByRule,
    /// Those whom their schools enrol (P4-22).
    BySchool,
}

impl CampaignEnrollment {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ByRule => "by_rule",
            Self::BySchool => "by_school",
        }
    }

    /// The way of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::ByRule, Self::BySchool].into_iter().find(|way| way.as_str() == name)
    }
}

/// Where a campaign stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CampaignState {
    /// It may be changed and nobody takes part yet.
    Planned,
    /// People are diagnosed.
    Running,
    /// It is over.
    Closed,
    /// It does not take place, or not to its end; results recorded until then stay.
    Cancelled,
}

impl CampaignState {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Running => "running",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// The state of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Planned, Self::Running, Self::Closed, Self::Cancelled]
            .into_iter()
            .find(|state| state.as_str() == name)
    }
}

/// Whether somebody came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attendance {
    /// Came.
    Attended,
    /// Did not come.
    Absent,
    /// Need not come, for a good reason.
    Excused,
}

impl Attendance {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Attended => "attended",
            Self::Absent => "absent",
            Self::Excused => "excused",
        }
    }

    /// The attendance of that name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Attended, Self::Absent, Self::Excused].into_iter().find(|known| known.as_str() == name)
    }
}

/// What is said of a campaign.
#[derive(Debug, Clone)]
pub struct CampaignData {
    /// The instrument used.
    pub instrument_id: Uuid,
    /// Short code.
    pub code: String,
    /// Title.
    pub title: String,
    /// How it is held.
    pub mode: CampaignMode,
    /// How people come to take part.
    pub enrollment: CampaignEnrollment,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Only these organizations; empty: all that the owner serves.
    pub organization_ids: Vec<Uuid>,
    /// Only these positions; empty: all.
    pub positions: Vec<String>,
    /// Only who teaches at one of these levels; empty: all.
    pub education_levels: Vec<EducationLevel>,
}

/// A campaign.
#[derive(Debug, Clone)]
pub struct Campaign {
    /// The id.
    pub id: Uuid,
    /// The tenant.
    pub region_id: Uuid,
    /// Who conducts it.
    pub owner: InstrumentOwner,
    /// What is said of it.
    pub data: CampaignData,
    /// Where it stands.
    pub state: CampaignState,
    /// Why it was cancelled.
    pub cancel_reason: Option<String>,
    /// Row version.
    pub version: i64,
}

/// What is wrong with the marks of a sheet; `held` says of each participant whether he has a result. Everybody is marked
/// once, and whoever has a result has come.
pub fn mark_problems(marks: &[(Uuid, Attendance)], held: &HashMap<Uuid, bool>) -> Vec<FieldProblem> {
    let mut problems = Vec::new();
    for (index, (person, mark)) in marks.iter().enumerate() {
        let mut add = |field: &str, code: &'static str, words: Text| {
            problems.push(FieldProblem::new(format!("/marks/{index}/{field}"), code, words));
        };
        if marks.iter().take(index).any(|(other, _)| other == person) {
            let words = Text::new("Человека отмечают один раз", "A person is marked once");
            add("person_id", "duplicate", words);
        }
        match held.get(person) {
            None => {
                let words = Text::new("Такого человека здесь нет", "There is no such person here");
                add("person_id", "unknown", words);
            }
            Some(true) if *mark != Attendance::Attended => {
                let words = Text::new(
                    "У человека есть результат: он участвовал",
                    "The person has a result, and so has come",
                );
                add("attendance", "has_result", words);
            }
            Some(_) => {}
        }
    }
    problems
}

impl Campaign {
    /// Whether the campaign is for people of that organization.
    pub fn invites(&self, organization_id: Uuid, municipality_id: Option<Uuid>) -> bool {
        self.owner.serves(organization_id, municipality_id)
            && (self.data.organization_ids.is_empty()
                || self.data.organization_ids.contains(&organization_id))
    }

    /// Whether the day is one of its days.
    pub fn lasts_on(&self, day: NaiveDate) -> bool {
        self.data.starts_on <= day && day <= self.data.ends_on
    }
}

/// Somebody who takes part.
#[derive(Debug, Clone)]
pub struct Participant {
    /// The person.
    pub person_id: Uuid,
    /// The name, as in lists of people.
    pub name: String,
    /// The school.
    pub organization_id: Uuid,
    /// Whether the person came; none while nobody has said.
    pub attendance: Option<Attendance>,
    /// The result in this campaign.
    pub result_id: Option<Uuid>,
    /// When the person was reminded last.
    pub reminded_at: Option<DateTime<Utc>>,
}

/// How many people of an organization took part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Participation {
    /// The organization; none for all of them.
    pub organization_id: Option<Uuid>,
    /// Everybody who takes part.
    pub participants: i64,
    /// Who has a result.
    pub tested: i64,
    /// Who came.
    pub attended: i64,
    /// Who did not come.
    pub absent: i64,
    /// Who need not come.
    pub excused: i64,
}

impl Participation {
    /// Those with a result in per cent of those who had to come, rounded down; none when nobody had to.
    pub const fn response_percent(&self) -> Option<i64> {
        (self.tested * 100).checked_div(self.participants - self.excused)
    }

    /// All of them together.
    pub fn sum(parts: &[Self]) -> Self {
        parts.iter().fold(Self::default(), |sum, part| Self {
            organization_id: None,
            participants: sum.participants + part.participants,
            tested: sum.tested + part.tested,
            attended: sum.attended + part.attended,
            absent: sum.absent + part.absent,
            excused: sum.excused + part.excused,
        })
    }
}

/// A reminder of a campaign.
#[derive(Debug, Clone)]
pub struct Reminder {
    /// The id.
    pub id: Uuid,
    /// The campaign.
    pub campaign_id: Uuid,
    /// Its title.
    pub campaign_title: String,
    /// Its last day.
    pub ends_on: NaiveDate,
    /// Who is reminded.
    pub person_id: Uuid,
    /// The words.
    pub text: String,
    /// When.
    pub reminded_at: DateTime<Utc>,
}
