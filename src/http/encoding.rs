//! Compressed bodies: which codings are understood, and that a small body never becomes a large one.

use actix_web::HttpMessage;
use actix_web::dev::{Payload, ServiceRequest};
use actix_web::error::PayloadError;
use actix_web::http::header::CONTENT_ENCODING;
use actix_web::web::Bytes;
use futures_util::{Stream, StreamExt, stream};

use crate::error::{Code, Error, Result};

/// What the framework inflates; a contract for callers, so it is said and not found out.
pub(super) const ACCEPTED: &str = "gzip, deflate";

/// Compressed bytes that are inflated at once. A thousandfold is the most that DEFLATE can do, so the limit of a body
/// is noticed at most one megabyte late.
const PORTION: usize = 1024;

/// Refuses a coding nobody here inflates (RFC 9110 section 15.5.16), before the body is read.
pub(super) fn check(request: &ServiceRequest) -> Result<()> {
    let Some(header) = request.headers().get(CONTENT_ENCODING) else { return Ok(()) };
    let one = request.headers().get_all(CONTENT_ENCODING).count() == 1;
    let coding = header.to_str().unwrap_or_default().trim().to_ascii_lowercase();
    if one && ["gzip", "deflate", "identity"].contains(&coding.as_str()) {
        return Ok(());
    }
    Err(Error::new(Code::UnsupportedEncoding)
        .detail(format!("Понятны: {ACCEPTED}"), format!("These are understood: {ACCEPTED}")))
}

/// Hands a compressed body on in small portions: what inflates them looks at the limit after each.
pub(super) fn in_portions(request: &mut ServiceRequest) {
    if request.headers().contains_key(CONTENT_ENCODING) {
        let payload = portions(request.take_payload());
        request.set_payload(Payload::Stream { payload: Box::pin(payload) });
    }
}

fn portions(
    payload: impl Stream<Item = Result<Bytes, PayloadError>>,
) -> impl Stream<Item = Result<Bytes, PayloadError>> {
    payload.flat_map(|chunk| match chunk {
        Ok(chunk) => {
            let starts = (0..chunk.len()).step_by(PORTION);
            let portions = starts.map(move |from| Ok(chunk.slice(from..chunk.len().min(from + PORTION))));
            stream::iter(portions).left_stream()
        }
        Err(error) => stream::iter([Err(error)]).right_stream(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn portions_are_small_and_lose_nothing() {
        let chunks = [vec![1_u8; 2500], vec![], vec![2; 1024]].map(|chunk| Ok(Bytes::from(chunk)));
        let found: Vec<Bytes> = portions(stream::iter(chunks)).map(Result::unwrap).collect().await;
        assert_eq!(found.iter().map(Bytes::len).collect::<Vec<_>>(), [1024, 1024, 452, 1024]);
    }
}
