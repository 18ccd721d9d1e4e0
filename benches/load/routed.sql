-- Routes of the region: of every second teacher one under way with three lines, of the others one before the director;
-- prices of every third program, and eight open deficits of the first teachers, so that a proposal has to choose.

update programs p set price_rubles = (n % 30 + 1) * 500
from generate_series(3, 5000, 3) n where p.id = pg_temp.uid('program', n);

insert into deficits (id, region_id, municipality_id, organization_id, person_id, competency_id, origin, result_id, level, severity,
                      weight, state, opened_on, created_at, updated_at)
select md5(r.id || 'deficit' || k)::uuid, r.region_id, r.municipality_id, r.organization_id, r.person_id,
       pg_temp.uid('competency', (n + k) % 40 + 1), 'diagnostic', r.id, 'low', k % 3 + 1, 1, 'open', r.taken_on, '2025-10-01',
       '2025-10-01'
from generate_series(2, 3000, 2) n
join diagnostic_results r on r.id = pg_temp.uid('result', n), unnest(array[3, 20, 25, 30, 35, 40]) k;

insert into routes (id, region_id, municipality_id, organization_id, person_id, regulation_id, kind, title, state, initiator_role,
                    created_by, starts_on, ends_on, approved_at, activated_on, created_at, updated_at)
select pg_temp.uid('route', n), e.region_id, e.municipality_id, e.organization_id, e.person_id, pg_temp.uid('regulation', 1),
       'route', 'Маршрут ' || n, case n % 2 when 0 then 'active' else 'in_review' end, 'teacher', pg_temp.uid('account', 1),
       date '2026-01-01' + (n % 100)::int, '2027-12-31', case n % 2 when 0 then timestamptz '2026-01-10' end,
       case n % 2 when 0 then date '2026-01-10' end, '2026-01-01', '2026-01-01'
from generate_series(1, :municipalities * 20 * :teachers_per_school) n
join employments e on e.id = pg_temp.uid('employment', n);

insert into route_activities (id, route_id, position, kind, title, hours, starts_on, ends_on, reason, state, completed_on)
select pg_temp.uid('line', n * 3 + k), pg_temp.uid('route', n), k, 'self_education', 'Самообразование', 12, '2026-01-15',
       date '2026-02-01' + (n % 20 + k * 20)::int, 'interest', case k when 1 then 'completed' else 'planned' end,
       case k when 1 then date '2026-02-20' end
from generate_series(2, :municipalities * 20 * :teachers_per_school, 2) n, generate_series(1, 3) k;

insert into approval_requests (id, region_id, municipality_id, organization_id, person_id, learner_agreed, both_sides,
                               subject_kind, subject_id, title, regulation_id, state, round, step, submitted_by,
                               submitted_at, created_at, updated_at)
select pg_temp.uid('request', n), r.region_id, r.municipality_id, r.organization_id, r.person_id, true, true, 'route', r.id,
       r.title, r.regulation_id, 'in_review', 1, 1, pg_temp.uid('account', 1), '2026-02-01', '2026-02-01', '2026-02-01'
from generate_series(1, :municipalities * 20 * :teachers_per_school, 2) n join routes r on r.id = pg_temp.uid('route', n);

insert into approval_steps (request_id, position, key, kind, actor, role, organization_id, blocking, skipped, act_required,
                            text_required, may_return, taken_by_submission, at_deadline)
select id, 1, 'head', 'approve', 'role', 'director', organization_id, true, false, false, false, true, false, 'nothing'
from approval_requests;

insert into approval_open_steps (request_id, position, organization_id, role, opened_at)
select id, 1, organization_id, 'director', '2026-02-01' from approval_requests;
