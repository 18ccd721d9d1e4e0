//! How many requests a caller may make: a token bucket for each account, and for each address without a good token.

use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::atomic::{AtomicU32, Ordering};

use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::HashMapStateStore;
use governor::{Quota, RateLimiter};
use uuid::Uuid;

use crate::error::{Code, Error, Result};

/// Whose bucket a request is taken from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Caller {
    /// A caller with a good token.
    Account(Uuid),
    /// Anybody else, by the address of the connection; headers of proxies can be forged and are not looked at.
    Address(Option<IpAddr>),
}

/// What is left to a caller after this request.
#[derive(Debug, Clone, Copy)]
pub(super) struct Allowance {
    quota: u32,
    remaining: u32,
}

/// The buckets of this process: so many requests a second, twice as many at once.
pub struct Rates {
    limiter: RateLimiter<Caller, HashMapStateStore<Caller>, DefaultClock, StateInformationMiddleware>,
    burst: NonZeroU32,
    checked: AtomicU32,
}

/// After how many requests full buckets are forgotten.
const SWEEP: u32 = 4096;
/// A bucket refills within this many seconds, because the burst is twice the rate.
const WINDOW: u32 = 2;

impl Rates {
    /// Empty buckets for that rate.
    pub fn new(per_second: u32) -> Self {
        Self::with_burst(per_second, per_second.saturating_mul(WINDOW))
    }

    /// Empty buckets for that rate and so many requests at once.
    pub fn with_burst(per_second: u32, at_once: u32) -> Self {
        let rate = NonZeroU32::new(per_second).unwrap_or(NonZeroU32::MIN);
        let burst = NonZeroU32::new(at_once).unwrap_or(NonZeroU32::MIN);
        let quota = Quota::per_second(rate).allow_burst(burst);
        let limiter = RateLimiter::hashmap(quota).with_middleware::<StateInformationMiddleware>();
        Self { limiter, burst, checked: AtomicU32::new(0) }
    }

    /// Takes one request out of the caller's bucket.
    pub(super) fn take(&self, caller: Caller) -> Result<Allowance> {
        if self.checked.fetch_add(1, Ordering::Relaxed) % SWEEP == SWEEP - 1 {
            self.limiter.retain_recent();
        }
        match self.limiter.check_key(&caller) {
            Ok(left) => Ok(Allowance { quota: self.burst.get(), remaining: left.remaining_burst_capacity() }),
            Err(wait) => {
                let wait = wait.wait_time_from(self.limiter.clock().now());
                let seconds = u32::try_from(wait.as_secs()).unwrap_or(WINDOW).saturating_add(1);
                Err(Error::new(Code::TooManyRequests).retry_after(seconds))
            }
        }
    }

    /// What a caller with an empty bucket has.
    pub(super) const fn exhausted(&self) -> Allowance {
        Allowance { quota: self.burst.get(), remaining: 0 }
    }
}

impl Allowance {
    /// Writes the `RateLimit` and `RateLimit-Policy` headers (draft-ietf-httpapi-ratelimit-headers).
    pub(super) fn write(self, headers: &mut HeaderMap) {
        let Self { quota, remaining } = self;
        let texts = [
            (HeaderName::from_static("ratelimit-policy"), format!("\"caller\";q={quota};w={WINDOW}")),
            (HeaderName::from_static("ratelimit"), format!("\"caller\";r={remaining};t={WINDOW}")),
        ];
        for (name, text) in texts {
            if let Ok(value) = HeaderValue::from_str(&text) {
                headers.insert(name, value);
            }
        }
    }
}
