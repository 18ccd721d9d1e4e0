drop table delayed_outcomes;
