//! The documentation page at `/docs`: everything it needs is in the binary, nothing comes from elsewhere.

use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LOCATION};
use actix_web::middleware::DefaultHeaders;
use actix_web::{HttpResponse, web};
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Scripts and pictures come from this server only; the page sets styles of its own.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Mounts the page.
pub fn documentation_page(config: &mut web::ServiceConfig) {
    let ui =
        Config::from("/api/v1/openapi.json").validator_url("none").display_operation_id(true).filter(true);
    let headers =
        DefaultHeaders::new().add((CONTENT_SECURITY_POLICY, POLICY)).add((CACHE_CONTROL, "no-cache"));
    config
        .route(
            "/docs",
            web::get()
                .to(async || HttpResponse::PermanentRedirect().insert_header((LOCATION, "/docs/")).finish()),
        )
        .service(web::scope("/docs").wrap(headers).service(SwaggerUi::new("/{_:.*}").config(ui)));
}
