//! What every operation gets: who may call, security, headers, refusals, links.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::http::Method;
use serde_json::{Map, Value, json};

use super::{BEARER, child, each_operation, operations, set, shared};
use crate::authz::{Role, Rule};
use crate::error::Code;

/// Default of `ROST_IMPORT_BYTES`.
const LONGEST_FILE: u64 = 64 * 1024 * 1024;

/// Completes every operation.
pub(super) fn complete(document: &mut Value, rules: &[&'static Rule], public: &[&'static str]) {
    // Where a new thing can be read: path of the item, by path of its collection.
    let items: BTreeMap<String, (String, String)> = operations(document)
        .into_iter()
        .filter(|operation| operation.method == Method::GET)
        .filter_map(|operation| {
            let (collection, name) = operation.path.strip_suffix('}')?.rsplit_once("/{")?;
            Some((collection.to_owned(), (operation.id.to_owned(), name.to_owned())))
        })
        .collect();
    let pages = pages(document);
    each_operation(document, |path, method, operation| {
        let id = operation.get("operationId").and_then(Value::as_str).unwrap_or_default().to_owned();
        let rule = rules.iter().copied().find(|rule| rule.operation == id);
        let mut described = Completing { operation, method, path, codes: Vec::new() };
        described.who_may_call(rule, public.contains(&id.as_str()));
        described.parameters(public.contains(&id.as_str()), pages.contains(&id));
        described.successes(items.get(path), pages.contains(&id));
        described.refusals();
    });
}

/// The operations that answer with pages: all that have a `next_cursor`, but for lists that are short by nature.
fn pages(document: &Value) -> BTreeSet<String> {
    operations(document)
        .into_iter()
        .filter(|operation| operation.value.get("x-whole-list").is_none())
        .filter(|operation| {
            let schema = operation.value.pointer("/responses/200/content/application~1json/schema/$ref");
            let target = schema.and_then(Value::as_str).and_then(|target| target.strip_prefix('#'));
            target.and_then(|pointer| document.pointer(pointer)?.pointer("/properties/next_cursor")).is_some()
        })
        .map(|operation| operation.id.to_owned())
        .collect()
}

struct Completing<'a> {
    operation: &'a mut Value,
    method: &'a Method,
    path: &'a str,
    codes: Vec<Code>,
}

