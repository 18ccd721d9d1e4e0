//! Queries on programs and their modules.

mod facets;
mod hits;
mod loaded;
mod options;
mod rows;
mod search;
mod starts;
pub(super) mod versions;
mod words;
mod write;

use std::collections::HashMap;

use diesel::prelude::*;
use diesel::sql_types::{Array, Uuid as SqlUuid};
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Module, Program};
use crate::db::schema::{accounts, organizations, program_modules, programs, registry_entries};
use crate::db::{Conn, written};
use crate::error::{Error, Result};
pub(super) use facets::{facets, people_of_deficits};
pub(super) use hits::Sight;
pub(super) use loaded::{find_by_external, find_by_title, name_external};
pub(super) use options::options;
use rows::{ModuleRow, ProgramRow};
pub(super) use search::search;
pub(super) use write::{insert, known_references, ministry, renew, replace, update_state};

/// Programs chosen by id, or by the id of one of their modules.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which<'a> {
    Programs(&'a [Uuid]),
    Modules(&'a [Uuid]),
}

/// A program with its provider's name and place and the state of its registry entry.
macro_rules! programs_with_provider {
    () => {
        programs::table.inner_join(organizations::table).left_join(registry_entries::table).select((
            ProgramRow::as_select(),
            organizations::name,
            organizations::municipality_id,
            registry_entries::state.nullable(),
        ))
    };
}

/// The ids of a module's competencies, in a stable order.
macro_rules! modules_with_competencies {
    () => {
        program_modules::table
            .select((
                ModuleRow::as_select(),
                written::<Array<SqlUuid>>(
                    "array(select competency_id from module_competencies \
                     where module_id = program_modules.id order by competency_id)",
                ),
            ))
            .order((program_modules::program_id, program_modules::position))
    };
}

/// Programs with all their modules: two statements that travel together, however many programs there are.
pub(super) async fn load(conn: &Conn, which: Which<'_>) -> Result<Vec<(Program, Vec<Module>)>> {
    let (mut first, mut second) = (conn, conn);
    let (found, modules) = match which {
        Which::Programs(ids) => tokio::try_join!(
            programs_with_provider!().filter(programs::id.eq_any(ids)).load(&mut first),
            modules_with_competencies!()
                .filter(program_modules::program_id.eq_any(ids))
                .filter(program_modules::current.eq(true))
                .load(&mut second),
        )?,
        Which::Modules(ids) => {
            let part = diesel::alias!(program_modules as part);
            let owners = || {
                part.filter(part.field(program_modules::id).eq_any(ids))
                    .select(part.field(program_modules::program_id))
            };
            tokio::try_join!(
                programs_with_provider!().filter(programs::id.eq_any(owners())).load(&mut first),
                modules_with_competencies!()
                    .filter(program_modules::program_id.eq_any(owners()))
                    // A module of an older edition stays what it was to whoever learns by it.
                    .filter(program_modules::current.eq(true).or(program_modules::id.eq_any(ids)))
                    .load(&mut second),
            )?
        }
    };
    join(found, modules)
}

fn join(
    found: Vec<(ProgramRow, String, Option<Uuid>, Option<String>)>,
    modules: Vec<(ModuleRow, Vec<Uuid>)>,
) -> Result<Vec<(Program, Vec<Module>)>> {
    let mut by_program: HashMap<Uuid, Vec<Module>> = HashMap::new();
    for (row, competency_ids) in modules {
        let module = row.with_competencies(competency_ids)?;
        by_program.entry(module.program_id).or_default().push(module);
    }
    found
        .into_iter()
        .map(|(row, provider_name, municipality_id, entry_state)| {
            let program = row.with_provider(provider_name, municipality_id, entry_state)?;
            let modules = by_program.remove(&program.id).unwrap_or_default();
            Ok((program, modules))
        })
        .collect()
}

/// One program with its modules.
pub(super) async fn find(conn: &Conn, id: Uuid) -> Result<Option<(Program, Vec<Module>)>> {
    Ok(load(conn, Which::Programs(&[id])).await?.into_iter().next())
}

/// One program with its modules, locked until the end of the transaction.
pub(super) async fn lock(conn: &Conn, id: Uuid) -> Result<(Program, Vec<Module>)> {
    programs::table.find(id).select(programs::id).for_update().first::<Uuid>(&mut &*conn).await?;
    find(conn, id).await?.ok_or(Error::not_found())
}

/// The people behind accounts.
pub(super) async fn people_of(conn: &Conn, account_ids: &[Uuid]) -> Result<Vec<Uuid>> {
    let found: Vec<Option<Uuid>> = accounts::table
        .filter(accounts::id.eq_any(account_ids))
        .select(accounts::person_id)
        .load(&mut &*conn)
        .await?;
    Ok(found.into_iter().flatten().collect())
}
