-- Training orders of 64 years: of each school two lines, taken by the order of the region for that year. Whenever that is
-- formed anew, the order of one school waits again, so that there is always something to take in. They stand as orders of
-- municipalities, which a region takes without another level between.

insert into organizations (id, region_id, municipality_id, parent_id, kind, name, founder_type, created_at, updated_at)
values (pg_temp.uid('operator', 1), pg_temp.uid('region', 1), null, pg_temp.uid('ministry', 1), 'regional_operator', 'Operator',
        'regional', '2020-01-01', '2020-01-01');

insert into training_orders (id, region_id, organization_id, regulation_id, level, period, year, starts_on, ends_on, state, created_by,
                             created_at, updated_at)
select pg_temp.uid('order', n), pg_temp.uid('region', 1), pg_temp.uid('operator', 1), pg_temp.uid('regulation', 1), 'region',
       'calendar_year', 2025 + n, make_date(2025 + n, 1, 1), make_date(2025 + n, 12, 31), 'draft', pg_temp.uid('account', 1),
       '2026-01-01', '2026-01-01'
from generate_series(1, 64) n;

insert into training_orders (id, region_id, organization_id, regulation_id, level, period, year, starts_on, ends_on, state,
                             submitted_at, taken_by_id, created_by, created_at, updated_at)
select md5('order' || n || 'of' || s)::uuid, pg_temp.uid('region', 1), pg_temp.uid('school', s), pg_temp.uid('regulation', 1),
       'municipality', 'calendar_year', 2025 + n, make_date(2025 + n, 1, 1), make_date(2025 + n, 12, 31), 'submitted', '2026-01-10',
       case when s > 1 then pg_temp.uid('order', n) end, pg_temp.uid('account', 1), '2026-01-01', '2026-01-01'
from generate_series(1, 64) n, generate_series(1, :municipalities * 20) s;

insert into training_order_lines (id, region_id, order_id, position, origin, ground, topic, program_id, people, half_hours,
                                  amount_kopecks, created_at)
select md5('line' || n || 'of' || s || 'at' || k)::uuid, pg_temp.uid('region', 1), md5('order' || n || 'of' || s)::uuid, k,
       'head_request', 'head_request', 'Тема ' || (s + k) % 40, pg_temp.uid('program', (s + k) % 40 + 1), s % 3 + 1,
       72 * (s % 3 + 1), 100000, '2026-01-01'
from generate_series(1, 64) n, generate_series(1, :municipalities * 20) s, generate_series(1, 2) k;

create function one_waits_again() returns trigger language plpgsql as $$
begin
    update training_orders set taken_by_id = null
    where id = (select id from training_orders where taken_by_id = new.id limit 1);
    return null;
end
$$;
create trigger one_waits_again after update of version on training_orders
    for each row when (new.level = 'region' and new.version > old.version) execute function one_waits_again();
