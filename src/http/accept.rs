//! The format of an answer that comes in several, by `Accept`.

use actix_web::HttpRequest;
use actix_web::http::header::ACCEPT;

/// Which of the media types the caller prefers: the first one when he names none of them; there is no 406.
pub(super) fn of(request: &HttpRequest, offered: &[&'static str]) -> usize {
    let header = request.headers().get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (0.0_f32, 0_usize);
    for range in header.split(',') {
        let mut parts = range.trim().split(';');
        let media = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let quality = parts
            .find_map(|part| part.trim().strip_prefix("q="))
            .and_then(|q| q.parse::<f32>().ok())
            .unwrap_or(1.0);
        let place = match media.as_str() {
            "*/*" => Some(0),
            media => offered.iter().position(|known| *known == media),
        };
        if let Some(place) = place.filter(|_| quality > best.0) {
            best = (quality, place);
        }
    }
    best.1
}
