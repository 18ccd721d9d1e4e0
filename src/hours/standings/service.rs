//! Use cases of standings: exact whatever is kept.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::fold::{PORTION, fold};
use super::model::{Folded, Grouping, Kept, Pair, Part, Stands, Tally, Wanted};
use super::policy;
use super::store::{self, CountRow, DueKey, Held, NameKey, Said, federal_status, local_status};
use crate::db::Ctx;
use crate::directory::organizations::service::{authorize_at, organization};
use crate::directory::persons::service::names_of;
use crate::directory::regions::memory::RegionStamp;
use crate::error::Result;
use crate::hours::clock::today;
use crate::http::PageQuery;

pub use super::fold::Moment;

/// Whose standings at which moment.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Whose.
    pub part: Part,
    /// When.
    pub moment: Moment,
    /// Whether it is about this day as it is known now, which is what is kept.
    pub current: bool,
}

impl Asked {
    /// The question about a part of the region on a day, today when none is given.
    pub async fn new(
        ctx: &Ctx<'_>,
        part: Part,
        as_of: Option<NaiveDate>,
        known_at: Option<DateTime<Utc>>,
    ) -> Result<Self> {
        let today = today(ctx).await?;
        let stamp = RegionStamp::read(ctx, ctx.region_id()?).await?;
        let as_of = as_of.unwrap_or(today);
        let moment = Moment { stamp, as_of, known_at: known_at.unwrap_or(ctx.now) };
        Ok(Self { part, moment, current: as_of == today && known_at.is_none() })
    }

    const fn held(&self) -> Held {
        Held { stamp: self.moment.stamp, day: self.moment.as_of }
    }

    const fn counts(&self, works: bool, main: bool) -> bool {
        works && (main || !self.part.counts_once())
    }
}

/// One page of the people behind a number, by name.
pub async fn list_hours_standings(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    as_of: Option<NaiveDate>,
    wanted: &Wanted,
    page: &PageQuery<'_>,
    after: Option<NameKey>,
) -> Result<(NaiveDate, Vec<Stands>)> {
    let place = organization(ctx, organization_id).await?;
    authorize_at(ctx.actor, &policy::LIST_HOURS_STANDINGS, &place)?;
    let asked = Asked::new(ctx, Part::of(&place), as_of, None).await?;
    Ok((asked.moment.as_of, people(ctx, &asked, wanted, after, page.fetch()).await?))
}

/// So many of the wanted people of a part by name, after a place in that order.
pub async fn people(
    ctx: &Ctx<'_>,
    asked: &Asked,
    wanted: &Wanted,
    mut after: Option<NameKey>,
    fetch: i64,
) -> Result<Vec<Stands>> {
    let enough = usize::try_from(fetch).unwrap_or(usize::MAX);
    let mut found: Vec<Stands> = Vec::new();
    let mut limit = fetch.min(PORTION);
    loop {
        let rows = (asked.held(), !asked.current);
        let portion = store::people(ctx.conn, asked.part, rows, wanted, after.as_ref(), limit).await?;
        let ended = i64::try_from(portion.len()).unwrap_or(limit) < limit;
        let stale: Vec<Pair> =
            portion.iter().filter(|(kept, _)| !kept.held).map(|(kept, _)| kept.pair).collect();
        let mut fresh: HashMap<Pair, Folded> =
            fold(ctx, asked.moment, &stale).await?.into_iter().map(|it| (it.pair, it)).collect();
        after = portion
            .last()
            .map(|(kept, name)| (name.last().to_owned(), name.first().to_owned(), kept.pair.0, kept.pair.1));
        for (kept, name) in portion {
            let pair = kept.pair;
            let standing = if kept.held {
                kept.standing
            } else {
                let counts = |it: &Folded| asked.counts(it.work.works, it.work.main) && wanted.takes(it);
                fresh.remove(&pair).filter(counts).map(|it| it.standing)
            };
            found.extend(standing.map(|standing| Stands { pair, name, standing }));
        }
        if ended || found.len() >= enough {
            found.truncate(enough);
            return Ok(found);
        }
        limit = PORTION;
    }
}