impl Completing<'_> {
    fn who_may_call(&mut self, rule: Option<&Rule>, public: bool) {
        let text = self.operation.get("description").and_then(Value::as_str).unwrap_or_default().to_owned();
        let who =
            rule.map_or_else(|| "**Who may call:** anybody, without a token.".to_owned(), Rule::who_may_call);
        set(self.operation, "description", json!(format!("{text}\n\n{who}").trim()));
        if let Some(rule) = rule {
            let holds = |role: &Role| rule.reaches(*role).next().is_some();
            let roles: Vec<&str> = Role::ALL.into_iter().filter(holds).map(Role::as_str).collect();
            set(self.operation, "x-required-roles", json!(roles));
            set(self.operation, "security", json!([{BEARER: []}]));
            self.codes.extend([Code::Unauthenticated, Code::Forbidden]);
        } else if public {
            set(self.operation, "security", json!([]));
        }
    }

    fn parameters(&mut self, public: bool, is_page: bool) {
        self.codes.extend([Code::TooManyRequests, Code::Internal, Code::Unavailable]);
        if is_page {
            // serde leaves both out of the cursor's fingerprint, and utoipa leaves out what serde does.
            self.own("limit", "Limit");
            self.own("cursor", "Cursor");
        }
        let (mut has_query, mut has_path) = (is_page, false);
        for parameter in self.own_parameters() {
            match parameter.get("in").and_then(Value::as_str) {
                Some("query") => has_query = true,
                Some("path") => has_path = true,
                _ => {}
            }
            complete_parameter(parameter);
        }
        if has_path {
            self.codes.push(Code::NotFound);
        }
        if has_query {
            self.codes.extend([Code::Unreadable, Code::Invalid]);
        }
        if self.operation.get("requestBody").is_some() {
            self.bound_files();
            self.codes.extend([
                Code::Unreadable,
                Code::Timeout,
                Code::TooLarge,
                Code::UnsupportedMedia,
                Code::Invalid,
            ]);
        }
        // Natural keys make a repeat harmless where the operation says so.
        let is_repeatable = self.operation.get("x-repeatable").is_some();
        if *self.method == Method::POST && !public && !is_repeatable {
            self.refer("IdempotencyKey");
            self.codes.extend([Code::Unreadable, Code::StateConflict, Code::Invalid]);
        }
        if self.is_versioned_change() {
            self.refer("IfMatch");
            self.codes.extend([Code::StateConflict, Code::PreconditionFailed, Code::PreconditionRequired]);
        }
        if self.is_item() {
            self.refer("IfNoneMatch");
        }
        if self.operation.get("x-purpose").is_some() {
            self.refer("Purpose");
            self.codes.push(Code::Invalid);
        }
        self.refer("AcceptLanguage");
    }

    /// A file is a text as long as the configuration allows by default; one with a schema of its own says so there.
    fn bound_files(&mut self) {
        let content = self.operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut);
        for (_, media) in content.into_iter().flatten().filter(|(name, _)| !name.contains("json")) {
            if let Some(schema) = media.get_mut("schema").filter(|schema| schema.get("$ref").is_none()) {
                set(schema, "maxLength", json!(LONGEST_FILE));
            }
        }
    }

    fn own_parameters(&mut self) -> impl Iterator<Item = &mut Value> {
        self.operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten()
    }

    /// Refers to the shared parameter instead of one of the operation's own with that name.
    fn own(&mut self, name: &str, shared: &str) {
        if let Some(list) = self.operation.get_mut("parameters").and_then(Value::as_array_mut) {
            list.retain(|parameter| parameter.get("name").and_then(Value::as_str) != Some(name));
        }
        self.refer(shared);
    }

    fn refer(&mut self, name: &str) {
        let reference = json!({"$ref": format!("#/components/parameters/{name}")});
        if let Some(parameters) = self.operation.as_object_mut() {
            let list = parameters.entry("parameters").or_insert_with(|| json!([]));
            if let Some(list) = list.as_array_mut() {
                list.push(reference);
            }
        }
    }

    /// A change that is based on a version the caller has seen.
    fn is_versioned_change(&self) -> bool {
        self.operation.get("x-if-match").is_some()
            || matches!(*self.method, Method::PUT | Method::PATCH | Method::DELETE)
    }

    /// Reading one thing by its id.
    fn is_item(&self) -> bool {
        *self.method == Method::GET && self.path.ends_with('}')
    }

    fn successes(&mut self, item: Option<&(String, String)>, is_page: bool) {
        let versioned = self.is_versioned_change();
        let is_item = self.is_item();
        let Some(responses) = child(self.operation, "responses") else { return };
        for (status, response) in responses.iter_mut().filter(|(status, _)| status.starts_with('2')) {
            let mut headers: Map<String, Value> = shared::common_headers();
            let mut add = |name: &str| headers.insert(name.to_owned(), shared::header(name));
            if status == "201" || is_item || (versioned && status == "200") {
                add("ETag");
            }
            if status == "201" || status == "202" {
                add("Location");
            }
            if is_page {
                add("Link");
            }
            if let Some(known) = child(response, "headers") {
                headers.append(known);
                *known = headers;
            }
            if let ("201", Some((id, name))) = (status.as_str(), item) {
                let link = json!({
                    "operationId": id,
                    "parameters": {name: "$response.body#/id"},
                    "description": "The `id` of the answer reads the new thing.",
                });
                set(response, "links", json!({id: link}));
            }
        }
        if is_item {
            let mut headers = shared::common_headers();
            headers.insert("ETag".to_owned(), shared::header("ETag"));
            responses.entry("304").or_insert_with(
                || json!({"description": "The caller has this version already.", "headers": headers}),
            );
        }
    }

    /// Refusals that the author described keep the words and get the one schema; the others are shared.
    fn refusals(&mut self) {
        let codes = std::mem::take(&mut self.codes);
        let Some(responses) = child(self.operation, "responses") else { return };
        for (status, response) in responses.iter_mut() {
            if status.starts_with(['4', '5']) && response.get("$ref").is_none() {
                let words = response.get("description").cloned();
                let code = Code::ALL.iter().copied().find(|code| code.status().to_string() == *status);
                let mut reference = shared::refusal(code.unwrap_or(Code::Internal));
                if let Some(words) = words {
                    set(&mut reference, "description", words);
                }
                *response = reference;
            }
        }
        for code in codes {
            responses.entry(code.status().to_string()).or_insert_with(|| shared::refusal(code));
        }
    }
}

/// utoipa writes `null` for what is merely optional; a query or path cannot say null.
fn complete_parameter(parameter: &mut Value) {
    if let Some(schema) = parameter.get_mut("schema") {
        super::schemas::never_null(schema);
        super::schemas::sent_days(schema);
        super::schemas::bound(schema);
    }
}
