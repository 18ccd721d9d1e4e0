//! In front of every operation: the token becomes an actor, and the policy table is asked whether his roles may
//! ever do this. A bad token is never an anonymous caller; a body is not read before the answer.

use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{ALLOW, AUTHORIZATION, HeaderValue};
use actix_web::middleware::Next;
use actix_web::{HttpMessage, ResponseError, web};
use serde_json::Value;

use super::encoding;
use super::endpoints::Numbers;
use super::observe::AccessAccount;
use super::rate::Caller;
use super::routes::{Found, Routes};
use crate::app::AppState;
use crate::authz::{Actor, Rule, may_ever};
use crate::db::Db;
use crate::error::{Code, Error, Result};

/// What a request is for.
#[derive(Clone, Copy)]
pub(super) struct Operation {
    /// The operationId.
    pub(super) id: &'static str,
    /// Which of the endpoints it is, in the order in which the resources add them.
    pub(super) number: usize,
}

/// Which rule guards which endpoint, taken from the document that describes them.
pub struct Gates(Routes<Gate>);

struct Gate {
    policy: Policy,
    number: usize,
    /// The names of its query parameters.
    query: BTreeSet<String>,
}

#[derive(Clone, Copy)]
enum Policy {
    Public(&'static str),
    Guarded(&'static Rule),
}

impl Gates {
    /// Joins the documented operations with the policy tables. An operation must be in exactly one of `rules`
    /// and `public`; every one that is not, and every rule without an operation, is reported.
    pub fn new(
        document: &Value,
        numbers: &Numbers,
        rules: &[&'static Rule],
        public: &[&'static str],
    ) -> Result<Self, String> {
        let mut gates = Vec::new();
        let mut problems: Vec<String> = Vec::new();
        let mut unused: BTreeSet<&str> =
            rules.iter().map(|rule| rule.operation).chain(public.iter().copied()).collect();
        for operation in super::docs::operations(document) {
            unused.remove(operation.id);
            let mut guards = rules.iter().copied().filter(|rule| rule.operation == operation.id);
            let policy = match (guards.next(), public.iter().copied().find(|name| *name == operation.id)) {
                (Some(rule), None) if guards.next().is_none() => Policy::Guarded(rule),
                (None, Some(name)) => Policy::Public(name),
                _ => {
                    problems.push(format!(
                        "{} {} ({}) needs exactly one policy",
                        operation.method, operation.path, operation.id
                    ));
                    continue;
                }
            };
            let query = operation.query_parameters().map(str::to_owned).collect();
            let number = numbers.get(operation.id).copied().unwrap_or_default();
            gates.push((operation.method, operation.path, Gate { policy, number, query }));
        }
        problems
            .extend(unused.into_iter().map(|name| format!("the policy `{name}` belongs to no operation")));
        if !problems.is_empty() {
            return Err(problems.join("; "));
        }
        Routes::new(gates).map(Self).map_err(|error| error.to_string())
    }

    /// The documented path a request is for: the name of its kind in logs and metrics.
    pub(super) fn template(&self, path: &str) -> Option<&str> {
        self.0.template(path).map(|template| template.path.as_str())
    }
}

/// Wraps the API.
pub async fn gate(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let refusal = match pass(&request).await {
        Ok(()) => {
            encoding::in_portions(&mut request);
            return next.call(request).await.map(ServiceResponse::map_into_boxed_body);
        }
        Err(refusal) => refusal,
    };
    let mut response = refusal.error_response();
    if let Some(allow) = allowed_methods(&request) {
        response.headers_mut().insert(ALLOW, allow);
    }
    Ok(request.into_response(response))
}

/// The methods of a documented path that was asked with another one.
fn allowed_methods(request: &ServiceRequest) -> Option<HeaderValue> {
    let app = request.app_data::<web::Data<AppState>>()?;
    let Found::OtherMethods(methods) = app.gates.0.find(request.method(), request.path()) else {
        return None;
    };
    let mut names: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
    if methods.contains(&&Method::GET) {
        names.push("HEAD");
    }
    HeaderValue::try_from(names.join(", ")).ok()
}

async fn pass(request: &ServiceRequest) -> Result<()> {
    let missing = || Error::internal("the application state is missing");
    let app = request.app_data::<web::Data<AppState>>().ok_or_else(missing)?;
    let address = Caller::Address(request.peer_addr().map(|address| address.ip()));
    let gate = match app.gates.0.find(request.method(), request.path()) {
        Found::Operation(gate) => gate,
        Found::OtherMethods(_) => {
            return charge(request, app, address).and(Err(Error::new(Code::MethodNotAllowed)));
        }
        // Health, documentation, or nothing: then the framework answers 404.
        Found::Nothing => return Ok(()),
    };
    match gate.policy {
        Policy::Public(operation) => {
            charge(request, app, address)?;
            let mut extensions = request.extensions_mut();
            extensions.insert(Operation { id: operation, number: gate.number });
            extensions.insert(Arc::new(Actor::nobody()));
        }
        Policy::Guarded(rule) => {
            let db = request.app_data::<Rc<Db>>().ok_or_else(missing)?;
            let actor = match authenticate(request, app, db).await {
                Ok(actor) => actor,
                // Guessing tokens is paid by the address.
                Err(refusal) => return charge(request, app, address).and(Err(refusal)),
            };
            request.extensions_mut().insert(AccessAccount(actor.account_id));
            charge(request, app, Caller::Account(actor.account_id))?;
            if !may_ever(&actor, rule) {
                return Err(Error::new(Code::Forbidden));
            }
            let mut extensions = request.extensions_mut();
            extensions.insert(Operation { id: rule.operation, number: gate.number });
            extensions.insert(actor);
        }
    }
    encoding::check(request)?;
    check_query(request.query_string(), &gate.query)?;
    // PostgreSQL text holds no NUL, so no path of ours does.
    if request.path().contains("%00") { Err(Error::not_found()) } else { Ok(()) }
}

async fn authenticate(request: &ServiceRequest, app: &AppState, db: &Db) -> Result<Arc<Actor>> {
    app.identity.actor(db, bearer(request)?, app.clock.now()).await
}

/// Takes the request out of the caller's bucket; the outermost layer tells what is left.
fn charge(request: &ServiceRequest, app: &AppState, caller: Caller) -> Result<()> {
    let taken = app.rates.take(caller);
    let allowance = taken.as_ref().copied().unwrap_or_else(|_| app.rates.exhausted());
    request.extensions_mut().insert(allowance);
    taken.map(|_| ())
}

/// A parameter that is not documented is refused, never ignored.
fn check_query(query: &str, known: &BTreeSet<String>) -> Result<()> {
    for (name, _) in form_urlencoded::parse(query.as_bytes()) {
        if !known.contains(name.as_ref()) {
            let name: String = name.chars().filter(|c| !c.is_control()).take(60).collect();
            return Err(Error::new(Code::UnknownParameter)
                .detail(format!("Параметра «{name}» нет"), format!("There is no parameter `{name}`")));
        }
    }
    Ok(())
}

fn bearer(request: &ServiceRequest) -> Result<&str> {
    let header = request.headers().get(AUTHORIZATION).ok_or(Error::new(Code::Unauthenticated))?;
    let text = header.to_str().map_err(|error| Error::new(Code::TokenInvalid).cause(error))?;
    match text.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => Ok(token.trim()),
        _ => Err(Error::new(Code::Unauthenticated)),
    }
}
