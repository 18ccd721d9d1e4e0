-- Ranges of numbers (диапазоны номеров): which numbers an issuer gives to its documents about learning, one after the other.

create table number_ranges (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    kind text not null constraint number_ranges_kind_check check (kind in (
        'pd_certificate', 'retraining_diploma', 'participation_certificate', 'study_statement')),
    part text not null constraint number_ranges_part_check check (part in ('form', 'registration')),
    series text,
    prefix text not null,
    digits smallint not null constraint number_ranges_digits_check check (digits between 1 and 12),
    first_number bigint not null constraint number_ranges_first_check check (first_number > 0),
    last_number bigint not null,
    next_number bigint not null,
    state text not null constraint number_ranges_state_check check (state in ('open', 'closed')),
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint number_ranges_numbers_check check (
        last_number >= first_number and next_number between first_number and last_number + 1),
    constraint number_ranges_series_check check (part = 'form' or series is null)
);
create index number_ranges_region_idx on number_ranges (region_id, created_at desc, id desc);
create index number_ranges_municipality_idx on number_ranges (municipality_id);
create index number_ranges_organization_idx on number_ranges (organization_id, created_at desc, id desc);
comment on table number_ranges is 'Ranges of numbers that issuers give to documents about learning; ranges of one spelling do not overlap.';
comment on column number_ranges.organization_id is 'The issuer.';
comment on column number_ranges.kind is 'For documents of this kind.';
comment on column number_ranges.part is 'form: the number of the form (номер бланка); registration: the registration number.';
comment on column number_ranges.series is 'Series of the forms.';
comment on column number_ranges.prefix is 'What stands before each number; may be empty.';
comment on column number_ranges.digits is 'Digits of a number at least.';
comment on column number_ranges.first_number is 'The first number.';
comment on column number_ranges.last_number is 'The last number.';
comment on column number_ranges.next_number is 'The number that is given next; one beyond the last when none is left.';
comment on column number_ranges.state is 'open, or closed: no number is taken any more.';
call rost_comment_common('number_ranges');
create trigger place before insert or update of organization_id on number_ranges
    for each row execute function rost_place('organization_id');
