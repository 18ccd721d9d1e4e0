//! What happened in each region after it was set up: a diary of requests, in the order of the file. A step names the
//! operation of the API, who calls it and when; its body is that of the request, with names in place of ids.

mod guidance;
mod hours;
mod monitoring;
mod planning;
mod registry;
mod requests;
mod routes;
mod training;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::cast::Stage;
use super::files;
use crate::db::Ctx;
use crate::error::{Error, Result};
use requests::{Made, Request};

/// Which regions have a diary.
#[derive(Deserialize)]
struct DiaryRow {
    region: String,
}

/// A request of the diary.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// When.
    at: DateTime<Utc>,
    /// Who: a login.
    by: String,
    /// What: an operationId.
    operation: String,
    /// Under which name later steps find what came of it.
    name: Option<String>,
    /// To what it is done: the `{id}` of the path. Several: to each of them.
    #[serde(default)]
    of: Vec<String>,
    /// The number in the path: position of a stage, year of a publication.
    number: Option<i32>,
    /// The body. A string that begins with `@` is a name and stands for an id.
    #[serde(default)]
    body: Map<String, Value>,
}

/// What names stand for: those of the other files (`program:altai-institute/…`), and those given by earlier steps.
type Names = HashMap<String, Uuid>;

impl Stage<'_> {
    /// Plays the diaries.
    pub(super) async fn stories(&self) -> Result<()> {
        for row in files::csv::<DiaryRow>(self.folder, "stories.csv")? {
            let file = format!("stories/{}.json", row.region);
            let mut names = self.names.clone();
            for step in files::json::<Vec<Step>>(self.folder, &file)? {
                let said = format!("demo/{file}: {} by {} at {}", step.operation, step.by, step.at);
                self.play(step, &mut names).await.map_err(|refusal| {
                    let cause = refusal.cause.clone().unwrap_or_default();
                    Error { cause: Some(format!("{said}: {cause}")), ..refusal }
                })?;
            }
        }
        Ok(())
    }

    async fn play(&self, step: Step, names: &mut Names) -> Result<()> {
        let body = Value::Object(step.body);
        let subjects = if step.of.is_empty() { vec![None] } else { step.of.iter().map(Some).collect() };
        for subject in subjects {
            let id = subject.map(|name| id_of(names, name.trim_start_matches('@'))).transpose()?;
            let request = Request { id, number: step.number, body: with_ids(names, body.clone())? };
            let operation = step.operation.as_str();
            let answer = async |ctx: &Ctx<'_>| perform(ctx, operation, request).await;
            let made = Box::pin(self.act(self.actor(&step.by)?, step.at, answer)).await?;
            if let Some(name) = &step.name {
                self.remember(names, name, &made);
            }
        }
        Ok(())
    }

    /// A thing by its name, its parts by number from 1, those about people by СНИЛС.
    fn remember(&self, names: &mut Names, name: &str, made: &Made) {
        names.insert(name.to_owned(), made.id);
        names.extend(made.parts.iter().zip(1..).map(|(id, number)| (format!("{name}/{number}"), *id)));
        for (person_id, id) in &made.people {
            let snils = self.persons.iter().find(|(_, known)| *known == person_id);
            names.extend(snils.map(|(snils, _)| (format!("{name}/{snils}"), *id)));
        }
    }
}

async fn perform(ctx: &Ctx<'_>, operation: &str, request: Request) -> Result<Made> {
    if let Some(made) = Box::pin(registry::perform(ctx, operation, &request)).await? {
        return Ok(made);
    }
    if let Some(made) = Box::pin(guidance::perform(ctx, operation, &request)).await? {
        return Ok(made);
    }
    if let Some(made) = Box::pin(routes::perform(ctx, operation, &request)).await? {
        return Ok(made);
    }
    if let Some(made) = Box::pin(hours::perform(ctx, operation, &request)).await? {
        return Ok(made);
    }
    if let Some(made) = Box::pin(planning::perform(ctx, operation, &request)).await? {
        return Ok(made);
    }
    if let Some(made) = Box::pin(monitoring::perform(ctx, operation, &request)).await? {
        return Ok(made);
    }
    let made = Box::pin(training::perform(ctx, operation, &request)).await?;
    made.ok_or_else(|| Error::internal("demo: no diary has such an operation"))
}

fn id_of(names: &Names, name: &str) -> Result<Uuid> {
    names.get(name).copied().ok_or_else(|| Error::internal(format!("demo: nothing is named `{name}`")))
}

/// The body with ids in place of names.
fn with_ids(names: &Names, value: Value) -> Result<Value> {
    Ok(match value {
        Value::String(text) => match text.strip_prefix('@') {
            Some(name) => Value::String(id_of(names, name)?.to_string()),
            None => Value::String(text),
        },
        Value::Array(items) => {
            Value::Array(items.into_iter().map(|item| with_ids(names, item)).collect::<Result<_>>()?)
        }
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(field, value)| Ok((field, with_ids(names, value)?)));
            Value::Object(fields.collect::<Result<_>>()?)
        }
        other => other,
    })
}
