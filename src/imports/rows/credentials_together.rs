//! Documents about learning, a portion at a time. Only the plain rows are loaded here; the others, and those that meet
//! another row of the portion, are loaded one by one with the same outcome.

use std::collections::HashMap;

use uuid::Uuid;

use super::super::model::RowOutcome;
use super::super::policy;
use super::super::table::Row;
use super::credential::{self, CredentialRow};
use crate::authz::authorize;
use crate::db::Ctx;
use crate::directory::organizations::service as organizations;
use crate::directory::persons::service as persons;
use crate::directory::regions::service as regions;
use crate::error::Result;
use crate::hours::credentials::model::NewCredential;
use crate::hours::credentials::service::hold_papers;
use crate::hours::credentials::together::{Brought, Loaded, import_many};

/// Loads the plain ones of the rows; says by the line what became of them.
pub(super) async fn load(ctx: &Ctx<'_>, rows: &[Row<'_>]) -> Result<HashMap<i32, (RowOutcome, Uuid)>> {
    let mut papers: Vec<(i32, CredentialRow)> = Vec::with_capacity(rows.len());
    for row in rows.iter().filter(|row| row.shape_problems().is_empty()) {
        papers.extend(credential::read(row).ok().map(|paper| (row.line, paper)));
    }
    let region_id = ctx.region_id()?;
    let today = regions::today(ctx, region_id).await?;
    // Everybody is taken hold of here, those of the other rows too: two files meet everybody in one order.
    let numbers: Vec<_> = papers.iter().map(|(_, paper)| paper.snils).collect();
    let people = persons::lock_by_snils(ctx, region_id, &numbers).await?;
    // So are their numbers.
    let data: Vec<_> = papers.iter().map(|(_, paper)| &paper.data).collect();
    hold_papers(ctx, region_id, &data).await?;
    alone(&mut papers);
    let mut inns: Vec<String> = papers.iter().filter_map(|(_, paper)| paper.issuer_inn.clone()).collect();
    inns.sort_unstable();
    inns.dedup();
    let ids: Vec<Uuid> = people.values().map(|(id, _)| *id).collect();
    let (issuers, targets) = tokio::try_join!(
        organizations::organizations_by_inns(ctx, region_id, &inns),
        persons::targets_on(ctx, &ids, today),
    )?;
    let (mut lines, mut brought) = (Vec::new(), Vec::new());
    for (line, mut paper) in papers {
        let Some((person_id, birth_date)) = people.get(&paper.snils.digits()).copied() else { continue };
        let Some(target) = targets.get(&person_id) else { continue };
        let Ok(permit) = authorize(ctx.actor, &policy::CREATE_IMPORT, target) else { continue };
        paper.data.issuer_id = paper.issuer_inn.as_ref().and_then(|inn| issuers.get(inn).copied());
        // Whether an ИНН that nobody has contradicts the name is looked up row by row.
        if paper.issuer_inn.is_some() && paper.data.issuer_id.is_none() {
            continue;
        }
        let new = NewCredential {
            person_id,
            enrollment_id: None,
            data: paper.data,
            external: None,
            outside_route: Vec::new(),
        };
        lines.push(line);
        brought.push(Brought { permit, birth_date, new });
    }
    let loaded = import_many(ctx, &brought).await?;
    let outcome = |(line, loaded)| match loaded {
        Loaded::Recorded(id) => Some((line, (RowOutcome::Created, id))),
        Loaded::Known(id) => Some((line, (RowOutcome::Unchanged, id))),
        Loaded::Left => None,
    };
    Ok(lines.into_iter().zip(loaded).filter_map(outcome).collect())
}

/// Leaves the rows that no other row of the portion may be the same paper as, and that carry no id of their source.
fn alone(papers: &mut Vec<(i32, CredentialRow)>) {
    let mut met: HashMap<String, usize> = HashMap::new();
    for (_, paper) in papers.iter() {
        for mark in credential::numbers(paper) {
            *met.entry(mark).or_default() += 1;
        }
    }
    papers.retain(|(_, paper)| {
        let once = |mark: String| met.get(&mark) == Some(&1);
        paper.external.is_none() && credential::numbers(paper).into_iter().all(once)
    });
}
