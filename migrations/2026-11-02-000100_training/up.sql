-- Training: offerings of providers, applications of people and schools, enrollments with stages, contracts.

alter table organizations add column functions text[] not null default '{}'
    constraint organizations_functions_check check (functions <@ array ['base_school', 'innovation_site', 'mastery_center']);
comment on column organizations.functions is 'What it is besides its kind: base school, innovation site, mastery centre (P1-35).';

create table offerings (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    kind text not null constraint offerings_kind_check check (kind in (
        'course', 'module', 'seminar', 'master_class', 'association_session', 'internship', 'conference', 'workshop',
        'webinar', 'consultation', 'contest', 'other')),
    title text not null,
    annotation text,
    program_id uuid references programs,
    program_version integer,
    module_id uuid references program_modules,
    venue_id uuid references organizations,
    place text,
    leader_id uuid references persons,
    starts_on date not null,
    ends_on date not null,
    apply_until date,
    seats integer not null,
    seats_taken integer not null default 0,
    study_form text not null constraint offerings_study_form_check check (study_form in (
        'full_time', 'part_time', 'extramural')),
    delivery text[] not null,
    hours numeric(6, 1) not null,
    practical_hours numeric(6, 1) not null,
    expected_product text,
    state text not null constraint offerings_state_check check (state in (
        'planned', 'open', 'running', 'finished', 'cancelled')),
    cancel_reason text,
    opened_at timestamptz,
    copied_from_id uuid references offerings,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint offerings_dates_check check (ends_on >= starts_on),
    constraint offerings_seats_check check (seats > 0 and seats_taken between 0 and seats),
    constraint offerings_hours_check check (hours > 0 and practical_hours between 0 and hours),
    constraint offerings_module_check check (module_id is null or program_id is not null),
    constraint offerings_cancelled_check check ((state = 'cancelled') = (cancel_reason is not null))
);
create index offerings_region_idx on offerings (region_id, starts_on, id);
create index offerings_organization_idx on offerings (organization_id, starts_on, id);
create index offerings_municipality_idx on offerings (municipality_id, starts_on, id);
create index offerings_venue_idx on offerings (venue_id, starts_on, id);
create index offerings_program_idx on offerings (program_id, starts_on, id);
create index offerings_module_idx on offerings (module_id, starts_on, id);
create index offerings_leader_idx on offerings (leader_id);
create index offerings_copied_idx on offerings (copied_from_id);
comment on table offerings is 'What providers hold: courses, seminars, internships, sessions of associations (P3-7).';
comment on column offerings.municipality_id is 'The municipality where it takes place: of the venue, else of the organiser.';
comment on column offerings.organization_id is 'The organiser.';
comment on column offerings.kind is 'What it is: course, module, seminar, master_class, association_session, internship, …';
comment on column offerings.annotation is 'What it is about.';
comment on column offerings.program_id is 'The program that is taught; null for events without one.';
comment on column offerings.program_version is 'The edition of the program when the offering was planned.';
comment on column offerings.module_id is 'The single module of the program that is taught.';
comment on column offerings.venue_id is 'The organization where it takes place, when it is not the organiser (P3-30).';
comment on column offerings.place is 'Room, address or link in words.';
comment on column offerings.leader_id is 'Who leads it.';
comment on column offerings.starts_on is 'First day.';
comment on column offerings.ends_on is 'Last day.';
comment on column offerings.apply_until is 'Last day on which applications are taken; null: until it starts.';
comment on column offerings.seats is 'How many people may take part.';
comment on column offerings.seats_taken is 'How many seats enrollments hold; never more than there are.';
comment on column offerings.study_form is 'Form of study.';
comment on column offerings.delivery is 'Ways of delivery: in_person, distance, e_learning, internship.';
comment on column offerings.hours is 'Volume in academic hours.';
comment on column offerings.practical_hours is 'The practical share of them (P3-8).';
comment on column offerings.expected_product is 'What learners make in it.';
comment on column offerings.cancel_reason is 'Why it was cancelled.';
comment on column offerings.opened_at is 'When it was announced; null while it is a plan.';
comment on column offerings.copied_from_id is 'The offering of an earlier year it is a copy of.';
call rost_comment_common('offerings');

