//! What a server remembers of a region's directory: it holds for as long as the region's stamp stands. Every change
//! of organizations, regulations, licences and founders renews the stamp in its own transaction, so whoever reads
//! the stamp knows that what was read under it is still so.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use super::store;
use crate::db::Ctx;
use crate::error::Result;

/// Answers remembered at most of one region.
const CAPACITY: usize = 10_000;

/// The state of a region's directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RegionStamp {
    /// The region.
    pub region_id: Uuid,
    stamp: Uuid,
}

impl RegionStamp {
    /// The state of the directory as it was read together with something else.
    pub(in crate::directory) const fn new(region_id: Uuid, stamp: Uuid) -> Self {
        Self { region_id, stamp }
    }

    /// Never the same again once something of the directory has changed.
    pub const fn id(self) -> Uuid {
        self.stamp
    }

    /// The state of the directory now.
    pub async fn read(ctx: &Ctx<'_>, region_id: Uuid) -> Result<Self> {
        Ok(Self { region_id, stamp: store::stamp(ctx.conn, region_id).await? })
    }
}

struct Page<K, V> {
    stamp: Uuid,
    answers: HashMap<K, V>,
}

/// Answers about the directories of regions.
pub struct RegionMemory<K, V>(Mutex<HashMap<Uuid, Page<K, V>>>);

impl<K, V> Default for RegionMemory<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<K: Eq + Hash, V: Clone> RegionMemory<K, V> {
    /// The remembered answer; else what is read now, which is remembered unless the directory changed meanwhile.
    pub async fn recall(
        &self,
        ctx: &Ctx<'_>,
        stamp: RegionStamp,
        key: K,
        read: impl Future<Output = Result<V>>,
    ) -> Result<V> {
        if let Some(known) = self.known(stamp, &key) {
            return Ok(known);
        }
        let value = read.await?;
        if RegionStamp::read(ctx, stamp.region_id).await? == stamp {
            self.remember(stamp, key, value.clone());
        }
        Ok(value)
    }

    fn known(&self, stamp: RegionStamp, key: &K) -> Option<V> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.get(&stamp.region_id).filter(|page| page.stamp == stamp.stamp)?.answers.get(key).cloned()
    }

    fn remember(&self, RegionStamp { region_id, stamp }: RegionStamp, key: K, value: V) {
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let page = pages.entry(region_id).or_insert_with(|| Page { stamp, answers: HashMap::new() });
        if page.stamp != stamp || page.answers.len() >= CAPACITY {
            *page = Page { stamp, answers: HashMap::new() };
        }
        page.answers.insert(key, value);
    }
}
