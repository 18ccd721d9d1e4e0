//! Use cases of forecasts.
//!
//! The cost: four statements for each 500 people, and one or two folds of each person's history, because a balance knows
//! the day on which it ceases to hold. A school is one portion; a region of 40,000 people is 80 portions, read one after
//! the other and never held together. A regulation is read once, however many schools and months it binds.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::model::{Circle, Job, Post, Tally, days, post};
use super::{policy, store};
use crate::db::Ctx;
use crate::directory::organizations::service::{authorize_at, organization};
use crate::directory::regions::memory::RegionStamp;
use crate::error::Result;
use crate::hours::balances::rules;
use crate::hours::clock::today;
use crate::hours::credit_transfers::model::transfers;
use crate::hours::credit_transfers::service::granted_to;
use crate::hours::ledger::service::lines_of_people;
use crate::hours::model::{History, course};
use crate::registry::provider_licences::providers::Providers;
use crate::regulations::model::BindingRegulation;
use crate::regulations::service::regulation_of_case;
use crate::regulations::terms::RegulationTerms;

/// People whose histories are in memory at a time.
const PORTION: i64 = 500;

/// What becomes of the hours of an organization's people.
#[derive(Debug)]
pub struct Forecast {
    /// The organization.
    pub organization_id: Uuid,
    /// The days, in order, with how many people stand where.
    pub months: Vec<(NaiveDate, Tally)>,
}

/// How many people meet the two checks on a day and on the first of each of the next 36 months, if nothing is added to what
/// is known now. Each day is the compliance of that day: work and regulations that begin or end in between are followed.
pub async fn get_hours_forecast(
    ctx: &Ctx<'_>,
    organization_id: Uuid,
    as_of: Option<NaiveDate>,
) -> Result<Forecast> {
    let (place, stamp, today) = tokio::try_join!(
        organization(ctx, organization_id),
        RegionStamp::read(ctx, ctx.region_id()?),
        today(ctx),
    )?;
    authorize_at(ctx.actor, &policy::GET_HOURS_FORECAST, &place)?;
    let first = as_of.unwrap_or(today);
    let days = days(first);
    let span = (first, days.last().copied().unwrap_or(first));
    let (providers, terms) = tokio::try_join!(
        Providers::read(ctx, stamp),
        RegulationTerms::of_region(ctx, place.region_id, span),
    )?;
    let circle = Circle::of(&place);
    let mut forecast = Forecaster {
        circle,
        days,
        span,
        providers,
        terms,
        regulations: HashMap::new(),
        tallies: HashMap::new(),
    };
    let mut after = None;
    loop {
        let people = store::people(ctx.conn, circle, span, after, PORTION).await?;
        let Some(last) = people.last() else { break };
        after = Some(*last);
        forecast.portion(ctx, &people).await?;
    }
    let tally = |day: NaiveDate| (day, forecast.tallies.get(&day).copied().unwrap_or_default());
    Ok(Forecast { organization_id, months: forecast.days.iter().copied().map(tally).collect() })
}

/// What is needed of everybody, and what has been counted so far.
struct Forecaster {
    circle: Circle,
    days: Vec<NaiveDate>,
    span: (NaiveDate, NaiveDate),
    providers: Providers,
    terms: RegulationTerms,
    regulations: HashMap<Uuid, BindingRegulation>,
    tallies: HashMap<NaiveDate, Tally>,
}

/// Days on which one rule applies to somebody: that of a regulation for these levels.
struct Stretch {
    post: Post,
    regulation_id: Option<Uuid>,
    days: Vec<NaiveDate>,
}

impl Forecaster {
    /// Counts these people on every day.
    async fn portion(&mut self, ctx: &Ctx<'_>, people: &[Uuid]) -> Result<()> {
        let (jobs, lines, granted) = tokio::try_join!(
            store::jobs(ctx.conn, people, self.span),
            lines_of_people(ctx, people),
            granted_to(ctx, people),
        )?;
        let lines = lines.with(&self.providers);
        // Papers outside the ledger are in no sum.
        let mut histories: HashMap<Uuid, History> = HashMap::new();
        for (person_id, transfer) in transfers(&granted, &lines, ctx.now) {
            histories.entry(person_id).or_default().transfers.push(transfer);
        }
        for line in lines {
            histories.entry(line.person_id).or_default().entries.push(line.entry);
        }
        let mut work: HashMap<Uuid, Vec<Job>> = HashMap::new();
        for job in jobs {
            work.entry(job.person_id).or_default().push(job);
        }
        for (person_id, jobs) in work {
            let history = histories.remove(&person_id).unwrap_or_default();
            for stretch in self.stretches(&jobs) {
                if let Some(id) = stretch.regulation_id.filter(|id| !self.regulations.contains_key(id)) {
                    self.regulations.insert(id, regulation_of_case(ctx, id).await?);
                }
                self.count(ctx, &history, &stretch);
            }
        }
        Ok(())
    }

    /// The days on which somebody counts, parted where the employer, the levels or the regulation change.
    fn stretches(&self, jobs: &[Job]) -> Vec<Stretch> {
        let mut found: Vec<Stretch> = Vec::new();
        for day in &self.days {
            let Some(post) = post(jobs, self.circle, *day) else { continue };
            let regulation_id = self.terms.binding_on(post.organization_id, post.municipality_id, *day);
            let same = |last: &&mut Stretch| last.post == post && last.regulation_id == regulation_id;
            match found.last_mut().filter(same) {
                Some(last) => last.days.push(*day),
                None => found.push(Stretch { post, regulation_id, days: vec![*day] }),
            }
        }
        found
    }

    fn count(&mut self, ctx: &Ctx<'_>, history: &History, stretch: &Stretch) {
        let regulation = stretch.regulation_id.and_then(|id| self.regulations.get(&id));
        let rule = rules::rule(regulation, &stretch.post.levels);
        let answers = course(history, &rule, &stretch.days, ctx.now);
        for (day, answers) in stretch.days.iter().zip(answers) {
            self.tallies.entry(*day).or_default().add(answers);
        }
    }
}
