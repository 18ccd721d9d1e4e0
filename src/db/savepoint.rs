//! A part of a transaction that may fail without spoiling the rest.

use diesel_async::SimpleAsyncConnection;

use super::Ctx;
use crate::error::Result;

impl Ctx<'_> {
    /// Does `work` under a savepoint: what it refuses is taken back, the transaction goes on.
    pub async fn attempt<T>(&self, work: impl AsyncFnOnce(&Self) -> Result<T>) -> Result<T> {
        (&mut &*self.conn).batch_execute("savepoint attempt").await?;
        let result = work(self).await;
        let end = if result.is_ok() {
            "release savepoint attempt"
        } else {
            "rollback to savepoint attempt; release savepoint attempt"
        };
        (&mut &*self.conn).batch_execute(end).await?;
        result
    }

    /// Checks deferred constraints at once from here on, so that a violation meets whoever caused it.
    pub async fn check_constraints_at_once(&self) -> Result<()> {
        Ok((&mut &*self.conn).batch_execute("set constraints all immediate").await?)
    }
}
