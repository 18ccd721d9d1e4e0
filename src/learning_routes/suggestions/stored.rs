//! The stored form of a suggested line: that in which lines travel. Old ones are never rewritten, so new fields of a line
//! need a default.

use serde_json::Value;

use super::super::dto::RouteActivityBody;
use crate::error::{Error, Result};
use crate::learning_routes::model::NewActivity;

/// As it goes into the column.
pub(super) fn written(line: &NewActivity) -> Result<Value> {
    serde_json::to_value(RouteActivityBody::from(line.clone())).map_err(Error::internal)
}

/// As it comes out.
pub(super) fn read(document: Value) -> Result<NewActivity> {
    serde_json::from_value::<RouteActivityBody>(document).map(Into::into).map_err(Error::internal)
}
