//! What a server remembers of the people of an organization. A ledger only grows, so as long as it has as many lines
//! as it had, and the region's directory stands, the same day gets the same answer.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Standing, Worker};
use crate::directory::regions::memory::RegionStamp;
use crate::values::EducationLevel;

/// Organizations remembered at most.
const CAPACITY: usize = 3_000;

/// What a page answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Question {
    pub(super) organization_id: Uuid,
    pub(super) as_of: NaiveDate,
    pub(super) stamp: RegionStamp,
}

/// The standing of one person, from a ledger of so many lines, of somebody who teaches at these levels.
#[derive(Debug, Clone)]
struct Remembered {
    levels: BTreeSet<EducationLevel>,
    lines: usize,
    standing: Standing,
}

/// The answers to one question.
#[derive(Debug, Clone, Default)]
pub(super) struct Page(HashMap<Uuid, Remembered>);

impl Page {
    /// Where the worker stands, if the ledger is the one that was folded.
    pub(super) fn of(&self, worker: &Worker) -> Option<Standing> {
        let known = self.0.get(&worker.person_id)?;
        (known.lines == worker.lines && known.levels == worker.levels).then_some(known.standing)
    }

    /// Keeps what was found.
    pub(super) fn keep(&mut self, worker: &Worker, lines: usize, standing: Standing) {
        self.0.insert(worker.person_id, Remembered { levels: worker.levels.clone(), lines, standing });
    }
}

/// Pages by organization; of each the one that was asked for last.
#[derive(Debug, Default)]
pub(super) struct Memory(Mutex<HashMap<Uuid, (Question, Arc<Page>)>>);

impl Memory {
    /// What is remembered of the question.
    pub(super) fn page(&self, question: Question) -> Arc<Page> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let page = pages.get(&question.organization_id).filter(|(known, _)| *known == question);
        page.map(|(_, page)| Arc::clone(page)).unwrap_or_default()
    }

    /// Remembers the page from now on.
    pub(super) fn remember(&self, question: Question, page: Page) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if pages.len() >= CAPACITY && !pages.contains_key(&question.organization_id) {
            pages.clear();
        }
        pages.insert(question.organization_id, (question, Arc::new(page)));
    }
}
