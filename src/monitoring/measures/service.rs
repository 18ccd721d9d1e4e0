//! Use cases of measures.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Definition, Fact, Line, Measure, Numbers, lines};
use super::{policy, store};
use crate::authz::{Rule, scope};
use crate::db::Ctx;
use crate::diagnostics::analytics::model::Place;
use crate::directory::organizations::service::names_of;
use crate::directory::regions::service::{region, today};
use crate::error::{Error, Result};
use crate::hours::model::{FrequencyStatus, LocalStatus};
use crate::hours::standings::model::{Grouping, Part, Tally};
use crate::hours::standings::service::{Asked as AskedHours, tallies};
use crate::monitoring::asked::{Seen, seen};
use crate::monitoring::place::Place as MonitoredPlace;
use crate::values::period::add_months;

/// What is asked.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// The school, the municipality or the region; the actor's own level when absent.
    pub organization_id: Option<Uuid>,
    /// Only this measure.
    pub measure: Option<Measure>,
    /// The day; today when absent.
    pub as_of: Option<NaiveDate>,
}

/// Which series is asked for.
#[derive(Debug, Clone, Copy)]
pub struct AskedSeries {
    /// The measure.
    pub measure: Measure,
    /// The school, the municipality or the region; the actor's own level when absent.
    pub organization_id: Option<Uuid>,
    /// The last day; today when absent.
    pub until: Option<NaiveDate>,
    /// Months between two points.
    pub step_months: u32,
    /// How many points.
    pub points: u32,
}

/// A measure of a place with its name.
#[derive(Debug, Clone)]
pub struct NamedLine {
    /// The measure.
    pub line: Line,
    /// The name of the place.
    pub name: String,
    /// The day.
    pub as_of: NaiveDate,
}

/// The place of a line in the list.
pub type LineKey = (String, String, u8, String, Uuid);

/// A point of a series.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    /// The day.
    pub day: NaiveDate,
    /// The numbers; none when they are hidden.
    pub shown: Option<Numbers>,
}

/// One line of a series.
#[derive(Debug, Clone)]
pub struct SeriesLine {
    /// What it is broken down by.
    pub key: String,
    /// The name of the key.
    pub label: Option<String>,
    /// Its points, the oldest first.
    pub points: Vec<Point>,
}

/// Every measure of a place.
#[derive(Debug, Clone)]
pub struct Measured {
    /// The place.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// Its measures and those of the places directly under it, in the order of the list.
    pub lines: Vec<NamedLine>,
    /// How each measure of the place went, by key.
    pub series: BTreeMap<Measure, Vec<SeriesLine>>,
}

/// How a measure went.
#[derive(Debug, Clone)]
pub struct Series {
    /// The measure.
    pub measure: Measure,
    /// The place.
    pub place: Place,
    /// By key.
    pub lines: Vec<SeriesLine>,
}

/// Every measure with what it means.
pub fn list_measure_definitions(ctx: &Ctx<'_>) -> Result<Vec<Definition>> {
    scope(ctx.actor, &policy::LIST_MEASURE_DEFINITIONS)?;
    Ok(Measure::ALL.into_iter().map(Measure::definition).collect())
}

/// The measures of a place and of those directly under it, in the order of the list.
pub async fn list_measures(ctx: &Ctx<'_>, asked: Asked) -> Result<Vec<NamedLine>> {
    let seen = seen(ctx, &policy::LIST_MEASURES, asked.organization_id).await?;
    let as_of = known_day(ctx, "as_of", asked.as_of).await?;
    let wanted: Vec<Measure> =
        Measure::ALL.into_iter().filter(|it| asked.measure.is_none_or(|only| only == *it)).collect();
    let facts = facts(ctx, seen, &[as_of], &wanted).await?;
    named(ctx, seen, facts.get(&as_of).map_or(&[], Vec::as_slice), &wanted, as_of).await
}

