-- A change to clinics that patients must be told of: a session or a day cancelled, moved, split or
-- given to someone else. It is made at once and told later, and until then it can be undone whole.

create table appointments.clinic_change (
  practice     text not null references directory.practice,
  change_id    uuid not null,
  kind         text not null check (kind in ('cancel', 'amend')),
  session_ids  uuid[] not null check (cardinality(session_ids) > 0),
  words        text not null default '' check (length(words) <= 300),
  before       jsonb not null,
  made_at      timestamptz not null,
  made_by      uuid not null,
  sends_at     timestamptz not null check (sends_at >= made_at),
  sent_at      timestamptz check (sent_at >= sends_at),
  undone_at    timestamptz check (undone_at >= made_at),
  undone_by    uuid,
  primary key (practice, change_id),
  constraint sent_or_undone check (sent_at is null or undone_at is null)
);
create index clinic_change_by_time on appointments.clinic_change (practice, made_at desc, change_id);

alter table appointments.clinic_change enable row level security;
alter table appointments.clinic_change force row level security;
create policy own_practice on appointments.clinic_change
  to patient_online_owner, po_staff, po_worker using (practice = current_setting('app.practice'));
grant select on appointments.clinic_change to po_staff, po_worker;
grant insert on appointments.clinic_change to po_staff;
grant update (undone_at, undone_by) on appointments.clinic_change to po_staff;
grant update (sent_at) on appointments.clinic_change to po_worker;
