//! Papers that a file brings, many at a time: the plain ones are checked by the same rules as a single one and written
//! with a few statements. Whatever is not plain is left to [`super::service`].

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use uuid::Uuid;

use super::checks;
use super::model::{Credential, NewCredential, Origin};
use super::store::references::{Issuer, References};
use super::store::together::{self as store, NamedIssuer};
use crate::authz::Permit;
use crate::db::{Change, Ctx, Subject};
use crate::error::Result;
use crate::hours::clock::today;
use crate::hours::model::credential::State;
use crate::ids::new_id;

/// A paper of a person who is held by the kept card, with the right to load it. Its numbers are held too
/// ([`hold_papers`](super::service::hold_papers)).
#[derive(Debug)]
pub struct Brought {
    /// The right.
    pub permit: Permit,
    /// The person's date of birth.
    pub birth_date: Option<NaiveDate>,
    /// The paper; neither of an enrollment nor with an id of its source.
    pub new: NewCredential,
}

/// What became of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loaded {
    /// It was recorded.
    Recorded(Uuid),
    /// It is recorded already, of the same person.
    Known(Uuid),
    /// It is not plain: it is to be loaded by itself.
    Left,
}

/// One that is to be recorded.
struct Plain<'a> {
    place: usize,
    brought: &'a Brought,
    credential: Credential,
    key: String,
    marks: Vec<String>,
}

/// Loads the papers, each as [`super::service::same_paper`] and [`super::service::import`] would, and audits them; says
/// what became of each in their order.
pub async fn import_many(ctx: &Ctx<'_>, brought: &[Brought]) -> Result<Vec<Loaded>> {
    let mut loaded = vec![Loaded::Left; brought.len()];
    if brought.is_empty() {
        return Ok(loaded);
    }
    let (region_id, day) = (ctx.region_id()?, today(ctx).await?);
    let people: Vec<Uuid> = once(brought.iter().map(|paper| paper.new.person_id));
    let ids: Vec<Uuid> = once(brought.iter().filter_map(|paper| paper.new.data.issuer_id));
    let names: Vec<String> = once(brought.iter().map(|paper| paper.new.data.issuer_name.clone()));
    let (issuers, enrolled) = tokio::try_join!(
        store::issuers(ctx.conn, region_id, &ids, &names),
        store::enrolled(ctx.conn, &people),
    )?;
    let (issuers, enrolled) = (Issuers::of(issuers), HashSet::<Uuid>::from_iter(enrolled));
    let mut plain: Vec<Plain<'_>> = Vec::with_capacity(brought.len());
    for (place, paper) in brought.iter().enumerate() {
        // What the issuer's own books say of the person is asked paper by paper.
        if paper.new.data.issuer_id.is_some() && enrolled.contains(&paper.new.person_id) {
            continue;
        }
        let found = References {
            issuer: issuers.of_paper(&paper.new),
            program_kind: None,
            module: true,
            activity: true,
        };
        if checks::problems(&paper.new, &found, paper.birth_date, day, ctx.now).is_empty()
            && let Some(one) = planned(ctx, region_id, (place, paper), found.issuer)
        {
            plain.push(one);
        }
    }
    let standing = Standing::of(ctx, region_id, &people, &plain).await?;
    plain.retain(|one| match standing.same(one) {
        Same::Nobody => true,
        Same::OfPerson(id) => {
            set(&mut loaded, one.place, Loaded::Known(id));
            false
        }
        Same::Other => false,
    });
    let permits: Vec<Permit> = plain.iter().map(|one| one.brought.permit.clone()).collect();
    let rows = plain.iter().map(|one| (&one.credential, one.key.as_str(), one.marks.clone())).collect();
    store::insert_many(ctx, &permits, rows).await?;
    let audited = plain.iter().map(|one| {
        let change = Change::none().field("state", (), one.credential.state.as_str());
        (&one.brought.permit, Subject { kind: "credential", id: one.credential.id }, change)
    });
    ctx.audit_many(audited.collect()).await?;
    for one in &plain {
        set(&mut loaded, one.place, Loaded::Recorded(one.credential.id));
    }
    Ok(loaded)
}

fn set(loaded: &mut [Loaded], place: usize, outcome: Loaded) {
    if let Some(slot) = loaded.get_mut(place) {
        *slot = outcome;
    }
}

fn once<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.dedup();
    values
}

