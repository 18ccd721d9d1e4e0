//! One call of the API as a handler sees it: who asks, and the three ways to the database.

use std::future::{Ready, ready};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpMessage, HttpRequest, web};
use sha2::{Digest, Sha256};

use super::body::BodyDigest;
use super::gate::Operation;
use super::observe::RequestId;
use super::page::Portion;
use super::rate::Caller;
use super::{PageQuery, ProblemView, Rates, Reply, accept, headers, language, peer};
use crate::app::AppState;
use crate::authz::Actor;
use crate::db::{Claim, Ctx, Db, Doing, Work};
use crate::error::{Code, Error, Language, Result};

/// Who asks for what, and the way to the database.
pub struct Call {
    request: HttpRequest,
    /// The verified caller.
    pub actor: Arc<Actor>,
    operation: &'static str,
    request_id: String,
    db: Rc<Db>,
    /// What the process shares.
    pub app: web::Data<AppState>,
}

impl Call {
    /// The operationId of the request.
    pub const fn operation(&self) -> &'static str {
        self.operation
    }

    /// A short read: statements on a shared, read-only connection.
    pub async fn read<T>(&self, work: impl AsyncFn(&Ctx<'_>) -> Result<T>) -> Result<T> {
        let work = self.db.read(&self.actor, self.app.clock.now(), &self.request_id, work);
        self.in_time(Box::pin(work)).await
    }

    /// Several reads that agree with each other, or a slow one.
    pub async fn snapshot<T>(&self, work: impl AsyncFn(&Ctx<'_>) -> Result<T>) -> Result<T> {
        let work = self.db.snapshot(&self.actor, self.app.clock.now(), &self.request_id, work);
        self.in_time(Box::pin(work)).await
    }

    /// A change: one transaction.
    pub async fn write<T>(&self, work: impl AsyncFn(&Ctx<'_>) -> Result<T>) -> Result<T> {
        let work = self.db.write(&self.actor, self.app.clock.now(), &self.request_id, work);
        self.in_time(Box::pin(work)).await
    }

    /// A change that may take long, a portion of a file for example.
    pub async fn write_long<T>(&self, work: impl AsyncFn(&Ctx<'_>) -> Result<T>) -> Result<T> {
        self.db.write(&self.actor, self.app.clock.now(), &self.request_id, work).await
    }

    /// The language of the answer.
    pub fn language(&self) -> Language {
        language::of(&self.request)
    }

    /// Which of these media types the caller prefers: its place, 0 when he names none.
    pub fn format(&self, offered: &[&'static str]) -> usize {
        accept::of(&self.request, offered)
    }

    /// A POST: one transaction that stores its answer under the caller's Idempotency-Key.
    pub async fn write_once(&self, work: impl AsyncFn(&Ctx<'_>) -> Result<Reply>) -> Result<Reply> {
        let key = headers::idempotency_key(self.request.headers())?;
        self.claimed(key, &self.fingerprint(), &work).await
    }

    /// One of the parts of a POST that are taken or refused each alone: a transaction of its own, whose answer is stored
    /// under the caller's Idempotency-Key and the number of the part. A repeat finds what was done and tries the rest.
    pub async fn write_once_part(
        &self,
        part: usize,
        content: &[u8],
        work: impl AsyncFn(&Ctx<'_>) -> Result<Reply>,
    ) -> Result<Reply> {
        let key = format!("{}/{part}", headers::idempotency_key(self.request.headers())?);
        self.claimed(&key, &Sha256::digest(content), &work).await
    }

    /// Refuses a POST without a usable Idempotency-Key before any of its parts is tried.
    pub fn require_key(&self) -> Result<()> {
        headers::idempotency_key(self.request.headers()).map(drop)
    }

    async fn claimed(&self, key: &str, fingerprint: &[u8], work: &dyn Work<Reply>) -> Result<Reply> {
        self.write(async |ctx| match Claim::take(ctx, self.operation, key, fingerprint).await? {
            Err(stored) => Ok(Reply::from(stored)),
            Ok(claim) => {
                let reply = work.run(ctx).await?;
                claim.finish(ctx, &reply.stored()).await?;
                Ok(reply)
            }
        })
        .await
    }

    /// A refusal as it is told within an answer, when something else of the same request was not refused.
    pub fn problem(&self, refusal: &Error) -> ProblemView {
        ProblemView::new(refusal, self.language(), self.request.path(), &self.request_id)
    }

    /// The version the caller saw (`If-Match`).
    pub fn if_match(&self) -> Result<i64> {
        headers::if_match(self.request.headers())
    }

    /// Which page of a list is asked for.
    pub fn page<'a>(&'a self, limit: Option<i64>, cursor: Option<&'a str>) -> PageQuery<'a> {
        let portion = self.request.extensions().get::<Portion>().map(|portion| portion.0);
        PageQuery::new(portion.or(limit), cursor, self.app.identity.keys())
    }

    /// Takes the request out of these buckets too, by the address it comes from: for what strangers might try.
    pub fn charge_address(&self, rates: &Rates) -> Result<()> {
        rates.take(Caller::Address(self.request.peer_addr().map(|address| address.ip()))).map(drop)
    }

    /// Whether nobody waits for the answer any more: asked between the parts of what takes long.
    pub fn client_has_gone(&self) -> bool {
        peer::has_gone(&self.request)
    }

    /// The request itself, for what only a few handlers need.
    pub const fn request(&self) -> &HttpRequest {
        &self.request
    }

    /// The transaction of a request that is cut off is rolled back: its connection is dropped by the pool.
    async fn in_time<T>(&self, work: Doing<'_, Result<T>>) -> Result<T> {
        let limit = Duration::from_secs(self.app.config.request_seconds);
        match tokio::time::timeout(limit, work).await {
            Ok(result) => result,
            Err(elapsed) => Err(Error::new(Code::Unavailable).retry_after(5).cause(elapsed)),
        }
    }

    fn fingerprint(&self) -> Vec<u8> {
        let mut hash = Sha256::new();
        hash.update(self.request.uri().to_string());
        if let Some(digest) = self.request.extensions().get::<BodyDigest>() {
            hash.update(&digest.0);
        }
        hash.finalize().to_vec()
    }
}

impl FromRequest for Call {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Self::new(request).ok_or_else(|| Error::internal("a handler without the gate in front of it")))
    }
}

impl Call {
    fn new(request: &HttpRequest) -> Option<Self> {
        let extensions = request.extensions();
        Some(Self {
            actor: extensions.get::<Arc<Actor>>()?.clone(),
            operation: extensions.get::<Operation>()?.id,
            request_id: extensions.get::<RequestId>()?.0.clone(),
            db: request.app_data::<Rc<Db>>()?.clone(),
            app: request.app_data::<web::Data<AppState>>()?.clone(),
            request: request.clone(),
        })
    }
}
