//! Monitoring (мониторинг): the yearly cycles of the system and what is submitted into their stages, monitorings of a year
//! with their findings, decisions and instructions with a due day, who takes part, measures of all of it, and the report of a year.

mod asked;
pub mod cycles;
pub mod decisions;
pub mod held;
pub mod measures;
pub mod monitorings;
pub mod participation;
pub mod place;
pub mod policy;
pub mod stage_submissions;
pub mod submissions;
pub mod yearly_reports;

use crate::http::Endpoints;

/// Mounts the endpoints of monitoring.
pub fn configure(config: &mut Endpoints<'_>) {
    config
        .configure(cycles::configure)
        .configure(stage_submissions::configure)
        .configure(monitorings::configure)
        .configure(submissions::configure)
        .configure(decisions::configure)
        .configure(participation::configure)
        .configure(measures::configure)
        .configure(yearly_reports::configure);
}