/// The paper as it would be recorded: with the issuer the system knows, as [`super::service`] records it.
fn planned<'a>(
    ctx: &Ctx<'_>,
    region_id: Uuid,
    (place, brought): (usize, &'a Brought),
    issuer: Option<Issuer>,
) -> Option<Plain<'a>> {
    let mut data = brought.new.data.clone();
    let state = if data.issuer_id.is_some() { State::Issued } else { State::Reported };
    if let Some(issuer) = issuer {
        data.issuer_id = Some(issuer.id);
        if data.issuer_name.is_empty() {
            data.issuer_name = issuer.name;
        }
    }
    let identity = data.identity();
    let key = identity.key()?;
    let credential = Credential {
        id: new_id(),
        region_id,
        person_id: brought.new.person_id,
        data,
        origin: Origin::Import,
        state,
        reason: None,
        recorded_by: ctx.actor.account_id,
        decided_by: None,
        decided_at: None,
        external: None,
        version: 1,
        created_at: ctx.now,
    };
    Some(Plain { place, brought, credential, key, marks: identity.marks() })
}

/// The organizations that papers of a file name.
struct Issuers {
    by_id: HashMap<Uuid, Issuer>,
    /// None where several bear the name.
    by_name: HashMap<String, Option<Issuer>>,
}

impl Issuers {
    fn of(found: Vec<NamedIssuer>) -> Self {
        let (mut by_id, mut by_name) = (HashMap::new(), HashMap::<String, Option<Issuer>>::new());
        for NamedIssuer { issuer, short_name } in found {
            let short_name = short_name.filter(|short| *short != issuer.name);
            for name in [Some(issuer.name.clone()), short_name].into_iter().flatten() {
                by_name.entry(name).and_modify(|known| *known = None).or_insert_with(|| Some(issuer.clone()));
            }
            by_id.insert(issuer.id, issuer);
        }
        Self { by_id, by_name }
    }

    fn of_paper(&self, new: &NewCredential) -> Option<Issuer> {
        match new.data.issuer_id {
            Some(id) => self.by_id.get(&id).cloned(),
            None => self.by_name.get(&new.data.issuer_name).cloned().flatten(),
        }
    }
}

/// Papers that stand already, by the kept card of their person and by their key.
struct Standing {
    papers: Vec<Credential>,
    by_person: HashMap<Uuid, Vec<usize>>,
    by_key: HashMap<String, Vec<usize>>,
}

/// Which standing paper is the same.
enum Same {
    Nobody,
    OfPerson(Uuid),
    /// One of somebody else, or one that only a single look can judge.
    Other,
}

impl Standing {
    async fn of(ctx: &Ctx<'_>, region_id: Uuid, people: &[Uuid], plain: &[Plain<'_>]) -> Result<Self> {
        let as_written = |one: &Plain<'_>| one.brought.new.data.identity();
        let keys = plain.iter().flat_map(|one| as_written(one).key().into_iter().chain([one.key.clone()]));
        let marks = plain.iter().flat_map(|one| as_written(one).marks().into_iter().chain(one.marks.clone()));
        let found = store::alike(ctx.conn, region_id, people, &once(keys), once(marks)).await?;
        let mut standing = Self { by_person: HashMap::new(), by_key: HashMap::new(), papers: Vec::new() };
        for (index, (kept_id, paper)) in found.into_iter().enumerate() {
            standing.by_person.entry(kept_id).or_default().push(index);
            if let Some(key) = paper.data.identity().key() {
                standing.by_key.entry(key).or_default().push(index);
            }
            standing.papers.push(paper);
        }
        Ok(standing)
    }

    /// First as the file writes the paper, then as it would be recorded: as one paper by itself is looked up.
    fn same(&self, one: &Plain<'_>) -> Same {
        let (new, person_id) = (&one.brought.new, one.credential.person_id);
        let of_person = self.by_person.get(&person_id).into_iter().flatten();
        let mut of_person = of_person.filter_map(|index| self.papers.get(*index));
        if let Some(known) = of_person.find(|known| known.data.is_same_paper(&new.data)) {
            return Same::OfPerson(known.id);
        }
        let of_person = self.by_person.get(&person_id).into_iter().flatten();
        let by_key = self.by_key.get(&one.key).into_iter().flatten();
        let mut alike = of_person.chain(by_key).filter_map(|index| self.papers.get(*index));
        if alike.any(|known| known.data.is_same_paper(&one.credential.data)) {
            Same::Other
        } else {
            Same::Nobody
        }
    }
}
