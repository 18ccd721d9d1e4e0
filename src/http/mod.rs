//! HTTP as every resource speaks it: problems, preconditions, idempotency, pages, languages, the access line.
//!
//! A request passes, from outside in: [`observe()`] (request id, access line, metrics, problems rendered in the
//! caller's language), limits, [`gate()`] (token → actor, coarse check of the policy table), [`export()`] (lists as
//! files), then the handler, which gets a [`Call`] and a parsed body and answers with a [`Reply`].

mod accept;
mod body;
mod call;
pub mod docs;
mod docs_page;
mod encoding;
mod endpoints;
mod export;
mod form;
mod gate;
mod headers;
mod json;
mod language;
mod limits;
mod metrics;
mod observe;
mod page;
mod pairs;
mod peer;
mod printed;
mod problem;
mod query;
mod rate;
mod raw;
mod reply;
mod routes;
mod shape;
mod stream;
pub mod table;
mod texts;
mod validation;

pub use body::{Body, media_parameters, media_type};
pub use call::Call;
pub use docs_page::documentation_page;
pub use endpoints::{Endpoints, Numbers};
pub use export::{Exports, export};
pub use form::FormOrJson;
pub use gate::{Gates, gate};
pub use headers::{etag_of, has_already};
pub use limits::limit;
pub use metrics::Metrics;
pub use observe::observe;
pub use page::PageQuery;
pub(crate) use page::page_view;
pub use peer::remember_peer;
pub use printed::{PRINTED, printed_file};
pub use problem::{ProblemField, ProblemView};
pub use query::Query;
pub use rate::Rates;
pub use raw::{RawPieces, read_raw};
pub use reply::Reply;
pub use stream::Streamed;
pub use texts::SEVERAL_LINES;
