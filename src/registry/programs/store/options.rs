//! The programs on offer to somebody: three statements that travel together, however many programs there are.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Bool, Date, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::rows::{all, known};
use crate::db::{Conn, DbHours};
use crate::error::{Error, Result};
use crate::registry::programs::model::{
    OfferedModule, OfferedProgram, OfferedStart, OptionsAsked, ProgramDelivery, StudyForm,
};
use crate::values::ProgramKind;

#[derive(QueryableByName)]
struct ProgramRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    provider_id: Uuid,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Numeric)]
    hours: DbHours,
    #[diesel(sql_type = BigInt)]
    price: i64,
    #[diesel(sql_type = Text)]
    study_form: String,
    #[diesel(sql_type = Array<Nullable<Text>>)]
    delivery: Vec<Option<String>>,
    #[diesel(sql_type = Bool)]
    in_active_registry: bool,
}

#[derive(QueryableByName)]
struct ModuleRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    program_id: Uuid,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Numeric)]
    hours: DbHours,
    #[diesel(sql_type = SqlUuid)]
    provider_id: Uuid,
    #[diesel(sql_type = Array<Nullable<Text>>)]
    delivery: Vec<Option<String>>,
    #[diesel(sql_type = Array<SqlUuid>)]
    competency_ids: Vec<Uuid>,
}

#[derive(QueryableByName)]
struct StartRow {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    program_id: Uuid,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    module_id: Option<Uuid>,
    #[diesel(sql_type = Date)]
    starts_on: NaiveDate,
    #[diesel(sql_type = Date)]
    ends_on: NaiveDate,
    #[diesel(sql_type = Text)]
    study_form: String,
    #[diesel(sql_type = Array<Nullable<Text>>)]
    delivery: Vec<Option<String>>,
    #[diesel(sql_type = Nullable<Text>)]
    place: Option<String>,
}

const PROGRAMS: &str = "\
    select p.id, p.provider_id, p.kind, p.title, p.hours, ceil(coalesce(p.price_rubles, 0))::bigint as price, \
           p.study_form, p.delivery, coalesce(e.state = 'active', false) as in_active_registry \
    from programs p left join registry_entries e on e.program_id = p.id \
    where p.region_id = $1 and p.state = 'accepted' and (p.id = any($2) or ( \
          p.audience @> array[$3] \
          and (cardinality($4) = 0 or cardinality(p.education_levels) = 0 or p.education_levels && $4) \
          and ($5 or p.id in (select m.program_id from module_competencies c join program_modules m on m.id = c.module_id \
                              where c.competency_id = any($6) and m.current))))";

const MODULES: &str = "\
    select m.id, m.program_id, m.title, m.hours, m.provider_id, m.delivery, \
           array_agg(c.competency_id order by c.competency_id) as competency_ids \
    from module_competencies c join program_modules m on m.id = c.module_id join programs p on p.id = m.program_id \
    where c.competency_id = any($2) and m.current and p.region_id = $1 and p.state = 'accepted' \
    group by m.id order by m.program_id, m.position";

const STARTS: &str = "\
    select o.id, coalesce(o.program_id, m.program_id) as program_id, o.module_id, o.starts_on, o.ends_on, o.study_form, \
           o.delivery, o.place \
    from offerings o left join program_modules m on m.id = o.module_id \
    where o.region_id = $1 and o.state = 'open' and o.starts_on >= $2 and coalesce(o.apply_until, o.starts_on) >= $2 \
      and o.seats_taken < o.seats and coalesce(o.program_id, m.program_id) is not null";

/// What is on offer, by program.
pub(in crate::registry::programs) async fn options(
    conn: &Conn,
    asked: &OptionsAsked,
) -> Result<Vec<OfferedProgram>> {
    let levels: Vec<&str> = asked.education_levels.iter().map(|level| level.as_str()).collect();
    let (mut first, mut second, mut third) = (conn, conn, conn);
    let programs = diesel::sql_query(PROGRAMS)
        .bind::<SqlUuid, _>(asked.region_id)
        .bind::<Array<SqlUuid>, _>(&asked.program_ids)
        .bind::<Text, _>(asked.audience.as_str())
        .bind::<Array<Text>, _>(levels)
        .bind::<Bool, _>(asked.others_too)
        .bind::<Array<SqlUuid>, _>(&asked.competency_ids)
        .load::<ProgramRow>(&mut first);
    let modules = diesel::sql_query(MODULES)
        .bind::<SqlUuid, _>(asked.region_id)
        .bind::<Array<SqlUuid>, _>(&asked.competency_ids)
        .load::<ModuleRow>(&mut second);
    let starts = diesel::sql_query(STARTS)
        .bind::<SqlUuid, _>(asked.region_id)
        .bind::<Date, _>(asked.today)
        .load::<StartRow>(&mut third);
    let (programs, modules, starts) = tokio::try_join!(programs, modules, starts)?;
    gathered(programs, modules, starts)
}

fn gathered(
    programs: Vec<ProgramRow>,
    modules: Vec<ModuleRow>,
    starts: Vec<StartRow>,
) -> Result<Vec<OfferedProgram>> {
    let mut modules_of: HashMap<Uuid, Vec<OfferedModule>> = HashMap::new();
    for row in modules {
        modules_of.entry(row.program_id).or_default().push(OfferedModule {
            id: row.id,
            title: row.title,
            hours: row.hours.0,
            provider_id: row.provider_id,
            delivery: all(row.delivery, ProgramDelivery::parse)?,
            competency_ids: row.competency_ids,
        });
    }
    let mut starts_of: HashMap<Uuid, Vec<OfferedStart>> = HashMap::new();
    for row in starts {
        starts_of.entry(row.program_id).or_default().push(OfferedStart {
            offering_id: row.id,
            module_id: row.module_id,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
            study_form: known(StudyForm::parse(&row.study_form))?,
            delivery: all(row.delivery, ProgramDelivery::parse)?,
            place: row.place,
        });
    }
    let program = |row: ProgramRow| {
        Ok(OfferedProgram {
            provider_id: row.provider_id,
            kind: known(ProgramKind::parse(&row.kind))?,
            title: row.title,
            hours: row.hours.0,
            price: i32::try_from(row.price).map_err(Error::internal)?,
            study_form: known(StudyForm::parse(&row.study_form))?,
            delivery: all(row.delivery, ProgramDelivery::parse)?,
            in_active_registry: row.in_active_registry,
            modules: modules_of.remove(&row.id).unwrap_or_default(),
            starts: starts_of.remove(&row.id).unwrap_or_default(),
            id: row.id,
        })
    };
    programs.into_iter().map(program).collect()
}
