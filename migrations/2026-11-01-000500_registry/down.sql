drop table registry_revision_changes, registry_revisions, registry_publications, registry_entries,
    module_competencies, program_modules, programs;
drop function rost_program_text(text, text);
