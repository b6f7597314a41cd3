-- Access: what each account may use at a practice. Two switches for each service: the practice's
-- and the patient's (CFG-2); both must be on. Levels are the patient-facing standard's (ACC-9).

create schema access;
grant usage on schema access to po_patient, po_staff, po_worker;

create table access.practice_service (
  practice       text primary key references directory.practice,
  appointments   boolean not null default false,
  prescriptions  boolean not null default false,
  record_level   text not null default 'none'
    check (record_level in ('none', 'summary', 'detailed', 'documents', 'full')),
  changed_at     timestamptz not null
);

create table access.association (
  practice          text not null references directory.practice,
  association_id    uuid not null,
  account_id        uuid not null,
  patient_id        uuid not null,
  relation          text not null check (relation in ('self', 'proxy')),
  appointments      text not null check (appointments in ('none', 'view', 'manage')),
  prescriptions     text not null check (prescriptions in ('none', 'view', 'manage')),
  record_current    text not null
    check (record_current in ('none', 'summary', 'detailed', 'documents', 'full')),
  record_historical text not null
    check (record_historical in ('none', 'summary', 'detailed', 'documents', 'full')),
  effective_from    timestamptz not null,
  starts_at         timestamptz not null,
  ends_at           timestamptz,
  primary key (practice, association_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  constraint association_one_at_a_time exclude using gist (
    practice with =, account_id with =, patient_id with =, tstzrange(starts_at, ends_at) with &&)
);
create index association_by_account on access.association (practice, account_id, patient_id);
create index association_by_patient on access.association (practice, patient_id);

alter table access.practice_service enable row level security;
alter table access.practice_service force row level security;
create policy own_practice on access.practice_service
  to patient_online_owner, po_patient, po_staff, po_worker
  using (practice = current_setting('app.practice'));
alter table access.association enable row level security;
alter table access.association force row level security;
create policy own_practice on access.association to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient on access.association to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and account_id = current_setting('app.account')::uuid);

grant select on access.practice_service, access.association to po_patient, po_staff;
grant select, insert, update on access.practice_service, access.association to po_worker;
grant update on access.practice_service, access.association to po_staff;
