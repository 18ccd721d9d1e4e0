//! Prometheus metrics: requests by operation and status, time spent.

use actix_web::HttpResponse;
use prometheus::{Encoder, HistogramOpts, HistogramVec, IntCounterVec, Opts, Registry, TextEncoder};

use crate::error::{Error, Result};

/// The counters of this process.
#[derive(Clone)]
pub struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    seconds: HistogramVec,
}

impl Metrics {
    /// Fresh counters.
    pub fn new() -> Result<Self> {
        let registry = Registry::new();
        let requests = IntCounterVec::new(
            Opts::new("rost_http_requests_total", "Requests answered, by method, path template and status"),
            &["method", "path", "status"],
        )
        .map_err(Error::internal)?;
        let seconds = HistogramVec::new(
            HistogramOpts::new("rost_http_request_seconds", "Time to answer, by method and path template")
                .buckets(vec![0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0]),
            &["method", "path"],
        )
        .map_err(Error::internal)?;
        registry.register(Box::new(requests.clone())).map_err(Error::internal)?;
        registry.register(Box::new(seconds.clone())).map_err(Error::internal)?;
        Ok(Self { registry, requests, seconds })
    }

    /// Counts one answer.
    pub(super) fn observe(&self, method: &str, path: &str, status: u16, seconds: f64) {
        self.requests.with_label_values(&[method, path, &status.to_string()]).inc();
        self.seconds.with_label_values(&[method, path]).observe(seconds);
    }

    /// The text format of Prometheus.
    pub fn render(&self) -> Result<HttpResponse> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text).map_err(Error::internal)?;
        Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4").body(text))
    }
}
