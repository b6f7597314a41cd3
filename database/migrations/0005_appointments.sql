-- Appointments: sessions, their slots, and what is booked into them.
-- A slot takes one live appointment at a time; a cancelled one stays for the record.

create schema appointments;
grant usage on schema appointments to po_patient, po_staff, po_worker;

create table appointments.booking_rule (
  practice               text primary key references directory.practice,
  max_held               integer not null default 2 check (max_held between 0 and 20),
  closes_minutes_before  integer not null default 60 check (closes_minutes_before >= 0),
  cancel_minutes_before  integer not null default 60 check (cancel_minutes_before >= 0),
  horizon_days           integer not null default 112 check (horizon_days between 1 and 366),
  reason_required        boolean not null default false
);

create table appointments.session (
  practice    text not null references directory.practice,
  session_id  uuid not null,
  staff_id    uuid,
  room_id     uuid,
  name        text not null,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null check (ends_at > starts_at),
  primary key (practice, session_id),
  foreign key (practice, staff_id) references directory.staff (practice, staff_id),
  foreign key (practice, room_id) references directory.room (practice, room_id)
);
create index session_by_day on appointments.session (practice, starts_at, session_id);

-- `state` is the slot's own: free, booked or blocked by staff. A patient is offered it only when
-- it is free, published for patients, and its release time has come (AP-7).
create table appointments.slot (
  practice          text not null references directory.practice,
  slot_id           uuid not null,
  session_id        uuid not null,
  starts_at         timestamptz not null,
  minutes           integer not null check (minutes between 1 and 480),
  slot_type         text not null,
  national_category text,
  delivery_channel  text check (delivery_channel in ('in-person', 'telephone', 'video')),
  bookable_online   boolean not null default false,
  released_at       timestamptz,
  state             text not null check (state in ('free', 'booked', 'blocked')),
  primary key (practice, slot_id),
  foreign key (practice, session_id) references appointments.session (practice, session_id),
  constraint offered_slots_are_described check (
    not bookable_online
    or (national_category is not null and delivery_channel is not null and released_at is not null))
);
create index slot_by_session on appointments.slot (practice, session_id, starts_at, slot_id);
create index slot_offered on appointments.slot (practice, starts_at, slot_id)
  where bookable_online and state = 'free';

-- `place` is which of the patient's permitted future appointments this is, from 1. Two live
-- appointments never hold one place at one time, so the limit holds under any race (BK-2).
create table appointments.appointment (
  practice         text not null references directory.practice,
  appointment_id   uuid not null,
  slot_id          uuid not null,
  patient_id       uuid not null,
  starts_at        timestamptz not null,
  ends_at          timestamptz not null check (ends_at > starts_at),
  place            integer not null check (place between 1 and 20),
  reason           text not null check (length(reason) <= 150),
  phone            text check (length(phone) <= 30),
  booked_at        timestamptz not null check (booked_at < starts_at),
  booked_by        text not null check (booked_by in ('patient', 'proxy', 'staff')),
  idempotency_key  uuid not null,
  cancelled_at     timestamptz check (cancelled_at >= booked_at),
  cancelled_by     text check (cancelled_by in ('patient', 'proxy', 'staff')),
  cancel_reason    text check (length(cancel_reason) <= 150),
  primary key (practice, appointment_id),
  foreign key (practice, slot_id) references appointments.slot (practice, slot_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  constraint cancelled_by_someone check ((cancelled_at is null) = (cancelled_by is null)),
  constraint appointment_limit exclude using gist (
    practice with =, patient_id with =, place with =, tstzrange(booked_at, starts_at) with &&)
    where (cancelled_at is null),
  constraint appointment_no_overlap exclude using gist (
    practice with =, patient_id with =, tstzrange(starts_at, ends_at) with &&)
    where (cancelled_at is null)
);
create unique index appointment_one_per_slot
  on appointments.appointment (practice, slot_id) where cancelled_at is null;
create unique index appointment_once_per_key
  on appointments.appointment (practice, patient_id, idempotency_key);
create index appointment_by_patient on appointments.appointment (practice, patient_id, starts_at);

alter table appointments.booking_rule enable row level security;
alter table appointments.booking_rule force row level security;
alter table appointments.session enable row level security;
alter table appointments.session force row level security;
alter table appointments.slot enable row level security;
alter table appointments.slot force row level security;
alter table appointments.appointment enable row level security;
alter table appointments.appointment force row level security;
create policy own_practice on appointments.booking_rule
  to patient_online_owner, po_patient, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice on appointments.session
  to patient_online_owner, po_patient, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice on appointments.slot
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice_read on appointments.slot for select to po_patient
  using (practice = current_setting('app.practice'));
-- A patient may take a free slot, and give back one that they hold.
create policy take_or_give_back on appointments.slot for update to po_patient
  using (practice = current_setting('app.practice')
    and (state = 'free' or exists (
      select
      from appointments.appointment held
      where held.practice = slot.practice
        and held.slot_id = slot.slot_id
        and held.patient_id = current_setting('app.patient')::uuid
        and held.cancelled_at is null)))
  with check (practice = current_setting('app.practice') and state in ('free', 'booked'));
create policy own_practice on appointments.appointment
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient on appointments.appointment to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);

grant select on appointments.booking_rule, appointments.session, appointments.slot,
  appointments.appointment to po_patient, po_staff, po_worker;
grant update (state) on appointments.slot to po_patient;
grant insert on appointments.appointment to po_patient, po_staff;
grant update (cancelled_at, cancelled_by, cancel_reason) on appointments.appointment
  to po_patient, po_staff;
grant insert, update on appointments.session, appointments.slot to po_staff, po_worker;
grant insert, update on appointments.booking_rule, appointments.appointment to po_worker;
