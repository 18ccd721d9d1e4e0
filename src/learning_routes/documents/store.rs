//! What documents name beside the route itself: difficulties, needs, results, papers, versions.

use chrono::NaiveDate;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use uuid::Uuid;

use super::model::{Control, Finding, Heard, Paper, Report, Version};
use crate::db::Conn;
use crate::db::schema::{
    administrative_acts, competencies, credentials, deficits, diagnostic_results, growth_card_credentials,
    growth_cards, instruments, needs, route_controls, route_hearings, route_stages, route_versions,
    stage_reports, working_groups,
};
use crate::diagnostics::deficits::model::DeficitState;
use crate::error::{Error, Result, Text};
use crate::learning_routes::versions::model::VersionCause;
use crate::regulations::profile::{ControlKind, ControlObject};

fn unknown(what: &str) -> Error {
    Error::internal(format!("unknown {what} in the database"))
}

/// The needs with these ids, oldest first.
pub(super) async fn needs(conn: &Conn, ids: &[Uuid]) -> Result<Vec<Paper>> {
    let rows: Vec<(Uuid, String, NaiveDate)> = needs::table
        .filter(needs::id.eq_any(ids))
        .select((needs::id, needs::topic, needs::recorded_on))
        .order((needs::recorded_on, needs::id))
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(|(id, title, on)| Paper { id, title, number: None, on: Some(on) }).collect())
}

/// Every deficit of a person, oldest first.
pub(super) async fn difficulties(conn: &Conn, person_id: Uuid) -> Result<Vec<Finding>> {
    let rows: Vec<(Uuid, String, String, NaiveDate)> = deficits::table
        .inner_join(competencies::table)
        .filter(deficits::person_id.eq(person_id))
        .select((deficits::id, competencies::title, deficits::state, deficits::opened_on))
        .order((deficits::opened_on, deficits::id))
        .load(&mut &*conn)
        .await?;
    let finding = |(id, title, state, on): (Uuid, String, String, NaiveDate)| {
        let state = DeficitState::parse(&state).ok_or_else(|| unknown("state of a deficit"))?;
        Ok(Finding { id, title, state, on })
    };
    rows.into_iter().map(finding).collect()
}

/// Every result of diagnostics of a person, oldest first.
pub(super) async fn results(conn: &Conn, person_id: Uuid) -> Result<Vec<Paper>> {
    let rows: Vec<(Uuid, String, NaiveDate)> = diagnostic_results::table
        .inner_join(instruments::table)
        .filter(diagnostic_results::person_id.eq(person_id))
        .select((diagnostic_results::id, instruments::title, diagnostic_results::taken_on))
        .order((diagnostic_results::taken_on, diagnostic_results::id))
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(|(id, title, on)| Paper { id, title, number: None, on: Some(on) }).collect())
}

/// The papers that were handed in with growth cards of a route (P0-32).
pub(super) async fn handed_in(conn: &Conn, route_id: Uuid) -> Result<Vec<Uuid>> {
    let cards = growth_cards::table
        .filter(growth_cards::route_id.eq(route_id))
        .filter(growth_cards::submitted_on.is_not_null())
        .select(growth_cards::id);
    Ok(growth_card_credentials::table
        .filter(growth_card_credentials::card_id.eq_any(cards))
        .select(growth_card_credentials::credential_id)
        .load(&mut &*conn)
        .await?)
}

/// Confirmed papers that answer one of the activities or were handed in, oldest first.
pub(super) async fn papers(conn: &Conn, activity_ids: &[Uuid], handed_in: &[Uuid]) -> Result<Vec<Paper>> {
    let answers = credentials::activity_id.assume_not_null().eq_any(activity_ids);
    let rows: Vec<(Uuid, String, Option<String>, NaiveDate)> = credentials::table
        .filter(answers.or(credentials::id.eq_any(handed_in)))
        .filter(credentials::state.eq("confirmed"))
        .select((credentials::id, credentials::title, credentials::number, credentials::issued_on))
        .order((credentials::issued_on, credentials::id))
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(|(id, title, number, on)| Paper { id, title, number, on: Some(on) }).collect())
}

