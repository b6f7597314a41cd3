-- Getting an account and rights: how somebody proved who they are, the linkage details that open
-- their record to an account, what a practice gives by default, and what patients ask for.

create schema registration;
grant usage on schema registration to po_staff, po_worker, po_joiner;
grant usage on schema directory, access, audit, jobs to po_joiner;

-- The owner sees every practice while it adds to tables that are filled.
alter table directory.patient no force row level security;
alter table directory.staff no force row level security;
alter table access.association no force row level security;

-- Marked as sensitive in the national demographics (nothing of it is served to anybody online), or
-- found to be the same person as another patient here.
alter table directory.patient
  add column is_sensitive boolean not null default false,
  add column merged_into uuid,
  add foreign key (practice, merged_into) references directory.patient (practice, patient_id),
  add constraint not_merged_into_itself check (merged_into <> patient_id);
grant update (registration, registered_on, registration_ended_on, is_sensitive, merged_into,
  updated_at) on directory.patient to po_staff;
grant insert, update on directory.registration_period to po_staff;
grant select (practice, patient_id, given_name, family_name, born_on, registration, is_sensitive,
  merged_into) on directory.patient to po_joiner;
grant select on directory.practice to po_joiner;
create policy own_practice_joining on directory.patient for select to po_joiner
  using (practice = current_setting('app.practice'));

-- Without a row: the defaults of the service.
create table access.policy (
  practice               text primary key references directory.practice,
  default_appointments   text not null check (default_appointments in ('none', 'view', 'manage')),
  default_prescriptions  text not null check (default_prescriptions in ('none', 'view', 'manage')),
  default_record         text not null
    check (default_record in ('none', 'summary', 'detailed', 'documents', 'full')),
  default_older          text not null
    check (default_older in ('none', 'summary', 'detailed', 'documents', 'full')),
  sixteen_record         text not null
    check (sixteen_record in ('none', 'summary', 'detailed', 'documents', 'full')),
  record_waits_months    integer not null check (record_waits_months between 0 and 24),
  linkage_days           integer not null check (linkage_days between 1 and 366),
  proxy_review_age       integer not null check (proxy_review_age between 11 and 13),
  changed_at             timestamptz not null,
  changed_by             uuid not null,
  foreign key (practice, changed_by) references directory.staff (practice, staff_id)
);

-- How the person behind an association proved who they are: it caps what they may be given.
alter table access.association
  add column identity_method text check (identity_method in (
    'documents', 'vouching', 'vouching-with-confirmation', 'remote-vouching', 'nhs-login')),
  add column suspended_at timestamptz,
  add column suspended_why text
    check (suspended_why in ('surgery', 'not-safe', 'age-review', 'sixteen')),
  add constraint suspended_for_a_reason check ((suspended_at is null) = (suspended_why is null)),
  add constraint capped_by_identity check (identity_method is distinct from 'remote-vouching'
    or (record_current in ('none', 'summary') and record_historical in ('none', 'summary')));

-- A patient asks for more than they have.
create table access.level_request (
  practice       text not null references directory.practice,
  request_id     uuid not null,
  patient_id     uuid not null,
  account_id     uuid not null,
  asked_at       timestamptz not null,
  service        text not null check (service in ('appointments', 'prescriptions', 'record')),
  level          text not null check (level in ('manage', 'summary', 'detailed', 'documents', 'full')),
  state          text not null check (state in ('waiting', 'granted', 'refused', 'withdrawn')),
  decided_at     timestamptz check (decided_at >= asked_at),
  decided_by     uuid,
  -- Told to the patient.
  answer         text check (length(answer) <= 500),
  primary key (practice, request_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, decided_by) references directory.staff (practice, staff_id),
  constraint decided_or_waiting check ((state = 'waiting') = (decided_at is null)),
  constraint decided_by_staff check ((state in ('granted', 'refused')) = (decided_by is not null)),
  constraint refused_with_an_answer check (state <> 'refused' or answer <> '')
);
create unique index level_request_one_waiting
  on access.level_request (practice, patient_id, account_id, service) where state = 'waiting';
create index level_request_waiting
  on access.level_request (practice, asked_at, request_id) where state = 'waiting';
create index level_request_by_patient
  on access.level_request (practice, patient_id, asked_at desc);

-- Who saw what of whom, and when. Only added. Never a document's number, never an answer given.
create table registration.identity_check (
  practice         text not null references directory.practice,
  check_id         uuid not null,
  patient_id       uuid not null,
  method           text not null check (method in (
    'documents', 'vouching', 'vouching-with-confirmation', 'remote-vouching', 'nhs-login')),
  photo_document   text check (photo_document in ('passport', 'driving-licence', 'other')),
  address_document text check (address_document in ('utility-bill', 'bank-statement',
    'council-tax', 'other')),
  known_years      integer check (known_years between 0 and 120),
  seen             text check (seen in ('weekly', 'monthly', 'yearly', 'less')),
  asked_about      text[] not null default '{}',
  verified_at      timestamptz not null,
  verified_by      uuid,
  primary key (practice, check_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, verified_by) references directory.staff (practice, staff_id),
  constraint evidence_of_its_method check (
    (method <> 'documents' or (photo_document is not null and address_document is not null))
    and (method not in ('vouching', 'vouching-with-confirmation', 'remote-vouching')
      or (known_years is not null and seen is not null))
    and (method <> 'vouching-with-confirmation' or asked_about <> '{}')),
  constraint verified_by_someone check ((method = 'nhs-login') = (verified_by is null))
);
create index identity_check_by_patient
  on registration.identity_check (practice, patient_id, verified_at desc);

