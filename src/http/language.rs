//! The language of an answer, by `Accept-Language`: Russian unless English is preferred.

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT_LANGUAGE;

use crate::error::Language;

/// The caller's language. Unknown languages fall back to Russian; there is no 406.
pub(super) fn of(request: &HttpRequest) -> Language {
    let Some(header) = request.headers().get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()) else {
        return Language::default();
    };
    let mut best = (0.0_f32, Language::default());
    for range in header.split(',') {
        let mut parts = range.trim().split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let quality = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .and_then(|q| q.parse::<f32>().ok())
            .unwrap_or(1.0);
        let language = match tag.split('-').next() {
            Some("ru" | "*") => Language::Ru,
            Some("en") => Language::En,
            _ => continue,
        };
        if quality > best.0 {
            best = (quality, language);
        }
    }
    best.1
}
