alter table imports drop column attempts;
