drop table quality_surveys;
drop table delayed_outcome_campaigns;
