//! The binary as a person at a terminal meets it.
// Always on here: it tells clippy that helpers, too, may unwrap.
#![cfg(test)]

#[path = "../support/mod.rs"]
mod support;

mod commands;
mod demo_hours;
mod faults;
mod import_faults;
mod loaded;
mod loading;
mod readme;
mod running;
mod serve;
mod verify;
mod walk;
