//! A balance as it travels.

use std::collections::HashMap;

use uuid::Uuid;

use super::dto::{CountedEntry, FederalFrequencyView, HoursBalanceView, LocalHoursView, NotCountedEntry};
use super::service::{Explained, Paper};
use super::words::explanation;
use crate::error::Language;
use crate::hours::model::{Counted, LocalStatus, NotCounted, Source};
use crate::values::period::previous_day;

impl From<Explained> for HoursBalanceView {
    fn from(explained: Explained) -> Self {
        let Explained { person_id, organization_id, regulation, norm, balance, papers } = explained;
        let (federal, local) = (balance.federal_frequency, balance.local_hours);
        let due_on = match local.status {
            LocalStatus::Met => balance.norm_breaks_on.map(previous_day),
            LocalStatus::NotMet => Some(balance.as_of),
            LocalStatus::NoNorm => None,
        };
        let paragraph = local.paragraph.filter(|paragraph| !paragraph.is_empty());
        let ground = regulation.as_ref().zip(local.required).map(|(found, _)| match &paragraph {
            Some(paragraph) => format!("{}, п. {paragraph}", found.title),
            None => found.title.clone(),
        });
        Self {
            person_id,
            organization_id,
            regulation_id: regulation.as_ref().map(|found| found.id),
            regulation_title: regulation.map(|found| found.title),
            as_of: balance.as_of,
            federal_frequency: FederalFrequencyView {
                status: federal.status.into(),
                last_training_on: federal.last_training_on,
                due_on: federal.due_on,
                gaps: federal.gaps.into_iter().map(Into::into).collect(),
                ground: federal.ground.to_owned(),
            },
            local_hours: LocalHoursView {
                status: local.status.into(),
                required: local.required,
                counted: local.counted,
                missing: local.missing,
                education_level: norm.map(|norm| norm.education_level),
                due_on,
                paragraph,
                ground,
            },
            counted: balance.counted.into_iter().map(|counted| counted_entry(counted, &papers)).collect(),
            not_counted: balance.not_counted.into_iter().map(|one| not_counted_entry(one, &papers)).collect(),
            expiring: balance.expiring.into_iter().map(Into::into).collect(),
            norm_breaks_on: balance.norm_breaks_on,
            next_training_due_on: balance.next_training_due_on,
        }
    }
}

fn counted_entry(counted: Counted, papers: &HashMap<Uuid, Paper>) -> CountedEntry {
    let paper = papers.get(&counted.entry);
    CountedEntry {
        entry_id: counted.entry,
        credential_id: paper.map(|paper| paper.credential_id),
        title: paper.map(|paper| paper.title.clone()).unwrap_or_default(),
        provider_name: paper.map(|paper| paper.issuer_name.clone()).unwrap_or_default(),
        hours: counted.hours,
        date: counted.date,
        leaves_on: counted.leaves_on,
    }
}

fn not_counted_entry(one: NotCounted, papers: &HashMap<Uuid, Paper>) -> NotCountedEntry {
    let (entry_id, id) = match one.source {
        Source::Entry(id) => (Some(id), id),
        Source::Credential(id) => (None, id),
    };
    let (paper, words) = (papers.get(&id), explanation(one.reason));
    NotCountedEntry {
        entry_id,
        credential_id: paper.map(|paper| paper.credential_id),
        title: paper.map(|paper| paper.title.clone()).unwrap_or_default(),
        provider_name: paper.map(|paper| paper.issuer_name.clone()).unwrap_or_default(),
        hours: one.hours,
        reason: one.reason.code().to_owned(),
        federal: one.reason.is_federal(),
        explanation_ru: words.in_language(Language::Ru).to_owned(),
        explanation_en: words.in_language(Language::En).to_owned(),
    }
}
