-- What plans need and what pays for them (P0-33, P1-44 to P1-48).

create table plan_resources (
    id uuid primary key,
    region_id uuid not null references regions,
    plan_id uuid not null references plans,
    kind text not null constraint plan_resources_kind_check check (kind in ('financial', 'material', 'methodical')),
    owner text not null constraint plan_resources_owner_check check (owner in ('internal', 'external')),
    title text not null,
    unit text not null,
    needed bigint not null constraint plan_resources_needed_check check (needed > 0),
    available bigint not null constraint plan_resources_available_check check (available >= 0),
    forecast_on date not null,
    note text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index plan_resources_region_idx on plan_resources (region_id);
create index plan_resources_plan_idx on plan_resources (plan_id, id);
comment on table plan_resources is 'Resources of plans (ресурсы планов, P1-44, P1-45).';
comment on column plan_resources.plan_id is 'The plan.';
comment on column plan_resources.kind is 'financial, material or methodical.';
comment on column plan_resources.owner is 'internal: of the school; external: of somebody else.';
comment on column plan_resources.unit is 'What amounts are counted in; kopecks for money.';
comment on column plan_resources.needed is 'How much is needed.';
comment on column plan_resources.available is 'How much there is.';
comment on column plan_resources.forecast_on is 'By when the rest is expected.';
comment on column plan_resources.note is 'Words.';
call rost_comment_common('plan_resources');

create table plan_resource_allocations (
    id uuid primary key,
    region_id uuid not null references regions,
    resource_id uuid not null references plan_resources,
    route_id uuid not null references routes,
    stage_id uuid references route_stages on delete set null,
    amount bigint not null constraint plan_resource_allocations_amount_check check (amount > 0),
    due_on date not null,
    provided_on date,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index plan_resource_allocations_region_idx on plan_resource_allocations (region_id);
create index plan_resource_allocations_resource_idx on plan_resource_allocations (resource_id, due_on, id);
create index plan_resource_allocations_route_idx on plan_resource_allocations (route_id);
create index plan_resource_allocations_stage_idx on plan_resource_allocations (stage_id);
comment on table plan_resource_allocations is 'What of a resource goes to a route (обеспечение маршрутов ресурсами, P1-47, P1-48).';
comment on column plan_resource_allocations.resource_id is 'The resource.';
comment on column plan_resource_allocations.route_id is 'The route.';
comment on column plan_resource_allocations.stage_id is 'The stage of the route; null for the route as a whole.';
comment on column plan_resource_allocations.amount is 'How much, in the unit of the resource.';
comment on column plan_resource_allocations.due_on is 'The first day of the stage, else of the route: by then it has to be provided.';
comment on column plan_resource_allocations.provided_on is 'The day it was provided; null until then.';
call rost_comment_common('plan_resource_allocations');

create table funding_lines (
    id uuid primary key,
    region_id uuid not null references regions,
    plan_id uuid not null references plans,
    route_id uuid references routes,
    stage_id uuid references route_stages on delete set null,
    source text not null constraint funding_lines_source_check check (source in (
        'municipal', 'off_budget', 'own', 'grant', 'state_assignment', 'voucher', 'other')),
    amount_kopecks bigint not null constraint funding_lines_amount_check check (amount_kopecks > 0),
    note text,
    created_at timestamptz not null,
    constraint funding_lines_stage_check check (stage_id is null or route_id is not null)
);
create index funding_lines_region_idx on funding_lines (region_id);
create index funding_lines_plan_idx on funding_lines (plan_id, id);
create index funding_lines_route_idx on funding_lines (route_id);
create index funding_lines_stage_idx on funding_lines (stage_id);
comment on table funding_lines is 'What pays for plans (строки финансирования, P0-33).';
comment on column funding_lines.plan_id is 'The plan.';
comment on column funding_lines.route_id is 'The route it pays for; null for the plan as a whole.';
comment on column funding_lines.stage_id is 'The stage of the route; null for the route as a whole.';
comment on column funding_lines.source is 'Where the money comes from.';
comment on column funding_lines.amount_kopecks is 'How much, in kopecks.';
comment on column funding_lines.note is 'Words.';
call rost_comment_common('funding_lines');
