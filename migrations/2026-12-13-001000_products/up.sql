-- Methodical products: made in training or beside it, defended before a commission, introduced with date, class and subject,
-- and checked by the administration (P3-4, P3-33, P3-42, P3-48).

create table products (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    regulation_id uuid not null references regulations,
    enrollment_id uuid references enrollments,
    kind text not null constraint products_kind_check check (kind in (
        'technology', 'teaching_kit', 'lesson_plan', 'methodical_materials', 'project', 'other')),
    title text not null,
    summary text not null,
    state text not null constraint products_state_check check (state in ('draft', 'defended', 'introduced')),
    introduced_on date,
    introduced_class text,
    introduced_subject text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint products_introduced_check check (
        (state = 'introduced') = (introduced_on is not null)
        and (introduced_on is not null) = (num_nonnulls(introduced_class, introduced_subject) > 0))
);
create index products_region_idx on products (region_id, created_at desc, id desc);
create index products_municipality_idx on products (municipality_id, created_at desc, id desc);
create index products_organization_idx on products (organization_id, created_at desc, id desc);
create index products_person_idx on products (person_id, created_at desc, id desc);
create index products_regulation_idx on products (regulation_id);
create index products_enrollment_idx on products (enrollment_id, created_at desc, id desc);
create trigger place before insert or update of organization_id on products
    for each row execute function rost_place('organization_id');
comment on table products is 'Methodical products of teachers (методические продукты, P3-4, P3-48).';
comment on column products.organization_id is 'The school of the author when it was begun.';
comment on column products.person_id is 'The author.';
comment on column products.regulation_id is 'The regulation it was begun under.';
comment on column products.enrollment_id is 'The training that yielded it; null when it was made beside training.';
comment on column products.kind is 'technology, teaching_kit, lesson_plan, methodical_materials, project or other.';
comment on column products.summary is 'What it is and for whom.';
comment on column products.state is 'draft, defended or introduced.';
comment on column products.introduced_on is 'Day it was introduced.';
comment on column products.introduced_class is 'The class it was introduced in.';
comment on column products.introduced_subject is 'The subject it was introduced in.';
call rost_comment_common('products');

create table product_defences (
    id uuid primary key,
    region_id uuid not null references regions,
    product_id uuid not null references products,
    held_on date not null,
    commission text[] not null constraint product_defences_commission_check check (cardinality(commission) > 0),
    result text not null constraint product_defences_result_check check (result in ('passed', 'not_passed')),
    remarks text,
    recorded_by uuid not null,
    created_at timestamptz not null
);
create index product_defences_region_idx on product_defences (region_id);
create index product_defences_product_idx on product_defences (product_id, id);
call rost_append_only('product_defences');
comment on table product_defences is 'Defences of products before a commission (защиты продуктов, P3-33). Never changed.';
comment on column product_defences.product_id is 'The product.';
comment on column product_defences.held_on is 'Day of the defence.';
comment on column product_defences.commission is 'Members of the commission, as written.';
comment on column product_defences.result is 'passed or not_passed.';
comment on column product_defences.remarks is 'What the commission said.';
comment on column product_defences.recorded_by is 'The account that recorded it.';
call rost_comment_common('product_defences');

create table product_checks (
    id uuid primary key,
    region_id uuid not null references regions,
    product_id uuid not null references products,
    checked_on date not null,
    conclusion text not null,
    recorded_by uuid not null,
    created_at timestamptz not null
);
create index product_checks_region_idx on product_checks (region_id);
create index product_checks_product_idx on product_checks (product_id, id);
call rost_append_only('product_checks');
comment on table product_checks is 'Checks of the introduction of products by the administration (контроль внедрения, P3-42). Never changed.';
comment on column product_checks.product_id is 'The product.';
comment on column product_checks.checked_on is 'Day of the check.';
comment on column product_checks.conclusion is 'What was found.';
comment on column product_checks.recorded_by is 'The account that recorded it.';
call rost_comment_common('product_checks');
