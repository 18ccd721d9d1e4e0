//! Checks of the source and of printed tables; no database, no network.
#![expect(clippy::unwrap_used, reason = "a helper of a test may stop it as the test itself may")]

mod golden;
mod machine_golden;
