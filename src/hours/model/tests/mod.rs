//! The rules of hours, told as sentences.

mod balances;
mod credentials;
mod forecasts;
mod frequency;
mod properties;
mod reasons;
mod support;
