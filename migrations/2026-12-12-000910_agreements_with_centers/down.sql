alter table contracts drop column kind;
