-- Training orders: of schools, of municipalities, of the region; their lines, and where these are placed.

create table training_orders (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    regulation_id uuid not null references regulations,
    level text not null constraint training_orders_level_check check (level in ('school', 'municipality', 'region')),
    period text not null constraint training_orders_period_check check (period in ('school_year', 'calendar_year')),
    year integer not null constraint training_orders_year_range check (year between 2000 and 2100),
    starts_on date not null,
    ends_on date not null,
    state text not null constraint training_orders_state_check check (state in (
        'draft', 'in_review', 'rework', 'submitted', 'placing', 'placed', 'rejected', 'withdrawn')),
    rework_reason text,
    rework_due_on date,
    decision_reason text,
    submitted_at timestamptz,
    placed_at timestamptz,
    taken_by_id uuid references training_orders,
    created_by uuid not null,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint training_orders_dates_check check (ends_on > starts_on),
    constraint training_orders_rework_check check ((rework_reason is null) = (rework_due_on is null)),
    constraint training_orders_submitted_check check (
        state not in ('submitted', 'placing', 'placed') or submitted_at is not null),
    constraint training_orders_placed_check check ((state = 'placed') = (placed_at is not null)),
    constraint training_orders_taken_check check (taken_by_id is null or state = 'submitted'),
    constraint training_orders_reason_check check (state <> 'rejected' or decision_reason is not null)
);
create unique index training_orders_period_key on training_orders (organization_id, level, starts_on)
    where state not in ('rejected', 'withdrawn');
create index training_orders_region_idx on training_orders (region_id, created_at desc, id desc);
create index training_orders_municipality_idx on training_orders (municipality_id, created_at desc, id desc);
create index training_orders_organization_idx on training_orders (organization_id, created_at desc, id desc);
create index training_orders_regulation_idx on training_orders (regulation_id);
create index training_orders_taken_idx on training_orders (taken_by_id, created_at desc, id desc);
create index training_orders_waiting_idx on training_orders (region_id, starts_on, level)
    where state = 'submitted' and taken_by_id is null;
create trigger place before insert or update of organization_id on training_orders
    for each row execute function rost_place('organization_id');
comment on table training_orders is 'Training orders of schools, municipalities and regions (заказ на повышение квалификации; P3-5, P3-27, P2-24).';
comment on column training_orders.organization_id is 'Whose order it is: the school, the municipal authority, the regional operator.';
comment on column training_orders.regulation_id is 'The regulation it was begun under.';
comment on column training_orders.level is 'school, municipality or region.';
comment on column training_orders.period is 'What its period is by the regulation: school_year or calendar_year.';
comment on column training_orders.year is 'The year in which its period begins.';
comment on column training_orders.starts_on is 'First day of its period.';
comment on column training_orders.ends_on is 'Last day of its period.';
comment on column training_orders.rework_reason is 'What is to be reworked, of the order or of its placement.';
comment on column training_orders.rework_due_on is 'Until when.';
comment on column training_orders.decision_reason is 'Why it was refused.';
comment on column training_orders.submitted_at is 'When it was submitted last.';
comment on column training_orders.placed_at is 'When its placement was agreed.';
comment on column training_orders.taken_by_id is 'The order of the level above that it was taken into; an order is taken once.';
comment on column training_orders.created_by is 'Account that began it.';
call rost_comment_common('training_orders');

