//! The way past the server, for the owner of the tables: one connection for as long as a test asks nothing else of it.

use std::sync::Mutex;

use tokio::runtime::Runtime;
use tokio_postgres::{Client, Error};

use super::database::connect;

/// A connection that is opened when it is first asked for.
pub struct Owner {
    url: String,
    kept: Mutex<Option<Connection>>,
}

struct Connection {
    runtime: Runtime,
    client: Client,
}

impl Owner {
    pub fn new(url: String) -> Self {
        Self { url, kept: Mutex::new(None) }
    }

    /// Runs SQL; what it sets for its session is forgotten afterwards.
    pub fn execute(&self, sql: &str) -> Result<(), Error> {
        self.ask(|it| it.runtime.block_on(it.client.batch_execute(sql)))
    }

    /// The first column of the rows as text.
    pub fn texts(&self, sql: &str) -> Result<Vec<String>, Error> {
        let rows = self.ask(|it| it.runtime.block_on(it.client.query(sql, &[])))?;
        Ok(rows.into_iter().map(|row| row.get(0)).collect())
    }

    /// On a connection of its own while another thread waits for an answer on the one that is kept.
    fn ask<T>(&self, question: impl Fn(&Connection) -> Result<T, Error>) -> Result<T, Error> {
        let Ok(mut kept) = self.kept.try_lock() else { return question(&Connection::open(&self.url)?) };
        // A test of faults may have ended the one that was kept.
        let connection = match kept.take().filter(|it| it.runs("")) {
            Some(connection) => connection,
            None => Connection::open(&self.url)?,
        };
        let answer = question(&connection);
        // What the question has begun or set is not for the next one.
        *kept = Some(connection).filter(|it| it.runs("rollback") && it.runs("discard all"));
        answer
    }
}

impl Connection {
    fn open(url: &str) -> Result<Self, Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let client = runtime.block_on(connect(url))?;
        Ok(Self { runtime, client })
    }

    fn runs(&self, sql: &str) -> bool {
        self.runtime.block_on(self.client.batch_execute(sql)).is_ok()
    }
}
