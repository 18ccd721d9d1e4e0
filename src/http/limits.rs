//! What protects the server from too much: requests in flight and time per request.

use std::time::Duration;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::web;

use crate::app::AppState;
use crate::error::{Code, Error};

/// Refuses what is over the limit and ends what takes too long.
pub async fn limit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(app) = request.app_data::<web::Data<AppState>>().cloned() else {
        return Err(Error::internal("the application state is missing").into());
    };
    let busy = || Error::new(Code::Unavailable).retry_after(1);
    let _place = app.in_flight.try_acquire().map_err(|error| busy().cause(error))?;
    let answer = tokio::time::timeout(Duration::from_secs(app.config.request_seconds), next.call(request)).await;
    match answer {
        Ok(answer) => answer.map(ServiceResponse::map_into_boxed_body),
        // The transaction of a request that is cut off is rolled back: its connection is dropped by the pool.
        Err(elapsed) => Err(busy().cause(elapsed).into()),
    }
}