/// Every measure of a place as of the last of these days, and how each went from day to day: the lines of `list_measures`
/// and the points of `get_measure_series`, of whoever the rule lets read them.
pub(in crate::monitoring) async fn measured(
    ctx: &Ctx<'_>,
    rule: &'static Rule,
    organization_id: Option<Uuid>,
    days: &[NaiveDate],
) -> Result<Measured> {
    let seen = seen(ctx, rule, organization_id).await?;
    let facts = facts(ctx, seen, days, &Measure::ALL).await?;
    let as_of = days.last().copied().unwrap_or_default();
    let of_last = facts.get(&as_of).map(Vec::as_slice).unwrap_or_default();
    let lines = named(ctx, seen, of_last, &Measure::ALL, as_of).await?;
    let told = told(&facts, seen);
    let series = Measure::ALL.into_iter().map(|measure| (measure, went(&told, days, measure))).collect();
    let place = seen.place.into();
    let (names, region) = places(ctx, organization_of(place).as_slice()).await?;
    let name = organization_of(place).and_then(|id| names.get(&id).cloned()).unwrap_or(region);
    Ok(Measured { place, name, lines, series })
}

/// The lines of a place and of those directly under it with their names, in the order of the list.
async fn named(
    ctx: &Ctx<'_>,
    seen: Seen,
    facts: &[Fact],
    wanted: &[Measure],
    as_of: NaiveDate,
) -> Result<Vec<NamedLine>> {
    let mut found = lines(facts, seen.top.into(), seen.place.into());
    found.retain(|line| wanted.contains(&line.measure));
    let mut ids: Vec<Uuid> = found.iter().filter_map(|line| organization_of(line.place)).collect();
    ids.sort_unstable();
    ids.dedup();
    let (names, region) = places(ctx, &ids).await?;
    let name = |place| {
        let known = organization_of(place).and_then(|id| names.get(&id).cloned());
        known.unwrap_or_else(|| region.clone())
    };
    let mut named: Vec<NamedLine> =
        found.into_iter().map(|line| NamedLine { name: name(line.place), line, as_of }).collect();
    named.sort_by_cached_key(key);
    Ok(named)
}

/// The names of organizations, and of the region.
async fn places(ctx: &Ctx<'_>, ids: &[Uuid]) -> Result<(HashMap<Uuid, String>, String)> {
    let (names, region) = tokio::try_join!(names_of(ctx.conn, ids), region(ctx, ctx.region_id()?))?;
    Ok((names, region.name))
}

/// The lines of a list behind a place of it, so many.
pub fn rest(found: Vec<NamedLine>, after: Option<&LineKey>, fetch: i64) -> Vec<NamedLine> {
    let behind = found.into_iter().filter(|line| after.is_none_or(|after| key(line) > *after));
    behind.take(usize::try_from(fetch).unwrap_or(usize::MAX)).collect()
}

/// The place of a line in the list: by measure and key, higher places first.
pub fn key(named: &NamedLine) -> LineKey {
    let (rank, id) = match named.line.place {
        Place::Region(id) => (0, id),
        Place::Municipality(id) => (1, id),
        Place::School(id) => (2, id),
    };
    (named.line.measure.as_str().to_owned(), named.line.key.clone(), rank, named.name.clone(), id)
}

/// The name of a key, and its numbers by day.
type Labelled = (Option<String>, BTreeMap<NaiveDate, Option<Numbers>>);

/// How a measure of a place went.
pub async fn get_measure_series(ctx: &Ctx<'_>, asked: AskedSeries) -> Result<Series> {
    let seen = seen(ctx, &policy::GET_MEASURE_SERIES, asked.organization_id).await?;
    let until = known_day(ctx, "until", asked.until).await?;
    let back = |point: u32| {
        let months = i32::try_from(point * asked.step_months).unwrap_or_default();
        add_months(until, -months)
    };
    let days: Vec<NaiveDate> = (0..asked.points).rev().map(back).collect();
    let facts = facts(ctx, seen, &days, &[asked.measure]).await?;
    let lines = went(&told(&facts, seen), &days, asked.measure);
    Ok(Series { measure: asked.measure, place: seen.place.into(), lines })
}

/// What is told of the place itself on each day.
fn told(facts: &BTreeMap<NaiveDate, Vec<Fact>>, seen: Seen) -> BTreeMap<NaiveDate, Vec<Line>> {
    let (top, place) = (seen.top.into(), seen.place.into());
    let of_day =
        |facts: &[Fact]| lines(facts, top, place).into_iter().filter(|line| line.place == place).collect();
    facts.iter().map(|(day, facts)| (*day, of_day(facts))).collect()
}

