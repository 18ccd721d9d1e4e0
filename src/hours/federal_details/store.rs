//! Queries on federal details.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{CredentialDetails, PersonDetails, Versioned};
use crate::authz::Permit;
use crate::db::schema::{credential_federal_details, person_federal_details};
use crate::db::{Conn, Ctx};
use crate::error::Result;
use crate::hours::credentials::model::Credential;

/// Written again as a whole: what nobody says becomes nothing. The moment of the first writing stays.
#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = person_federal_details, primary_key(person_id), treat_none_as_default_value = false, treat_none_as_null = true)]
struct PersonRow {
    person_id: Uuid,
    region_id: Uuid,
    sex: Option<String>,
    citizenship: Option<String>,
    prior_education_level: Option<String>,
    prior_document_surname: Option<String>,
    prior_document_series: Option<String>,
    prior_document_number: Option<String>,
    version: i64,
    updated_at: DateTime<Utc>,
}

impl From<PersonRow> for Versioned<PersonDetails> {
    fn from(row: PersonRow) -> Self {
        let details = PersonDetails {
            sex: row.sex,
            citizenship: row.citizenship,
            prior_education_level: row.prior_education_level,
            prior_document_surname: row.prior_document_surname,
            prior_document_series: row.prior_document_series,
            prior_document_number: row.prior_document_number,
        };
        Self { details, version: row.version }
    }
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = credential_federal_details, primary_key(credential_id), treat_none_as_default_value = false, treat_none_as_null = true)]
struct CredentialRow {
    credential_id: Uuid,
    region_id: Uuid,
    person_id: Uuid,
    professional_area: Option<String>,
    specialty_group: Option<String>,
    qualification_title: Option<String>,
    study_start_year: Option<i32>,
    study_end_year: Option<i32>,
    study_form: Option<String>,
    funding_source: Option<String>,
    education_delivery: Option<String>,
    loss_confirmed: bool,
    exchange_confirmed: bool,
    destruction_confirmed: bool,
    replaces_number: Option<String>,
    version: i64,
    updated_at: DateTime<Utc>,
}

impl From<CredentialRow> for Versioned<CredentialDetails> {
    fn from(row: CredentialRow) -> Self {
        let details = CredentialDetails {
            professional_area: row.professional_area,
            specialty_group: row.specialty_group,
            qualification_title: row.qualification_title,
            study_start_year: row.study_start_year,
            study_end_year: row.study_end_year,
            study_form: row.study_form,
            funding_source: row.funding_source,
            education_delivery: row.education_delivery,
            loss_confirmed: row.loss_confirmed,
            exchange_confirmed: row.exchange_confirmed,
            destruction_confirmed: row.destruction_confirmed,
            replaces_number: row.replaces_number,
        };
        Self { details, version: row.version }
    }
}

pub(super) async fn of_person(conn: &Conn, id: Uuid) -> Result<Option<Versioned<PersonDetails>>> {
    let row = person_federal_details::table
        .find(id)
        .select(PersonRow::as_select())
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(row.map(Into::into))
}

pub(super) async fn of_people(conn: &Conn, people: &[Uuid]) -> Result<HashMap<Uuid, PersonDetails>> {
    let rows: Vec<PersonRow> = person_federal_details::table
        .filter(person_federal_details::person_id.eq_any(people.to_vec()))
        .select(PersonRow::as_select())
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.person_id, Versioned::from(row).details)).collect())
}

pub(super) async fn of_credential(conn: &Conn, id: Uuid) -> Result<Option<Versioned<CredentialDetails>>> {
    let row = credential_federal_details::table
        .find(id)
        .select(CredentialRow::as_select())
        .first(&mut &*conn)
        .await
        .optional()?;
    Ok(row.map(Into::into))
}

pub(super) async fn of_credentials(conn: &Conn, ids: &[Uuid]) -> Result<HashMap<Uuid, CredentialDetails>> {
    let rows: Vec<CredentialRow> = credential_federal_details::table
        .filter(credential_federal_details::credential_id.eq_any(ids.to_vec()))
        .select(CredentialRow::as_select())
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.credential_id, Versioned::from(row).details)).collect())
}

/// Writes what is asked of a person of that region.
pub(super) async fn put_of_person(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    (region_id, person_id): (Uuid, Uuid),
    now: &Versioned<PersonDetails>,
) -> Result<()> {
    let details = now.details.clone();
    let row = PersonRow {
        person_id,
        region_id,
        sex: details.sex,
        citizenship: details.citizenship,
        prior_education_level: details.prior_education_level,
        prior_document_surname: details.prior_document_surname,
        prior_document_series: details.prior_document_series,
        prior_document_number: details.prior_document_number,
        version: now.version,
        updated_at: ctx.now,
    };
    if now.version == 1 {
        diesel::insert_into(person_federal_details::table)
            .values((row, person_federal_details::created_at.eq(ctx.now)))
            .execute(&mut &*ctx.conn)
            .await?;
    } else {
        diesel::update(person_federal_details::table.find(person_id))
            .set(row)
            .execute(&mut &*ctx.conn)
            .await?;
    }
    Ok(())
}

/// Writes what is asked of a document.
pub(super) async fn put_of_credential(
    ctx: &Ctx<'_>,
    _permit: &Permit,
    paper: &Credential,
    now: &Versioned<CredentialDetails>,
) -> Result<()> {
    let details = now.details.clone();
    let row = CredentialRow {
        credential_id: paper.id,
        region_id: paper.region_id,
        person_id: paper.person_id,
        professional_area: details.professional_area,
        specialty_group: details.specialty_group,
        qualification_title: details.qualification_title,
        study_start_year: details.study_start_year,
        study_end_year: details.study_end_year,
        study_form: details.study_form,
        funding_source: details.funding_source,
        education_delivery: details.education_delivery,
        loss_confirmed: details.loss_confirmed,
        exchange_confirmed: details.exchange_confirmed,
        destruction_confirmed: details.destruction_confirmed,
        replaces_number: details.replaces_number,
        version: now.version,
        updated_at: ctx.now,
    };
    if now.version == 1 {
        diesel::insert_into(credential_federal_details::table)
            .values((row, credential_federal_details::created_at.eq(ctx.now)))
            .execute(&mut &*ctx.conn)
            .await?;
    } else {
        diesel::update(credential_federal_details::table.find(paper.id))
            .set(row)
            .execute(&mut &*ctx.conn)
            .await?;
    }
    Ok(())
}
