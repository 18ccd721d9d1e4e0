//! What can be checked without a database: golden files and the shape of the code.

mod chains_golden;