/// The acts about the working group that develops a route, oldest first.
pub(super) async fn acts(conn: &Conn, group_id: Option<Uuid>) -> Result<Vec<Paper>> {
    let Some(group_id) = group_id else { return Ok(Vec::new()) };
    let group = working_groups::table.find(group_id);
    let rows: Vec<(Uuid, String, String, NaiveDate)> =
        administrative_acts::table
            .filter(administrative_acts::id.nullable().eq_any(group.select(working_groups::act_id)).or(
                administrative_acts::id.nullable().eq_any(group.select(working_groups::regulation_act_id)),
            ))
            .select((
                administrative_acts::id,
                administrative_acts::title,
                administrative_acts::number,
                administrative_acts::dated_on,
            ))
            .order((administrative_acts::dated_on, administrative_acts::id))
            .load(&mut &*conn)
            .await?;
    let act = |(id, title, number, on)| Paper { id, title, number: Some(number), on: Some(on) };
    Ok(rows.into_iter().map(act).collect())
}

/// The controls of a route that were not called off, in the order they are due.
pub(super) async fn controls(conn: &Conn, route_id: Uuid) -> Result<Vec<Control>> {
    type Row = (String, String, NaiveDate, Option<NaiveDate>, Option<String>);
    let rows: Vec<Row> = route_controls::table
        .filter(route_controls::route_id.eq(route_id))
        .filter(route_controls::state.ne("cancelled"))
        .select((
            route_controls::kind,
            route_controls::object,
            route_controls::planned_on,
            route_controls::done_on,
            route_controls::finding,
        ))
        .order((route_controls::planned_on, route_controls::id))
        .load(&mut &*conn)
        .await?;
    let control = |(kind, object, planned_on, done_on, finding): Row| {
        let kind = ControlKind::parse(&kind).ok_or_else(|| unknown("kind of control"))?;
        let object = ControlObject::parse(&object).ok_or_else(|| unknown("object of control"))?;
        Ok(Control { kind, object, planned_on, done_on, finding })
    };
    rows.into_iter().map(control).collect()
}

/// The reports on the stages of a route that were handed in and not returned, oldest first.
pub(super) async fn reports(conn: &Conn, route_id: Uuid) -> Result<Vec<Report>> {
    let rows: Vec<(Uuid, String, String, NaiveDate)> = stage_reports::table
        .inner_join(route_stages::table)
        .filter(stage_reports::route_id.eq(route_id))
        .filter(stage_reports::state.ne("returned"))
        .select((
            stage_reports::stage_id,
            route_stages::title,
            stage_reports::form,
            stage_reports::submitted_on,
        ))
        .order((stage_reports::submitted_on, stage_reports::id))
        .load(&mut &*conn)
        .await?;
    Ok(rows.into_iter().map(|(stage_id, title, form, on)| Report { stage_id, title, form, on }).collect())
}

/// The hearings of a route's interim results, oldest first (P3-24).
pub(super) async fn heard(conn: &Conn, route_id: Uuid) -> Result<Vec<Heard>> {
    let rows: Vec<(String, String, Option<String>, NaiveDate)> = route_hearings::table
        .filter(route_hearings::route_id.eq(route_id))
        .select((
            route_hearings::council_ru,
            route_hearings::council_en,
            route_hearings::protocol_number,
            route_hearings::held_on,
        ))
        .order((route_hearings::held_on, route_hearings::id))
        .load(&mut &*conn)
        .await?;
    let heard = |(ru, en, protocol_number, on)| Heard { council: Text::owned(ru, en), protocol_number, on };
    Ok(rows.into_iter().map(heard).collect())
}

/// The growth cards of a route that were handed in and not returned, oldest first.
pub(super) async fn growth_cards(conn: &Conn, route_id: Uuid) -> Result<Vec<(NaiveDate, NaiveDate)>> {
    Ok(growth_cards::table
        .filter(growth_cards::route_id.eq(route_id))
        .filter(growth_cards::state.eq_any(["submitted", "accepted"]))
        .filter(growth_cards::submitted_on.is_not_null())
        .select((growth_cards::period_starts_on, growth_cards::submitted_on.assume_not_null()))
        .order(growth_cards::period_starts_on)
        .load(&mut &*conn)
        .await?)
}

/// The versions of a route, oldest first.
pub(super) async fn versions(conn: &Conn, route_id: Uuid) -> Result<Vec<Version>> {
    let rows: Vec<(i32, String, Option<String>, NaiveDate)> = route_versions::table
        .filter(route_versions::route_id.eq(route_id))
        .select((
            route_versions::number,
            route_versions::cause,
            route_versions::note,
            route_versions::taken_on,
        ))
        .order(route_versions::number)
        .load(&mut &*conn)
        .await?;
    let version = |(number, cause, note, on): (i32, String, Option<String>, NaiveDate)| {
        let cause = VersionCause::parse(&cause).ok_or_else(|| unknown("cause of a version"))?;
        Ok(Version { number, cause, note, on })
    };
    rows.into_iter().map(version).collect()
}
