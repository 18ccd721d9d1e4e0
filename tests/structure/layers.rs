//! Who may know of whom, and why. A scan of the source; every failure names the line and the reason.

use crate::source::{Source, files_under};

/// Names the lines of files that are not allowed to contain a word.
fn scan(word: &str, reason: &str, allowed: impl Fn(&Source) -> bool, found: &mut Vec<String>) {
    for file in files_under("src").iter().filter(|file| !allowed(file)) {
        for (number, line) in file.code().filter(|(_, line)| names(line, word)) {
            found.push(format!("src/{}:{number}: `{}`: {reason}", file.path, line.trim()));
        }
    }
}

/// Whether the line names it as a word of its own.
fn names(line: &str, word: &str) -> bool {
    let is_part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    line.match_indices(word).any(|(at, _)| {
        let bytes = line.as_bytes();
        !is_part(at.checked_sub(1).and_then(|before| bytes.get(before)))
            && !is_part(bytes.get(at + word.len()))
    })
}

#[track_caller]
fn nothing(found: &[String]) {
    assert!(found.is_empty(), "{} lines:\n{}", found.len(), found.join("\n"));
}

fn in_folder(file: &Source, folders: &[&str]) -> bool {
    folders.iter().any(|folder| file.path.starts_with(folder))
}

#[test]
fn only_the_edge_speaks_http() {
    let edge = |file: &Source| {
        in_folder(file, &["http/", "app.rs", "server.rs", "main.rs", "cli", "command"])
            || file.name().starts_with("api")
            || file.path.contains("/api/")
    };
    let mut found = Vec::new();
    scan(
        "actix_web",
        "use cases must be callable without HTTP: by tests, imports and jobs",
        edge,
        &mut found,
    );
    nothing(&found);
}

#[test]
fn only_stores_speak_sql() {
    let store = |file: &Source| {
        in_folder(file, &["db/"]) || file.is_part("store") || file.name().starts_with("store")
    };
    let mut found = Vec::new();
    for word in ["diesel", "diesel_async", "sql_query"] {
        scan(
            word,
            "queries stand in one place, so that tenancy and locks can be read there",
            store,
            &mut found,
        );
    }
    nothing(&found);
}

#[test]
fn rules_are_pure() {
    let pure = |file: &Source| file.is_part("model") || file.is_part("policy") || file.name() == "model";
    let mut found = Vec::new();
    for word in ["actix_web", "diesel", "serde", "utoipa", "validator"] {
        // The profile of a regulation is a document: its format is the rule.
        let allowed = |file: &Source| !pure(file) || file.path.starts_with("regulations/profile");
        scan(word, "rules are plain functions of plain values, tested without a server", allowed, &mut found);
    }
    for word in ["crate::http", "crate::db", "async"] {
        scan(word, "rules know neither requests nor the database", |file| !pure(file), &mut found);
    }
    nothing(&found);
}

#[test]
fn the_ground_knows_no_resource() {
    let resources = [
        "accounts",
        "directory",
        "regulations",
        "registry",
        "training",
        "diagnostics",
        "learning_routes",
        "planning",
        "orders",
        "approvals",
        "hours",
        "support",
        "monitoring",
        "imports",
        "events",
        "personal_data",
    ];
    let mut found = Vec::new();
    for folder in ["authz/", "db/", "error/", "values/", "clock.rs", "ids.rs", "config/"] {
        for resource in resources {
            let word = format!("crate::{resource}");
            let reason = "the ground carries the resources, it does not lean on them";
            scan(&word, reason, |file| !file.path.starts_with(folder), &mut found);
        }
    }
    nothing(&found);
}

/// Enums of another module that a representation names, with the reason.
const SHARED_VOCABULARY: &[(&str, &str)] = &[
    (
        "OrganizationFunctionDto",
        "two schemas of the same values would be two types in every generated client",
    ),
    ("OrganizationKindDto", "the same"),
    ("RouteActivityStateDto", "the same"),
    ("StudyFormDto", "the same"),
];

/// A representation may contain that of another resource of its own module, whose parts it shows as a whole (a published
/// program, the first employment of a new person): one document has one schema for one thing.
fn embeds(file: &Source, named: &str, line: &str) -> bool {
    let module = |path: &str| path.split(['/', ':']).next().map(str::to_owned);
    module(&file.path) == module(named) || SHARED_VOCABULARY.iter().any(|(shared, _)| names(line, shared))
}

