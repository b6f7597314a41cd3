-- Audit events, jobs and submitted forms: the three things every change writes beside itself,
-- in its own transaction.

create schema audit;
grant usage on schema audit to po_patient, po_staff, po_worker, po_accounts;

create table audit.event (
  practice    text not null references directory.practice,
  event_id    uuid not null,
  at          timestamptz not null,
  type        text not null check (type ~ '^[a-z-]+\.[a-z-]+$'),
  actor_kind  text not null check (actor_kind in ('patient', 'proxy', 'staff', 'system')),
  actor_id    uuid,
  patient_id  uuid,
  outcome     text not null check (outcome in ('done', 'refused')),
  details     jsonb not null default '{}',
  primary key (practice, event_id)
);
create index event_by_patient on audit.event (practice, patient_id, event_id);

alter table audit.event enable row level security;
alter table audit.event force row level security;
create policy own_practice on audit.event to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice_add on audit.event for insert to po_patient
  with check (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
grant insert on audit.event to po_patient, po_staff, po_worker;
grant select on audit.event to po_staff, po_worker;

-- A seal covers a batch of events by a hash chained to the seal before it. Which events a batch
-- holds is listed, so that an event committed late falls into a later batch instead of a gap.
create table audit.seal (
  practice       text not null references directory.practice,
  seal_no        integer not null check (seal_no > 0),
  sealed_at      timestamptz not null,
  event_count    integer not null check (event_count > 0),
  previous_hash  text not null,
  hash           text not null,
  primary key (practice, seal_no)
);
create table audit.sealed_event (
  practice  text not null references directory.practice,
  event_id  uuid not null,
  seal_no   integer not null,
  primary key (practice, event_id),
  foreign key (practice, seal_no) references audit.seal (practice, seal_no)
);
create index sealed_event_by_seal on audit.sealed_event (practice, seal_no, event_id);
alter table audit.seal enable row level security;
alter table audit.seal force row level security;
alter table audit.sealed_event enable row level security;
alter table audit.sealed_event force row level security;
create policy own_practice on audit.seal to patient_online_owner, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice on audit.sealed_event to patient_online_owner, po_worker
  using (practice = current_setting('app.practice'));
grant select, insert on audit.seal, audit.sealed_event to po_worker;

create schema jobs;
grant usage on schema jobs to po_patient, po_staff, po_worker;

create table jobs.job (
  practice      text not null references directory.practice,
  job_id        uuid not null,
  kind          text not null check (kind ~ '^[a-z-]+\.[a-z-]+$'),
  payload       jsonb not null,
  run_at        timestamptz not null,
  attempts      integer not null default 0 check (attempts >= 0),
  done_at       timestamptz,
  last_error    text,
  primary key (practice, job_id)
);
create index job_due on jobs.job (practice, run_at, job_id) where done_at is null;

alter table jobs.job enable row level security;
alter table jobs.job force row level security;
create policy add_own_practice on jobs.job for insert to patient_online_owner, po_patient, po_staff
  with check (practice = current_setting('app.practice'));
-- The worker asks all practices for what is due, then works inside one.
create policy every_practice on jobs.job to patient_online_owner, po_worker using (true);
grant insert on jobs.job to po_patient, po_staff, po_worker;
grant select, update on jobs.job to po_worker;