/// How a measure went from day to day, by key.
fn went(told: &BTreeMap<NaiveDate, Vec<Line>>, days: &[NaiveDate], measure: Measure) -> Vec<SeriesLine> {
    let mut by_key: BTreeMap<String, Labelled> = BTreeMap::new();
    for (day, lines) in told {
        for line in lines.iter().filter(|line| line.measure == measure) {
            let known =
                by_key.entry(line.key.clone()).or_insert_with(|| (line.label.clone(), BTreeMap::new()));
            known.1.insert(*day, line.shown);
        }
    }
    let series_line = |(key, (label, points)): (String, Labelled)| SeriesLine {
        key,
        label,
        points: days
            .iter()
            .map(|day| Point {
                day: *day,
                shown: points.get(day).copied().unwrap_or(Some(Numbers::default())),
            })
            .collect(),
    };
    by_key.into_iter().map(series_line).collect()
}

/// What the units of a place add to measures, by day: one statement, and the standings of hours. Where deficits are wanted
/// the coverage by diagnostics is counted too: what is shown of them depends on it.
async fn facts(
    ctx: &Ctx<'_>,
    seen: Seen,
    days: &[NaiveDate],
    wanted: &[Measure],
) -> Result<BTreeMap<NaiveDate, Vec<Fact>>> {
    let region_id = ctx.region_id()?;
    let mut counted = wanted.to_vec();
    if wanted.iter().any(|measure| measure.is_of_deficits()) && !wanted.contains(&Measure::DiagnosticCoverage)
    {
        counted.push(Measure::DiagnosticCoverage);
    }
    let found = store::facts(ctx.conn, (region_id, seen.top), seen.municipality_id, days, &counted).await?;
    let mut by_day: BTreeMap<NaiveDate, Vec<Fact>> = BTreeMap::new();
    for (day, fact) in found.facts {
        by_day.entry(day).or_default().push(fact);
    }
    if wanted.iter().any(|measure| measure.is_of_hours()) {
        let part = match seen.top {
            MonitoredPlace::Region(id) => Part::Region(id),
            MonitoredPlace::Municipality(id) => Part::Municipality(id),
            MonitoredPlace::Organization(id) => Part::Organization(id),
        };
        for day in days {
            let asked = AskedHours::new(ctx, part, Some(*day), None).await?;
            let tallies = tallies(ctx, &asked, Some(Grouping::Organization)).await?;
            by_day.entry(*day).or_default().extend(of_hours(&tallies, &found.schools, wanted));
        }
    }
    Ok(by_day)
}

/// What the schools among them add to the measures of hours.
fn of_hours(tallies: &[Tally], schools: &HashMap<Uuid, Option<Uuid>>, wanted: &[Measure]) -> Vec<Fact> {
    let mut sums: BTreeMap<(Uuid, Measure), Numbers> = BTreeMap::new();
    for tally in tallies {
        let Some(school) = tally.key.parse().ok().filter(|id| schools.contains_key(id)) else { continue };
        let mut add = |measure, counts: bool, met: bool| {
            if counts && wanted.contains(&measure) {
                let sum = sums.entry((school, measure)).or_default();
                sum.numerator += if met { tally.people } else { 0 };
                sum.denominator += tally.people;
                sum.people += tally.people;
            }
        };
        let local = tally.local;
        add(Measure::HoursNorm, local != LocalStatus::NoNorm, local == LocalStatus::Met);
        add(Measure::TrainingFrequency, true, tally.federal == FrequencyStatus::Met);
    }
    let fact = |((organization_id, measure), numbers)| Fact {
        unit_id: organization_id,
        municipality_id: schools.get(&organization_id).copied().flatten(),
        measure,
        key: String::new(),
        label: None,
        competency_id: None,
        numbers,
    };
    sums.into_iter().map(fact).collect()
}

/// The day asked for, unless it has not come yet.
async fn known_day(ctx: &Ctx<'_>, pointer: &str, day: Option<NaiveDate>) -> Result<NaiveDate> {
    let today = today(ctx, ctx.region_id()?).await?;
    let day = day.unwrap_or(today);
    if day <= today {
        return Ok(day);
    }
    Err(Error::field(pointer, "in_future", "Этот день ещё не наступил", "That day has not come yet"))
}

const fn organization_of(place: Place) -> Option<Uuid> {
    match place {
        Place::Region(_) => None,
        Place::Municipality(id) | Place::School(id) => Some(id),
    }
}