create table offering_partners (
    offering_id uuid not null references offerings on delete cascade,
    organization_id uuid not null references organizations,
    constraint offering_partners_pkey primary key (offering_id, organization_id)
);
create index offering_partners_organization_idx on offering_partners (organization_id);
comment on table offering_partners is 'Organizations that hold an offering together with the organiser (P1-37).';
comment on column offering_partners.offering_id is 'The offering.';
comment on column offering_partners.organization_id is 'The partner.';

create table offering_stages (
    offering_id uuid not null references offerings on delete cascade,
    position integer not null,
    kind text not null constraint offering_stages_kind_check check (kind in (
        'study', 'practice', 'workplace_task', 'project', 'final_assessment')),
    title text not null,
    hours numeric(6, 1),
    constraint offering_stages_pkey primary key (offering_id, position),
    constraint offering_stages_hours_check check (hours is null or hours > 0)
);
comment on table offering_stages is 'Stages of an offering; whoever is enrolled gets a copy of them (P2-27).';
comment on column offering_stages.offering_id is 'The offering.';
comment on column offering_stages.kind is 'What the stage is: study, practice, workplace_task, project, final_assessment.';
comment on column offering_stages.hours is 'Academic hours of the stage.';
call rost_comment_common('offering_stages');

create table applications (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid references persons,
    offering_id uuid not null references offerings,
    provider_id uuid not null references organizations,
    kind text not null constraint applications_kind_check check (kind in ('person', 'organization', 'referral')),
    ground text,
    comment text,
    people_count integer not null constraint applications_people_check check (people_count > 0),
    state text not null constraint applications_state_check check (state in (
        'submitted', 'accepted', 'declined', 'withdrawn')),
    reason text,
    submitted_by uuid not null,
    decided_by uuid,
    decided_at timestamptz,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint applications_person_check check ((kind = 'person') = (person_id is not null)),
    constraint applications_ground_check check (kind <> 'referral' or ground is not null)
);
create index applications_queue_idx on applications (offering_id, created_at, id) where state = 'submitted';
create index applications_offering_idx on applications (offering_id);
create index applications_provider_idx on applications (provider_id, created_at desc, id desc);
create index applications_organization_idx on applications (organization_id, created_at desc, id desc);
create index applications_municipality_idx on applications (municipality_id, created_at desc, id desc);
create index applications_person_idx on applications (person_id, created_at desc, id desc);
create index applications_region_idx on applications (region_id, created_at desc, id desc);
comment on table applications is 'Applications for training: of a person, of an organization for a group, referrals (P2-33, P2-26).';
comment on column applications.municipality_id is 'The municipality of the school the people come from.';
comment on column applications.organization_id is 'The school the people come from.';
comment on column applications.person_id is 'The person who applies for himself or herself; null for a school''s.';
comment on column applications.offering_id is 'The offering applied for.';
comment on column applications.provider_id is 'Its organiser, who decides.';
comment on column applications.kind is 'Who applies: person (заявление), organization (заявка), referral of a head (направление).';
comment on column applications.ground is 'The ground of a referral (основание).';
comment on column applications.comment is 'Words to the provider.';
comment on column applications.people_count is 'How many people it names; they are accepted together or not at all.';
comment on column applications.reason is 'Why it was declined or withdrawn.';
comment on column applications.submitted_by is 'Account that submitted it.';
comment on column applications.decided_by is 'Account that accepted or declined it.';
comment on column applications.decided_at is 'When it was accepted or declined.';
call rost_comment_common('applications');

