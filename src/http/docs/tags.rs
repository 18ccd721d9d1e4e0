//! The tags of the document: one for each module.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{operations, set};

const TAGS: [(&str, &str); 15] = [
    ("accounts", "Accounts, tokens and the roles they carry (учётные записи и полномочия)."),
    ("directory", "Regions, organizations, persons, employments and associations (справочник)."),
    ("regulations", "Regulations and the rules in force at an organization (положения)."),
    (
        "registry",
        "Programs of continuing professional education and their yearly registry (реестр программ ДПО).",
    ),
    (
        "diagnostics",
        "Competency frameworks, instruments, results and deficits (диагностика профессиональных дефицитов).",
    ),
    ("learning_routes", "Individual learning routes of teachers (индивидуальные образовательные маршруты)."),
    ("approvals", "Chains of approval, the inbox and decisions (согласование и утверждение)."),
    ("hours", "Credentials, the ledger of academic hours, balances and compliance (учёт часов)."),
    ("training", "Offerings, applications, enrollments and contracts with providers (обучение)."),
    ("planning", "Plans of schools, requests to learn outside the route, offers to schools (планирование)."),
    (
        "orders",
        "Training orders of schools, municipalities and the region (заказ на повышение квалификации).",
    ),
    ("support", "Support of teachers and organizations between courses (методическое сопровождение)."),
    (
        "monitoring",
        "Yearly cycles, monitorings, decisions, participation and measures (мониторинг и управленческие решения).",
    ),
    ("events", "The feed of changes and webhooks (лента изменений, веб-хуки)."),
    ("imports", "Loading of staff and credentials in bulk (загрузка данных)."),
];

/// Describes the tags that are used.
pub(super) fn add(document: &mut Value) {
    let used: BTreeSet<String> = operations(document)
        .iter()
        .filter_map(|operation| operation.value.get("tags")?.as_array().cloned())
        .flatten()
        .filter_map(|tag| tag.as_str().map(str::to_owned))
        .collect();
    let tags = TAGS.iter().filter(|(name, _)| used.contains(*name));
    let tags: Vec<Value> = tags.map(|(name, text)| json!({"name": name, "description": text})).collect();
    set(document, "tags", json!(tags));
}
