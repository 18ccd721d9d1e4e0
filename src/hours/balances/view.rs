//! A balance as it travels.

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

use super::dto::{
    CountedEntry, EmployerHours, FederalFrequencyView, HoursBalanceView, LocalHoursView, NotCountedEntry,
};
use super::model::{AtEmployer, Explained, Paper};
use super::rules;
use super::words::explanation;
use crate::error::Language;
use crate::hours::model::{Counted, LocalStatus, NotCounted, Source, by_month};
use crate::regulations::model::BindingRegulation;
use crate::values::period::previous_day;

impl From<Explained> for HoursBalanceView {
    fn from(explained: Explained) -> Self {
        let Explained { person_id, organization_id, regulation, norm, balance, employers, papers } =
            explained;
        let (federal, as_of) = (balance.federal_frequency, balance.as_of);
        let chosen = AtEmployer {
            organization_id: organization_id.unwrap_or_default(),
            regulation: regulation.clone(),
            norm,
            local: balance.local_hours,
            norm_breaks_on: balance.norm_breaks_on,
        };
        let rules = regulation.as_ref();
        Self {
            person_id,
            organization_id,
            regulation_id: rules.map(|found| found.id),
            regulation_title: rules.map(|found| found.title.clone()),
            as_of,
            federal_frequency: FederalFrequencyView {
                status: federal.status.into(),
                last_training_on: federal.last_training_on,
                due_on: federal.due_on,
                gaps: federal.gaps.into_iter().map(Into::into).collect(),
                ground: federal.ground.to_owned(),
            },
            local_hours: local_hours(chosen, as_of),
            expiring_by_month: by_month(&balance.expiring).into_iter().map(Into::into).collect(),
            employers: employers.into_iter().map(|employer| at_employer(employer, as_of)).collect(),
            counted: balance.counted.into_iter().map(|one| counted_entry(one, &papers, rules)).collect(),
            not_counted: balance
                .not_counted
                .into_iter()
                .map(|one| not_counted_entry(one, &papers, rules))
                .collect(),
            expiring: balance.expiring.into_iter().map(Into::into).collect(),
            norm_breaks_on: balance.norm_breaks_on,
            next_training_due_on: balance.next_training_due_on,
        }
    }
}

fn at_employer(employer: AtEmployer, as_of: NaiveDate) -> EmployerHours {
    EmployerHours {
        organization_id: employer.organization_id,
        regulation_id: employer.regulation.as_ref().map(|found| found.id),
        regulation_title: employer.regulation.as_ref().map(|found| found.title.clone()),
        local_hours: local_hours(employer, as_of),
    }
}

fn local_hours(employer: AtEmployer, as_of: NaiveDate) -> LocalHoursView {
    let AtEmployer { regulation, norm, local, norm_breaks_on, .. } = employer;
    let due_on = match local.status {
        LocalStatus::Met => norm_breaks_on.map(previous_day),
        LocalStatus::NotMet => Some(as_of),
        LocalStatus::NoNorm => None,
    };
    let paragraph = local.paragraph.filter(|paragraph| !paragraph.is_empty());
    let ground = regulation.as_ref().zip(local.required).map(|(found, _)| match &paragraph {
        Some(paragraph) => format!("{}, п. {paragraph}", found.title),
        None => found.title.clone(),
    });
    LocalHoursView {
        status: local.status.into(),
        required: local.required,
        counted: local.counted,
        missing: local.missing,
        education_level: norm.map(|norm| norm.education_level),
        due_on,
        paragraph,
        ground,
    }
}

fn counted_entry(
    counted: Counted,
    papers: &HashMap<Uuid, Paper>,
    regulation: Option<&BindingRegulation>,
) -> CountedEntry {
    let paper = papers.get(&counted.entry);
    CountedEntry {
        entry_id: counted.entry,
        credential_id: paper.and_then(|paper| paper.credential_id),
        planned: paper.and_then(|paper| paper.planned).and_then(|number| u32::try_from(number).ok()),
        title: paper.map(|paper| paper.title.clone()).unwrap_or_default(),
        provider_name: paper.map(|paper| paper.issuer_name.clone()).unwrap_or_default(),
        hours: counted.hours,
        date: counted.date,
        leaves_on: counted.leaves_on,
        paragraph: rules::paragraph_of_kinds(regulation),
    }
}

fn not_counted_entry(
    one: NotCounted,
    papers: &HashMap<Uuid, Paper>,
    regulation: Option<&BindingRegulation>,
) -> NotCountedEntry {
    let (entry_id, id) = match one.source {
        Source::Entry(id) => (Some(id), id),
        Source::Credential(id) => (None, id),
    };
    let (paper, words) = (papers.get(&id), explanation(one.reason));
    NotCountedEntry {
        entry_id,
        credential_id: paper.and_then(|paper| paper.credential_id),
        planned: paper.and_then(|paper| paper.planned).and_then(|number| u32::try_from(number).ok()),
        title: paper.map(|paper| paper.title.clone()).unwrap_or_default(),
        provider_name: paper.map(|paper| paper.issuer_name.clone()).unwrap_or_default(),
        hours: one.hours,
        reason: one.reason.code().to_owned(),
        federal: one.reason.is_federal(),
        paragraph: rules::paragraph(regulation, one.reason),
        explanation_ru: words.in_language(Language::Ru).to_owned(),
        explanation_en: words.in_language(Language::En).to_owned(),
    }
}