/// How many people of a part stand where, by group; all under one empty key without a grouping.
pub async fn tallies(ctx: &Ctx<'_>, asked: &Asked, by: Option<Grouping>) -> Result<Vec<Tally>> {
    let mut counts = Counts::default();
    if asked.current {
        let rows = match by {
            None | Some(Grouping::Reason | Grouping::Organization) => {
                store::totals(ctx.conn, asked.part, by).await?
            }
            Some(Grouping::Position) => said(ctx, asked, Said::Position).await?,
            Some(Grouping::EducationLevel) => said(ctx, asked, Said::Level).await?,
            Some(Grouping::Subject) => said(ctx, asked, Said::Subject).await?,
        };
        for row in rows {
            counts.add_row(by, row);
        }
    }
    // What was summed with everything else, though it holds no more, is taken off.
    let summed = asked.current && matches!(by, None | Some(Grouping::Reason | Grouping::Organization));
    let mut after = (Uuid::nil(), Uuid::nil());
    loop {
        let portion = unheld(ctx, asked, after).await?;
        let Some(last) = portion.last() else { break };
        after = last.pair;
        for kept in portion.iter().filter(|kept| summed && asked.counts(kept.works, kept.main)) {
            counts.take_off(by, kept);
        }
        let pairs: Vec<Pair> = portion.iter().map(|kept| kept.pair).collect();
        for folded in fold(ctx, asked.moment, &pairs).await? {
            if asked.counts(folded.work.works, folded.work.main) {
                counts.add(by, &folded);
            }
        }
    }
    counts.tallies()
}

/// One page of the people of whom something is due until a day, the earliest first.
pub async fn due(
    ctx: &Ctx<'_>,
    asked: &Asked,
    until: NaiveDate,
    after: Option<DueKey>,
    fetch: i64,
) -> Result<Vec<Stands>> {
    let kept = store::due(ctx.conn, asked.part, asked.held(), until, after, fetch).await?;
    let mut found: Vec<_> =
        kept.into_iter().filter_map(|it| it.standing.map(|standing| (it.pair, standing))).collect();
    let mut past = (Uuid::nil(), Uuid::nil());
    loop {
        let portion = unheld(ctx, asked, past).await?;
        let Some(last) = portion.last() else { break };
        past = last.pair;
        let pairs: Vec<Pair> = portion.iter().map(|kept| kept.pair).collect();
        for folded in fold(ctx, asked.moment, &pairs).await? {
            let due = folded.standing.due_on().filter(|day| *day <= until);
            let place = due.map(|day| (day, folded.pair.0, folded.pair.1));
            let later = place.is_some_and(|place| after.is_none_or(|after| place > after));
            if later && asked.counts(folded.work.works, folded.work.main) {
                found.push((folded.pair, folded.standing));
            }
        }
    }
    found.sort_by_key(|(pair, standing)| (standing.due_on(), *pair));
    found.truncate(usize::try_from(fetch).unwrap_or(usize::MAX));
    let ids: Vec<Uuid> = found.iter().map(|(pair, _)| pair.0).collect();
    let names = names_of(ctx.conn, &ids).await?;
    let named = found.into_iter().filter_map(|(pair, standing)| {
        names.get(&pair.0).map(|name| Stands { pair, name: name.clone(), standing })
    });
    Ok(named.collect())
}

async fn unheld(ctx: &Ctx<'_>, asked: &Asked, after: Pair) -> Result<Vec<Kept>> {
    store::unheld(ctx.conn, asked.part, asked.held(), !asked.current, after, PORTION).await
}

async fn said(ctx: &Ctx<'_>, asked: &Asked, said: Said) -> Result<Vec<CountRow>> {
    store::counts(ctx.conn, asked.part, asked.held(), said).await
}

/// Numbers of people by key, local and federal answer.
#[derive(Default)]
struct Counts(HashMap<(String, String, String), i64>);

impl Counts {
    fn change(&mut self, key: String, local: &str, federal: &str, people: i64) {
        *self.0.entry((key, local.to_owned(), federal.to_owned())).or_default() += people;
    }

    fn add_row(&mut self, by: Option<Grouping>, row: CountRow) {
        let key = match by {
            None => String::new(),
            Some(Grouping::Reason) => row.reason,
            Some(_) => row.key,
        };
        self.change(key, &row.local_status, &row.federal_status, row.people);
    }

    fn take_off(&mut self, by: Option<Grouping>, kept: &Kept) {
        let Some(standing) = &kept.standing else { return };
        let key = match by {
            Some(Grouping::Reason) => standing.reason.clone(),
            Some(Grouping::Organization) => kept.pair.1.to_string(),
            None | Some(_) => String::new(),
        };
        self.change(key, standing.local_hours.as_str(), standing.federal_frequency.as_str(), -1);
    }

    fn add(&mut self, by: Option<Grouping>, folded: &Folded) {
        let standing = &folded.standing;
        let keys = by.map_or_else(|| vec![String::new()], |by| by.keys(folded));
        for key in keys {
            self.change(key, standing.local_hours.as_str(), standing.federal_frequency.as_str(), 1);
        }
    }

    fn tallies(self) -> Result<Vec<Tally>> {
        let some = self.0.into_iter().filter(|(_, people)| *people != 0);
        some.map(|((key, local, federal), people)| {
            Ok(Tally { key, local: local_status(&local)?, federal: federal_status(&federal)?, people })
        })
        .collect()
    }
}
