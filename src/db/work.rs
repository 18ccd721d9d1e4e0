//! What is done with a connection, behind one type: the transaction around it is compiled once for what it answers, not
//! once for every operation of the API.

use std::pin::Pin;

use super::Ctx;
use crate::error::Result;

/// Something under way on this thread.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// What is done with a connection.
pub trait Work<T> {
    /// Does it; a transaction that lost against another one does it again.
    fn run<'a>(&'a self, ctx: &'a Ctx<'_>) -> Doing<'a, Result<T>>;
}

impl<T, W> Work<T> for W
where
    W: AsyncFn(&Ctx<'_>) -> Result<T>,
{
    fn run<'a>(&'a self, ctx: &'a Ctx<'_>) -> Doing<'a, Result<T>> {
        Box::pin(self(ctx))
    }
}
