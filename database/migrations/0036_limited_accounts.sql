-- Limited accounts: somebody who asked online and is not proved yet may book one first appointment.
-- They are an applicant: no patient, without an NHS number, on no list. And what NHS login says of
-- somebody is kept, so that they can be matched without being asked again.

-- The owner sees every practice while it adds to tables that are filled.
alter table directory.patient no force row level security;
alter table appointments.appointment no force row level security;
alter table access.policy no force row level security;
alter table registration.linkage no force row level security;
alter table registration.asked no force row level security;

alter table directory.patient
  alter column nhs_number drop not null,
  drop constraint patient_registration_check,
  add constraint patient_registration_check
    check (registration in ('active', 'temporary', 'left', 'deceased', 'applicant')),
  add constraint numbered_unless_applying check ((nhs_number is null) = (registration = 'applicant'));
create policy add_applicant on directory.patient for insert to po_joiner
  with check (practice = current_setting('app.practice') and registration = 'applicant');
grant insert on directory.patient to po_joiner;

-- `first_appointments` is how many people who are not checked yet may hold one at once; 0 for none.
alter table access.policy
  add column first_appointments integer not null default 5
    check (first_appointments between 0 and 50),
  add column nhs_login_opens boolean not null default true;
create policy read_own on access.policy for select to po_patient, po_joiner
  using (practice = current_setting('app.practice'));
grant select (practice, first_appointments) on access.policy to po_patient;
grant select on access.policy to po_joiner;

-- Which account stands behind an applicant, and the number that its holder shows at the desk.
create table access.applicant (
  practice      text not null references directory.practice,
  applicant_id  uuid not null,
  account_id    uuid not null,
  asked_id      uuid not null,
  reference     text not null check (reference ~ '^\d{10}$'),
  applied_at    timestamptz not null,
  closed_at     timestamptz check (closed_at >= applied_at),
  closed_why    text check (closed_why in ('proved', 'surgery', 'unused')),
  primary key (practice, applicant_id),
  foreign key (practice, applicant_id) references directory.patient (practice, patient_id),
  constraint closed_for_a_reason check ((closed_at is null) = (closed_why is null))
);
create unique index applicant_one_open on access.applicant (practice, account_id)
  where closed_at is null;
create unique index applicant_by_reference on access.applicant (practice, reference);
create index applicant_by_asked on access.applicant (practice, asked_id);

alter table access.applicant enable row level security;
alter table access.applicant force row level security;
create policy own_practice on access.applicant to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice_joining on access.applicant to po_joiner
  using (practice = current_setting('app.practice'));
create policy own_application on access.applicant for select to po_patient
  using (practice = current_setting('app.practice')
    and applicant_id = current_setting('app.patient')::uuid
    and account_id = current_setting('app.account')::uuid);
grant select on access.applicant to po_patient, po_staff, po_worker, po_joiner;
grant insert on access.applicant to po_joiner;
grant update (closed_at, closed_why) on access.applicant to po_staff, po_worker, po_joiner;

-- Which of the practice's places for people not checked yet it takes: the limit is a place here too.
alter table appointments.appointment
  add column first_place integer check (first_place between 1 and 50),
  add constraint first_appointment_limit exclude using gist (
    practice with =, first_place with =, tstzrange(booked_at, starts_at) with &&)
    where (cancelled_at is null and first_place is not null);
create view appointments.published_first_place with (security_barrier) as
select practice, first_place, starts_at
from appointments.appointment
where practice = current_setting('app.practice')
  and first_place is not null
  and cancelled_at is null;
grant select on appointments.published_first_place to po_patient;

alter table directory.patient force row level security;
alter table appointments.appointment force row level security;
alter table access.policy force row level security;

-- A letter in effect, handed over to the account that somebody made when they asked.
alter table registration.linkage
  drop constraint linkage_handed_over_check,
  add constraint linkage_handed_over_check
    check (handed_over in ('letter', 'phone', 'text', 'account'));
alter table registration.linkage force row level security;
grant insert on registration.identity_check to po_worker;

-- Who has just asked goes on in the same browser, to choose how to sign in.
alter table registration.asked
  add column token_hash text,
  add column token_until timestamptz;
alter table registration.asked force row level security;
create index asked_by_token on registration.asked (practice, token_hash)
  where token_hash is not null;
create policy go_on_asking on registration.asked for select to po_joiner
  using (practice = current_setting('app.practice') and closed_at is null);
grant select (practice, asked_id, given_name, family_name, born_on, closed_at, token_hash,
  token_until) on registration.asked to po_joiner;
create policy add_own_practice_joining on jobs.job for insert to po_joiner
  with check (practice = current_setting('app.practice') and kind in ('appointments.settle-applicant', 'access.daily'));
grant insert on jobs.job to po_joiner;

alter table accounts.link
  drop constraint link_relation_check,
  add constraint link_relation_check check (relation in ('self', 'proxy', 'staff', 'applicant'));
alter table accounts.sign_in
  drop constraint sign_in_relation_check,
  add constraint sign_in_relation_check check (relation in ('self', 'proxy', 'staff', 'applicant'));
grant update (practice, subject_id, relation) on accounts.sign_in to po_accounts;

-- `proved_here_at` is when a surgery that saw the person proved that this is theirs.
alter table accounts.nhs_login
  add column given_name text,
  add column family_name text,
  add column born_on date,
  add column practice text,
  add column proved_here_at timestamptz;
grant update (given_name, family_name, born_on, practice, proved_here_at)
  on accounts.nhs_login to po_accounts;
