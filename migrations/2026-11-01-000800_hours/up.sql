-- Credentials and the append-only ledger of hours.

create table credentials (
    id uuid primary key,
    region_id uuid not null references regions,
    person_id uuid not null references persons,
    issuer_id uuid references organizations,
    issuer_name text not null,
    kind text not null constraint credentials_kind_check check (kind in (
        'pd_certificate', 'retraining_diploma', 'participation_certificate', 'study_statement')),
    series text,
    number text,
    registration_number text,
    identity text not null,
    marks text[] not null,
    program_id uuid references programs,
    module_id uuid references program_modules,
    activity_id uuid references route_activities,
    program_kind text constraint credentials_program_kind_check check (program_kind in ('advanced_training', 'retraining')),
    title text not null,
    hours numeric(6, 1) not null constraint credentials_hours_check check (hours > 0),
    credited boolean not null default false,
    started_on date,
    completed_on date,
    issued_on date not null,
    origin text not null constraint credentials_origin_check check (origin in ('provider', 'person', 'import')),
    state text not null constraint credentials_state_check check (state in (
        'reported', 'issued', 'confirmed', 'disputed', 'refused', 'annulled')),
    reason text,
    recorded_by uuid not null,
    decided_by uuid,
    decided_at timestamptz,
    source text,
    external_id text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint credentials_external_key unique (region_id, source, external_id),
    constraint credentials_dates_check check (
        (started_on is null or completed_on is null or started_on <= completed_on)
        and (completed_on is null or completed_on <= issued_on)),
    constraint credentials_number_check check (num_nonnulls(number, registration_number) >= 1),
    constraint credentials_reason_check check (state not in ('disputed', 'refused', 'annulled') or reason is not null)
);
create unique index credentials_identity_key on credentials (region_id, identity)
    where state not in ('refused', 'annulled');
create index credentials_person_idx on credentials (person_id, issued_on desc, id desc);
create index credentials_waiting_idx on credentials (person_id) where state not in ('confirmed', 'annulled');
create index credentials_issuer_idx on credentials (issuer_id, issued_on desc, id desc);
create index credentials_region_idx on credentials (region_id, issued_on desc, id desc);
create index credentials_program_idx on credentials (program_id);
create index credentials_module_idx on credentials (module_id);
create index credentials_activity_idx on credentials (activity_id);
comment on table credentials is 'Documents about learning (документы о квалификации и обучении).';
comment on column credentials.issuer_id is 'The organization that issued it, if it is known to the system.';
comment on column credentials.issuer_name is 'The issuer as the document names it.';
comment on column credentials.kind is 'Kind of document: only the first two are qualification documents (B1.10, B1.11).';
comment on column credentials.series is 'Series.';
comment on column credentials.number is 'Number.';
comment on column credentials.registration_number is 'Registration number.';
comment on column credentials.identity is 'Normalised identity of the paper: the same paper never counts twice.';
comment on column credentials.marks is 'Normalised numbers of the paper: papers that share none are never one.';
comment on column credentials.program_id is 'The program learnt, if it is known to the system.';
comment on column credentials.module_id is 'The single module learnt.';
comment on column credentials.activity_id is 'The activity of a route it completes.';
comment on column credentials.program_kind is 'Kind of program.';
comment on column credentials.title is 'Title of the program or topic as the document names it.';
comment on column credentials.hours is 'Academic hours.';
comment on column credentials.credited is 'Credited from elsewhere (зачтено): satisfies a requirement, is not summed again.';
comment on column credentials.started_on is 'First day of learning; decides eligibility of the provider (B1.9).';
comment on column credentials.completed_on is 'Last day of learning.';
comment on column credentials.issued_on is 'Day of issue.';
comment on column credentials.origin is 'Who brought it: provider, person, import.';
comment on column credentials.reason is 'Why it was disputed, refused or annulled.';
comment on column credentials.recorded_by is 'Account that recorded it.';
comment on column credentials.decided_by is 'Account that took the last decision.';
comment on column credentials.decided_at is 'When the last decision was taken.';
call rost_comment_common('credentials');

