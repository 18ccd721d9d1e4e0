//! Stages and activities of a route.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::regulations::profile::{ActivityBasis, ActivityKind, EventForm, RoutePart};
use crate::values::Hours;

/// A stage (этап).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stage {
    /// The id.
    pub id: Uuid,
    /// Title.
    pub title: String,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Concrete result.
    pub expected_result: Option<String>,
    /// Form of its report.
    pub report_form: Option<String>,
}

/// An activity (мероприятие) of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// The id.
    pub id: Uuid,
    /// Order within the route, from 1.
    pub position: i32,
    /// What it is.
    pub data: NewActivity,
    /// Whether it is done.
    pub state: ActivityState,
    /// The confirmed credential that completed it; none when somebody recorded that it is done.
    pub completed_by: Option<Uuid>,
    /// Who put it into the route (P1-34, P2-29).
    pub author: Option<Uuid>,
}

/// What is said of an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewActivity {
    /// The stage it belongs to.
    pub stage_id: Option<Uuid>,
    /// What kind of activity.
    pub kind: ActivityKind,
    /// The part of the route.
    pub part: Option<RoutePart>,
    /// Title.
    pub title: String,
    /// Content.
    pub content: Option<String>,
    /// The program, or the program of the module.
    pub program_id: Option<Uuid>,
    /// The single module (P0-5).
    pub module_id: Option<Uuid>,
    /// Who teaches it.
    pub provider_id: Option<Uuid>,
    /// Academic hours.
    pub hours: Option<Hours>,
    /// Form of study.
    pub study_form: Option<String>,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
    /// Place.
    pub place: Option<String>,
    /// The offering of the program that was chosen (P3-20).
    pub offering_id: Option<Uuid>,
    /// Form of the event (P1-40).
    pub event_form: Option<EventForm>,
    /// The form in words, for the form `other`.
    pub form_note: Option<String>,
    /// Level of the event.
    pub event_level: Option<EventLevel>,
    /// Degree of participation.
    pub participation: Option<String>,
    /// Alone or in a creative group (P0-19).
    pub work_mode: Option<WorkMode>,
    /// The creative group (P0-19).
    pub group_title: Option<String>,
    /// Why it is in the route (P0-1).
    pub reason: ActivityBasis,
    /// Why it is there without a deficit (P0-11).
    pub justification: Option<String>,
    /// The deficits it answers.
    pub deficit_ids: Vec<Uuid>,
    /// The needs it answers (P0-11).
    pub need_ids: Vec<Uuid>,
    /// The problems of the route it answers (P1-24).
    pub problem_ids: Vec<Uuid>,
    /// The findings of the assessment of pupils it rests on (P2-7).
    pub finding_ids: Vec<Uuid>,
    /// The recommendations it follows (P3-44).
    pub recommendation_ids: Vec<Uuid>,
}

/// Whether an activity is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActivityState {
    /// Not yet.
    Planned,
    /// Done on that day.
    Completed(NaiveDate),
}

impl ActivityState {
    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Completed(_) => "completed",
        }
    }

    /// The day it was done.
    pub const fn completed_on(self) -> Option<NaiveDate> {
        match self {
            Self::Completed(day) => Some(day),
            Self::Planned => None,
        }
    }

    /// The state of that name and day.
    pub fn parse(name: &str, completed_on: Option<NaiveDate>) -> Option<Self> {
        match (name, completed_on) {
            ("planned", None) => Some(Self::Planned),
            ("completed", Some(day)) => Some(Self::Completed(day)),
            _ => None,
        }
    }
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $( $(#[$value_doc:meta])* $variant:ident = $wire:literal, )+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name { $( $(#[$value_doc])* $variant, )+ }

        impl $name {
            /// Every value.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )+ ];

            /// The stable name.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$variant => $wire, )+ }
            }

            /// The value of that name.
            pub fn parse(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.as_str() == name)
            }
        }
    };
}
pub(super) use names;

names! {
    /// The level of an event (уровень мероприятия).
    EventLevel {
        /// Of the school.
        School = "school",
        /// Of the municipality.
        Municipal = "municipal",
        /// Of the region.
        Regional = "regional",
        /// Of the country.
        National = "national",
        /// International.
        International = "international",
    }
}

names! {
    /// How methodical work is done (P0-19).
    WorkMode {
        /// Alone.
        Individual = "individual",
        /// In a creative group.
        CreativeGroup = "creative_group",
    }
}
