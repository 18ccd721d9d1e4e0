-- Agreements of schools with their municipal centre stand beside contracts (P3-28).

alter table contracts add column kind text not null default 'contract'
    constraint contracts_kind_check check (kind in ('contract', 'agreement'));
comment on column contracts.kind is 'A contract with a provider, or an agreement with the municipal centre (P3-28).';
