-- Imports: of which day the newest export of each patient is, so that an older one that comes later
-- cannot put back what has changed since.

create schema imports;
grant usage on schema imports to po_worker;

create table imports.patient_export (
  practice     text not null references directory.practice,
  patient_id   uuid not null,
  source       text not null,
  exported_at  timestamptz not null,
  imported_at  timestamptz not null,
  primary key (practice, patient_id, source),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);

alter table imports.patient_export enable row level security;
alter table imports.patient_export force row level security;
create policy own_practice on imports.patient_export to patient_online_owner, po_worker
  using (practice = current_setting('app.practice'));
grant select, insert, update on imports.patient_export to po_worker;
