-- A deterministic region: :municipalities × 20 schools × :teachers_per_school teachers, 5,000 programs,
-- ten ledger entries a teacher on average, one teacher in 16 with about 70. Ids are hashes of row numbers.

create function pg_temp.uid(kind text, n bigint) returns uuid language sql immutable as
$$ select md5(kind || n)::uuid $$;

insert into regions values (pg_temp.uid('region', 1), 'bench', 'Bench region', 'Europe/Moscow', '2020-01-01');

insert into organizations (id, region_id, municipality_id, parent_id, kind, name, founder_type, created_at, updated_at)
select pg_temp.uid('ministry', 1), pg_temp.uid('region', 1), null, null, 'ministry', 'Ministry', 'regional', '2020-01-01', '2020-01-01';

insert into organizations (id, region_id, municipality_id, parent_id, kind, name, founder_type, created_at, updated_at)
select pg_temp.uid('provider', n), pg_temp.uid('region', 1), null, pg_temp.uid('ministry', 1), 'provider',
       'Provider ' || n, 'regional', '2020-01-01', '2020-01-01'
from generate_series(1, 40) n;

insert into organizations (id, region_id, municipality_id, parent_id, kind, name, founder_type, created_at, updated_at)
select pg_temp.uid('municipality', n), pg_temp.uid('region', 1), pg_temp.uid('municipality', n), pg_temp.uid('ministry', 1),
       'municipal_authority', 'Municipality ' || n, 'municipal', '2020-01-01', '2020-01-01'
from generate_series(1, :municipalities) n;

insert into organizations (id, region_id, municipality_id, parent_id, kind, name, founder_type, created_at, updated_at)
select pg_temp.uid('school', n), pg_temp.uid('region', 1), pg_temp.uid('municipality', (n - 1) / 20 + 1),
       pg_temp.uid('municipality', (n - 1) / 20 + 1), 'school', 'School ' || n, 'municipal', '2020-01-01', '2020-01-01'
from generate_series(1, :municipalities * 20) n;

insert into persons (id, region_id, last_name, first_name, middle_name, created_at, updated_at)
select pg_temp.uid('person', n), pg_temp.uid('region', 1), 'Фамилия' || translate(lpad((n::bigint * 7919 % 100000)::text, 5, '0'), '0123456789', 'абвгдежзик'),
       'Имя' || translate((n % 200)::text, '0123456789', 'абвгдежзик'), 'Отчество' || translate((n % 100)::text, '0123456789', 'абвгдежзик'), '2020-01-01', '2020-01-01'
from generate_series(1, :municipalities * 20 * :teachers_per_school) n;

insert into employments (id, region_id, municipality_id, organization_id, person_id, kind, position, education_levels,
                         started_on, created_at, updated_at)
select pg_temp.uid('employment', n), pg_temp.uid('region', 1),
       pg_temp.uid('municipality', ((n - 1) / :teachers_per_school) / 20 + 1),
       pg_temp.uid('school', (n - 1) / :teachers_per_school + 1), pg_temp.uid('person', n), 'staff', 'учитель',
       case n % 3 when 0 then '{primary}'::text[] else '{basic}'::text[] end, '2015-09-01', '2020-01-01', '2020-01-01'
from generate_series(1, :municipalities * 20 * :teachers_per_school) n;

insert into accounts (id, region_id, person_id, kind, login, name, secret_hash, created_at, updated_at)
select pg_temp.uid('account', n), pg_temp.uid('region', 1), pg_temp.uid('person', n), 'person', 'bench-' || n,
       'bench', '-', '2020-01-01', '2020-01-01'
from generate_series(1, 100) n;

insert into programs (id, region_id, provider_id, kind, title, annotation, hours, fully_modular, study_form, delivery, audience,
                      education_levels, state, created_at, updated_at)
