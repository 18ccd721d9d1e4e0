-- Profiles that were stored before are said in the words of today, so that what was published stays readable. They
-- demand what they demanded, but for two promises that the older words could not keep:
-- * an approval, a consent, or a step after which nobody of an organization decides, is not passed over when its time
--   runs out (`escalate`): its seat is reminded;
-- * a regulation that promises the consent of both sides asks both of them for changes of a route as well.

-- Whether the chain waits for this step of the learner, or of an organization, whatever its subject is like.
create or replace function pg_temp.always_asks(step jsonb, learner boolean) returns boolean
    language sql immutable as
$$
    select step ->> 'kind' in ('endorse', 'approve', 'consent')
        and coalesce((step ->> 'blocking')::boolean, true)
        and not step ? 'condition'
        and (step #>> '{actor,relation}' = 'learner') = learner
$$;

-- A chain in the words of today.
create or replace function pg_temp.chain_today(chain jsonb) returns jsonb
    language plpgsql immutable as
$$
declare
    step jsonb;
    steps jsonb := '[]';
    decided_later boolean := false;
begin
    for step in select value from jsonb_array_elements(chain -> 'steps') with ordinality order by ordinality desc loop
        if step ? 'instead_of_learner' then
            step := step || jsonb_build_object('stand_ins', step -> 'instead_of_learner');
        end if;
        step := step - 'instead_of_learner' - 'return_demand';
        if step #>> '{deadline,at_deadline}' = 'escalate'
            and not (decided_later and step ->> 'kind' in ('endorse', 'acknowledge')) then
            step := jsonb_set(step, '{deadline,at_deadline}', '"remind"');
        end if;
        decided_later := decided_later
            or (pg_temp.always_asks(step, false) and coalesce(step ->> 'if_vacant', 'wait') = 'wait');
        steps := jsonb_build_array(step) || steps;
    end loop;
    return jsonb_set(chain, '{steps}', steps);
end
$$;

-- The chain of changes of a route with the sides that it leaves out: the learner first, and last whoever of an
-- organization always agrees to the route itself.
create or replace function pg_temp.asking_both(revision jsonb, route jsonb) returns jsonb
    language plpgsql immutable as
$$
declare
    steps jsonb := revision -> 'steps';
    organization jsonb;
begin
    if not exists (select from jsonb_array_elements(steps) step where pg_temp.always_asks(step, false)) then
        select value || '{"key": "side_of_organization"}' into organization
        from jsonb_array_elements(route -> 'steps') with ordinality
        where pg_temp.always_asks(value, false)
        order by ordinality desc
        limit 1;
        steps := steps || organization;
    end if;
    if not exists (select from jsonb_array_elements(steps) step where pg_temp.always_asks(step, true)) then
        steps := '[{"key": "side_of_learner", "kind": "consent", "actor": {"relation": "learner"}, "may_return": true,
                    "satisfied_by_submission": true}]' || steps;
    end if;
    return jsonb_set(revision, '{steps}', steps);
end
$$;

create or replace function pg_temp.profile_today(profile jsonb) returns jsonb
    language plpgsql immutable as
$$
declare
    chains jsonb;
begin
    select coalesce(jsonb_object_agg(key, pg_temp.chain_today(value)), '{}') into chains
    from jsonb_each(profile -> 'chains')
    -- The state assignment of an operator passes no chain, and never did.
    where key <> 'state_assignment';
    if profile #> '{route,people,both_sides_consent}' is not null and chains ? 'route_revision' then
        chains := jsonb_set(chains, '{route_revision}',
                            pg_temp.asking_both(chains -> 'route_revision', chains -> 'route'));
    end if;
    return jsonb_set(profile, '{chains}', chains);
end
$$;

-- The words change, and the rules do not: once, what is published lets itself be rewritten.
alter table regulations disable trigger guard_published;
update regulations
set profile = pg_temp.profile_today(profile), version = version + 1, updated_at = now()
where profile ? 'chains' and pg_temp.profile_today(profile) is distinct from profile;
alter table regulations enable trigger guard_published;
