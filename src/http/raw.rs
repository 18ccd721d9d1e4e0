//! A file as a body: bytes as they are, whatever they were packed in.

use actix_web::dev::Decompress;
use actix_web::web;
use futures_util::StreamExt;

use super::Call;
use super::body::in_time;
use crate::error::{Code, Error, Result};

/// The bytes of the body, at most that many after unpacking.
pub async fn read_raw(call: &Call, body: web::Payload, most: usize) -> Result<Vec<u8>> {
    in_time(call.request(), read(call, body, most)).await?
}

async fn read(call: &Call, body: web::Payload, most: usize) -> Result<Vec<u8>> {
    let mut body = Decompress::from_headers(body, call.request().headers());
    let mut bytes = Vec::new();
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|error| Error::new(Code::Unreadable).cause(error))?;
        if bytes.len().saturating_add(chunk.len()) > most {
            return Err(Error::new(Code::TooLarge));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}