create table ledger_entries (
    id uuid primary key,
    region_id uuid not null references regions,
    person_id uuid not null references persons,
    credential_id uuid not null references credentials,
    kind text not null constraint ledger_entries_kind_check check (kind in ('credit', 'reversal')),
    hours numeric(6, 1) not null,
    document_kind text not null,
    series text,
    number text,
    registration_number text,
    identity text not null,
    issuer_id uuid references organizations,
    issuer_name text not null,
    program_id uuid references programs,
    program_kind text,
    title text not null,
    credited boolean not null,
    started_on date,
    completed_on date,
    issued_on date not null,
    reverses_id uuid constraint ledger_entries_reverses_key unique references ledger_entries,
    reason text,
    recorded_by uuid not null,
    recorded_at timestamptz not null,
    constraint ledger_entries_sign_check check (
        (kind = 'credit' and hours > 0 and reverses_id is null)
        or (kind = 'reversal' and hours < 0 and reverses_id is not null and reason is not null))
);
create index ledger_entries_person_idx on ledger_entries (person_id, issued_on desc, id desc)
    include (kind, hours, completed_on, document_kind, reverses_id);
create index ledger_entries_region_idx on ledger_entries (region_id, recorded_at);
create index ledger_entries_credential_idx on ledger_entries (credential_id);
create index ledger_entries_identity_idx on ledger_entries (region_id, identity);
create index ledger_entries_issuer_idx on ledger_entries (issuer_id);
create index ledger_entries_program_idx on ledger_entries (program_id);
comment on table ledger_entries is 'The ledger of hours (накопительный учёт часов): append-only, corrected by reversing entries.';
comment on column ledger_entries.credential_id is 'The document the entry rests on.';
comment on column ledger_entries.kind is 'Credit, or reversal of a credit.';
comment on column ledger_entries.hours is 'Exact academic hours; negative in a reversal.';
comment on column ledger_entries.document_kind is 'Kind of the document.';
comment on column ledger_entries.series is 'Series of the document, as on the credential: an entry is judged without looking it up.';
comment on column ledger_entries.number is 'Number of the document.';
comment on column ledger_entries.registration_number is 'Registration number of the document.';
comment on column ledger_entries.identity is 'Normalised identity of the paper.';
comment on column ledger_entries.issuer_id is 'The issuer, if it is known to the system.';
comment on column ledger_entries.issuer_name is 'The issuer as the document names it.';
comment on column ledger_entries.program_id is 'The program learnt, if it is known to the system.';
comment on column ledger_entries.program_kind is 'Kind of program.';
comment on column ledger_entries.credited is 'Credited from elsewhere: not summed again.';
comment on column ledger_entries.started_on is 'First day of learning.';
comment on column ledger_entries.completed_on is 'Last day of learning.';
comment on column ledger_entries.issued_on is 'Day of issue.';
comment on column ledger_entries.reverses_id is 'The entry this one reverses; a thing is reversed once.';
comment on column ledger_entries.reason is 'Why it was reversed.';
comment on column ledger_entries.recorded_by is 'Account that recorded it.';
comment on column ledger_entries.recorded_at is 'When the entry became known.';
call rost_comment_common('ledger_entries');
call rost_append_only('ledger_entries');

create function rost_check_ledger_entry() returns trigger
    language plpgsql as
$$
declare
    original ledger_entries;
begin
    if new.kind = 'reversal' then
        select * into original from ledger_entries where id = new.reverses_id;
        if original.kind <> 'credit' or original.hours <> -new.hours
           or (original.region_id, original.person_id, original.credential_id, original.identity)
              <> (new.region_id, new.person_id, new.credential_id, new.identity) then
            raise exception using errcode = 'check_violation', constraint = 'ledger_entries_negation',
                message = 'a reversal negates its credit exactly';
        end if;
    elsif (select count(*) filter (where kind = 'credit') - count(*) filter (where kind = 'reversal')
           from ledger_entries where region_id = new.region_id and identity = new.identity) > 1 then
        raise exception using errcode = 'unique_violation', constraint = 'ledger_entries_identity_once',
            message = 'a document counts once';
    end if;
    return null;
end
$$;
comment on function rost_check_ledger_entry() is 'At commit: a reversal negates its credit, a document counts once.';
create constraint trigger check_entry after insert on ledger_entries
    deferrable initially deferred for each row execute function rost_check_ledger_entry();
