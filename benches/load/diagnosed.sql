-- Training and diagnostics of the region: two offerings a program, a framework of four blocks of ten competencies, and for
-- every second teacher a result with eight measured competencies, three deficits of them, one of which is closed.

insert into offerings (id, region_id, organization_id, kind, title, program_id, program_version, starts_on, ends_on, seats,
                       seats_taken, study_form, delivery, hours, practical_hours, state, created_at, updated_at)
select pg_temp.uid('offering', n), pg_temp.uid('region', 1), pg_temp.uid('provider', n % 40 + 1), 'course',
       'Курс, поток ' || n, pg_temp.uid('program', (n - 1) % 5000 + 1), 1, '2026-03-02'::date + (n % 300)::int,
       '2026-03-02'::date + (n % 300)::int + 14, 25, (n % 20)::int, 'part_time', '{distance}', 36, 12, 'open', '2026-01-01',
       '2026-01-01'
from generate_series(1, 10000) n;

insert into frameworks (id, region_id, owner_id, code, title, edition, state, created_at, updated_at)
values (pg_temp.uid('framework', 1), pg_temp.uid('region', 1), pg_temp.uid('ministry', 1), 'B', 'Модель', 1, 'published',
        '2020-01-01', '2020-01-01');

insert into competencies (id, framework_id, parent_id, code, kind, title, position)
select pg_temp.uid('block', n), pg_temp.uid('framework', 1), null, n::text, 'block', 'Блок ' || n, n::int
from generate_series(1, 4) n;

insert into competencies (id, framework_id, parent_id, code, kind, title, position)
select pg_temp.uid('competency', n), pg_temp.uid('framework', 1), pg_temp.uid('block', n % 4 + 1), n % 4 + 1 || '.' || n,
       'competency', 'Компетенция ' || n, n::int
from generate_series(1, 40) n;

insert into module_competencies (module_id, competency_id)
select pg_temp.uid('module', n), pg_temp.uid('competency', n % 40 + 1) from generate_series(1, 5000) n;

insert into instruments (id, region_id, owner_id, framework_id, code, title, edition, procedures, state, created_at, updated_at)
values (pg_temp.uid('instrument', 1), pg_temp.uid('region', 1), pg_temp.uid('ministry', 1), pg_temp.uid('framework', 1), 'T',
        'Тест', 1, '{test}', 'published', '2020-01-01', '2020-01-01');

insert into diagnostic_results (id, region_id, municipality_id, organization_id, person_id, instrument_id, mode, taken_on,
                                conducted_by, recorded_at)
select pg_temp.uid('result', n), e.region_id, e.municipality_id, e.organization_id, e.person_id, pg_temp.uid('instrument', 1),
       'online', '2025-10-01', pg_temp.uid('ministry', 1), '2025-10-01'
from generate_series(1, :municipalities * 20 * :teachers_per_school) n
join employments e on e.id = pg_temp.uid('employment', n) where n % 2 = 0;

insert into competency_standings (result_id, competency_id, person_id, region_id, municipality_id, organization_id, measured_on)
select r.id, pg_temp.uid('competency', (n + k * 5) % 40 + 1), r.person_id, r.region_id, r.municipality_id, r.organization_id,
       r.taken_on
from generate_series(1, :municipalities * 20 * :teachers_per_school) n
join diagnostic_results r on r.id = pg_temp.uid('result', n), generate_series(1, 8) k;

insert into deficits (id, region_id, municipality_id, organization_id, person_id, competency_id, origin, result_id, level, severity,
                      weight, state, opened_on, closed_on, created_at, updated_at)
select pg_temp.uid('deficit', n * 3 + k), r.region_id, r.municipality_id, r.organization_id, r.person_id,
       pg_temp.uid('competency', (n + k * 5) % 40 + 1), 'diagnostic', r.id, 'low', 2, 1,
       case k when 1 then 'closed' else 'open' end, r.taken_on, case k when 1 then '2026-02-01'::date end, '2025-10-01', '2025-10-01'
from generate_series(1, :municipalities * 20 * :teachers_per_school) n
join diagnostic_results r on r.id = pg_temp.uid('result', n), generate_series(1, 3) k;

insert into deficit_events (id, deficit_id, region_id, municipality_id, organization_id, person_id, competency_id, kind, state,
                            level, severity, result_id, happened_on, until, recorded_at)
select md5(d.id || 'opened')::uuid, d.id, d.region_id, d.municipality_id, d.organization_id, d.person_id, d.competency_id,
       'opened', 'open', d.level, d.severity, d.result_id, d.opened_on, d.closed_on, d.created_at
from deficits d
union all
select md5(d.id || 'closed')::uuid, d.id, d.region_id, d.municipality_id, d.organization_id, d.person_id, d.competency_id,
       'closed', 'closed', d.level, d.severity, d.result_id, d.closed_on, null, d.created_at
from deficits d where d.state = 'closed';
