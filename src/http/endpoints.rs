//! Where resources put their endpoints: on the router of a worker, or into the OpenAPI document.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use actix_web::dev::HttpServiceFactory;
use actix_web::guard::{Guard, fn_guard};
use actix_web::web;
use utoipa::openapi::{OpenApi, Paths};
use utoipa_actix_web::OpenApiFactory;

use super::gate::Operation;

/// Endpoints in the order in which the resources add them.
pub struct Endpoints<'a> {
    place: Place<'a>,
    /// How many have been added so far.
    added: usize,
}

/// A router takes an endpoint without describing it: to describe all of them costs more memory than to serve them, and
/// the document is the same for every worker.
enum Place<'a> {
    Served(&'a mut web::ServiceConfig),
    Described { document: &'a mut OpenApi, numbers: &'a mut Numbers },
}

/// Which endpoint each operation is, by its operationId.
pub type Numbers = HashMap<String, usize>;

impl<'a> Endpoints<'a> {
    /// For what a worker serves.
    pub fn served(router: &'a mut web::ServiceConfig) -> Self {
        Self { place: Place::Served(router), added: 0 }
    }

    /// For what is told of it.
    pub fn described(document: &'a mut OpenApi, numbers: &'a mut Numbers) -> Self {
        Self { place: Place::Described { document, numbers }, added: 0 }
    }

    /// Adds one endpoint.
    pub fn service(&mut self, endpoint: impl HttpServiceFactory + OpenApiFactory + 'static) -> &mut Self {
        match &mut self.place {
            Place::Served(router) => {
                router.service(endpoint);
            }
            Place::Described { document, numbers } => {
                // Of each endpoint at once: many name the same schemas.
                let mut schemas = Vec::new();
                endpoint.schemas(&mut schemas);
                document.components.get_or_insert_default().schemas.extend(schemas);
                let paths = endpoint.paths();
                let names = operation_ids(&paths).map(str::to_owned);
                numbers.extend(names.map(|name| (name, self.added)));
                document.paths.merge(paths);
            }
        }
        self.added += 1;
        self
    }

    /// Adds the endpoints of a resource, or of a module of resources. The router tries them for requests to one of them
    /// alone: it compares patterns one after the other, and there are hundreds.
    pub fn configure(&mut self, resource: impl FnOnce(&mut Endpoints<'_>)) -> &mut Self {
        let Place::Served(router) = &mut self.place else {
            resource(self);
            return self;
        };
        let (first, end) = (self.added, Rc::new(Cell::new(self.added)));
        let (added, own) = (&mut self.added, Rc::clone(&end));
        router.service(web::scope("").guard(among(first, own)).configure(|router| {
            let mut inner = Endpoints { place: Place::Served(router), added: first };
            resource(&mut inner);
            *added = inner.added;
        }));
        end.set(self.added);
        self
    }
}

fn operation_ids(paths: &Paths) -> impl Iterator<Item = &str> {
    let operations = paths
        .paths
        .values()
        .flat_map(|path| [&path.get, &path.post, &path.put, &path.patch, &path.delete].into_iter().flatten());
    operations.filter_map(|operation| operation.operation_id.as_deref())
}

/// Lets requests for one of these endpoints in, as the gate has found it.
fn among(first: usize, end: Rc<Cell<usize>>) -> impl Guard {
    fn_guard(move |request| {
        let operation = request.req_data().get::<Operation>().copied();
        operation.is_some_and(|operation| (first..end.get()).contains(&operation.number))
    })
}
