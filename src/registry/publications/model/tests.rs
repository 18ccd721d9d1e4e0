use super::*;
use crate::registry::programs::model::{
    ProgramAudience, ProgramData, ProgramDelivery, ProgramDetails, StudyForm,
};
use crate::values::{Hours, ProgramKind};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn year(published_on: Option<&str>) -> RegistryYear {
    let due_on = due_day(MonthDay { month: 2, day: 15 }, 2026);
    let publication = published_on.map(|on| Publication {
        id: Uuid::nil(),
        region_id: Uuid::nil(),
        year: 2026,
        revision: 1,
        published_at: day(on).and_hms_opt(0, 0, 0).unwrap().and_utc(),
        published_on: day(on),
        due_on,
        version: 1,
    });
    RegistryYear { year: 2026, due_on, publication }
}

/// P4-15
#[test]
fn the_fifteenth_of_february_is_the_last_day_in_time() {
    let today = day("2026-06-01");
    assert_eq!(year(Some("2026-02-15")).status(today), PublicationStatus::OnTime);
    assert_eq!(year(Some("2026-02-16")).status(today), PublicationStatus::Overdue);
    assert_eq!(year(None).status(day("2026-02-15")), PublicationStatus::Pending);
    assert_eq!(year(None).status(day("2026-02-16")), PublicationStatus::Overdue);
}

#[test]
fn a_year_without_a_due_day_is_never_overdue() {
    let published = RegistryYear { due_on: None, ..year(Some("2026-12-31")) };
    assert_eq!(published.status(day("2027-01-01")), PublicationStatus::OnTime);
}

fn snapshot(number: u128, title: &str) -> Snapshot {
    Snapshot {
        program_id: Uuid::from_u128(number),
        provider_id: Uuid::nil(),
        provider_name: "Институт".to_owned(),
        edition: 1,
        data: ProgramData {
            kind: ProgramKind::AdvancedTraining,
            title: title.to_owned(),
            annotation: String::new(),
            hours: Hours::whole(16),
            fully_modular: false,
            study_form: StudyForm::FullTime,
            delivery: vec![ProgramDelivery::InPerson],
            audience: vec![ProgramAudience::Teacher],
            education_levels: Vec::new(),
            subjects: Vec::new(),
            price_rubles: None,
            details: ProgramDetails::default(),
        },
        modules: Vec::new(),
    }
}

/// P4-16
#[test]
fn a_revision_names_only_what_changed() {
    let published = vec![snapshot(1, "один"), snapshot(2, "два"), snapshot(3, "три")];
    let now = vec![snapshot(4, "четыре"), snapshot(2, "два, иначе"), snapshot(1, "один")];
    let found: Vec<(u128, PublishedChange)> =
        changes(published, now).into_iter().map(|(change, it)| (it.program_id.as_u128(), change)).collect();
    assert_eq!(
        found,
        [(2, PublishedChange::Changed), (3, PublishedChange::Removed), (4, PublishedChange::Added)]
    );
}

#[test]
fn the_same_registry_changes_nothing() {
    let registry = || vec![snapshot(1, "один"), snapshot(2, "два")];
    assert_eq!(changes(registry(), registry()), Vec::new());
}
