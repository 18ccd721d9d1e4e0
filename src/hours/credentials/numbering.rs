//! Papers that take their numbers from ranges of the issuer.

use chrono::NaiveDate;
use uuid::Uuid;

use super::case::CredentialCase;
use super::model::NewCredential;
use super::{policy, service};
use crate::authz::{Permit, authorize_seen};
use crate::db::Ctx;
use crate::directory::organizations::service::{organization, target};
use crate::error::{Error, FieldProblem, Result, Text};
use crate::hours::number_ranges::model::{NumberPart, NumberRange};
use crate::hours::number_ranges::service::{hold, keep, take};
use crate::values::DocumentKind;

/// From which ranges numbers are taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ranges {
    /// The number of the form.
    pub form: Option<Uuid>,
    /// The registration number.
    pub registration: Option<Uuid>,
}

/// The numbers of a paper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Numbers {
    /// Series.
    pub series: Option<String>,
    /// Number of the form.
    pub number: Option<String>,
    /// Registration number.
    pub registration_number: Option<String>,
}

/// Ranges that are held, with what was taken from them.
#[derive(Debug)]
pub(in crate::hours) struct Held {
    form: Option<NumberRange>,
    registration: Option<NumberRange>,
}

/// Records a paper; one that is issued may take its numbers from ranges.
pub async fn create_numbered(
    ctx: &Ctx<'_>,
    mut new: NewCredential,
    ranges: Ranges,
) -> Result<CredentialCase> {
    if ranges == Ranges::default() {
        return service::create_credential(ctx, new).await;
    }
    if ctx.actor.is_person(new.person_id) {
        let pointer = if ranges.form.is_some() { "/number_range_id" } else { "/registration_range_id" };
        return Err(Error::field(
            pointer,
            "not_allowed",
            "Номера из диапазона даёт тот, кто выдаёт документ",
            "Numbers of a range are given by who issues the paper",
        ));
    }
    let data = &mut new.data;
    let mut numbers = Numbers {
        series: data.series.take(),
        number: data.number.take(),
        registration_number: data.registration_number.take(),
    };
    let held = ranges.take(ctx, data.kind, data.issuer_id, data.issued_on, &mut numbers).await?;
    data.issuer_id = data.issuer_id.or(held.issuer_id());
    data.series = numbers.series;
    data.number = numbers.number;
    data.registration_number = numbers.registration_number;
    let issuer_id = data.issuer_id;
    let case = service::issue(ctx, new).await?;
    let issuer = organization(ctx, issuer_id.ok_or_else(|| Error::internal("issued by nobody"))?).await?;
    let permit = authorize_seen(ctx.actor, &policy::CREATE_CREDENTIAL, &target(&issuer))?;
    held.keep(ctx, &permit).await?;
    Ok(case)
}

impl Ranges {
    /// Holds the ranges, the form before the registration, and takes a number of each. What is written already is not taken
    /// as well.
    pub(in crate::hours) async fn take(
        self,
        ctx: &Ctx<'_>,
        kind: DocumentKind,
        issuer_id: Option<Uuid>,
        issued_on: NaiveDate,
        numbers: &mut Numbers,
    ) -> Result<Held> {
        let problems = self.problems(numbers);
        if !problems.is_empty() {
            return Err(Error::invalid(problems));
        }
        let mut held = Held { form: None, registration: None };
        if let Some(id) = self.form {
            let mut range = hold(ctx, id, NumberPart::Form, kind, issuer_id).await?;
            numbers.number = Some(take(ctx, &mut range, issued_on).await?);
            numbers.series = range.spelling.series.clone();
            held.form = Some(range);
        }
        if let Some(id) = self.registration {
            let issuer_id = issuer_id.or(held.issuer_id());
            let mut range = hold(ctx, id, NumberPart::Registration, kind, issuer_id).await?;
            numbers.registration_number = Some(take(ctx, &mut range, issued_on).await?);
            held.registration = Some(range);
        }
        Ok(held)
    }

    fn problems(self, numbers: &Numbers) -> Vec<FieldProblem> {
        let form = self.form.is_some();
        let both = [
            ("/series", form && numbers.series.is_some()),
            ("/number", form && numbers.number.is_some()),
            ("/registration_number", self.registration.is_some() && numbers.registration_number.is_some()),
        ];
        let words = || {
            Text::new(
                "Или номер, или диапазон, из которого его взять",
                "Either the number or the range to take it from",
            )
        };
        both.into_iter()
            .filter(|(_, both)| *both)
            .map(|(pointer, _)| FieldProblem::new(pointer, "number_and_range", words()))
            .collect()
    }
}

impl Held {
    /// Whose ranges they are.
    fn issuer_id(&self) -> Option<Uuid> {
        self.form.as_ref().or(self.registration.as_ref()).map(|range| range.organization_id)
    }

    /// Remembers what was taken, by the right to issue the paper.
    pub(in crate::hours) async fn keep(&self, ctx: &Ctx<'_>, permit: &Permit) -> Result<()> {
        for range in self.form.iter().chain(&self.registration) {
            keep(ctx, permit, range).await?;
        }
        Ok(())
    }
}
