alter table imports
    drop constraint imports_kind_check,
    add constraint imports_kind_check check (kind in ('organizations', 'staff', 'programs', 'credentials'));
drop table deficit_events, competency_standings, diagnostic_reminders, diagnostic_participants;
drop index diagnostic_results_natural_key;
alter table diagnostic_results drop column campaign_id;
create unique index diagnostic_results_natural_key on diagnostic_results (person_id, instrument_id, taken_on)
    where corrects_id is null;
drop table diagnostic_campaigns;
alter table instruments drop column procedure_weights, drop column supersedes_id;
drop table competency_associations;
alter table competencies
    drop constraint competencies_kind_check,
    add constraint competencies_kind_check check (kind in ('block', 'competency', 'indicator')),
    drop column identifier, drop column uri, drop column item_type;
alter table frameworks
    drop column kind, drop column identifier, drop column uri, drop column creator, drop column description,
    drop column supersedes_id;
