-- Notices: what is told to a patient when something happens, in neutral words (NT-3).
-- A notice belongs to a service: whoever may not use that service is not told of it either. Who has
-- read it is kept by account, because a proxy's look is not the patient's.

create schema messages;
grant usage on schema messages to po_patient, po_staff, po_worker;

create table messages.notice (
  practice    text not null references directory.practice,
  notice_id   uuid not null,
  patient_id  uuid not null,
  job_id      uuid not null,
  service     text not null check (service in ('appointments', 'prescriptions')),
  written_at  timestamptz not null,
  subject     text not null check (subject <> ''),
  body        text not null,
  path        text not null check (path ~ '^/[a-z]'),
  sent_to     text,
  primary key (practice, notice_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);
create unique index notice_once_per_job on messages.notice (practice, job_id);
create index notice_by_patient
  on messages.notice (practice, patient_id, written_at desc, notice_id desc);
create index notice_by_time on messages.notice (practice, written_at desc, notice_id desc);

create table messages.notice_read (
  practice    text not null references directory.practice,
  notice_id   uuid not null,
  account_id  uuid not null,
  read_at     timestamptz not null,
  primary key (practice, notice_id, account_id),
  foreign key (practice, notice_id) references messages.notice (practice, notice_id)
);

alter table messages.notice enable row level security;
alter table messages.notice force row level security;
create policy own_practice on messages.notice to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient on messages.notice to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
alter table messages.notice_read enable row level security;
alter table messages.notice_read force row level security;
create policy own_practice on messages.notice_read to patient_online_owner
  using (practice = current_setting('app.practice'));
create policy own_account on messages.notice_read to po_patient
  using (practice = current_setting('app.practice')
    and account_id = current_setting('app.account')::uuid);

grant select (practice, notice_id, patient_id, service, written_at, subject, body, path)
  on messages.notice to po_patient;
grant select on messages.notice to po_staff, po_worker;
grant insert on messages.notice to po_worker;
grant select, insert on messages.notice_read to po_patient;
