//! The configuration: flags over environment over `.env`, all problems reported at once, secrets never printed.

mod openid;
mod settings;
mod sources;

use std::collections::BTreeMap;
use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

pub use openid::{OpenIdSettings, is_safe};
pub use settings::{SETTINGS, Setting};
use sources::Sources;

/// The effective configuration of a process.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where the API listens.
    pub addr: SocketAddr,
    /// Where metrics listen; none switches them off.
    pub metrics_addr: Option<SocketAddr>,
    /// The server's own folder: private cluster, keys.
    pub data: PathBuf,
    /// The database; none starts the private cluster.
    pub database_url: Option<Secret>,
    /// The database as the owner of the tables, for migrations.
    pub owner_database_url: Option<Secret>,
    /// A replica for reads.
    pub replica_url: Option<Secret>,
    /// Worker threads.
    pub workers: usize,
    /// Connections for writes of each worker.
    pub write_connections: usize,
    /// Connections for snapshots of each worker.
    pub snapshot_connections: usize,
    /// Shared connections for short reads of each worker.
    pub read_pipes: usize,
    /// `iss` of the tokens.
    pub issuer: String,
    /// `aud` of the tokens.
    pub audience: String,
    /// An external issuer whose tokens are accepted as well.
    pub openid: Option<OpenIdSettings>,
    /// Life of an access token in seconds.
    pub token_seconds: u64,
    /// Life of a refresh token in days.
    pub refresh_days: u64,
    /// Password of the first administrator, used once.
    pub admin_password: Option<Secret>,
    /// Origins of browsers that may call the API.
    pub cors_origins: Vec<String>,
    /// Largest JSON body in bytes.
    pub body_bytes: usize,
    /// Largest file for bulk loading in bytes.
    pub import_bytes: usize,
    /// Rows of an exported workbook at most.
    pub workbook_rows: u32,
    /// The address that the world reaches the server by, without a slash at its end.
    pub public_url: Option<String>,
    /// Folder of the files that people bring; none keeps them in the database.
    pub files: Option<PathBuf>,
    /// Largest of these files in bytes.
    pub file_bytes: usize,
    /// Whether webhooks may lead into private networks, and without encryption.
    pub webhooks_allow_private: bool,
    /// Requests in flight at most.
    pub max_in_flight: usize,
    /// Seconds a request may take.
    pub request_seconds: u64,
    /// Seconds between "not ready" and the last accepted connection when the server ends.
    pub drain_seconds: u64,
    /// Requests a second of one caller.
    pub rate_per_second: u32,
    /// Log lines as JSON instead of plain text.
    pub log_json: bool,
    /// What is logged, in the syntax of env_logger.
    pub log: String,
    /// Folder with PostgreSQL's binaries.
    pub postgres_bin: Option<PathBuf>,
    shown: BTreeMap<&'static str, String>,
}

/// A value that is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// The value, for use.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// Everything that is wrong with the configuration.
#[derive(Debug, thiserror::Error)]
#[error("the configuration is wrong:\n  {}", .0.join("\n  "))]
pub struct ConfigError(pub Vec<String>);

impl Config {
    /// The configuration of this process: `flags` over the environment over the file `.env` of the folder it was
    /// started in.
    pub fn load(flags: BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let sources = Sources::new(flags, Path::new(".env"));
        let config = Self::from_lookup(|name| sources.get(name));
        match config {
            Err(ConfigError(problems)) => Err(ConfigError([sources.problems, problems].concat())),
            Ok(_) if !sources.problems.is_empty() => Err(ConfigError(sources.problems)),
            Ok(config) => Ok(config),
        }
    }

