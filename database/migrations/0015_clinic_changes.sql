-- A change to clinics that patients must be told of: a session or a day cancelled, moved, split or
-- given to someone else. It waits before it is told, and until then it can be undone whole.

create table appointments.clinic_change (
  practice     text not null references directory.practice,
  change_id    uuid not null,
  kind         text not null check (kind in ('cancel', 'amend', 'move', 'extend', 'split')),
  session_ids  uuid[] not null check (cardinality(session_ids) > 0),
  words        text not null default '' check (length(words) <= 300),
  -- How the sessions and slots were, and what is done with them.
  before       jsonb not null,
  plan         jsonb not null,
  made_at      timestamptz not null,
  made_by      uuid not null,
  sends_at     timestamptz not null check (sends_at >= made_at),
  sent_at      timestamptz check (sent_at >= sends_at),
  -- Which patients it reached, and how: ids and outcomes.
  told         jsonb,
  undone_at    timestamptz check (undone_at >= made_at),
  undone_by    uuid,
  primary key (practice, change_id),
  constraint sent_or_undone check (sent_at is null or undone_at is null),
  constraint told_when_sent check ((sent_at is null) = (told is null)),
  constraint undone_by_someone check ((undone_at is null) = (undone_by is null))
);
create index clinic_change_by_time on appointments.clinic_change (practice, made_at desc, change_id);
create index clinic_change_waiting on appointments.clinic_change (practice, change_id)
  where sent_at is null and undone_at is null;

alter table appointments.clinic_change enable row level security;
alter table appointments.clinic_change force row level security;
create policy own_practice on appointments.clinic_change
  to patient_online_owner, po_staff, po_worker using (practice = current_setting('app.practice'));
grant select on appointments.clinic_change to po_staff, po_worker;
grant insert on appointments.clinic_change to po_staff;
grant update (sends_at, undone_at, undone_by) on appointments.clinic_change to po_staff;
grant update (sent_at, told) on appointments.clinic_change to po_worker;

-- What the patient reads of it, copied to the appointment, since patients read no changes: the
-- practice's words, when they were told, and the time it had before.
alter table appointments.appointment
  add column change_words text check (length(change_words) <= 300),
  add column change_told_at timestamptz,
  add column change_was_at timestamptz;
