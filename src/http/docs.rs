//! The OpenAPI document: its root, and what is the same on every operation, added in one place.

use actix_web::http::Method;
use utoipa::openapi::extensions::ExtensionsBuilder;
use utoipa::openapi::path::{Operation, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{Object, SchemaType, Type};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, OpenApiBuilder, PathItem, Ref, RefOr, Required, Response,
    ResponseBuilder, SecurityRequirement, ServerBuilder,
};
use utoipa::{PartialSchema, ToSchema};

use super::problem::ProblemView;
use crate::authz::Rule;
use crate::error::Code;

/// Name of the security scheme.
const BEARER: &str = "bearer";

/// The document before any endpoint is added.
pub fn root() -> OpenApi {
    let info = InfoBuilder::new()
        .title("Rost")
        .version("1")
        .description(Some(include_str!("../../docs/api.md")))
        .license(Some(LicenseBuilder::new().name("AGPL-3.0-or-later").identifier(Some("AGPL-3.0-or-later")).build()))
        .build();
    let mut document =
        OpenApiBuilder::new().info(info).servers(Some([ServerBuilder::new().url("/").build()])).build();
    let components = document.components.get_or_insert_default();
    let scheme = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .bearer_format("JWT")
        .description(Some("An access token of `create_token`; a service gets one with its client credentials."))
        .build();
    components.security_schemes.insert(BEARER.to_owned(), RefOr::T(SecurityScheme::Http(scheme)));
    let mut schemas = Vec::new();
    ProblemView::schemas(&mut schemas);
    schemas.push(("Problem".to_owned(), ProblemView::schema()));
    components.schemas.extend(schemas);
    document
}

/// Every operation with its method and path.
pub fn operations(document: &OpenApi) -> Vec<(Method, &String, &Operation)> {
    let mut found = Vec::new();
    for (path, item) in &document.paths.paths {
        for (method, operation) in methods(item) {
            if let Some(operation) = operation {
                found.push((method, path, operation));
            }
        }
    }
    found
}

fn methods(item: &PathItem) -> [(Method, &Option<Operation>); 5] {
    [
        (Method::GET, &item.get),
        (Method::POST, &item.post),
        (Method::PUT, &item.put),
        (Method::PATCH, &item.patch),
        (Method::DELETE, &item.delete),
    ]
}

/// Adds to every operation what is the same on all of them: who may call, security, headers, refusals.
pub fn complete(document: &mut OpenApi, rules: &[&'static Rule], public: &[&'static str]) {
    for (path, item) in &mut document.paths.paths {
        let slots = [
            (Method::GET, &mut item.get),
            (Method::POST, &mut item.post),
            (Method::PUT, &mut item.put),
            (Method::PATCH, &mut item.patch),
            (Method::DELETE, &mut item.delete),
        ];
        for (method, slot) in slots {
            if let Some(operation) = slot {
                let id = operation.operation_id.clone().unwrap_or_default();
                let rule = rules.iter().copied().find(|rule| rule.operation == id);
                complete_operation(operation, &method, path, rule, public.contains(&id.as_str()));
            }
        }
    }
}

fn complete_operation(operation: &mut Operation, method: &Method, path: &str, rule: Option<&Rule>, public: bool) {
    let mut codes = vec![Code::TooManyRequests, Code::Internal, Code::Unavailable];
    if let Some(rule) = rule {
        let text = operation.description.take().unwrap_or_default();
        operation.description = Some(format!("{text}\n\n{}", rule.who_may_call()).trim().to_owned());
        let roles: Vec<&str> = crate::authz::Role::ALL
            .into_iter()
            .filter(|role| rule.reaches(*role).next().is_some())
            .map(crate::authz::Role::as_str)
            .collect();
        let extension = ExtensionsBuilder::new().add("x-required-roles", roles).build();
        operation.extensions.get_or_insert_default().merge(extension);
        operation.security = Some(vec![SecurityRequirement::new(BEARER, Vec::<String>::new())]);
        codes.extend([Code::Unauthenticated, Code::Forbidden]);
    }
    if public {
        operation.security = Some(Vec::new());
    }
    if path.contains('{') {
        codes.push(Code::NotFound);
    }
    if operation.request_body.is_some() {
        codes.extend([Code::Unreadable, Code::TooLarge, Code::UnsupportedMedia, Code::Invalid]);
    } else if operation.parameters.is_some() {
        codes.extend([Code::Unreadable, Code::Invalid]);
    }
    let creates = *method == Method::POST && !public;
    if creates {
        add_header(operation, "Idempotency-Key", IDEMPOTENCY_KEY, 8, 64);
        codes.extend([Code::Unreadable, Code::StateConflict, Code::Invalid]);
    }
    let versioned = has_extension(operation, "x-if-match") || matches!(*method, Method::PUT | Method::PATCH | Method::DELETE);
    if versioned {
        add_header(operation, "If-Match", IF_MATCH, 3, 30);
        codes.extend([Code::StateConflict, Code::PreconditionFailed, Code::PreconditionRequired]);
    }
    for code in codes {
        let status = code.status().to_string();
        operation.responses.responses.entry(status).or_insert_with(|| RefOr::T(refusal(code)));
    }
}

const IDEMPOTENCY_KEY: &str = "A key of the caller's own for this request; a repeat with the same key and the same \
    request gets the stored answer, kept for at least 24 hours.";
const IF_MATCH: &str = "The `ETag` of the version the change is based on.";

fn has_extension(operation: &Operation, name: &str) -> bool {
    operation.extensions.as_ref().is_some_and(|extensions| extensions.contains_key(name))
}

fn add_header(operation: &mut Operation, name: &str, words: &str, min: usize, max: usize) {
    let mut schema = Object::with_type(SchemaType::Type(Type::String));
    schema.min_length = Some(min);
    schema.max_length = Some(max);
    let parameter = ParameterBuilder::new()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(Required::True)
        .description(Some(words))
        .schema(Some(schema))
        .build();
    operation.parameters.get_or_insert_default().push(RefOr::T(parameter));
}

fn refusal(code: Code) -> Response {
    let title = code.title().in_language(crate::error::Language::En).to_owned();
    ResponseBuilder::new()
        .description(title)
        .content(
            "application/problem+json",
            ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).build(),
        )
        .build()
}
