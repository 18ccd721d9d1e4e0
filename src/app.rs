//! The application: what a process shares, which resources it serves, and how a request passes through it.

use std::rc::Rc;
use std::sync::Arc;

use actix_cors::Cors;
use actix_web::body::MessageBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::{Compress, from_fn};
use actix_web::{App, HttpResponse, web};
use tokio::sync::Semaphore;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::service_config::ServiceConfig;
use utoipa_actix_web::{AppExt, scope};

use crate::accounts::{Identity, KeyRing};
use crate::authz::Rule;
use crate::clock::Clock;
use crate::config::Config;
use crate::db::{Db, DbSettings};
use crate::error::{Error, Result};
use crate::http::{self, Gates, Metrics};

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
    /// Places for requests in flight.
    pub in_flight: Semaphore,
    /// The OpenAPI document as JSON text.
    pub openapi: String,
    db: DbSettings,
}

impl AppState {
    /// The state of a process that serves from that database.
    pub fn new(config: Config, clock: Clock, db: DbSettings) -> Result<Self> {
        let keys = KeyRing::open(&config.data.join("keys"), &config.issuer, &config.audience)?;
        let document = document();
        Ok(Self {
            gates: Gates::new(&document, &rules(), PUBLIC).map_err(Error::internal)?,
            openapi: to_json(&document)?,
            in_flight: Semaphore::new(config.max_in_flight),
            identity: Identity::new(keys),
            clock,
            db,
            config,
        })
    }
}

/// Operations that need no token.
pub const PUBLIC: &[&str] = &[];

/// Every row of every policy table.
pub fn rules() -> Vec<&'static Rule> {
    [
        crate::directory::policy::RULES.concat(),
        crate::diagnostics::policy::RULES.concat(),
        crate::regulations::policy::RULES.to_vec(),
        crate::registry::policy::RULES.concat(),
        crate::learning_routes::policy::RULES.to_vec(),
        crate::approvals::policy::RULES.to_vec(),
    ]
    .concat()
}

/// The resources, mounted under `/api/v1`.
fn resources(config: &mut ServiceConfig<'_>) {
    config
        .configure(crate::directory::configure)
        .configure(crate::diagnostics::configure)
        .configure(crate::regulations::configure)
        .configure(crate::registry::configure)
        .configure(crate::learning_routes::configure)
        .configure(crate::approvals::configure);
}

/// The OpenAPI document of the resources.
pub fn document() -> OpenApi {
    let (_, mut document) =
        App::new().into_utoipa_app().openapi(http::docs::root()).service(scope("/api/v1").configure(resources)).split_for_parts();
    http::docs::complete(&mut document, &rules(), PUBLIC);
    document
}

/// The document as it is committed and served: sorted keys, two spaces, a newline at the end.
pub fn to_json(document: &OpenApi) -> Result<String> {
    let value = serde_json::to_value(document).map_err(Error::internal)?;
    let mut text = serde_json::to_string_pretty(&value).map_err(Error::internal)?;
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
    let api = scope("/api/v1").configure(resources);
    let (app, _) = App::new()
        .into_utoipa_app()
        .map(|app| {
            let app = app.app_data(state.clone()).app_data(web::Data::new(metrics));
            match db {
                Some(db) => app.app_data(db),
                None => app,
            }
        })
        .map(|app| app.app_data(web::PayloadConfig::new(state.config.body_bytes)))
        .map(|app| app.app_data(web::PathConfig::default().error_handler(|_, _| Error::not_found().into())))
        .service(api)
        .split_for_parts();
    app.configure(endpoints)
        .wrap(from_fn(http::gate))
        .wrap(from_fn(http::limit))
        .wrap(Compress::default())
        .wrap(cors(&state.config))
        .wrap(from_fn(http::observe))
}

/// What is served beside the resources: health and the document.
fn endpoints(config: &mut web::ServiceConfig) {
    config
        .route("/livez", web::get().to(async || HttpResponse::Ok().json(serde_json::json!({"status": "ok"}))))
        .route("/healthz", web::get().to(async || HttpResponse::Ok().json(serde_json::json!({"status": "ok"}))))
        .route("/readyz", web::get().to(ready))
        .route("/api/v1/openapi.json", web::get().to(openapi));
}

async fn ready(request: actix_web::HttpRequest) -> Result<HttpResponse> {
    let db = request.app_data::<Rc<Db>>().ok_or_else(|| Error::internal("no database"))?;
    db.is_ready().await?;
    Ok(HttpResponse::Ok().json(serde_json::json!({"status": "ok"})))
}

async fn openapi(state: web::Data<AppState>) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/vnd.oai.openapi+json;version=3.1")
        .insert_header((header::CACHE_CONTROL, "no-cache"))
        .body(state.openapi.clone())
}

fn cors(config: &Config) -> Cors {
    let mut cors = Cors::default()
        .allowed_methods(["GET", "POST", "PUT", "PATCH", "DELETE"])
        .allowed_headers([header::AUTHORIZATION, header::CONTENT_TYPE, header::IF_MATCH, header::IF_NONE_MATCH])
        .allowed_header("idempotency-key")
        .expose_headers(["etag", "location", "x-request-id", "link"])
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
