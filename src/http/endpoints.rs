//! Where resources put their endpoints: on the router of a worker, or into the OpenAPI document.

use actix_web::dev::HttpServiceFactory;
use actix_web::web;
use utoipa::openapi::OpenApi;
use utoipa_actix_web::OpenApiFactory;

/// One of the two. A router takes an endpoint without describing it: to describe all of them costs more memory than
/// to serve them, and the document is the same for every worker.
pub enum Endpoints<'a> {
    /// What a worker serves.
    Served(&'a mut web::ServiceConfig),
    /// What is told of it.
    Described(&'a mut OpenApi),
}

impl Endpoints<'_> {
    /// Adds one endpoint.
    pub fn service(&mut self, endpoint: impl HttpServiceFactory + OpenApiFactory + 'static) -> &mut Self {
        match self {
            Self::Served(router) => {
                router.service(endpoint);
            }
            Self::Described(document) => {
                // Of each endpoint at once: many name the same schemas.
                let mut schemas = Vec::new();
                endpoint.schemas(&mut schemas);
                document.components.get_or_insert_default().schemas.extend(schemas);
                document.paths.merge(endpoint.paths());
            }
        }
        self
    }

    /// Adds the endpoints of a resource.
    pub fn configure(&mut self, resource: impl FnOnce(&mut Self)) -> &mut Self {
        resource(self);
        self
    }
}
