//! Checks of the source and of printed tables; no database, no network.

mod golden;
mod machine_golden;
