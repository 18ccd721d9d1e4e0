//! The application: what a process shares, which resources it serves, and how a request passes through it.

use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpRequest, HttpResponse, web};
use serde_json::Value;
use tokio::sync::Semaphore;
use utoipa::openapi::OpenApi;

use crate::accounts::{ExternalIssuer, Identity, KeyRing};
use crate::authz::Rule;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, DbSettings};
use crate::error::{Code, Error, Result};
use crate::files::FileStore;
use crate::http::{self, Endpoints, Exports, Gates, Metrics, Numbers, Rates};
use crate::outbound::Outbound;

/// What all workers of a process share.
pub struct AppState {
    /// The effective configuration.
    pub config: Config,
    /// The clock.
    pub clock: Clock,
    /// Tokens and keys.
    pub identity: Identity,
    /// Which rule guards which endpoint.
    pub gates: Gates,
    /// The lists, which answer as files too.
    pub exports: Exports,
    /// Places for requests in flight.
    pub in_flight: Semaphore,
    /// Set when the server is about to end: no balancer shall send anything more.
    pub draining: AtomicBool,
    /// How many requests each caller may make.
    pub rates: Rates,
    /// How many codes of papers each address may try.
    pub guesses: Rates,
    /// The way out, to the systems of others.
    pub outbound: Outbound,
    /// Where the files that people bring are kept.
    pub files: FileStore,
    /// The OpenAPI document as JSON text, with its ETag; written when it is first asked for.
    openapi: OnceLock<(String, String)>,
    db: DbSettings,
}

/// Codes of papers that an address may try a second, and at once: enough for a pile of papers, too few for guessing.
const GUESSES_PER_SECOND: u32 = 1;
const GUESSES_AT_ONCE: u32 = 20;

impl AppState {
    /// The state of a process that serves from that database.
    pub fn new(config: Config, clock: Clock, db: DbSettings) -> Result<Self> {
        let keys = KeyRing::open(&config.data.join("keys"), &config.issuer, &config.audience)?;
        let (document, numbers) = operable_document()?;
        Ok(Self {
            exports: Exports::new(&document),
            gates: Gates::new(&document, &numbers, &rules(), PUBLIC).map_err(Error::internal)?,
            draining: AtomicBool::new(false),
            openapi: OnceLock::new(),
            rates: Rates::new(config.rate_per_second),
            guesses: Rates::with_burst(GUESSES_PER_SECOND, GUESSES_AT_ONCE),
            in_flight: Semaphore::new(config.max_in_flight),
            identity: Identity::new(keys, config.openid.clone().map(ExternalIssuer::new)),
            outbound: Outbound::new(config.webhooks_allow_private),
            files: FileStore::open(config.files.as_deref())?,
            clock,
            db,
            config,
        })
    }
}

impl AppState {
    /// The OpenAPI document as JSON text, after its ETag.
    fn openapi(&self) -> Result<&(String, String)> {
        if let Some(known) = self.openapi.get() {
            return Ok(known);
        }
        let text = to_json(&document()?)?;
        Ok(self.openapi.get_or_init(|| (http::etag_of(&text), text)))
    }

    /// A database handle with one connection, for work beside the requests.
    pub fn own_connection(&self) -> Result<Db> {
        Db::new(&DbSettings { write_connections: 1, snapshot_connections: 1, ..self.db.clone() })
    }
}

/// Operations that need no token.
pub const PUBLIC: &[&str] = {
    let [token, keys] = crate::accounts::policy::PUBLIC;
    let [verification] = crate::hours::verification::policy::PUBLIC;
    &[token, keys, verification]
};

/// Every row of every policy table.
pub fn rules() -> Vec<&'static Rule> {
    [
        crate::directory::policy::RULES.concat(),
        crate::personal_data::policy::RULES.to_vec(),
        crate::hours::policy::RULES.concat(),
        crate::imports::policy::RULES.to_vec(),
        crate::support::policy::RULES.concat(),
        crate::planning::policy::RULES.concat(),
        crate::orders::policy::RULES.concat(),
        crate::monitoring::policy::RULES.concat(),
        crate::registry::policy::RULES.concat(),
        crate::accounts::policy::RULES.to_vec(),
        crate::regulations::policy::RULES.to_vec(),
        crate::diagnostics::policy::RULES.concat(),
        crate::events::policy::RULES.concat(),
        crate::learning_routes::RULES.concat(),
        crate::approvals::policy::RULES.to_vec(),
        crate::approvals::substitutions::policy::RULES.to_vec(),
        crate::training::policy::RULES.concat(),
    ]
    .concat()
}

/// Where the resources are mounted.
const VERSION: &str = "/api/v1";

