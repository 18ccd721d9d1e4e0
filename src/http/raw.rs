//! A file as a body: bytes as they are, whatever they were packed in.

use actix_web::dev::Decompress;
use actix_web::web::{self, Bytes};
use futures_util::StreamExt;

use super::Call;
use super::body::in_time;
use crate::error::{Code, Error, Result};

/// The bytes of the body, at most that many after unpacking.
pub async fn read_raw(call: &Call, body: web::Payload, most: usize) -> Result<Vec<u8>> {
    let mut pieces = RawPieces::of(call, body, most);
    Ok(pieces.next(usize::MAX).await?.unwrap_or_default())
}

/// A body that is too long to be held, piece by piece.
pub struct RawPieces<'a> {
    call: &'a Call,
    body: Decompress<web::Payload>,
    rest: Bytes,
    left: usize,
}

impl<'a> RawPieces<'a> {
    /// The body of a call, at most that many bytes after unpacking.
    pub fn of(call: &'a Call, body: web::Payload, most: usize) -> Self {
        let body = Decompress::from_headers(body, call.request().headers());
        Self { call, body, rest: Bytes::new(), left: most }
    }

    /// The next piece of that size, the last one may be shorter; none at the end. One that trickles in for too long is
    /// given up.
    pub async fn next(&mut self, size: usize) -> Result<Option<Vec<u8>>> {
        let request = self.call.request().clone();
        in_time(&request, self.gather(size)).await?
    }

    async fn gather(&mut self, size: usize) -> Result<Option<Vec<u8>>> {
        let mut piece = Vec::new();
        while piece.len() < size {
            if self.rest.is_empty() {
                let Some(chunk) = self.body.next().await else { break };
                self.rest = chunk.map_err(|error| Error::new(Code::Unreadable).cause(error))?;
                self.left = self.left.checked_sub(self.rest.len()).ok_or(Error::new(Code::TooLarge))?;
            }
            let taken = self.rest.split_to(self.rest.len().min(size.saturating_sub(piece.len())));
            piece.extend_from_slice(&taken);
        }
        Ok((!piece.is_empty()).then_some(piece))
    }
}