    /// Reads every setting through `lookup`, so that tests need no environment.
    pub fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigError> {
        let mut reader = Reader { lookup: &lookup, problems: Vec::new(), shown: BTreeMap::new() };
        let audience = reader.parsed("ROST_AUDIENCE", "rost-api".to_owned());
        let config = Self {
            addr: reader.parsed("ROST_ADDR", SocketAddr::from(([127, 0, 0, 1], 8080))),
            metrics_addr: reader.optional("ROST_METRICS_ADDR"),
            data: reader.parsed("ROST_DATA", PathBuf::from(".rost")),
            database_url: reader.secret("DATABASE_URL"),
            owner_database_url: reader.secret("ROST_OWNER_DATABASE_URL"),
            replica_url: reader.secret("DATABASE_REPLICA_URL"),
            workers: reader.bounded(
                "ROST_WORKERS",
                std::thread::available_parallelism().map_or(2, usize::from),
                1,
                256,
            ),
            write_connections: reader.bounded("ROST_WRITE_CONNECTIONS", 4, 1, 100),
            snapshot_connections: reader.bounded("ROST_SNAPSHOT_CONNECTIONS", 2, 1, 100),
            read_pipes: reader.bounded("ROST_READ_PIPES", 2, 1, 100),
            issuer: reader.parsed("ROST_ISSUER", "rost".to_owned()),
            openid: OpenIdSettings::read(&mut reader, &audience),
            audience,
            token_seconds: reader.bounded("ROST_TOKEN_SECONDS", 900, 60, 3600),
            refresh_days: reader.bounded("ROST_REFRESH_DAYS", 14, 1, 90),
            admin_password: reader.secret("ROST_ADMIN_PASSWORD"),
            cors_origins: reader.list("ROST_CORS_ORIGINS"),
            body_bytes: reader.bounded("ROST_BODY_BYTES", 1_048_576, 1024, 104_857_600),
            import_bytes: reader.bounded("ROST_IMPORT_BYTES", 67_108_864, 1024, 1_073_741_824),
            workbook_rows: reader.bounded("ROST_WORKBOOK_ROWS", 100_000, 1, 1_000_000),
            public_url: reader.address("ROST_PUBLIC_URL"),
            files: reader.optional("ROST_FILES"),
            file_bytes: reader.bounded("ROST_FILE_BYTES", 10_485_760, 1024, 67_108_864),
            webhooks_allow_private: reader.parsed("ROST_WEBHOOKS_ALLOW_PRIVATE", false),
            max_in_flight: reader.bounded("ROST_MAX_IN_FLIGHT", 512, 1, 100_000),
            request_seconds: reader.bounded("ROST_REQUEST_SECONDS", 30, 1, 3600),
            drain_seconds: reader.bounded("ROST_DRAIN_SECONDS", 0, 0, 300),
            rate_per_second: reader.bounded("ROST_RATE_PER_SECOND", 200, 1, 1_000_000),
            log_json: reader.parsed("ROST_LOG_JSON", false),
            log: reader.parsed("ROST_LOG", "info".to_owned()),
            postgres_bin: reader.optional("ROST_POSTGRES_BIN"),
            shown: BTreeMap::new(),
        };
        reader.check_url("DATABASE_URL", config.database_url.as_ref());
        reader.check_url("ROST_OWNER_DATABASE_URL", config.owner_database_url.as_ref());
        reader.check_url("DATABASE_REPLICA_URL", config.replica_url.as_ref());
        if config.database_url.is_none()
            && (config.replica_url.is_some() || config.owner_database_url.is_some())
        {
            reader
                .problems
                .push("DATABASE_REPLICA_URL and ROST_OWNER_DATABASE_URL need DATABASE_URL".to_owned());
        }
        if config.admin_password.as_ref().is_some_and(|secret| secret.reveal().chars().count() < 12) {
            reader.problems.push("ROST_ADMIN_PASSWORD: at least 12 characters".to_owned());
        }
        if reader.problems.is_empty() {
            Ok(Self { shown: reader.shown, ..config })
        } else {
            Err(ConfigError(reader.problems))
        }
    }

