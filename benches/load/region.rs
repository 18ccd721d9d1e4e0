//! The generated region and the server on it.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Command;

use actix_web::dev::ServerHandle;
use rost::accounts::{Claims, GrantClaim};
use rost::app::{AppState, SharedState, share};
use rost::authz::{Level, Role};
use rost::clock::Clock;
use rost::config::Config;
use rost::db::{DbSettings, migrations};
use rost::http::Metrics;
use rost::regulations::presets::Preset;
use rost::standing::until_all_hold;
use uuid::Uuid;

/// How many municipalities of 20 schools, and how many teachers in each school.
pub fn shape(size: &str) -> (u32, u32) {
    match size {
        "small" => (3, 50),
        "x1" => (60, 50),
        "x10" => (600, 50),
        other => panic!("ROST_BENCH_SIZE is small, x1 or x10, not {other}"),
    }
}

/// How the generator names rows.
const UID: &str =
    "create or replace function pg_temp.uid(kind text, n bigint) returns uuid language sql immutable as
    $$ select md5(kind || n)::uuid $$;";

/// Migrates and fills an empty database.
pub fn prepare(url: &str, size: &str) {
    migrations::run_pending(url).expect("the migrations");
    let (municipalities, teachers) = shape(size);
    let sized = |sql: String| {
        sql.replace(":municipalities", &municipalities.to_string())
            .replace(":teachers_per_school", &teachers.to_string())
    };
    let region = sized([include_str!("dataset.sql"), include_str!("diagnosed.sql")].concat());
    let routes = sized(format!("{UID}{}", include_str!("routed.sql")));
    let orders = sized(format!("{UID}{}", include_str!("ordered.sql")));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (client, connection) =
            tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("the database");
        tokio::spawn(connection);
        let is_empty = async |table: &str| {
            let found = client.query_opt(&format!("select 1 from {table} limit 1"), &[]).await;
            found.expect("a query").is_none()
        };
        let (no_region, no_routes) = (is_empty("regions").await, is_empty("routes").await);
        let no_orders = is_empty("training_orders").await;
        if no_region {
            eprintln!("generating the region {size}, once …");
            let sql = format!("begin; {region} {} commit", regulation());
            client.batch_execute(&sql).await.expect("the data set");
        }
        client.batch_execute(super::papers::NUMBERED).await.expect("the numbers");
        if no_orders {
            client.batch_execute(&format!("begin; {orders} commit")).await.expect("the orders");
        } else {
            client.batch_execute(super::above::ANEW).await.expect("the orders as they began");
        }
        if no_routes {
            client.batch_execute(&format!("begin; {routes} commit")).await.expect("the routes");
            // Not in a batch, which is a transaction.
            client.batch_execute("vacuum analyze").await.expect("vacuum");
        } else {
            // What an earlier run wrote would be read by this one.
            let sweep = format!(
                "with old as (select id from credentials where title = '{}'),
                      codes as (delete from credential_verifications where credential_id in (table old))
                 delete from credentials where id in (table old)",
                super::cases::NEW_TITLE
            );
            client.batch_execute(&sweep).await.expect("the sweep");
            client.batch_execute("vacuum analyze credentials").await.expect("vacuum");
        }
    });
}

/// The regulation of a region that keeps a registry, so that balances have norms.
fn regulation() -> String {
    let preset = Preset::find("p4-altai-krai").expect("a preset").load().expect("a document");
    let mut document = serde_json::to_value(preset.document()).expect("JSON");
    // Orders of the region, which this regulation does not know.
    let operators = Preset::find("p2-kostroma-oblast").expect("a preset").load().expect("a document");
    let operators = serde_json::to_value(operators.document()).expect("JSON");
    document["profile"]["orders"] = operators["profile"]["orders"].clone();
    format!(
        "insert into regulations (id, region_id, owner_id, level, code, title, title_en, issuing_body, obligations, \
                                  preset, state, effective_from, profile, published_at, created_at, updated_at)
         values (md5('regulation1')::uuid, md5('region1')::uuid, md5('ministry1')::uuid, 'region', 'bench', 'Bench', \
                 'Bench', 'Ministry', $o${}$o$, 'p4-altai-krai', 'published', '2020-01-01', $p${}$p$, '2020-01-01', \
                 '2020-01-01', '2020-01-01');",
        document["obligations"], document["profile"],
    )
}