create table application_people (
    application_id uuid not null references applications,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    offering_id uuid not null references offerings,
    activity_id uuid references route_activities on delete set null,
    standing boolean not null default true,
    acknowledged_at timestamptz,
    constraint application_people_pkey primary key (application_id, person_id)
);
create unique index application_people_standing_key on application_people (offering_id, person_id) where standing;
create index application_people_offering_idx on application_people (offering_id);
create index application_people_person_idx on application_people (person_id, application_id);
create index application_people_organization_idx on application_people (organization_id);
create index application_people_municipality_idx on application_people (municipality_id);
create index application_people_region_idx on application_people (region_id);
create index application_people_activity_idx on application_people (activity_id);
comment on table application_people is 'The people an application is for.';
comment on column application_people.application_id is 'The application.';
comment on column application_people.offering_id is 'Its offering: one standing application of a person for it (P4-26).';
comment on column application_people.activity_id is 'The activity of the person''s route that the training fulfils.';
comment on column application_people.standing is 'The application waits or has led to an enrollment that lasts.';
comment on column application_people.acknowledged_at is 'When the person took notice of the referral (P2-26).';
call rost_comment_common('application_people');

create table contracts (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid references persons,
    provider_id uuid not null references organizations,
    offering_id uuid references offerings,
    number text not null,
    signed_on date not null,
    valid_until date,
    sum_kopecks bigint not null constraint contracts_sum_check check (sum_kopecks >= 0),
    subject text,
    state text not null constraint contracts_state_check check (state in ('active', 'terminated')),
    terminated_on date,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint contracts_number_key unique (organization_id, provider_id, number, signed_on),
    constraint contracts_dates_check check (valid_until is null or valid_until >= signed_on),
    constraint contracts_terminated_check check ((state = 'terminated') = (terminated_on is not null))
);
create index contracts_organization_idx on contracts (organization_id, signed_on desc, id desc);
create index contracts_provider_idx on contracts (provider_id, signed_on desc, id desc);
create index contracts_municipality_idx on contracts (municipality_id, signed_on desc, id desc);
create index contracts_region_idx on contracts (region_id, signed_on desc, id desc);
create index contracts_person_idx on contracts (person_id);
create index contracts_offering_idx on contracts (offering_id);
comment on table contracts is 'Contracts of schools with providers (договоры с организациями ДПО, P0-41).';
comment on column contracts.organization_id is 'The school that concluded it.';
comment on column contracts.person_id is 'The only learner it is for; null when it is for whoever the school sends.';
comment on column contracts.provider_id is 'The provider.';
comment on column contracts.offering_id is 'The only offering it is for; null when it is for all of the provider''s.';
comment on column contracts.number is 'Number (номер).';
comment on column contracts.signed_on is 'Date (дата).';
comment on column contracts.valid_until is 'Last day on which it covers new enrollments; null: without end.';
comment on column contracts.sum_kopecks is 'Sum in kopecks (сумма); 0 when free of charge.';
comment on column contracts.subject is 'Subject in words (предмет).';
comment on column contracts.terminated_on is 'Day it was terminated.';
call rost_comment_common('contracts');

