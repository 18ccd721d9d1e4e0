//! The binary as a person at a terminal meets it.
// Always on here: it tells clippy that helpers, too, may unwrap.
#![cfg(test)]

#[path = "../support/mod.rs"]
mod support;

mod commands;
mod faults;
mod readme;
mod running;
mod serve;
mod walk;
