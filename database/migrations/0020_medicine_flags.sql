-- What a practice wants to know of medicines before it decides: flags per medicine and monitoring,
-- the rules of deciding with who set them and when, notes between staff, and the daily word of what
-- is late.

alter table prescriptions.order_rule
  drop constraint order_rule_review_overdue_check,
  add constraint order_rule_review_overdue_check check (
    review_overdue in ('allow-with-warning', 'allow-once-reduced', 'block')),
  add column ordering_open boolean not null default true,
  add column note_required boolean not null default false,
  add column reduced_days integer not null default 7 check (reduced_days between 1 and 28),
  add column quantity_policy text not null default 'lower-only'
    check (quantity_policy in ('lower-only', 'up-to-days')),
  add column quantity_max_days integer not null default 28
    check (quantity_max_days between 1 and 366),
  add column bulk_approve boolean not null default true,
  add constraint note_required_where_allowed check (note_allowed or not note_required);
grant insert, update on prescriptions.order_rule to po_staff;

-- One row for each setting that somebody changed; the latest says since when it holds.
create table prescriptions.rule_change (
  practice    text not null references directory.practice,
  change_id   uuid not null,
  setting     text not null check (setting ~ '^[a-zA-Z]{1,40}$'),
  was         text not null,
  value       text not null,
  changed_at  timestamptz not null,
  -- Absent for the service itself.
  changed_by  uuid,
  primary key (practice, change_id),
  foreign key (practice, changed_by) references directory.staff (practice, staff_id)
);
create index rule_change_by_setting
  on prescriptions.rule_change (practice, setting, changed_at desc, change_id desc);

-- What a practice says of a medicine, known by its code or by words of its name. An ended one stays
-- for the record.
create table prescriptions.medicine_flag (
  practice            text not null references directory.practice,
  flag_id             uuid not null,
  name                text not null check (name <> '' and length(name) <= 100),
  -- Alternatives with commas between them; all words of one must be in the medicine's name.
  words               text check (words <> '' and words = lower(words) and length(words) <= 300),
  code                text check (code ~ '^[0-9]{6,18}$'),
  always_review       boolean not null default false,
  hidden_online       boolean not null default false,
  needs_conversation  boolean not null default false,
  is_controlled       boolean not null default false,
  is_specialist       boolean not null default false,
  monitoring_test     text check (monitoring_test <> '' and length(monitoring_test) <= 100),
  monitoring_days     integer check (monitoring_days between 1 and 1100),
  changed_at          timestamptz not null,
  changed_by          uuid,
  ended_at            timestamptz check (ended_at >= changed_at),
  primary key (practice, flag_id),
  foreign key (practice, changed_by) references directory.staff (practice, staff_id),
  constraint known_by_something check (words is not null or code is not null),
  constraint monitored_by_a_test check ((monitoring_test is null) = (monitoring_days is null)),
  constraint says_something check (always_review or hidden_online or needs_conversation
    or is_controlled or is_specialist or monitoring_test is not null)
);

-- When monitoring was done, where the record does not show it. The latest day counts.
create table prescriptions.monitoring_done (
  practice    text not null references directory.practice,
  done_id     uuid not null,
  patient_id  uuid not null,
  flag_id     uuid not null,
  done_on     date not null,
  set_at      timestamptz not null,
  set_by      uuid not null,
  primary key (practice, done_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, flag_id) references prescriptions.medicine_flag (practice, flag_id),
  foreign key (practice, set_by) references directory.staff (practice, staff_id)
);
create index monitoring_by_patient
  on prescriptions.monitoring_done (practice, patient_id, flag_id, done_on desc);

-- What staff tell each other about an item. Patients never read it.
create table prescriptions.item_note (
  practice     text not null references directory.practice,
  note_id      uuid not null,
  item_id      uuid not null,
  patient_id   uuid not null,
  written_at   timestamptz not null,
  written_by   uuid not null,
  assigned_to  uuid,
  note         text not null check (note <> '' and length(note) <= 500),
  primary key (practice, note_id),
  foreign key (practice, item_id) references prescriptions.order_item (practice, item_id),
  foreign key (practice, written_by) references directory.staff (practice, staff_id),
  foreign key (practice, assigned_to) references directory.staff (practice, staff_id)
);
create index note_by_item on prescriptions.item_note (practice, item_id, written_at);

