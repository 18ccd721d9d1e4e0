//! What differs between two states of a program, field by field, in words that a person reads.

use super::{Module, ProgramData, Snapshot};

/// One field that differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Name of the field as it travels.
    pub field: &'static str,
    /// What it said; none where there was nothing.
    pub before: Option<String>,
    /// What it says.
    pub after: Option<String>,
}

/// Fields that differ, in the order they travel; every module that came, left or changed is a line of its own.
pub fn changed_fields(before: &Snapshot, after: &Snapshot) -> Vec<FieldChange> {
    let mut old = fields(&before.data);
    old.push(("provider_name", before.provider_name.clone()));
    let mut new = fields(&after.data);
    new.push(("provider_name", after.provider_name.clone()));
    let differs = |((field, old), (_, new)): ((&'static str, String), (&'static str, String))| {
        (old != new).then(|| FieldChange { field, before: some(old), after: some(new) })
    };
    let mut found: Vec<FieldChange> = old.into_iter().zip(new).filter_map(differs).collect();
    found.extend(changed_modules(&before.modules, &after.modules));
    found
}

fn changed_modules(before: &[Module], after: &[Module]) -> Vec<FieldChange> {
    let twin = |module: &Module, others: &[Module]| {
        let other = others.iter().find(|other| other.data.title == module.data.title);
        other.map(|other| (line(other), other.data == module.data && other.position == module.position))
    };
    let gone = before.iter().filter(|module| twin(module, after).is_none()).map(|module| FieldChange {
        field: "modules",
        before: Some(line(module)),
        after: None,
    });
    let other = after.iter().filter_map(|module| match twin(module, before) {
        Some((_, true)) => None,
        Some((was, false)) => {
            Some(FieldChange { field: "modules", before: Some(was), after: Some(line(module)) })
        }
        None => Some(FieldChange { field: "modules", before: None, after: Some(line(module)) }),
    });
    gone.chain(other).collect()
}

fn line(module: &Module) -> String {
    let delivery = joined(&module.data.delivery, |value| value.as_str().to_owned());
    let mut text = format!("{}. {}; {}; {delivery}", module.position, module.data.title, module.data.hours);
    if !module.data.competency_ids.is_empty() {
        text.push_str("; ");
        text.push_str(&joined(&module.data.competency_ids, ToString::to_string));
    }
    text
}

fn fields(data: &ProgramData) -> Vec<(&'static str, String)> {
    let details = &data.details;
    vec![
        ("kind", data.kind.as_str().to_owned()),
        ("title", data.title.clone()),
        ("annotation", data.annotation.clone()),
        ("hours", data.hours.to_string()),
        ("fully_modular", data.fully_modular.to_string()),
        ("study_form", data.study_form.as_str().to_owned()),
        ("delivery", joined(&data.delivery, |value| value.as_str().to_owned())),
        ("audience", joined(&data.audience, |value| value.as_str().to_owned())),
        ("education_levels", joined(&data.education_levels, |value| value.as_str().to_owned())),
        ("subjects", joined(&data.subjects, Clone::clone)),
        ("price_rubles", data.price_rubles.map(|price| price.to_string()).unwrap_or_default()),
        ("positions", joined(&details.positions, Clone::clone)),
        (
            "standards",
            joined(&details.standards, |standard| format!("{} {}", standard.kind.as_str(), standard.code)),
        ),
        ("network_form", details.network_form.to_string()),
        ("partner_ids", joined(&details.partner_ids, ToString::to_string)),
        (
            "quality_marks",
            joined(&details.quality_marks, |mark| {
                format!("{} {} {}", mark.kind.as_str(), mark.issuer, mark.issued_on)
            }),
        ),
        ("funding", joined(&details.funding, |value| value.as_str().to_owned())),
        ("federal_registry_id", details.federal_registry_id.clone().unwrap_or_default()),
    ]
}

fn joined<T>(values: &[T], word: impl Fn(&T) -> String) -> String {
    values.iter().map(word).collect::<Vec<_>>().join(", ")
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
