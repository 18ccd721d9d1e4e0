//! Use cases of programs, and what other resources ask of them.

mod facts;

pub use facts::{module_facts, modules_facts, program_facts, programs_facts};
