//! Section `calendar`: the school year and what is due every year.

use chrono::NaiveDate;

use super::macros::{rules, section, vocabulary};
use super::vocabulary::PeriodKind;
use crate::authz::Role;
use crate::values::period::SchoolYearStart;

section! {
    /// The calendar of a regulation (сроки учебного года).
    pub struct CalendarProfile {
        /// The school year. Absent: 1 September to 31 August.
        #[serde(skip_serializing_if = "Option::is_none")]
        pub school_year: Option<SchoolYearRule>,
        /// Duties with a day in every year. Empty: none.
        #[schema(max_items = 64)]
        pub duties: Vec<YearlyDutyRule>,
    }
}

/// A day of every year (день года).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(deny_unknown_fields)]
pub struct MonthDay {
    /// Month, 1 to 12.
    #[schema(minimum = 1, maximum = 12)]
    pub month: u8,
    /// Day of the month. 29 February is refused: it does not come every year.
    #[schema(minimum = 1, maximum = 31)]
    pub day: u8,
}

impl MonthDay {
    /// Whether the day comes in every year.
    pub const fn is_yearly(self) -> bool {
        let last = match self.month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28,
            _ => return false,
        };
        self.day >= 1 && self.day <= last
    }
}

vocabulary! {
    /// Something done every year (ежегодная обязанность).
    pub enum YearlyDutyKind {
        /// Handing in the growth card and documents about training (карта роста и документы).
        GrowthCardAndCredentials = "growth_card_and_credentials",
        /// Telling schools about the system of the new year (информация об организации системы).
        SystemAnnouncement = "system_announcement",
        /// Telling teachers of recommended programs (перечень рекомендованных программ).
        ProgramAnnouncement = "program_announcement",
        /// Forming the new year's order (заявка на новый учебный год).
        TrainingOrder = "training_order",
    }

    /// When a yearly duty is due (срок обязанности).
    pub enum YearlyDutyMoment {
        /// At the start of the school year.
        SchoolYearStart = "school_year_start",
        /// At the end of the school year.
        SchoolYearEnd = "school_year_end",
        /// On `due_on`.
        FixedDay = "fixed_day",
        /// Some time in the school year.
        WithinSchoolYear = "within_school_year",
    }
}

rules! {
    /// The school year (учебный год).
    pub struct SchoolYearRule {
        /// Its first day.
        pub starts_on: MonthDay,
        /// The day by which what is due "at the end of the school year" is due.
        pub ends_on: MonthDay,
    }

    /// Something due every year (ежегодная обязанность).
    pub struct YearlyDutyRule {
        /// The duty; each at most once.
        pub duty: YearlyDutyKind,
        /// When it is due.
        pub due: YearlyDutyMoment,
        /// The day, for `fixed_day` only.
        #[serde(default)]
        #[serde(skip_serializing_if = "Option::is_none")]
        pub due_on: Option<MonthDay>,
        /// Who has it.
        #[schema(min_items = 1, max_items = 64)]
        pub responsible: Vec<Role>,
        /// `true`: the addressees acknowledge it one by one (ознакомление). Default: `false`.
        #[serde(default)]
        pub acknowledged: bool,
    }
}

impl CalendarProfile {
    /// First day of the school year.
    pub fn school_year_start(&self) -> MonthDay {
        self.school_year.as_ref().map_or(MonthDay { month: 9, day: 1 }, |year| year.starts_on)
    }

    /// First day of the period of that kind in which the day lies.
    pub fn period_start(&self, kind: PeriodKind, day: NaiveDate) -> NaiveDate {
        let first = match kind {
            PeriodKind::SchoolYear => self.school_year_start(),
            PeriodKind::CalendarYear => MonthDay { month: 1, day: 1 },
        };
        let start = SchoolYearStart::new(u32::from(first.month), u32::from(first.day));
        // A day that does not come every year is refused by the validation of the profile.
        let start = start.unwrap_or(SchoolYearStart::FIRST_OF_SEPTEMBER);
        start.year_of(day).map_or(day, |year| year.first)
    }

    /// The day on which what belongs to the school year is due.
    pub fn school_year_end(&self) -> MonthDay {
        self.school_year.as_ref().map_or(MonthDay { month: 8, day: 31 }, |year| year.ends_on)
    }
}