    /// The effective settings as they may be shown: secrets hidden.
    pub const fn shown(&self) -> &BTreeMap<&'static str, String> {
        &self.shown
    }
}

struct Reader<'a, F> {
    lookup: &'a F,
    problems: Vec<String>,
    shown: BTreeMap<&'static str, String>,
}

impl<F: Fn(&str) -> Option<String>> Reader<'_, F> {
    fn text(&self, name: &str) -> Option<String> {
        (self.lookup)(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    }

    fn optional<T: std::str::FromStr>(&mut self, name: &'static str) -> Option<T> {
        let text = self.text(name);
        self.shown.insert(name, text.clone().unwrap_or_default());
        let text = text?;
        let parsed = text.parse().ok();
        if parsed.is_none() {
            self.problems.push(format!("{name}: `{text}` is not a valid value"));
        }
        parsed
    }

    fn parsed<T: std::str::FromStr + fmt::Debug>(&mut self, name: &'static str, default: T) -> T {
        match self.optional(name) {
            Some(value) => value,
            None => {
                self.shown.insert(name, format!("{default:?}").trim_matches('"').to_owned());
                default
            }
        }
    }

    fn bounded<T>(&mut self, name: &'static str, default: T, min: T, max: T) -> T
    where
        T: std::str::FromStr + fmt::Debug + PartialOrd + Copy,
    {
        let value = self.parsed(name, default);
        if value < min || value > max {
            self.problems.push(format!("{name}: {value:?} is not between {min:?} and {max:?}"));
        }
        value
    }

    fn address(&mut self, name: &'static str) -> Option<String> {
        let address: String = self.optional(name)?;
        if !["https://", "http://"].iter().any(|start| address.starts_with(start)) {
            self.problems.push(format!("{name}: expected https://host"));
        }
        Some(address.trim_end_matches('/').to_owned())
    }

    fn secret(&mut self, name: &'static str) -> Option<Secret> {
        let secret = self.text(name).map(Secret);
        self.shown.insert(name, if secret.is_some() { "***".to_owned() } else { String::new() });
        secret
    }

    fn list(&mut self, name: &'static str) -> Vec<String> {
        let text = self.text(name).unwrap_or_default();
        self.shown.insert(name, text.clone());
        text.split(',').map(str::trim).filter(|item| !item.is_empty()).map(str::to_owned).collect()
    }

    fn check_url(&mut self, name: &str, url: Option<&Secret>) {
        let known = ["postgres://", "postgresql://", "host="];
        if url.is_some_and(|url| !known.iter().any(|start| url.reveal().starts_with(start))) {
            self.problems.push(format!("{name}: expected postgres://user@host/database"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_set_is_a_working_configuration_on_loopback() {
        let config = Config::from_lookup(|_| None).unwrap();
        assert!(config.addr.ip().is_loopback());
        assert!(config.database_url.is_none());
    }

    #[test]
    fn all_problems_are_reported_at_once() {
        let error = Config::from_lookup(|name| match name {
            "ROST_ADDR" => Some("nowhere".to_owned()),
            "ROST_WORKERS" => Some("0".to_owned()),
            "DATABASE_URL" => Some("mysql://x".to_owned()),
            _ => None,
        })
        .unwrap_err();
        assert_eq!(error.0.len(), 3, "{error}");
    }

    #[test]
    fn secrets_are_hidden() {
        let config = Config::from_lookup(|name| {
            (name == "DATABASE_URL").then(|| "postgres://u:secret@h/d".to_owned())
        })
        .unwrap();
        assert!(!format!("{config:?}").contains("secret"));
    }

    #[test]
    fn every_setting_that_is_read_is_described() {
        let config = Config::from_lookup(|_| None).unwrap();
        let described: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
        for name in config.shown().keys() {
            assert!(described.contains(name), "{name} is not described");
        }
        assert_eq!(config.shown().len(), described.len());
    }
}
