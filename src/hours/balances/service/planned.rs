//! What planned training would change. Nothing is written.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::NaiveDate;
use uuid::Uuid;

use super::Records;
use crate::db::Ctx;
use crate::directory::organizations::service::organizations;
use crate::error::{Error, FieldProblem, Result, Text};
use crate::hours::balances::model::{Claim, Paper, Planned, Preview, Question};
use crate::hours::balances::policy;
use crate::hours::credentials::service::of_paper;
use crate::hours::model::{
    Credit, Document, FounderSpan, FounderType, Issuer, ProviderFacts, issue_problems,
};

/// The balance on a day without and with planned training, as if it had been confirmed. Without a day it is the last
/// on which some of it is completed, or today when that is later.
pub async fn preview_hours_balance(
    ctx: &Ctx<'_>,
    question: Question,
    planned: Vec<Planned>,
) -> Result<Preview> {
    let records = Records::read(ctx, &policy::PREVIEW_HOURS_BALANCE, question).await?;
    let last = planned.iter().map(|training| training.completed_on).fold(records.today, NaiveDate::max);
    let as_of = question.as_of.unwrap_or(last);
    let claims = claims(ctx, &records, planned).await?;
    let without_planned = records.explain(ctx, question, as_of, &[]).await?;
    let with_planned = records.explain(ctx, question, as_of, &claims).await?;
    Ok(Preview { without_planned, with_planned })
}

/// The planned training as the fold takes it; everything wrong with it at once.
async fn claims(ctx: &Ctx<'_>, records: &Records, planned: Vec<Planned>) -> Result<Vec<Claim>> {
    let ids: Vec<Uuid> = planned.iter().filter_map(|training| training.provider_id).collect();
    let providers = if ids.is_empty() { Vec::new() } else { organizations(ctx, &ids).await? };
    let names: HashMap<Uuid, String> = providers
        .into_iter()
        .filter(|provider| provider.region_id == records.person.region_id)
        .map(|provider| (provider.id, provider.data.name))
        .collect();
    let (mut claims, mut problems) = (Vec::new(), Vec::new());
    for (place, training) in planned.into_iter().enumerate() {
        let name = training.provider_id.map(|id| names.get(&id).cloned());
        if name == Some(None) {
            let words = Text::new("Такой организации нет", "There is no such organization");
            problems.push(FieldProblem::new(format!("/planned/{place}/provider_id"), "unknown", words));
        }
        let claim = claim(ctx, records, place, training, name.flatten().unwrap_or_default())?;
        for problem in issue_problems(&claim.credit) {
            let mut field = of_paper(problem);
            field.pointer.insert_str(0, &format!("/planned/{place}"));
            problems.push(field);
        }
        claims.push(claim);
    }
    if problems.is_empty() { Ok(claims) } else { Err(Error::invalid(problems)) }
}

fn claim(
    ctx: &Ctx<'_>,
    records: &Records,
    place: usize,
    training: Planned,
    issuer_name: String,
) -> Result<Claim> {
    let number = u128::try_from(place).map_err(Error::internal)?;
    let provider = match training.provider_id {
        Some(id) => records.providers.of(Some(id)),
        // A provider not chosen yet will be one that may train teachers (B1.8).
        None => Arc::new(ProviderFacts {
            founders: vec![FounderSpan { founder: FounderType::State, from: None, until: None }],
            ..ProviderFacts::default()
        }),
    };
    let issuer = training.provider_id.map_or_else(|| Issuer::Named(String::new()), Issuer::Known);
    let credit = Credit {
        id: Uuid::from_u128(number.saturating_add(1)),
        hours: training.hours,
        started_on: training.started_on,
        completed_on: Some(training.completed_on),
        issued_on: Some(training.completed_on),
        document: Document {
            kind: training.kind,
            issuer,
            series: None,
            number: None,
            registration_number: None,
            title: Some(training.title.clone()),
        },
        program_kind: training.program_kind,
        credited: training.credited,
        provider,
        recorded_at: ctx.now,
    };
    let paper = Paper { credential_id: None, planned: Some(place), title: training.title, issuer_name };
    Ok(Claim { credit, paper })
}
