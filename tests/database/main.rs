//! Tests of what lies under the store: the private cluster and the databases of the tests themselves.
//!
//! `cfg(test)` is always on here; it tells clippy that helpers, too, may unwrap.

#[cfg(test)]
#[path = "../support/mod.rs"]
mod support;

#[cfg(test)]
mod cluster;
#[cfg(test)]
mod ledger_guards;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod region_stamps;
#[cfg(test)]
mod schema;
#[cfg(test)]
mod shared_cluster;
#[cfg(test)]
mod test_database;
