-- The words that have an older name get it back. What only the newer words can say stays as it is.
alter table regulations disable trigger guard_published;
update regulations
set profile = replace(profile::text, '"stand_ins":', '"instead_of_learner":')::jsonb
where profile::text like '%"stand\_ins":%';
alter table regulations enable trigger guard_published;
