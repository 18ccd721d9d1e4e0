//! Tests of what lies under the store: the private cluster and the databases of the tests themselves.
// Always on here: it tells clippy that helpers, too, may unwrap.
#![cfg(test)]

#[path = "../support/mod.rs"]
mod support;

mod cluster;
mod ledger_guards;
mod migrations;
mod plans;
mod region_stamps;
mod schema;
mod shared_cluster;
mod test_database;
