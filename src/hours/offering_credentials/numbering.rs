//! Where the papers of an offering get their numbers from.

use chrono::NaiveDate;

use super::model::{Issuing, Numbers};
use crate::authz::Permit;
use crate::db::Ctx;
use crate::error::Result;
use crate::hours::number_ranges::model::{NumberPart, NumberRange};
use crate::hours::number_ranges::service::{hold, keep, take};
use crate::training::offerings::model::Offering;
use crate::values::DocumentKind;

/// The number of one paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PaperNumber {
    /// Series.
    pub series: Option<String>,
    /// The number.
    pub number: String,
    /// Up to where the range is taken once the paper is issued.
    pub taken_until: i64,
}

/// What gives the numbers.
#[derive(Debug)]
pub(super) enum Numbering<'a> {
    /// One after the other.
    Following(&'a super::model::Numbering),
    /// A range that is held; what is taken of it is remembered by the papers that were issued.
    Range {
        /// The range as it stood.
        range: NumberRange,
        /// Its next number after the papers that were issued.
        next: i64,
    },
}

impl<'a> Numbering<'a> {
    /// A range is held before any person.
    pub async fn of(
        ctx: &Ctx<'_>,
        offering: &Offering,
        issuing: &'a Issuing,
        kind: DocumentKind,
    ) -> Result<Self> {
        match &issuing.numbers {
            Numbers::Following(numbering) => Ok(Self::Following(numbering)),
            Numbers::Range(id) => {
                let issuer = Some(offering.organization_id);
                let range = hold(ctx, *id, NumberPart::Form, kind, issuer).await?;
                Ok(Self::Range { next: range.next, range })
            }
        }
    }

    /// So many numbers.
    pub async fn take(&self, ctx: &Ctx<'_>, count: usize, issued_on: NaiveDate) -> Result<Vec<PaperNumber>> {
        match self {
            Self::Following(numbering) => {
                let numbers = numbering.numbers().take(count);
                let series = || numbering.series.clone();
                Ok(numbers.map(|number| PaperNumber { series: series(), number, taken_until: 0 }).collect())
            }
            Self::Range { range, .. } => {
                let mut range = range.clone();
                let mut numbers = Vec::with_capacity(count);
                for _ in 0..count {
                    let number = take(ctx, &mut range, issued_on).await?;
                    let series = range.spelling.series.clone();
                    numbers.push(PaperNumber { series, number, taken_until: range.next });
                }
                Ok(numbers)
            }
        }
    }

    /// A paper with that number was issued.
    pub fn used(&mut self, taken_until: i64) {
        if let Self::Range { next, .. } = self {
            *next = taken_until.max(*next);
        }
    }

    /// Remembers what was taken; what follows the last paper that was issued is left.
    pub async fn keep(self, ctx: &Ctx<'_>, permit: &Permit) -> Result<()> {
        match self {
            Self::Following(_) => Ok(()),
            Self::Range { range, next } => keep(ctx, permit, &NumberRange { next, ..range }).await,
        }
    }
}