-- What a letter carries beside the practice's code: an account ID and a key, of which only the hash
-- is kept, with what whoever presents them is given.
create table registration.linkage (
  practice           text not null references directory.practice,
  linkage_id         uuid not null,
  patient_id         uuid not null,
  relation           text not null check (relation in ('self', 'proxy')),
  proxy_id           uuid,
  account_ref        text not null check (account_ref ~ '^\d{10}$'),
  key_hash           text not null,
  -- Who presents it is asked for these: the patient's own, or the proxy's.
  family_name        text not null,
  born_on            date not null,
  identity_method    text not null check (identity_method in (
    'documents', 'vouching', 'vouching-with-confirmation', 'remote-vouching', 'nhs-login')),
  is_competent       boolean not null default false,
  appointments       text not null check (appointments in ('none', 'view', 'manage')),
  prescriptions      text not null check (prescriptions in ('none', 'view', 'manage')),
  record_current     text not null
    check (record_current in ('none', 'summary', 'detailed', 'documents', 'full')),
  record_historical  text not null
    check (record_historical in ('none', 'summary', 'detailed', 'documents', 'full')),
  handed_over        text not null check (handed_over in ('letter', 'phone', 'text')),
  issued_at          timestamptz not null,
  issued_by          uuid not null,
  expires_at         timestamptz not null check (expires_at > issued_at),
  wrong_tries        integer not null default 0 check (wrong_tries >= 0),
  used_at            timestamptz,
  used_by            uuid,
  revoked_at         timestamptz,
  revoked_why        text check (revoked_why in ('new-details', 'surgery', 'registration-ended')),
  primary key (practice, linkage_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, issued_by) references directory.staff (practice, staff_id),
  constraint used_by_someone check ((used_at is null) = (used_by is null)),
  constraint revoked_for_a_reason check ((revoked_at is null) = (revoked_why is null)),
  constraint proxy_by_relation check ((relation = 'proxy') = (proxy_id is not null))
);
create unique index linkage_by_ref on registration.linkage (practice, account_ref);
create unique index linkage_one_live on registration.linkage
  (practice, patient_id, coalesce(proxy_id, '00000000-0000-0000-0000-000000000000'))
  where used_at is null and revoked_at is null;
create index linkage_by_patient on registration.linkage (practice, patient_id, issued_at desc);

-- Details that were right, until the person has chosen how to sign in.
create table registration.sign_up (
  practice    text not null references directory.practice,
  token_hash  text not null,
  linkage_id  uuid not null,
  begun_at    timestamptz not null,
  expires_at  timestamptz not null check (expires_at > begun_at),
  taken_at    timestamptz,
  primary key (practice, token_hash),
  foreign key (practice, linkage_id) references registration.linkage (practice, linkage_id)
);

-- What changed in a patient's access is told to the patient, not to those who act for them.
alter table messages.notice
  drop constraint notice_service_check,
  add constraint notice_service_check
    check (service in ('appointments', 'prescriptions', 'access'));

alter table directory.patient force row level security;
alter table directory.staff force row level security;
alter table access.association force row level security;

do $$
declare name text;
begin
  foreach name in array array['access.policy', 'access.level_request',
    'registration.identity_check', 'registration.linkage', 'registration.sign_up'] loop
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format('create policy own_practice on %s to patient_online_owner, po_staff, po_worker
      using (practice = current_setting(''app.practice''))', name);
  end loop;
  foreach name in array array['registration.linkage', 'registration.sign_up',
    'access.switch_change', 'access.practice_service'] loop
    execute format('create policy own_practice_joining on %s to po_joiner
      using (practice = current_setting(''app.practice''))', name);
  end loop;
end $$;

-- Whoever presents details opens only what details that their account has just used are for.
create policy own_practice_joining on access.association for select to po_joiner
  using (practice = current_setting('app.practice'));
create policy opened_by_details on access.association for insert to po_joiner
  with check (practice = current_setting('app.practice')
    and exists (
      select
      from registration.linkage used
      where used.practice = association.practice
        and used.patient_id = association.patient_id
        and used.used_by = association.account_id
        and used.relation = association.relation));

-- What patients ask for is their own to add, see and take back.
create policy own_request on access.level_request to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and account_id = current_setting('app.account')::uuid)
  with check (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and account_id = current_setting('app.account')::uuid
    and state in ('waiting', 'withdrawn'));
grant select on access.level_request to po_patient;
grant insert (practice, request_id, patient_id, account_id, asked_at, service, level, state)
  on access.level_request to po_patient;
grant update (state, decided_at) on access.level_request to po_patient;

grant select on access.policy, access.level_request, registration.identity_check,
  registration.linkage to po_staff, po_worker;
grant insert, update on access.policy to po_staff;
grant insert on access.practice_service to po_staff;
grant update (state, decided_at, decided_by, answer) on access.level_request to po_staff, po_worker;
grant insert on registration.identity_check to po_staff;
grant insert on registration.linkage to po_staff;
grant update (revoked_at, revoked_why) on registration.linkage to po_staff, po_worker;

grant select on access.association to po_joiner;
grant insert on access.association, access.switch_change to po_joiner;
grant select on access.practice_service to po_joiner;
grant select on registration.linkage to po_joiner;
grant update (wrong_tries, used_at, used_by) on registration.linkage to po_joiner;
grant select, insert on registration.sign_up to po_joiner;
grant update (taken_at) on registration.sign_up to po_joiner;
create policy own_practice_add_joining on audit.event for insert to po_joiner
  with check (practice = current_setting('app.practice')
    and type ~ '^(registration|access)\.');
grant insert on audit.event to po_joiner;

-- What waits when a registration ends is closed by a job.
grant update (decided_at) on prescriptions.order_item to po_worker;
