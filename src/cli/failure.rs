//! Why a command failed, in words for the person at the terminal.

use std::fmt;

use crate::cluster::ClusterError;
use crate::config::ConfigError;
use crate::error::{Error, Language};

/// The end of a command that failed.
#[derive(Debug)]
pub(super) struct Failure {
    message: String,
    exit_code: u8,
}

impl Failure {
    /// The command was called right and failed.
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), exit_code: 1 }
    }

    /// The command was called or configured wrongly.
    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self { message: message.into(), exit_code: 2 }
    }

    /// What the process answers to its caller.
    pub(super) const fn exit_code(&self) -> u8 {
        self.exit_code
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl From<ClusterError> for Failure {
    fn from(error: ClusterError) -> Self {
        Self::new(error.to_string())
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::usage(error.to_string())
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let detail = error.detail.as_ref().map(|text| text.in_language(Language::En).to_owned());
        let title = error.code.title().in_language(Language::En).to_owned();
        match detail.or(error.cause) {
            Some(words) => Self::new(format!("{title}: {words}")),
            None => Self::new(title),
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::new(error.to_string())
    }
}
