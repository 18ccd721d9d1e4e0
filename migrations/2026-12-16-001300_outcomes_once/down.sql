drop index delayed_outcomes_once_key;