create table enrollments (
    id uuid primary key,
    region_id uuid not null references regions,
    municipality_id uuid references organizations,
    organization_id uuid not null references organizations,
    person_id uuid not null references persons,
    offering_id uuid not null references offerings,
    provider_id uuid not null references organizations,
    application_id uuid not null references applications,
    program_id uuid references programs,
    program_version integer,
    module_id uuid references program_modules,
    activity_id uuid references route_activities on delete set null,
    contract_id uuid references contracts,
    credential_id uuid references credentials,
    title text not null,
    hours numeric(6, 1) not null,
    state text not null constraint enrollments_state_check check (state in (
        'enrolled', 'in_progress', 'completed', 'incomplete', 'failed', 'withdrawn')),
    reason text,
    started_on date,
    ended_on date,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    constraint enrollments_person_key unique (application_id, person_id),
    constraint enrollments_ended_check check ((state in ('enrolled', 'in_progress')) = (ended_on is null)),
    constraint enrollments_reason_check check (state not in ('failed', 'withdrawn') or reason is not null),
    constraint enrollments_credential_check check (credential_id is null or state = 'completed')
);
create index enrollments_offering_idx on enrollments (offering_id, id);
create index enrollments_person_idx on enrollments (person_id, created_at desc, id desc);
create index enrollments_organization_idx on enrollments (organization_id, created_at desc, id desc);
create index enrollments_municipality_idx on enrollments (municipality_id, created_at desc, id desc);
create index enrollments_provider_idx on enrollments (provider_id, created_at desc, id desc);
create index enrollments_region_idx on enrollments (region_id, created_at desc, id desc);
create index enrollments_program_idx on enrollments (program_id);
create index enrollments_module_idx on enrollments (module_id);
create index enrollments_activity_idx on enrollments (activity_id);
create index enrollments_contract_idx on enrollments (contract_id);
create index enrollments_credential_idx on enrollments (credential_id);
comment on table enrollments is 'People in training (зачисление и обучение, P2-30).';
comment on column enrollments.municipality_id is 'The municipality of the school the person came from.';
comment on column enrollments.organization_id is 'The school the person came from.';
comment on column enrollments.offering_id is 'The offering.';
comment on column enrollments.provider_id is 'Its organiser.';
comment on column enrollments.application_id is 'The accepted application it follows from.';
comment on column enrollments.program_id is 'The program learnt.';
comment on column enrollments.program_version is 'The version of the program it began with; later ones do not touch it.';
comment on column enrollments.module_id is 'The single module learnt.';
comment on column enrollments.activity_id is 'The activity of the person''s route that it fulfils.';
comment on column enrollments.contract_id is 'The contract that covers it (P0-41).';
comment on column enrollments.credential_id is 'The credential that was issued for it.';
comment on column enrollments.hours is 'Volume in academic hours as it began.';
comment on column enrollments.reason is 'Why it failed or was withdrawn.';
comment on column enrollments.started_on is 'Day learning began.';
comment on column enrollments.ended_on is 'Day it ended.';
call rost_comment_common('enrollments');

create table enrollment_stages (
    enrollment_id uuid not null references enrollments,
    position integer not null,
    kind text not null constraint enrollment_stages_kind_check check (kind in (
        'study', 'practice', 'workplace_task', 'project', 'final_assessment')),
    title text not null,
    hours numeric(6, 1),
    attended_hours numeric(6, 1),
    outcome text not null constraint enrollment_stages_outcome_check check (outcome in (
        'pending', 'mastered', 'not_mastered')),
    grade text,
    remark text,
    recorded_by uuid,
    recorded_at timestamptz,
    constraint enrollment_stages_pkey primary key (enrollment_id, position),
    constraint enrollment_stages_attended_check check (
        attended_hours is null or (attended_hours >= 0 and (hours is null or attended_hours <= hours)))
);
comment on table enrollment_stages is 'How far a person has come, stage by stage; content is mastered in full or not (P3-14).';
comment on column enrollment_stages.enrollment_id is 'The enrollment.';
comment on column enrollment_stages.kind is 'What the stage is: study, practice, workplace_task, project, final_assessment.';
comment on column enrollment_stages.hours is 'Academic hours of the stage.';
comment on column enrollment_stages.attended_hours is 'Academic hours attended.';
comment on column enrollment_stages.outcome is 'Whether its content is mastered: pending, mastered, not_mastered.';
comment on column enrollment_stages.grade is 'Result in the provider''s words: зачтено, 5, 87 из 100.';
comment on column enrollment_stages.remark is 'Remark of whoever recorded it.';
comment on column enrollment_stages.recorded_by is 'Account that recorded it.';
comment on column enrollment_stages.recorded_at is 'When it was recorded.';
call rost_comment_common('enrollment_stages');