/// The resources.
fn resources(config: &mut Endpoints<'_>) {
    config
        .configure(crate::directory::configure)
        .configure(crate::personal_data::configure)
        .configure(crate::hours::configure)
        .configure(crate::imports::configure)
        .configure(crate::support::configure)
        .configure(crate::planning::configure)
        .configure(crate::orders::configure)
        .configure(crate::monitoring::configure)
        .configure(crate::registry::configure)
        .configure(crate::accounts::configure)
        .configure(crate::regulations::configure)
        .configure(crate::diagnostics::configure)
        .configure(crate::events::configure)
        .configure(crate::learning_routes::configure)
        .configure(crate::approvals::configure)
        .configure(crate::training::configure);
}

/// The OpenAPI document of the resources.
pub fn document() -> Result<Value> {
    operable_document().map(|(document, _)| http::docs::complete(document))
}

/// As much of the document as the server itself goes by, and which endpoint each operation is.
fn operable_document() -> Result<(Value, Numbers)> {
    let (mut gathered, mut versioned, mut numbers) = (http::docs::root(), OpenApi::default(), Numbers::new());
    resources(&mut Endpoints::described(&mut versioned, &mut numbers));
    gathered = gathered.nest(VERSION, versioned);
    crate::accounts::configure_well_known(&mut Endpoints::described(&mut gathered, &mut numbers));
    Ok((http::docs::operable(&gathered, &rules(), PUBLIC)?, numbers))
}

/// The document as it is committed and served: sorted keys, two spaces, a newline at the end.
pub fn to_json(document: &Value) -> Result<String> {
    let mut text = serde_json::to_string_pretty(document).map_err(Error::internal)?;
    text.push('\n');
    Ok(text)
}

/// The application of one worker thread, with connections of its own.
pub fn build(
    state: web::Data<AppState>,
    metrics: Metrics,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<impl MessageBody>,
        Error = actix_web::Error,
        InitError = (),
    >,
> {
    // Settings that cannot make a pool are refused when the state is built.
    let db = Db::new(&state.db).ok().map(Rc::new);
    let app = match db {
        Some(db) => App::new().app_data(db),
        None => App::new(),
    };
    app.app_data(web::PayloadConfig::new(state.config.body_bytes))
        .app_data(web::PathConfig::default().error_handler(|_, _| Error::not_found().into()))
        .app_data(state.clone())
        .app_data(web::Data::new(metrics))
        // Before the scope, which answers for every path under it.
        .configure(endpoints)
        .service(web::scope(VERSION).configure(|router| resources(&mut Endpoints::served(router))))
        .configure(|router| crate::accounts::configure_well_known(&mut Endpoints::served(router)))
        .wrap(from_fn(http::export))
        .wrap(from_fn(http::gate))
        .wrap(from_fn(http::limit))
        .wrap(Compress::default())
        .wrap(cors(&state.config))
        .wrap(from_fn(http::observe))
}

/// What is served beside the resources: health, the document and its page.
fn endpoints(config: &mut web::ServiceConfig) {
    config
        .route("/livez", web::get().to(alive))
        .route("/healthz", web::get().to(alive))
        .route("/readyz", web::get().to(ready))
        .route("/api/v1/openapi.json", web::get().to(openapi))
        .configure(http::documentation_page);
}

async fn alive() -> HttpResponse {
    HttpResponse::Ok().json(serde_json::json!({"status": "ok"}))
}

async fn ready(request: HttpRequest, state: web::Data<AppState>) -> Result<HttpResponse> {
    if state.draining.load(Ordering::Relaxed) {
        return Err(Error::new(Code::Unavailable).retry_after(1).cause("draining"));
    }
    let db = request.app_data::<Rc<Db>>().ok_or_else(|| Error::internal("no database"))?;
    db.is_ready().await.map_err(|error| error.retry_after(1))?;
    Ok(alive().await)
}

async fn openapi(state: web::Data<AppState>, request: HttpRequest) -> Result<HttpResponse> {
    let (etag, text) = state.openapi()?;
    let mut response =
        if http::has_already(&request, etag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    Ok(response
        .content_type("application/vnd.oai.openapi+json;version=3.1")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .insert_header((header::ETAG, etag.as_str()))
        .body(if http::has_already(&request, etag) { String::new() } else { text.clone() }))
}

fn cors(config: &Config) -> Cors {
    let mut cors = Cors::default()
        .allowed_methods(["GET", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([
            header::AUTHORIZATION,
            header::CONTENT_TYPE,
            header::IF_MATCH,
            header::IF_NONE_MATCH,
            header::ACCEPT_LANGUAGE,
        ])
        .allowed_header("idempotency-key")
        .allowed_header("x-purpose")
        .allowed_header("x-request-id")
        .allowed_header("prefer")
        .expose_headers([
            "etag",
            "location",
            "x-request-id",
            "link",
            "retry-after",
            "ratelimit",
            "ratelimit-policy",
        ])
        .max_age(3600);
    for origin in &config.cors_origins {
        cors = cors.allowed_origin(origin);
    }
    cors
}

/// The state as actix hands it to handlers.
pub type SharedState = web::Data<AppState>;

/// Wraps the state for sharing.
pub fn share(state: AppState) -> SharedState {
    web::Data::from(Arc::new(state))
}