create table training_order_lines (
    id uuid primary key,
    region_id uuid not null references regions,
    order_id uuid not null references training_orders,
    position integer not null,
    origin text not null constraint training_order_lines_origin_check check (origin in (
        'need', 'route', 'head_request', 'manual', 'orders')),
    ground text,
    topic text not null,
    person_id uuid references persons,
    need_id uuid references needs,
    activity_id uuid references route_activities on delete set null,
    program_id uuid references programs,
    module_id uuid references program_modules,
    direction_id uuid references priority_directions,
    assignment_id uuid references state_assignments,
    people integer not null constraint training_order_lines_people_check check (people > 0),
    half_hours integer not null constraint training_order_lines_hours_check check (half_hours >= 0),
    amount_kopecks bigint not null constraint training_order_lines_amount_check check (amount_kopecks >= 0),
    justification text,
    upper_line_id uuid references training_order_lines,
    created_at timestamptz not null,
    constraint training_order_lines_position_key unique (order_id, position),
    constraint training_order_lines_module_check check (module_id is null or program_id is not null),
    constraint training_order_lines_need_check check ((origin = 'need') = (need_id is not null)),
    constraint training_order_lines_route_check check (activity_id is null or origin = 'route'),
    constraint training_order_lines_person_check check (person_id is null or people = 1)
);
create unique index training_order_lines_need_key on training_order_lines (order_id, need_id);
create unique index training_order_lines_activity_key on training_order_lines (order_id, activity_id);
create index training_order_lines_region_idx on training_order_lines (region_id);
create index training_order_lines_person_idx on training_order_lines (person_id);
create index training_order_lines_need_idx on training_order_lines (need_id);
create index training_order_lines_activity_idx on training_order_lines (activity_id);
create index training_order_lines_program_idx on training_order_lines (program_id);
create index training_order_lines_module_idx on training_order_lines (module_id);
create index training_order_lines_direction_idx on training_order_lines (direction_id);
create index training_order_lines_assignment_idx on training_order_lines (assignment_id);
create index training_order_lines_upper_idx on training_order_lines (upper_line_id);
comment on table training_order_lines is 'Lines of training orders: what how many people are to learn (строки заказа).';
comment on column training_order_lines.order_id is 'The order.';
comment on column training_order_lines.origin is 'Where it comes from: need, route, head_request, manual, or orders of the level below (P3-3, P3-5).';
comment on column training_order_lines.ground is 'Ground of the training; null for sums.';
comment on column training_order_lines.topic is 'What is to be learnt.';
comment on column training_order_lines.person_id is 'Who is to learn; null for a group.';
comment on column training_order_lines.need_id is 'The need it rests on.';
comment on column training_order_lines.activity_id is 'The activity of the agreed route it rests on.';
comment on column training_order_lines.program_id is 'The program, if it is known.';
comment on column training_order_lines.module_id is 'The single module of it.';
comment on column training_order_lines.direction_id is 'The priority direction.';
comment on column training_order_lines.assignment_id is 'The line of the state assignment it is paid from.';
comment on column training_order_lines.people is 'How many people.';
comment on column training_order_lines.half_hours is 'Academic hours of all of them together, in halves.';
comment on column training_order_lines.amount_kopecks is 'What it is to cost, in kopecks; 0 where it is not said.';
comment on column training_order_lines.justification is 'Why, in the words of the head.';
comment on column training_order_lines.upper_line_id is 'The line of the order above that it was added up into (P3-27).';
call rost_comment_common('training_order_lines');

create table training_order_placements (
    line_id uuid not null references training_order_lines,
    offering_id uuid not null references offerings,
    region_id uuid not null references regions,
    order_id uuid not null references training_orders,
    people integer not null constraint training_order_placements_people_check check (people > 0),
    created_at timestamptz not null,
    constraint training_order_placements_pkey primary key (line_id, offering_id)
);
create index training_order_placements_region_idx on training_order_placements (region_id);
create index training_order_placements_order_idx on training_order_placements (order_id);
create index training_order_placements_offering_idx on training_order_placements (offering_id);
comment on table training_order_placements is 'Where the lines of an order are placed (размещение заказа; P3-29).';
comment on column training_order_placements.line_id is 'The line.';
comment on column training_order_placements.offering_id is 'The offering that takes people of it.';
comment on column training_order_placements.order_id is 'The order of the line.';
comment on column training_order_placements.people is 'How many people of the line.';
call rost_comment_common('training_order_placements');
