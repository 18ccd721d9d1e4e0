-- A visit, or the results of a day, is recorded once for each training.
create unique index delayed_outcomes_once_key on delayed_outcomes (enrollment_id, method, held_on);
