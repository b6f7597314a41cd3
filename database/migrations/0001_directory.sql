-- Directory: practices, the patients registered with them, their staff and rooms.
-- A practice is public reference data; everything else is the practice's own, behind row-level security.

create schema directory;
grant usage on schema directory to po_patient, po_staff, po_worker, po_accounts;

create table directory.practice (
  practice       text primary key check (practice ~ '^[A-Z0-9]{3,10}$'),
  name           text not null check (name <> ''),
  address_lines  text[] not null default '{}',
  postcode       text,
  phone          text,
  opening_hours  text not null default '',
  is_demo        boolean not null default false,
  added_at       timestamptz not null
);
grant select on directory.practice to po_patient, po_staff, po_worker, po_accounts;
grant insert, update on directory.practice to po_worker;

create table directory.patient (
  practice         text not null references directory.practice,
  patient_id       uuid not null,
  nhs_number       text not null check (nhs_number ~ '^\d{10}$'),
  title            text,
  given_name       text not null,
  family_name      text not null check (family_name <> ''),
  born_on          date not null,
  sex              text not null check (sex in ('female', 'male', 'other', 'unknown')),
  address_lines    text[] not null default '{}',
  postcode         text,
  phone            text,
  mobile           text,
  email            text,
  registration     text not null check (registration in ('active', 'temporary', 'left', 'deceased')),
  registered_on    date,
  registration_ended_on date,
  usual_clinician  text,
  household        text,
  updated_at       timestamptz not null,
  primary key (practice, patient_id)
);
create unique index patient_by_nhs_number on directory.patient (practice, nhs_number);
create index patient_by_name on directory.patient (practice, lower(family_name), lower(given_name), patient_id);

alter table directory.patient enable row level security;
alter table directory.patient force row level security;
create policy own_practice on directory.patient to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient on directory.patient to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
grant select on directory.patient to po_patient, po_staff;
grant select, insert, update on directory.patient to po_worker;

create table directory.staff (
  practice     text not null references directory.practice,
  staff_id     uuid not null,
  name         text not null check (name <> ''),
  job_title    text not null,
  roles        text[] not null default '{}',
  sees_patients boolean not null default false,
  active       boolean not null default true,
  primary key (practice, staff_id)
);
create index staff_by_name on directory.staff (practice, name, staff_id);

alter table directory.staff enable row level security;
alter table directory.staff force row level security;
create policy own_practice on directory.staff to patient_online_owner, po_patient, po_staff, po_worker
  using (practice = current_setting('app.practice'));
grant select on directory.staff to po_staff;
grant select (practice, staff_id, name, job_title, sees_patients) on directory.staff to po_patient;
grant select, insert, update on directory.staff to po_worker;

create table directory.room (
  practice  text not null references directory.practice,
  room_id   uuid not null,
  name      text not null check (name <> ''),
  primary key (practice, room_id)
);
alter table directory.room enable row level security;
alter table directory.room force row level security;
create policy own_practice on directory.room to patient_online_owner, po_patient, po_staff, po_worker
  using (practice = current_setting('app.practice'));
grant select on directory.room to po_patient, po_staff;
grant select, insert on directory.room to po_worker;
