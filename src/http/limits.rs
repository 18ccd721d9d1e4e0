//! What protects the server from too much: requests in flight.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::middleware::Next;
use actix_web::{ResponseError, web};

use crate::app::AppState;
use crate::error::{Code, Error};

/// Refuses what is over the limit, before anything is read.
pub async fn limit(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(app) = request.app_data::<web::Data<AppState>>().cloned() else {
        return Ok(
            request.into_response(Error::internal("the application state is missing").error_response())
        );
    };
    match app.in_flight.try_acquire() {
        Ok(_place) => next.call(request).await.map(ServiceResponse::map_into_boxed_body),
        Err(full) => {
            let busy = Error::new(Code::Unavailable).retry_after(1).cause(full);
            Ok(request.into_response(busy.error_response()))
        }
    }
}
