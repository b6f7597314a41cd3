-- Notices: what is told to a patient when something happens, in neutral words (NT-3).

create schema messages;
grant usage on schema messages to po_patient, po_staff, po_worker;

create table messages.notice (
  practice    text not null references directory.practice,
  notice_id   uuid not null,
  patient_id  uuid not null,
  job_id      uuid not null,
  written_at  timestamptz not null,
  subject     text not null,
  body        text not null,
  path        text not null check (path ~ '^/'),
  sent_to     text,
  read_at     timestamptz,
  primary key (practice, notice_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);
create unique index notice_once_per_job on messages.notice (practice, job_id);
create index notice_by_patient on messages.notice (practice, patient_id, written_at desc);

alter table messages.notice enable row level security;
alter table messages.notice force row level security;
create policy own_practice on messages.notice to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient on messages.notice to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
grant select on messages.notice to po_patient, po_staff, po_worker;
grant insert on messages.notice to po_worker;
grant update (read_at) on messages.notice to po_patient;
