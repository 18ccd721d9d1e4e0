//! The running server: workers with connections of their own, one shared state, a graceful end.

use std::net::TcpListener;

use actix_web::dev::Server;
use actix_web::{HttpServer, web};

use crate::app::{self, SharedState};
use crate::error::{Error, Result};
use crate::http::{self, Metrics};

/// Longer than balancers keep a connection without requests (60 seconds as a rule), so that none of them writes into one
/// that has just been closed here.
const KEEP_ALIVE: std::time::Duration = std::time::Duration::from_secs(75);

/// Starts serving on the listener. The returned server ends by its handle; open requests are finished first.
pub fn start(listener: TcpListener, state: SharedState, metrics: Metrics) -> Result<Server> {
    let workers = state.config.workers;
    let shutdown_seconds = state.config.request_seconds;
    let server = HttpServer::new(move || app::build(state.clone(), metrics.clone()))
        .on_connect(http::remember_peer)
        .workers(workers)
        .keep_alive(KEEP_ALIVE)
        .shutdown_timeout(shutdown_seconds)
        .client_request_timeout(std::time::Duration::from_secs(10))
        .disable_signals()
        .listen(listener)
        .map_err(Error::internal)?
        .run();
    Ok(server)
}

/// Serves the metrics on a listener of their own, so that they are never public by accident.
pub fn start_metrics(listener: TcpListener, metrics: Metrics) -> Result<Server> {
    let server = HttpServer::new(move || {
        actix_web::App::new()
            .app_data(web::Data::new(metrics.clone()))
            .route("/metrics", web::get().to(async |metrics: web::Data<Metrics>| metrics.render()))
    })
    .workers(1)
    .disable_signals()
    .listen(listener)
    .map_err(Error::internal)?
    .run();
    Ok(server)
}
