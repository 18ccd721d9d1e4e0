//! Every setting by name, for `--help`, `.env.example` and the README.

/// One setting as a person reads about it.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// Name of the environment variable.
    pub name: &'static str,
    /// The value when it is not set.
    pub default: &'static str,
    /// What it does.
    pub help: &'static str,
}

const fn setting(name: &'static str, default: &'static str, help: &'static str) -> Setting {
    Setting { name, default, help }
}

/// Every setting, in the order of the documentation.
pub const SETTINGS: &[Setting] = &[
    setting("ROST_ADDR", "127.0.0.1:8080", "Address the API listens on"),
    setting("ROST_METRICS_ADDR", "", "Address of /metrics for Prometheus; empty switches it off"),
    setting("ROST_DATA", ".rost", "The server's own folder: private PostgreSQL, signing keys"),
    setting("DATABASE_URL", "", "PostgreSQL 15 or newer; empty starts a private one in ROST_DATA"),
    setting("ROST_OWNER_DATABASE_URL", "", "The same database as the owner of the tables, for migrations"),
    setting("DATABASE_REPLICA_URL", "", "A replica for reads"),
    setting("ROST_WORKERS", "", "Worker threads; empty means one for each core"),
    setting("ROST_WRITE_CONNECTIONS", "4", "Connections for writes of each worker"),
    setting("ROST_SNAPSHOT_CONNECTIONS", "2", "Connections for reports of each worker"),
    setting("ROST_READ_PIPES", "2", "Shared connections for short reads of each worker"),
    setting("ROST_ISSUER", "rost", "`iss` of the tokens"),
    setting("ROST_AUDIENCE", "rost-api", "`aud` of the tokens"),
    setting(
        "ROST_OIDC_ISSUER",
        "",
        "External OpenID Connect issuer whose tokens are accepted as well; empty accepts none",
    ),
    setting("ROST_OIDC_AUDIENCE", "rost-api", "`aud` that its tokens must carry; by default ROST_AUDIENCE"),
    setting(
        "ROST_OIDC_LOGIN_CLAIM",
        "preferred_username",
        "Its claim that names an account of Rost by the login",
    ),
    setting(
        "ROST_OIDC_ROLES",
        "",
        "What it calls a role, separated by commas: head=director,methodist=municipal_methodist; empty: roles are those held in Rost",
    ),
    setting("ROST_OIDC_ROLES_CLAIM", "roles", "Its claim that lists the roles, as realm_access.roles"),
    setting(
        "ROST_OIDC_ORGANIZATIONS_CLAIM",
        "organizations",
        "Its claim that lists where these roles are held: ids or ИНН of organizations",
    ),
    setting("ROST_TOKEN_SECONDS", "900", "Life of an access token, 60 to 3600"),
    setting("ROST_REFRESH_DAYS", "14", "Life of a refresh token, 1 to 90"),
    setting(
        "ROST_ADMIN_PASSWORD",
        "",
        "Password of the first administrator `admin`, used while there is no account",
    ),
    setting("ROST_CORS_ORIGINS", "", "Origins of browsers that may call the API, separated by commas"),
    setting("ROST_BODY_BYTES", "1048576", "Largest JSON body"),
    setting("ROST_IMPORT_BYTES", "67108864", "Largest file for bulk loading"),
    setting("ROST_WORKBOOK_ROWS", "100000", "Rows of an exported XLSX workbook at most, up to 1000000"),
    setting("ROST_PUBLIC_URL", "", "Address the world reaches the API by, for codes on printed documents"),
    setting("ROST_FILES", "", "Folder of scanned documents; empty keeps them in the database"),
    setting("ROST_FILE_BYTES", "10485760", "Largest scanned document"),
    setting(
        "ROST_WEBHOOKS_ALLOW_PRIVATE",
        "false",
        "Whether webhooks may lead into private networks, and without encryption",
    ),
    setting("ROST_MAX_IN_FLIGHT", "512", "Requests in flight at most; more get 503"),
    setting("ROST_REQUEST_SECONDS", "30", "Seconds a request may take"),
    setting("ROST_DRAIN_SECONDS", "0", "Seconds /readyz says 503 before the server ends, for balancers"),
    setting("ROST_RATE_PER_SECOND", "200", "Requests a second of one caller; more get 429"),
    setting("ROST_LOG_JSON", "false", "Log lines as JSON"),
    setting("ROST_LOG", "info", "What is logged, in the syntax of env_logger"),
    setting("ROST_POSTGRES_BIN", "", "Folder with PostgreSQL's binaries; empty searches the usual places"),
];
