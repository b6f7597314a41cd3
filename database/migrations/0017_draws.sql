-- Draws: slots released together, asked for in a window, and allotted by chance with the priority
-- that the practice set beforehand. The seed is fixed and its hash shown before anyone asks, so that
-- the result can be worked out again by whoever doubts it.

create table appointments.draw (
  practice       text not null references directory.practice,
  draw_id        uuid not null,
  name           text not null check (name <> '' and length(name) <= 100),
  opens_at       timestamptz not null,
  closes_at      timestamptz not null check (closes_at > opens_at),
  -- What counts before chance, first most: a list of recall, invited, carer.
  priorities     text[] not null default '{}' check (priorities <@ array['recall', 'invited', 'carer']),
  seed           text not null check (seed ~ '^[0-9a-f]{64}$'),
  seed_hash      text not null check (seed_hash ~ '^[0-9a-f]{64}$'),
  made_at        timestamptz not null,
  made_by        uuid,
  drawn_at       timestamptz check (drawn_at >= closes_at),
  -- Everything that the result follows from besides the seed, as it was at that moment.
  inputs         jsonb,
  cancelled_at   timestamptz,
  primary key (practice, draw_id),
  constraint drawn_with_inputs check ((drawn_at is null) = (inputs is null)),
  constraint drawn_or_cancelled check (drawn_at is null or cancelled_at is null)
);
create index draw_by_time on appointments.draw (practice, closes_at desc, draw_id);

-- The owner sees every practice while it adds to tables that are filled.
alter table appointments.slot no force row level security;
alter table appointments.draw no force row level security;
alter table appointments.slot
  add column draw_id uuid,
  add foreign key (practice, draw_id) references appointments.draw (practice, draw_id);
create index slot_by_draw on appointments.slot (practice, draw_id, starts_at, slot_id)
  where draw_id is not null;

create table appointments.draw_entry (
  practice         text not null references directory.practice,
  draw_id          uuid not null,
  entry_id         uuid not null,
  patient_id       uuid not null,
  entered_at       timestamptz not null,
  wishes           jsonb not null,
  phone            text check (length(phone) <= 30),
  reason           text not null default '' check (length(reason) <= 150),
  idempotency_key  uuid not null,
  withdrawn_at     timestamptz check (withdrawn_at >= entered_at),
  outcome          text check (outcome in ('allotted', 'unplaced')),
  why_unplaced     text check (why_unplaced in ('none-left', 'none-suits', 'limit', 'not-eligible')),
  slot_id          uuid,
  primary key (practice, draw_id, entry_id),
  foreign key (practice, draw_id) references appointments.draw (practice, draw_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, slot_id) references appointments.slot (practice, slot_id),
  constraint allotted_a_slot check ((outcome is not distinct from 'allotted') = (slot_id is not null)),
  constraint unplaced_for_a_reason check ((outcome is not distinct from 'unplaced') = (why_unplaced is not null))
);
create unique index draw_entry_one_each on appointments.draw_entry (practice, draw_id, patient_id)
  where withdrawn_at is null;
create unique index draw_entry_once_per_key
  on appointments.draw_entry (practice, patient_id, idempotency_key);
create unique index draw_entry_one_per_slot on appointments.draw_entry (practice, draw_id, slot_id)
  where slot_id is not null;

alter table appointments.draw enable row level security;
alter table appointments.draw force row level security;
alter table appointments.draw_entry enable row level security;
alter table appointments.draw_entry force row level security;
create policy own_practice on appointments.draw to patient_online_owner, po_patient, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice on appointments.draw_entry to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient on appointments.draw_entry to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
-- Nobody reads the seed before the draw, and patients never do, nor what others asked for.
grant select (practice, draw_id, name, opens_at, closes_at, priorities, seed_hash, made_at, drawn_at,
  cancelled_at) on appointments.draw to po_patient;
grant select (practice, draw_id, name, opens_at, closes_at, priorities, seed_hash, made_at, made_by,
  drawn_at, cancelled_at) on appointments.draw to po_staff;
grant select on appointments.draw to po_worker;
grant insert on appointments.draw to po_staff, po_worker;
create view appointments.drawn with (security_barrier) as
  select practice, draw_id, seed, inputs
  from appointments.draw
  where practice = current_setting('app.practice')
    and drawn_at is not null;
grant select on appointments.drawn to po_staff;
grant update (cancelled_at) on appointments.draw to po_staff;
grant update (drawn_at, inputs) on appointments.draw to po_worker;
grant select on appointments.draw_entry to po_patient, po_staff, po_worker;
grant insert on appointments.draw_entry to po_patient, po_staff;
grant update (withdrawn_at) on appointments.draw_entry to po_patient, po_staff;
grant update (outcome, why_unplaced, slot_id) on appointments.draw_entry to po_worker;

alter table appointments.slot force row level security;
alter table appointments.draw force row level security;
