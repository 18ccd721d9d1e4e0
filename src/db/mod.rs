//! The only door to PostgreSQL: connections, transactions, the generated schema, and what its errors mean.
//!
//! A write is one transaction on a pooled connection ([`Db::write`]); a short read is one statement pipelined on
//! a shared read-only connection of the worker ([`Db::read`]); reads that must agree with each other, and slow
//! ones, get a snapshot of their own ([`Db::snapshot`]). The driver stands here alone.

mod audit;
mod constraints;
mod ctx;
mod errors;
mod idempotency;
mod joins;
pub mod migrations;
mod numbers;
mod people;
mod pipe;
mod placed;
mod pool;
mod savepoint;
mod scoped;
#[rustfmt::skip]
#[expect(missing_docs, reason = "generated from the comments of the database")]
pub mod schema;
mod unit;
mod whole;
mod work;
mod written;

pub use audit::{Change, Subject};
pub use constraints::{CONSTRAINTS, INTERNAL};
pub use ctx::Ctx;
pub(crate) use errors::is_contention;
pub use idempotency::{Claim, StoredReply, sweep_idempotency_keys};
pub use numbers::DbHours;
pub(crate) use people::{Place, among_people_at, people_at, people_filter};
pub(crate) use placed::place_filter;
pub use pool::{Db, DbSettings};
pub(crate) use scoped::scope_filter;
pub(crate) use unit::unit_filter;
pub(crate) use whole::{whole_people, whole_person};
pub use work::{Doing, Work};
pub(crate) use written::{Text, Written, statement, written};

/// A connection as stores see it: shared, so that statements of one transaction may be pipelined.
pub type Conn = diesel_async::AsyncPgConnection;
