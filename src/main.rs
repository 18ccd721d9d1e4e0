//! The `rost` binary.

fn main() {}