-- Once a day on which something is late, the practice is told.
create table prescriptions.late_report (
  practice   text not null references directory.practice,
  day        date not null,
  told_at    timestamptz not null,
  late       integer not null check (late > 0),
  oldest_at  timestamptz not null,
  primary key (practice, day)
);

do $$
declare name text;
begin
  foreach name in array array['rule_change', 'monitoring_done', 'item_note', 'late_report'] loop
    execute format('alter table prescriptions.%I enable row level security', name);
    execute format('alter table prescriptions.%I force row level security', name);
    execute format('create policy own_practice on prescriptions.%I
      to patient_online_owner, po_staff, po_worker
      using (practice = current_setting(''app.practice''))', name);
  end loop;
end $$;
alter table prescriptions.medicine_flag enable row level security;
alter table prescriptions.medicine_flag force row level security;
create policy own_practice on prescriptions.medicine_flag
  to patient_online_owner, po_patient, po_staff, po_worker
  using (practice = current_setting('app.practice'));

grant select, insert on prescriptions.rule_change, prescriptions.medicine_flag to po_staff, po_worker;
grant update (name, words, code, always_review, hidden_online, needs_conversation, is_controlled,
  is_specialist, monitoring_test, monitoring_days, changed_at, changed_by, ended_at)
  on prescriptions.medicine_flag to po_staff;
-- A patient's page needs no more of a flag than whether it stands in the way.
grant select (practice, flag_id, words, code, hidden_online, needs_conversation, ended_at)
  on prescriptions.medicine_flag to po_patient;
grant select, insert on prescriptions.monitoring_done, prescriptions.item_note to po_staff;
grant select on prescriptions.late_report to po_staff, po_worker;
grant insert on prescriptions.late_report to po_worker;

create index item_approved_here on prescriptions.order_item (practice, decided_at, item_id)
  where state in ('approved', 'ready');

-- For the page that shows the day at a glance: what waits, with no word of whom or what.
create view prescriptions.published_waiting with (security_barrier) as
select item.practice, item.state, item.assigned_to,
  (item.requested_at at time zone 'Europe/London')::date as requested_on,
  coalesce(rule.late_after_days, 5) as late_after_days
from prescriptions.order_item item
left join prescriptions.order_rule rule on rule.practice = item.practice
where item.practice = current_setting('app.practice')
  and item.state in ('requested', 'received', 'asked');
grant select on prescriptions.published_waiting to po_staff, po_worker;

-- What the record says that bears on a decision, for staff who decide.
create view record.published_allergy with (security_barrier) as
select practice, entry_id, patient_id, title, clinical_at, recorded_at, detail
from record.entry
where practice = current_setting('app.practice')
  and kind = 'allergy'
  and closed_at is null
  and not ('entered-in-error' = any (markers));

create view record.published_test with (security_barrier) as
select practice, entry_id, patient_id, kind, title, clinical_at
from record.entry
where practice = current_setting('app.practice')
  and kind in ('result', 'result-group', 'report', 'measurement')
  and closed_at is null
  and clinical_at is not null
  and not ('entered-in-error' = any (markers));

-- Where the record itself speaks of an interaction or a contraindication, in its own words.
create view record.published_caution with (security_barrier) as
select practice, entry_id, patient_id, kind, title,
  concat_ws('. ', title, text, detail ->> 'patientInstruction') as words
from record.entry
where practice = current_setting('app.practice')
  and kind in ('medication', 'allergy', 'problem', 'observation', 'note', 'other')
  and closed_at is null
  and not ('entered-in-error' = any (markers))
  and concat_ws(' ', title, text, detail ->> 'patientInstruction')
    ~* '(interact|contra-?indicat|not (to )?be (taken|given|used) with)';

grant select on record.published_allergy, record.published_test, record.published_caution
  to po_staff;

-- Flags know a medicine by its code, for the patient too.
create or replace view record.published_released_medication with (security_barrier) as
select practice, entry_id, patient_id, source, source_key, kind, parent_key, title,
  clinical_at, recorded_at, detail, code
from record.released_entry
where kind in ('medication', 'issue');