#[test]
fn a_resource_keeps_its_store_and_its_representation_to_itself() {
    let mut found = Vec::new();
    for file in &files_under("src") {
        let Some(own) = file.resource() else { continue };
        let own = own.replace('/', "::");
        for (number, line) in file.code() {
            let line = line.trim();
            for part in ["store", "dto"] {
                let foreign = line.split("crate::").skip(1).any(|path| {
                    let named = path
                        .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
                        .next()
                        .unwrap_or_default();
                    let inside = named.split("::").any(|segment| segment == part);
                    let part_of_one = part == "dto" && file.is_part("dto") && embeds(file, named, line);
                    inside && !named.starts_with(&own) && !named.starts_with("http") && !part_of_one
                });
                if foreign {
                    found.push(format!(
                        "src/{}:{number}: `{line}`: a resource is used through its service and model, so that its tables and \
                         its representation can change alone",
                        file.path
                    ));
                }
            }
        }
    }
    nothing(&found);
}

#[test]
fn rows_and_representations_are_different_types() {
    let mut found = Vec::new();
    for file in files_under("src") {
        for (number, line) in file.code().filter(|(_, line)| line.contains("derive(")) {
            let of_a_row = ["Queryable", "Insertable", "AsChangeset", "Selectable", "Identifiable"];
            let of_a_document = ["Serialize", "Deserialize", "ToSchema", "IntoParams"];
            let row = of_a_row.iter().any(|name| names(line, name));
            let document = of_a_document.iter().any(|name| names(line, name));
            let misplaced = (row && file.is_part("dto")) || (document && file.is_part("store"));
            if (row && document) || misplaced {
                found.push(format!(
                    "src/{}:{number}: `{}`: a row that travels makes the table a public promise",
                    file.path,
                    line.trim()
                ));
            }
        }
    }
    nothing(&found);
}

/// The document says of what only travels to the caller that absent is left out, never null.
#[test]
fn absent_fields_are_left_out() {
    let mut found = Vec::new();
    for file in files_under("src").iter().filter(|file| file.is_part("dto")) {
        let (mut to_the_caller, mut skipped) = (false, false);
        for (number, line) in file.code() {
            let line = line.trim();
            if line.contains("derive(") {
                to_the_caller = names(line, "Serialize") && !names(line, "Deserialize");
            } else if line.contains("skip_serializing_if") {
                skipped = true;
            } else if line.starts_with("pub ") && line.contains(':') && !names(line, "fn") {
                if to_the_caller && line.contains(": Option<") && !skipped {
                    found.push(format!(
                        "src/{}:{number}: `{line}`: skip_serializing_if = \"Option::is_none\"",
                        file.path
                    ));
                }
                skipped = false;
            }
        }
    }
    nothing(&found);
}

/// Parts of a resource that hold no use cases.
const NO_USE_CASES: [&str; 5] = ["api", "dto", "model", "policy", "store"];

/// A use case that changes something says so in the audit log: every permit of a change is shown there. The scan finds
/// what no test calls; that each call really leaves its row is asked over HTTP, whenever a test's server stops.
#[test]
fn changes_are_audited() {
    let mut found = Vec::new();
    let document = rost::app::document().unwrap();
    let services: Vec<Source> = files_under("src")
        .into_iter()
        .filter(|file| !NO_USE_CASES.iter().any(|part| file.is_part(part)))
        .collect();
    let policies: Vec<Source> =
        files_under("src").into_iter().filter(|file| file.is_part("policy")).collect();
    for operation in rost::http::docs::operations(&document) {
        // A question too long for a URL is a POST that reads on a connection which cannot write.
        let asks = operation.value["x-changes-nothing"] == true;
        if operation.method == "GET" || asks || rost::app::PUBLIC.contains(&operation.id) {
            continue;
        }
        // The rule of the operation is authorized in exactly one resource; that resource writes to the log.
        let rule = match operation.id {
            // The row of the role that is given or taken.
            "create_role_assignment" => "giving".to_owned(),
            "end_role_assignment" => "taking".to_owned(),
            id => id.to_uppercase(),
        };
        let home = policies.iter().find(|file| file.text.contains(&format!("\"{}\"", operation.id)));
        let Some(folder) = home.and_then(Source::resource) else {
            found.push(format!("{}: no policy", operation.id));
            continue;
        };
        let beside: Vec<&Source> =
            services.iter().filter(|file| file.path.starts_with(&format!("{folder}/"))).collect();
        let uses = beside.iter().filter(|file| file.code().any(|(_, line)| names(line, &rule))).count();
        let audits =
            beside.iter().filter(|file| file.code().any(|(_, line)| line.contains(".audit("))).count();
        if uses == 0 || audits == 0 {
            found.push(format!(
                "{}: {folder} names {rule} in {uses} services, audits in {audits}: a change nobody can trace",
                operation.id
            ));
        }
    }
    nothing(&found);
}
