//! In front of every operation: the token becomes an actor, and the policy table is asked whether his roles may
//! ever do this. A bad token is never an anonymous caller; a body is not read before the answer.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;
use std::sync::Arc;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::AUTHORIZATION;
use actix_web::middleware::Next;
use actix_web::{HttpMessage, ResponseError, web};
use utoipa::openapi::OpenApi;

use super::observe::AccessAccount;
use crate::app::AppState;
use crate::authz::{Actor, Rule, may_ever};
use crate::db::Db;
use crate::error::{Code, Error, Result};

/// The operationId of a request.
#[derive(Clone, Copy)]
pub(super) struct Operation(pub(super) &'static str);

/// Which rule guards which endpoint, taken from the document that describes them.
pub struct Gates(HashMap<(Method, String), Gate>);

enum Gate {
    Public(&'static str),
    Guarded(&'static Rule),
}

impl Gates {
    /// Joins the documented operations with the policy tables. An operation must be in exactly one of `rules`
    /// and `public`; every one that is not, and every rule without an operation, is reported.
    pub fn new(document: &OpenApi, rules: &[&'static Rule], public: &[&'static str]) -> Result<Self, String> {
        let mut gates = HashMap::new();
        let mut problems: Vec<String> = Vec::new();
        let mut unused: BTreeSet<&str> = rules.iter().map(|rule| rule.operation).chain(public.iter().copied()).collect();
        for (method, path, operation) in super::docs::operations(document) {
            let id = operation.operation_id.as_deref().unwrap_or_default();
            unused.remove(id);
            let rule = rules.iter().copied().find(|rule| rule.operation == id);
            let gate = match (rule, public.iter().copied().find(|name| *name == id)) {
                (Some(rule), None) => Gate::Guarded(rule),
                (None, Some(name)) => Gate::Public(name),
                _ => {
                    problems.push(format!("{method} {path} ({id}) needs exactly one policy"));
                    continue;
                }
            };
            gates.insert((method, path.clone()), gate);
        }
        problems.extend(unused.into_iter().map(|name| format!("the policy `{name}` belongs to no operation")));
        if problems.is_empty() { Ok(Self(gates)) } else { Err(problems.join("; ")) }
    }

    fn of(&self, request: &ServiceRequest) -> Option<&Gate> {
        // HEAD is GET without the body.
        let method = if request.method() == Method::HEAD { Method::GET } else { request.method().clone() };
        self.0.get(&(method, request.match_pattern()?))
    }
}

/// Wraps the API.
pub async fn gate(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if let Err(refusal) = pass(&request).await {
        return Ok(request.into_response(refusal.error_response()));
    }
    next.call(request).await.map(ServiceResponse::map_into_boxed_body)
}

async fn pass(request: &ServiceRequest) -> Result<()> {
    let missing = || Error::internal("the application state is missing");
    let app = request.app_data::<web::Data<AppState>>().ok_or_else(missing)?;
    // An unknown path or method has no gate: the framework answers 404 or 405 for it.
    let Some(gate) = app.gates.of(request) else { return Ok(()) };
    let rule = match gate {
        Gate::Public(operation) => {
            let mut extensions = request.extensions_mut();
            extensions.insert(Operation(operation));
            extensions.insert(Arc::new(Actor::nobody()));
            return Ok(());
        }
        Gate::Guarded(rule) => *rule,
    };
    let token = bearer(request)?;
    let db = request.app_data::<Rc<Db>>().ok_or_else(missing)?;
    let actor = app.identity.actor(db, token, app.clock.now()).await?;
    if !may_ever(&actor, rule) {
        return Err(Error::new(Code::Forbidden));
    }
    let mut extensions = request.extensions_mut();
    extensions.insert(AccessAccount(actor.account_id));
    extensions.insert(Operation(rule.operation));
    extensions.insert(actor);
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
