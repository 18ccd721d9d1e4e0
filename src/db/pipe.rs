//! Shared connections for short reads: statements of many requests follow each other without waiting for answers.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use diesel_async::AsyncConnection;

use super::Conn;
use crate::error::{Code, Error, Result};

/// The pipelined connections of one worker thread; a broken one is replaced by the next caller.
pub(super) struct Pipes {
    url: String,
    slots: RefCell<Vec<Option<Rc<Conn>>>>,
    next: Cell<usize>,
}

impl Pipes {
    pub(super) fn new(url: String, count: usize) -> Self {
        Self { url, slots: RefCell::new(vec![None; count.max(1)]), next: Cell::new(0) }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.slots.borrow().len()
    }

    /// The next connection in turn, opened if need be.
    pub(super) async fn get(&self) -> Result<Rc<Conn>> {
        let count = self.count();
        let index = self.next.get() % count;
        self.next.set(index + 1);
        if let Some(open) = self.slots.borrow().get(index).and_then(Clone::clone) {
            return Ok(open);
        }
        let conn = Conn::establish(&self.url)
            .await
            .map_err(|error| Error::new(Code::Unavailable).retry_after(2).cause(error))?;
        let conn = Rc::new(conn);
        if let Some(slot) = self.slots.borrow_mut().get_mut(index) {
            *slot = Some(Rc::clone(&conn));
        }
        Ok(conn)
    }

    /// Forgets a connection that failed.
    pub(super) fn discard(&self, broken: &Rc<Conn>) {
        for slot in self.slots.borrow_mut().iter_mut() {
            if slot.as_ref().is_some_and(|open| Rc::ptr_eq(open, broken)) {
                *slot = None;
            }
        }
    }
}
