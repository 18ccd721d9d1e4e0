//! Who holds something for a year, and which days the year has. Pure.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::authz::Target;
use crate::directory::organizations::model::{Organization, OrganizationKind};
use crate::regulations::profile::{CalendarProfile, PeriodKind};
use crate::values::period::SchoolYearStart;

/// What something is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldLevel {
    /// The whole region.
    Region,
    /// One municipality.
    Municipality,
    /// One organization.
    Organization,
}

impl HeldLevel {
    /// Every level, the highest first.
    pub const ALL: [Self; 3] = [Self::Region, Self::Municipality, Self::Organization];

    /// The stable name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Municipality => "municipality",
            Self::Organization => "organization",
        }
    }

    /// The level of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == name)
    }

    /// What an organization of that kind holds things for.
    pub const fn of(kind: OrganizationKind) -> Self {
        match kind {
            OrganizationKind::Ministry
            | OrganizationKind::RegionalOperator
            | OrganizationKind::RegionalCoordinator
            | OrganizationKind::QualityCenter => Self::Region,
            OrganizationKind::MunicipalAuthority => Self::Municipality,
            OrganizationKind::MunicipalCenter | OrganizationKind::School | OrganizationKind::Provider => {
                Self::Organization
            }
        }
    }
}

/// Who holds something, and what it is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holder {
    /// The tenant.
    pub region_id: Uuid,
    /// The municipality of the organization.
    pub municipality_id: Option<Uuid>,
    /// The organization.
    pub organization_id: Uuid,
    /// What it is about.
    pub level: HeldLevel,
}

impl Holder {
    /// The organization as a holder.
    pub const fn of(place: &Organization) -> Self {
        Self {
            region_id: place.region_id,
            municipality_id: place.municipality_id,
            organization_id: place.id,
            level: HeldLevel::of(place.kind),
        }
    }

    /// As a target of the rights of those whom it concerns: its whole region or municipality.
    pub fn target(&self) -> Target {
        let municipality_id = self.municipality_id.filter(|_| self.level == HeldLevel::Municipality);
        match self.level {
            HeldLevel::Organization => self.own_target(),
            HeldLevel::Region | HeldLevel::Municipality => {
                Target::place(self.region_id, municipality_id, None)
            }
        }
    }

    /// As a target of the rights of the holder itself.
    pub fn own_target(&self) -> Target {
        Target::region(self.region_id).organization(self.organization_id, self.municipality_id)
    }
}

/// The days of one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YearSpan {
    /// School or calendar year.
    pub period: PeriodKind,
    /// The calendar year in which it begins.
    pub year: i32,
    /// First day.
    pub starts_on: NaiveDate,
    /// Last day.
    pub ends_on: NaiveDate,
}

impl YearSpan {
    /// The year of that kind that begins in that calendar year; none for years that no calendar has.
    pub fn of(period: PeriodKind, calendar: &CalendarProfile, year: i32) -> Option<Self> {
        let start = match period {
            PeriodKind::CalendarYear => SchoolYearStart::new(1, 1)?,
            PeriodKind::SchoolYear => {
                let first = calendar.school_year_start();
                SchoolYearStart::new(u32::from(first.month), u32::from(first.day))?
            }
        };
        let found = start.year(year)?;
        Some(Self { period, year, starts_on: found.first, ends_on: found.last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_of_either_kind_has_all_of_its_days() {
        let calendar = CalendarProfile::default();
        let days = |period| {
            let span = YearSpan::of(period, &calendar, 2026).unwrap();
            (span.starts_on.to_string(), span.ends_on.to_string())
        };
        assert_eq!(days(PeriodKind::CalendarYear), ("2026-01-01".to_owned(), "2026-12-31".to_owned()));
        assert_eq!(days(PeriodKind::SchoolYear), ("2026-09-01".to_owned(), "2027-08-31".to_owned()));
    }

    #[test]
    fn what_a_region_holds_is_of_no_place_in_it() {
        let holder = Holder {
            region_id: Uuid::from_u128(1),
            municipality_id: None,
            organization_id: Uuid::from_u128(2),
            level: HeldLevel::Region,
        };
        assert!(holder.target().units.is_empty());
        assert_eq!(holder.own_target().units.len(), 1);
    }
}
