//! Who prints credentials: whoever sees the scan of one sees what is printed.

use crate::authz::Rule;
use crate::hours::credential_files::policy::SEEING;
use crate::hours::credentials::policy::GET_CREDENTIAL;

/// Reading the printed form of a credential.
pub static GET_CREDENTIAL_PAPER: Rule = Rule::new("get_credential_paper", SEEING).seen_by(&GET_CREDENTIAL);

/// The policy table.
pub const RULES: &[&Rule] = &[&GET_CREDENTIAL_PAPER];
