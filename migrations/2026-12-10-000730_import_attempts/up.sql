-- A job that ends its process is not taken for ever.

alter table imports add column attempts integer not null default 0;
comment on column imports.attempts is 'How often the job was taken since a portion was last loaded.';
