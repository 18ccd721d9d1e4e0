//! `rost serve`: from an empty folder to answered requests, and back to nothing running.

use std::net::{SocketAddr, TcpListener};
use std::sync::atomic::Ordering;
use std::time::Duration;

use actix_web::rt::System;
use tokio::signal::unix::{Signal, SignalKind, signal};

use super::args::Serve;
use super::database::{self, Access, Database};
use super::failure::Failure;
use super::output;
use super::progress::Progress;
use crate::accounts::{SecretText, service};
use crate::app::{AppState, SharedState, share};
use crate::clock::Clock;
use crate::config::Config;
use crate::http::Metrics;
use crate::{delivering, importing, proposing, server, standing, sweep};

/// Serves until it is told to end.
pub(super) fn run(config: Config, what: &Serve, progress: Progress) -> Result<(), Failure> {
    if what.demo && !config.addr.ip().is_loopback() {
        return Err(Failure::usage("the passwords of the demo are public: --demo needs a loopback address"));
    }
    // From here on a signal is kept until the server can end in order.
    let system = System::new();
    let signals = system.block_on(async { Signals::listen() })?;
    // A port that is taken is told before anything is started.
    let listeners = Listeners::bind(&config)?;
    let database = database::open(&config, Access::Hold, progress)?;
    let served = serve(config, what, &database, &system, signals, listeners, progress);
    let closed = database.close(progress);
    served.and(closed)
}

fn serve(
    config: Config,
    what: &Serve,
    database: &Database,
    system: &actix_web::rt::SystemRunner,
    signals: Signals,
    listeners: Listeners,
    progress: Progress,
) -> Result<(), Failure> {
    database.make_ready(progress)?;
    make_first_administrator(&config, database)?;
    let guide = match what.demo {
        true => Some(super::demo::guide(&super::demo::load(&config, database, progress)?, listeners.address)),
        false => None,
    };
    let settings = database.settings(&config);
    let state = share(AppState::new(config, Clock::System, settings)?);
    let address = listeners.address;
    output::line(&format!("Rost serves http://{address}/api/v1, documentation at http://{address}/docs"));
    if let Some(guide) = guide {
        output::line(&guide);
    }
    system.block_on(until_told_to_end(state, signals, listeners))
}

/// Once, when there is no account yet. A generated password is shown here and never again.
fn make_first_administrator(config: &Config, database: &Database) -> Result<(), Failure> {
    let given = config.admin_password.as_ref().map(|secret| SecretText::new(secret.reveal().to_owned()));
    let now = Clock::System.now();
    let made = database
        .work(config, async |db| service::create_first_administrator(db, now, given.clone()).await)?;
    if let Some(first) = made {
        match first.generated_password {
            Some(password) => {
                output::line(&format!(
                    "First administrator: login `{}`, password `{}`",
                    first.login,
                    password.reveal()
                ));
                output::line("The password is shown this once; change it with PUT /api/v1/me/password.");
            }
            None => {
                output::line(&format!("First administrator: login `{}`, password as configured", first.login))
            }
        }
    }
    Ok(())
}

async fn until_told_to_end(
    state: SharedState,
    mut signals: Signals,
    listeners: Listeners,
) -> Result<(), Failure> {
    let metrics = Metrics::new()?;
    let drain = Duration::from_secs(state.config.drain_seconds);
    let server = server::start(listeners.api, state.clone(), metrics.clone())?;
    let handle = server.handle();
    let mut serving = actix_web::rt::spawn(server);
    let metrics_server =
        listeners.metrics.map(|listener| server::start_metrics(listener, metrics)).transpose()?;
    let metrics_handle = metrics_server.as_ref().map(actix_web::dev::Server::handle);
    if let Some(server) = metrics_server {
        actix_web::rt::spawn(server);
    }
    let sweeping = actix_web::rt::spawn(sweep::forever(state.clone()));
    let proposing = actix_web::rt::spawn(proposing::forever(state.clone()));
    let standing = actix_web::rt::spawn(standing::forever(state.clone()));
    let delivering = actix_web::rt::spawn(delivering::forever(state.clone()));
    let importing = actix_web::rt::spawn(importing::forever(state.clone()));
    tokio::select! {
        name = signals.next() => log::info!("{name}: ending when open requests are answered"),
        ended = &mut serving => return Err(Failure::new(format!("the server ended by itself: {ended:?}"))),
    }
    sweeping.abort();
    proposing.abort();
    standing.abort();
    delivering.abort();
    importing.abort();
    state.draining.store(true, Ordering::Relaxed);
    if !drain.is_zero() {
        tokio::select! { () = tokio::time::sleep(drain) => {}, _ = signals.next() => {} }
    }
    tokio::select! {
        () = handle.stop(true) => {}
        name = signals.next() => {
            log::warn!("{name} again: ending at once");
            handle.stop(false).await;
        }
    }
    if let Some(handle) = metrics_handle {
        handle.stop(false).await;
    }
    Ok(())
}

struct Listeners {
    api: TcpListener,
    metrics: Option<TcpListener>,
    /// Where the API really listens: port 0 was replaced by a free one.
    address: SocketAddr,
}

impl Listeners {
    fn bind(config: &Config) -> Result<Self, Failure> {
        let bind = |address: SocketAddr| {
            TcpListener::bind(address).map_err(|error| {
                Failure::new(format!("cannot listen on {address}: {error}. Choose another with --addr"))
            })
        };
        let api = bind(config.addr)?;
        Ok(Self { address: api.local_addr()?, metrics: config.metrics_addr.map(bind).transpose()?, api })
    }
}

/// The two ways to be told to end.
struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    fn listen() -> std::io::Result<Self> {
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) -> &'static str {
        tokio::select! {
            _ = self.interrupt.recv() => "SIGINT",
            _ = self.terminate.recv() => "SIGTERM",
        }
    }
}
