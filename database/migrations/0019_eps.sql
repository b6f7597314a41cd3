-- Pharmacies, the one a patient has chosen, and what goes to them: messages to the prescribing
-- system, what it answers, and what pharmacies say of each item afterwards.

-- Reference data of the whole country, from the Organisation Data Service: no practice's own.
create table prescriptions.pharmacy (
  ods_code       text primary key check (ods_code ~ '^[A-Z0-9]{3,10}$'),
  name           text not null check (name <> '' and length(name) <= 200),
  address_lines  text[] not null default '{}',
  -- In capitals with one space, such as LS1 4AP.
  postcode       text not null check (postcode ~ '^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$'),
  phone          text check (length(phone) <= 30),
  kind           text not null check (kind in (
    'community', 'distance-selling', 'dispensing-practice', 'appliance')),
  opened_on      date,
  closed_on      date,
  updated_at     timestamptz not null
);
create index pharmacy_by_postcode on prescriptions.pharmacy (postcode text_pattern_ops, ods_code);
grant select on prescriptions.pharmacy to po_patient, po_staff, po_worker;
grant insert, update on prescriptions.pharmacy to po_worker;

-- What a patient chose, and before that. The latest holds; without a code there is none.
create table prescriptions.nomination (
  practice       text not null references directory.practice,
  nomination_id  uuid not null,
  patient_id     uuid not null,
  ods_code       text references prescriptions.pharmacy,
  nominated_at   timestamptz not null,
  nominated_by   text not null check (nominated_by in ('patient', 'staff', 'system')),
  primary key (practice, nomination_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);
create index nomination_by_patient
  on prescriptions.nomination (practice, patient_id, nominated_at desc, nomination_id desc);

alter table prescriptions.nomination enable row level security;
alter table prescriptions.nomination force row level security;
create policy own_practice on prescriptions.nomination
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient on prescriptions.nomination to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
grant select on prescriptions.nomination to po_patient, po_staff, po_worker;
grant insert on prescriptions.nomination to po_patient, po_staff, po_worker;