/// A running server and a token for each kind of caller.
pub struct Server {
    pub address: String,
    state: SharedState,
    handle: ServerHandle,
}

/// Serves the database with two workers.
pub fn serve(url: &str) -> Server {
    let data = std::env::temp_dir().join(format!("rost-bench-{}", std::process::id()));
    let config = Config::from_lookup(|name| match name {
        "ROST_DATA" => Some(data.display().to_string()),
        "ROST_WORKERS" => Some("2".to_owned()),
        "ROST_RATE_PER_SECOND" => Some("1000000".to_owned()),
        _ => None,
    })
    .expect("a configuration");
    let db = DbSettings {
        url: url.to_owned(),
        read_url: url.to_owned(),
        write_connections: config.write_connections,
        snapshot_connections: config.snapshot_connections,
        read_pipes: config.read_pipes,
    };
    let clock = Clock::fixed("2026-03-02T06:00:00Z".parse().expect("a moment"));
    let state = share(AppState::new(config, clock, db).expect("the state"));
    keep_standings(&state);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("an address").to_string();
    let (sender, receiver) = std::sync::mpsc::channel();
    let shared = state.clone();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let server =
                rost::server::start(listener, shared, Metrics::new().expect("metrics")).expect("a server");
            sender.send(server.handle()).expect("a receiver");
            server.await.expect("the server");
        });
    });
    Server { address, state, handle: receiver.recv().expect("the server starts") }
}

/// As the process that serves does beside the requests: what the database holds already is not folded again.
fn keep_standings(state: &SharedState) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let db = state.own_connection().expect("a connection");
        until_all_hold(&db, state.clock.now()).await.expect("the standings");
    });
}

impl Server {
    /// A token of a generated account with one role.
    pub fn token(&self, account: Uuid, role: Role, level: Level, organization: Uuid) -> String {
        let now = self.state.clock.now().timestamp();
        let claims = Claims {
            sub: account,
            iss: "rost".to_owned(),
            aud: "rost-api".to_owned(),
            iat: now,
            exp: now + 900,
            jti: rost::ids::new_id(),
            sid: None,
            grants: vec![GrantClaim { role, level, organization: Some(organization) }],
        };
        self.state.identity.keys().sign(&claims).expect("a token")
    }

    /// Ends the server.
    pub fn stop(self) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(self.handle.stop(true));
    }
}

/// The generator's ids of one kind, from 1 to `count`: MD5 of kind and number, computed by PostgreSQL itself.
pub fn ids(url: &str, kind: &str, count: u32) -> Vec<Uuid> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        let (client, connection) =
            tokio_postgres::connect(url, tokio_postgres::NoTls).await.expect("the database");
        tokio::spawn(connection);
        let sql =
            format!("select md5('{kind}' || n)::uuid::text from generate_series(1, {count}) n order by n");
        let rows = client.query(&sql, &[]).await.expect("a query");
        rows.iter().map(|row| row.get::<_, String>(0).parse().expect("an id")).collect()
    })
}

/// pgbench next to the other programs of PostgreSQL.
pub fn pgbench() -> PathBuf {
    let output = Command::new("pg_config").arg("--bindir").output();
    let bindir = output
        .ok()
        .filter(|output| output.status.success())
        .map(|output| PathBuf::from(String::from_utf8_lossy(&output.stdout).trim()));
    bindir.map_or_else(|| PathBuf::from("pgbench"), |folder| folder.join("pgbench"))
}
