//! What can be checked without a database: golden files and the shape of the code.
#![expect(clippy::unwrap_used, reason = "a helper of a test may stop it as the test itself may")]

mod chains_golden;
mod codes_golden;
mod days;
mod file_sizes;
mod golden;
mod layers;
mod machine_golden;
mod machine_training;
mod owners;
mod policy_golden;
mod readmes;
mod requirements;
mod source;
