//! Webhooks are told of changes beside the requests: what has happened is noted down, what is due is sent, and how it
//! went is written down. Several processes may do so on one database, and one that ends in the middle loses nothing.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::accounts::KeyRing;
use crate::app::{AppState, SharedState};
use crate::authz::Actor;
use crate::db::Db;
use crate::error::{Error, Result};
use crate::events::webhooks::dto::WebhookMessage;
use crate::events::webhooks::model::Outcome;
use crate::events::webhooks::service::{
    Letter, active_webhooks, gather, has_news, seal_purpose, settle, take,
};
use crate::outbound::{Outbound, SigningSecret, signatures};

/// How often a process looks for what has happened.
const INTERVAL: Duration = Duration::from_secs(2);
/// Letters that are under way at a time.
const LETTERS: i64 = 20;
/// Where the work is told apart in the log.
const WORK: &str = "delivering";

/// Works now and then, as long as the process serves.
pub async fn forever(state: SharedState) {
    let mut db = None;
    loop {
        let worked = match db.take().map_or_else(|| state.own_connection(), Ok) {
            Ok(own) => {
                let worked = until_nothing_is_due(&state, &own).await;
                db = worked.is_ok().then_some(own);
                worked
            }
            Err(refusal) => Err(refusal),
        };
        if let Err(refusal) = worked {
            // The next time will do.
            log::warn!(target: "rost::delivering", "delivering failed: {refusal}");
        }
        tokio::time::sleep(INTERVAL).await;
    }
}

async fn until_nothing_is_due(state: &AppState, db: &Db) -> Result<()> {
    while work_once(state, db).await? > 0 {}
    Ok(())
}

/// Notes down what has happened, and sends one batch of what is due; how many letters there were.
pub async fn work_once(state: &AppState, db: &Db) -> Result<usize> {
    let now = state.clock.now();
    let nobody = Actor::nobody();
    for id in db.read(&nobody, now, WORK, async |ctx| active_webhooks(ctx).await).await? {
        if db.read(&nobody, now, WORK, async |ctx| has_news(ctx, id).await).await? {
            while db.write(&nobody, now, WORK, async |ctx| gather(ctx, id).await).await? {}
        }
    }
    let letters = db.write(&nobody, now, WORK, async |ctx| take(ctx, LETTERS).await).await?;
    send(state, db, now, letters).await
}

/// Sends letters side by side, so that a receiver who is slow keeps nobody else waiting.
async fn send(state: &AppState, db: &Db, now: DateTime<Utc>, letters: Vec<Letter>) -> Result<usize> {
    let mut under_way = JoinSet::new();
    let count = letters.len();
    for letter in letters {
        let prepared = Prepared::new(&letter, state.identity.keys(), now);
        let outbound = state.outbound.clone();
        under_way.spawn_blocking(move || {
            let outcome = match prepared {
                Ok(prepared) => prepared.post(&outbound, &letter.url),
                Err(refusal) => Outcome::Failed(refusal.to_string()),
            };
            (letter, outcome)
        });
    }
    while let Some(sent) = under_way.join_next().await {
        let (letter, outcome) = sent.map_err(Error::internal)?;
        let at = state.clock.now();
        let settled = async |ctx: &crate::db::Ctx<'_>| settle(ctx, &letter, &outcome).await;
        if let Err(refusal) = db.write(&Actor::nobody(), at, WORK, settled).await {
            // It is due again when its time as taken is over.
            log::warn!(target: "rost::delivering", webhook:% = letter.webhook_id; "not written down: {refusal}");
        }
    }
    Ok(count)
}

/// A letter with its signatures.
struct Prepared {
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Prepared {
    fn new(letter: &Letter, keys: &KeyRing, now: DateTime<Utc>) -> Result<Self> {
        let body = serde_json::to_vec(&WebhookMessage::from(&letter.told.change)).map_err(Error::internal)?;
        let previous = letter.secrets.previous.iter().map(|(sealed, _)| sealed);
        let secrets: Vec<SigningSecret> = std::iter::once(&letter.secrets.current)
            .chain(previous)
            .map(|sealed| opened(keys, letter.webhook_id, sealed))
            .collect::<Result<_>>()?;
        let (id, moment) = (letter.told.delivery.id.to_string(), now.timestamp());
        let signed = signatures(&secrets, &id, moment, &body)?;
        let headers = vec![
            ("content-type", "application/json".to_owned()),
            ("webhook-id", id),
            ("webhook-timestamp", moment.to_string()),
            ("webhook-signature", signed),
        ];
        Ok(Self { headers, body })
    }

    fn post(self, outbound: &Outbound, url: &str) -> Outcome {
        match outbound.post(url, &self.headers, self.body) {
            Ok(status) => Outcome::Answered(status),
            Err(words) => Outcome::Failed(words),
        }
    }
}

fn opened(keys: &KeyRing, id: Uuid, sealed: &[u8]) -> Result<SigningSecret> {
    let bytes = keys.unseal(sealed, &seal_purpose(id))?;
    let secret = bytes.and_then(|bytes| SigningSecret::of(&bytes));
    secret.ok_or_else(|| Error::internal("the secret was sealed with a key that is gone: rotate it"))
}
