-- What the federal register of education documents asks beside what a document says (federal fact B5). Texts stand as the
-- papers have them: the export writes them as the register wants them, and says which it would not take.

create table person_federal_details (
    person_id uuid primary key references persons,
    region_id uuid not null references regions,
    sex text,
    citizenship text,
    prior_education_level text,
    prior_document_surname text,
    prior_document_series text,
    prior_document_number text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index person_federal_details_region_idx on person_federal_details (region_id);
comment on table person_federal_details is
    'What the federal register asks of a person (сведения для ФРДО): sex, citizenship, the education there was before.';
comment on column person_federal_details.person_id is 'The person.';
comment on column person_federal_details.sex is 'Sex, as written.';
comment on column person_federal_details.citizenship is 'Citizenship, as written: a code of the classifier of countries (ОКСМ) or a name; null: Russia.';
comment on column person_federal_details.prior_education_level is 'Level of the education there is (ВО/СПО), as written.';
comment on column person_federal_details.prior_document_surname is 'Surname in the document about it: may differ from the present one.';
comment on column person_federal_details.prior_document_series is 'Series of that document.';
comment on column person_federal_details.prior_document_number is 'Number of that document.';
call rost_comment_common('person_federal_details');

create table credential_federal_details (
    credential_id uuid primary key references credentials,
    region_id uuid not null references regions,
    person_id uuid not null references persons,
    professional_area text,
    specialty_group text,
    qualification_title text,
    study_start_year integer,
    study_end_year integer,
    study_form text,
    funding_source text,
    education_delivery text,
    loss_confirmed boolean not null default false,
    exchange_confirmed boolean not null default false,
    destruction_confirmed boolean not null default false,
    replaces_number text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index credential_federal_details_region_idx on credential_federal_details (region_id);
create index credential_federal_details_person_idx on credential_federal_details (person_id);
comment on table credential_federal_details is
    'What the federal register asks of a document beside what the document says (сведения о документе для ФРДО).';
comment on column credential_federal_details.credential_id is 'The document.';
comment on column credential_federal_details.person_id is 'Whose document it is.';
comment on column credential_federal_details.professional_area is 'Area of professional work, as written.';
comment on column credential_federal_details.specialty_group is 'Enlarged group of specialities, as written.';
comment on column credential_federal_details.qualification_title is 'Qualification given, if there is one.';
comment on column credential_federal_details.study_start_year is 'Year in which learning began; null: of the document''s own dates.';
comment on column credential_federal_details.study_end_year is 'Year in which it ended; null: of the document''s own dates.';
comment on column credential_federal_details.study_form is 'Form of study, as written.';
comment on column credential_federal_details.funding_source is 'Who paid, as written.';
comment on column credential_federal_details.education_delivery is 'Form of education when learning ended, as written.';
comment on column credential_federal_details.loss_confirmed is 'The loss of the document is confirmed.';
comment on column credential_federal_details.exchange_confirmed is 'The exchange of the document is confirmed.';
comment on column credential_federal_details.destruction_confirmed is 'The destruction of the document is confirmed.';
comment on column credential_federal_details.replaces_number is 'Number of the document in the register that this one corrects, when it was sent there before this system was used.';
call rost_comment_common('credential_federal_details');
