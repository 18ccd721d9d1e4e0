//! Rost (рост, "growth"): personalised professional development of teachers as a JSON REST API.
//!
//! # The map
//! Resources are folders: `directory`, `accounts`, `regulations`, `registry`, `diagnostics`, `learning_routes`,
//! `approvals`, `hours`, `training`, `planning`, `orders`, `support`, `monitoring`, `imports`, `events`, `personal_data`. Each has
//! the same files:
//! `api` (endpoints), `dto` (what travels), `service` (use cases), `model` (pure rules), `policy` (who may), `store` (queries).
//! Beside them: `authz` decides who may act, `db` is the only door to PostgreSQL, `http` is the protocol, `values` are
//! small exact values.
//!
//! # The life of a request
//! token → actor → policy row → parsed body → one transaction: lock, authorize, decide (pure), write, audit,
//! commit → answer.

pub mod accounts;
pub mod app;
pub mod approvals;
pub mod authz;
pub mod cli;
pub mod clock;
pub mod cluster;
pub mod config;
pub mod db;
pub mod delivering;
pub mod demo;
pub mod diagnostics;
pub mod directory;
pub mod effects;
pub mod error;
pub mod events;
pub mod files;
pub mod hours;
pub mod http;
pub mod ids;
pub mod importing;
pub mod imports;
pub mod learning_routes;
pub mod monitoring;
pub mod orders;
pub mod outbound;
pub mod paper;
pub mod personal_data;
pub mod planning;
pub mod proposing;
pub mod registry;
pub mod regulations;
pub mod server;
pub mod standing;
pub mod support;
pub mod sweep;
pub mod training;
pub mod values;
