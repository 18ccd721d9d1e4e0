//! Checks of the smaller sections.

use super::super::calendar::{CalendarProfile, YearlyDutyMoment};
use super::super::orders::OrdersProfile;
use super::super::plans::{PlanKind, PlanSource};
use super::super::registry::RegistryProfile;
use super::super::support::SupportProfile;
use super::super::{MonthDay, Profile};
use super::problem::{Problems, ProfileProblemCode as Code};

pub(super) fn check(profile: &Profile, problems: &mut Problems) {
    let norms = profile.hours.norms.iter().map(|norm| norm.education_level);
    problems.duplicates("/hours/norms", "education_level", norms);
    check_recording(profile, problems);
    check_registry(profile, problems);
    check_plans(profile, problems);
    check_orders(&profile.orders, problems);
    check_support(&profile.support, problems);
    check_monitoring(profile, problems);
    check_calendar(&profile.calendar, problems);
}

fn check_recording(profile: &Profile, problems: &mut Problems) {
    let recording = &profile.recording;
    let writers = recording.credit_book_writers.iter().map(|rule| rule.role);
    problems.duplicates("/recording/credit_book_writers", "role", writers);
    if recording.credit_books.is_some() == recording.credit_book_writers.is_empty() {
        problems.add("/recording/credit_book_writers", Code::CreditBooksIncomplete);
    }
}

fn check_registry(profile: &Profile, problems: &mut Problems) {
    let RegistryProfile { review, publication, directions, .. } = &profile.registry;
    if let Some(rule) = publication {
        check_day(rule.due_on, "/registry/publication/due_on", problems);
    }
    if review.is_some() && profile.chains.program_registration.is_none() {
        problems.add("/registry/review", Code::RegistryChainMissing);
    }
    if directions.is_some() && profile.chains.priority_directions.is_none() {
        problems.add("/registry/directions", Code::RegistryChainMissing);
    }
}

fn check_plans(profile: &Profile, problems: &mut Problems) {
    let kinds = &profile.plans.kinds;
    problems.duplicates("/plans/kinds", "kind", kinds.iter().map(|rule| rule.kind));
    let prospective = kinds.iter().any(|rule| rule.kind == PlanKind::Prospective);
    for (index, rule) in kinds.iter().enumerate() {
        if rule.approval_required && profile.chains.plan.is_none() {
            problems.add(&format!("/plans/kinds/{index}/approval_required"), Code::PlanChainMissing);
        }
        let draws = rule.sources.contains(&PlanSource::ProspectivePlan);
        if draws && (!prospective || rule.kind == PlanKind::Prospective) {
            problems.add(&format!("/plans/kinds/{index}/sources"), Code::ProspectivePlanMissing);
        }
    }
}

fn check_orders(orders: &OrdersProfile, problems: &mut Problems) {
    let mut below = None;
    for (index, rule) in orders.levels.iter().enumerate() {
        let ascends = below.is_none_or(|lower| lower < rule.level);
        if !ascends || (rule.from_submitted_orders && below.is_none()) {
            problems.add(&format!("/orders/levels/{index}"), Code::OrderLevels);
        }
        below = Some(rule.level);
    }
    let applicants = orders.applications.iter().map(|rule| rule.applicant);
    problems.duplicates("/orders/applications", "applicant", applicants);
}

fn check_support(support: &SupportProfile, problems: &mut Problems) {
    let unclear =
        support.products.as_ref().is_some_and(|p| p.defence_required == p.defence_held_by.is_empty());
    if unclear {
        problems.add("/support/products/defence_held_by", Code::DefenceMismatch);
    }
}

fn check_monitoring(profile: &Profile, problems: &mut Problems) {
    let monitoring = &profile.monitoring;
    let subjects = monitoring.monitorings.iter().map(|rule| rule.subject);
    problems.duplicates("/monitoring/monitorings", "subject", subjects);
    if let Some(cycle) = &monitoring.cycle {
        let codes = cycle.stages.iter().map(|stage| stage.code.as_str());
        problems.duplicates("/monitoring/cycle/stages", "code", codes);
    }
}

fn check_calendar(calendar: &CalendarProfile, problems: &mut Problems) {
    if let Some(year) = &calendar.school_year {
        check_day(year.starts_on, "/calendar/school_year/starts_on", problems);
        check_day(year.ends_on, "/calendar/school_year/ends_on", problems);
    }
    problems.duplicates("/calendar/duties", "duty", calendar.duties.iter().map(|rule| rule.duty));
    for (index, rule) in calendar.duties.iter().enumerate() {
        let pointer = format!("/calendar/duties/{index}/due_on");
        if rule.due_on.is_some() != (rule.due == YearlyDutyMoment::FixedDay) {
            problems.add(&pointer, Code::DueDayMismatch);
        }
        if let Some(day) = rule.due_on {
            check_day(day, &pointer, problems);
        }
    }
}

fn check_day(day: MonthDay, pointer: &str, problems: &mut Problems) {
    if !day.is_yearly() {
        problems.add(pointer, Code::DayNotInCalendar);
    }
}