select pg_temp.uid('program', n), pg_temp.uid('region', 1), pg_temp.uid('provider', n % 40 + 1), 'advanced_training',
       (array['Формирующее оценивание', 'Функциональная грамотность', 'Современный урок', 'Цифровые ресурсы', 'Инклюзивное обучение',
              'Работа с одарёнными детьми', 'Профилактика конфликтов', 'Наставничество', 'Проектная деятельность', 'Итоговая аттестация'])[n % 10 + 1]
       || ' на уроках ' ||
       (array['математики', 'русского языка', 'физики', 'истории', 'биологии', 'химии', 'географии', 'информатики'])[n % 8 + 1]
       || ', поток ' || n,
       'Программа для учителей: ' || (array['методика', 'содержание', 'диагностика', 'практика', 'стажировка'])[n % 5 + 1]
       || ' и ' || (array['оценивание', 'планирование', 'рефлексия'])[n % 3 + 1] || '.',
       (array[16, 24, 36, 72, 108])[n % 5 + 1], true, 'part_time', '{in_person,distance}', '{teacher}', '{basic}', 'accepted',
       '2020-01-01', '2020-01-01'
from generate_series(1, 5000) n;

insert into program_modules (id, program_id, position, title, hours, provider_id, delivery)
select pg_temp.uid('module', n), pg_temp.uid('program', n), 1, 'Модуль', (array[16, 24, 36, 72, 108])[n % 5 + 1],
       pg_temp.uid('provider', n % 40 + 1), '{in_person}'
from generate_series(1, 5000) n;

insert into registry_entries (id, region_id, program_id, state, entered_on, created_at, updated_at)
select pg_temp.uid('entry', n), pg_temp.uid('region', 1), pg_temp.uid('program', n), 'active', '2026-01-15', '2020-01-01', '2020-01-01'
from generate_series(1, 5000) n where n % 10 <> 0;

create temporary table entry on commit drop as
select row_number() over () as n, t.n as teacher, k, ('2026-02-28'::date - ((t.n * 31 + k * 97) % 1800)::int) as day,
       (t.n * 7 + k * 13) % 5000 + 1 as program
from generate_series(1, :municipalities * 20 * :teachers_per_school) t(n),
     lateral generate_series(1, case when t.n % 16 = 0 then 70 else 6 end) k;

insert into credentials (id, region_id, person_id, issuer_id, issuer_name, kind, series, number, identity, marks, program_id, program_kind, title, hours,
                         started_on, completed_on, issued_on, origin, state, recorded_by, created_at, updated_at)
select pg_temp.uid('credential', n), pg_temp.uid('region', 1), pg_temp.uid('person', teacher), pg_temp.uid('provider', program % 40 + 1),
       'Provider ' || (program % 40 + 1), 'pd_certificate', 'ПК', n::text, 'bench|' || n, array['n|ПК' || n], pg_temp.uid('program', program), 'advanced_training',
       'Программа ' || program, (array[16, 16, 18, 24, 36])[program % 5 + 1], day - 20, day - 5, day, 'provider', 'confirmed',
       pg_temp.uid('account', 1), '2020-01-01', '2020-01-01'
from entry;

-- Every row of the generator is right; checking each at commit would take minutes.
alter table ledger_entries disable trigger check_entry;
insert into ledger_entries (id, region_id, person_id, credential_id, kind, hours, document_kind, series, number, identity, issuer_id, issuer_name, program_id,
                            program_kind, title, credited, started_on, completed_on, issued_on, recorded_by, recorded_at)
select pg_temp.uid('ledger', n), pg_temp.uid('region', 1), pg_temp.uid('person', teacher), pg_temp.uid('credential', n), 'credit',
       (array[16, 16, 18, 24, 36])[program % 5 + 1], 'pd_certificate', 'ПК', n::text, 'bench|' || n, pg_temp.uid('provider', program % 40 + 1),
       'Provider ' || (program % 40 + 1), pg_temp.uid('program', program), 'advanced_training', 'Программа ' || program, false,
       day - 20, day - 5, day, pg_temp.uid('account', 1), day + interval '1 day'
from entry;
alter table ledger_entries enable trigger check_entry;
