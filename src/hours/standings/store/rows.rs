//! Rows of standings as the database gives them.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Date, Nullable, Numeric, Text, Uuid as SqlUuid};
use uuid::Uuid;

use crate::db::DbHours;
use crate::error::{Error, Result};
use crate::hours::model::{FrequencyStatus, LocalStatus};
use crate::hours::standings::model::{Kept, Standing};
use crate::values::PersonName;

/// A kept row, and whether it holds.
#[derive(Debug, QueryableByName)]
pub(in crate::hours::standings) struct KeptRow {
    #[diesel(sql_type = SqlUuid)]
    pub(in crate::hours::standings) person_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    pub(in crate::hours::standings) organization_id: Uuid,
    #[diesel(sql_type = Bool)]
    held: bool,
    #[diesel(sql_type = Bool)]
    works: bool,
    #[diesel(sql_type = Bool)]
    main: bool,
    #[diesel(sql_type = Nullable<Text>)]
    local_status: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    federal_status: Option<String>,
    #[diesel(sql_type = Nullable<Numeric>)]
    required: Option<DbHours>,
    #[diesel(sql_type = Numeric)]
    counted: DbHours,
    #[diesel(sql_type = Numeric)]
    missing: DbHours,
    #[diesel(sql_type = Nullable<Date>)]
    norm_breaks_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    next_training_due_on: Option<NaiveDate>,
    #[diesel(sql_type = Text)]
    reason: String,
}

/// The name beside a row.
#[derive(Debug, QueryableByName)]
pub(in crate::hours::standings) struct NameRow {
    #[diesel(sql_type = Text)]
    last_name: String,
    #[diesel(sql_type = Text)]
    first_name: String,
    #[diesel(sql_type = Nullable<Text>)]
    middle_name: Option<String>,
}

/// How many people stand where.
#[derive(Debug, QueryableByName)]
pub(in crate::hours::standings) struct CountRow {
    #[diesel(sql_type = Text)]
    pub(in crate::hours::standings) key: String,
    #[diesel(sql_type = Text)]
    pub(in crate::hours::standings) local_status: String,
    #[diesel(sql_type = Text)]
    pub(in crate::hours::standings) federal_status: String,
    #[diesel(sql_type = Text)]
    pub(in crate::hours::standings) reason: String,
    #[diesel(sql_type = BigInt)]
    pub(in crate::hours::standings) people: i64,
}

impl TryFrom<KeptRow> for Kept {
    type Error = Error;

    fn try_from(row: KeptRow) -> Result<Self> {
        let standing = match (&row.local_status, &row.federal_status) {
            (Some(local), Some(federal)) => Some(Standing {
                local_hours: local_status(local)?,
                required: row.required.map(Into::into),
                counted: row.counted.into(),
                missing: row.missing.into(),
                norm_breaks_on: row.norm_breaks_on,
                federal_frequency: federal_status(federal)?,
                next_training_due_on: row.next_training_due_on,
                reason: row.reason,
            }),
            _ => None,
        };
        let pair = (row.person_id, row.organization_id);
        Ok(Self { pair, held: row.held, works: row.works, main: row.main, standing })
    }
}

impl TryFrom<NameRow> for PersonName {
    type Error = Error;

    fn try_from(row: NameRow) -> Result<Self> {
        Self::new(&row.last_name, &row.first_name, row.middle_name.as_deref()).map_err(Error::internal)
    }
}

/// The answer of the local check by its name.
pub(in crate::hours::standings) fn local_status(name: &str) -> Result<LocalStatus> {
    [LocalStatus::Met, LocalStatus::NotMet, LocalStatus::NoNorm]
        .into_iter()
        .find(|status| status.as_str() == name)
        .ok_or_else(|| Error::internal("unknown local status"))
}

/// The answer of the federal check by its name.
pub(in crate::hours::standings) fn federal_status(name: &str) -> Result<FrequencyStatus> {
    [FrequencyStatus::Met, FrequencyStatus::Overdue, FrequencyStatus::NeverTrained]
        .into_iter()
        .find(|status| status.as_str() == name)
        .ok_or_else(|| Error::internal("unknown federal status"))
}
