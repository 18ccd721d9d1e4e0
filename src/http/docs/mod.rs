//! The OpenAPI document: what utoipa gathers from the endpoints, completed with what is the same on all of them.

mod examples;
mod exports;
mod operations;
mod schemas;
mod shared;
mod tags;

use actix_web::http::Method;
use serde_json::{Value, json};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ContactBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, RefOr};
use utoipa::{PartialSchema, ToSchema};

pub(super) use exports::{files, listed};

use super::problem::ProblemView;
use crate::authz::Rule;
use crate::error::{Error, Result};

/// Name of the security scheme.
const BEARER: &str = "bearer";

/// The document before any endpoint is added.
pub fn root() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Rost")
        .version("1")
        .description(Some(include_str!("../../../docs/api.md")))
        .contact(Some(ContactBuilder::new().name(Some("Rost")).build()))
        .license(Some(
            LicenseBuilder::new().name("AGPL-3.0-or-later").identifier(Some("AGPL-3.0-or-later")).build(),
        ))
        .build();
    let mut document = OpenApiBuilder::new().info(info).build();
    let components = document.components.get_or_insert_default();
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some(
            "An access token of `create_token`, signed with EdDSA and checked as RFC8725 recommends: algorithm pinned, \
             `iss`, `aud` and `exp` required. A service gets one with its client credentials.",
        ))
        .build();
    components.security_schemes.insert(BEARER.to_owned(), RefOr::T(SecurityScheme::Http(scheme)));
    let mut schemas = Vec::new();
    ProblemView::schemas(&mut schemas);
    schemas.push(("Problem".to_owned(), ProblemView::schema()));
    components.schemas.extend(schemas);
    document
}

/// Adds to every operation what the server itself goes by: parameters, files of lists, who may call.
pub fn operable(gathered: &OpenApi, rules: &[&'static Rule], public: &[&'static str]) -> Result<Value> {
    let mut document = serde_json::to_value(gathered).map_err(Error::internal)?;
    shared::add(&mut document);
    exports::add(&mut document);
    operations::complete(&mut document, rules, public);
    Ok(document)
}

/// Adds to that document what is for its readers: the same words and limits on every schema, examples, tags.
pub fn complete(mut document: Value) -> Value {
    set(&mut document, "openapi", json!("3.1.0"));
    schemas::complete(&mut document);
    examples::add(&mut document);
    tags::add(&mut document);
    set(
        &mut document,
        "servers",
        json!([{"url": "/", "description": "This server, local or in production.", "x-internal": false}]),
    );
    schemas::drop_unused(&mut document);
    document
}

/// One operation of the document.
#[derive(Debug, Clone)]
pub struct Described<'a> {
    /// The HTTP method.
    pub method: Method,
    /// The path template.
    pub path: &'a str,
    /// The operationId.
    pub id: &'a str,
    /// The Operation Object.
    pub value: &'a Value,
    shared: Option<&'a Value>,
}

impl<'a> Described<'a> {
    /// The names of the query parameters.
    pub fn query_parameters(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let parameters =
            self.value.get("parameters").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let shared = self.shared;
        parameters
            .iter()
            .filter_map(move |parameter| match parameter.get("$ref").and_then(Value::as_str) {
                Some(target) => shared?.get(target.rsplit('/').next()?),
                None => Some(parameter),
            })
            .filter(|parameter| parameter.get("in").and_then(Value::as_str) == Some("query"))
            .filter_map(|parameter| parameter.get("name")?.as_str())
    }
}

const METHODS: [(&str, Method); 5] = [
    ("get", Method::GET),
    ("post", Method::POST),
    ("put", Method::PUT),
    ("patch", Method::PATCH),
    ("delete", Method::DELETE),
];

/// Every operation of the document.
pub fn operations(document: &Value) -> Vec<Described<'_>> {
    let mut found = Vec::new();
    let paths = document.get("paths").and_then(Value::as_object);
    let shared = document.pointer("/components/parameters");
    for (path, item) in paths.into_iter().flatten() {
        for (name, method) in METHODS {
            if let Some(value) = item.get(name) {
                let id = value.get("operationId").and_then(Value::as_str).unwrap_or_default();
                found.push(Described { method, path, id, value, shared });
            }
        }
    }
    found
}

/// Calls `change` with path, method and Operation Object of every operation.
fn each_operation(document: &mut Value, mut change: impl FnMut(&str, &Method, &mut Value)) {
    let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) else { return };
    for (path, item) in paths {
        for (name, method) in &METHODS {
            if let Some(operation) = item.get_mut(name) {
                change(path, method, operation);
            }
        }
    }
}

/// Calls `change` with every object in the value, inner ones first.
fn each_object(value: &mut Value, change: &mut impl FnMut(&mut serde_json::Map<String, Value>)) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| each_object(item, change)),
        Value::Object(object) => {
            object.values_mut().for_each(|inner| each_object(inner, change));
            change(object);
        }
        _ => {}
    }
}

fn set(value: &mut Value, key: &str, to: Value) {
    if let Some(object) = value.as_object_mut() {
        object.insert(key.to_owned(), to);
    }
}

/// The object under that key, made if need be.
fn child<'a>(value: &'a mut Value, key: &str) -> Option<&'a mut serde_json::Map<String, Value>> {
    value.as_object_mut()?.entry(key).or_insert_with(|| json!({})).as_object_mut()
}
