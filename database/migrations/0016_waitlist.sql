-- The waitlist, and the offers made from it. A slot given back is held while it is offered to those
-- who wait, longest first; whoever accepts in time has it, and nobody else ever does.

create table appointments.waitlist_entry (
  practice        text not null references directory.practice,
  waitlist_id     uuid not null,
  patient_id      uuid not null,
  -- From when the patient counts as waiting: earlier than joining after a draw or a cancelled clinic.
  since           timestamptz not null,
  joined_at       timestamptz not null,
  joined_from     text not null check (joined_from in ('patient', 'staff', 'draw', 'cancelled-clinic')),
  -- Days on which an offer is of use; both included.
  from_day        date not null,
  until_day       date not null check (until_day >= from_day),
  weekdays        integer[] not null default '{1,2,3,4,5,6,7}' check (cardinality(weekdays) > 0),
  from_time       text not null default '00:00' check (from_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  until_time      text not null default '23:59' check (until_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  delivery_channels text[] not null check (
    cardinality(delivery_channels) > 0
    and delivery_channels <@ array['in-person', 'telephone', 'video']),
  slot_type_id    uuid,
  staff_id        uuid,
  site_id         uuid,
  -- The appointment that an earlier one would replace.
  replaces        uuid,
  phone           text check (length(phone) <= 30),
  reason          text not null default '' check (length(reason) <= 150),
  missed_offers   integer not null default 0 check (missed_offers >= 0),
  ended_at        timestamptz check (ended_at >= joined_at),
  ended_by        text check (ended_by in ('placed', 'left', 'lapsed', 'missed-offers', 'practice')),
  primary key (practice, waitlist_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, slot_type_id) references appointments.slot_type (practice, slot_type_id),
  foreign key (practice, staff_id) references directory.staff (practice, staff_id),
  foreign key (practice, site_id) references directory.site (practice, site_id),
  foreign key (practice, replaces) references appointments.appointment (practice, appointment_id),
  constraint ended_for_a_reason check ((ended_at is null) = (ended_by is null))
);
-- Nobody joins twice for the same: for an appointment, or for an earlier one than they have. A place
-- given for a cancelled clinic comes on top.
create unique index waitlist_once on appointments.waitlist_entry (practice, patient_id)
  where ended_at is null and replaces is null and joined_from <> 'cancelled-clinic';
create unique index waitlist_once_instead on appointments.waitlist_entry (practice, patient_id, replaces)
  where ended_at is null and replaces is not null;
create index waitlist_in_order on appointments.waitlist_entry (practice, since, waitlist_id)
  where ended_at is null;
create index waitlist_by_patient on appointments.waitlist_entry (practice, patient_id, joined_at);

create table appointments.slot_offer (
  practice     text not null references directory.practice,
  offer_id     uuid not null,
  slot_id      uuid not null,
  waitlist_id  uuid not null,
  patient_id   uuid not null,
  offered_at   timestamptz not null,
  expires_at   timestamptz not null check (expires_at > offered_at),
  closed_at    timestamptz check (closed_at >= offered_at),
  outcome      text check (outcome in ('accepted', 'declined', 'expired', 'gone', 'withdrawn')),
  primary key (practice, offer_id),
  foreign key (practice, slot_id) references appointments.slot (practice, slot_id),
  foreign key (practice, waitlist_id) references appointments.waitlist_entry (practice, waitlist_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  constraint closed_with_an_outcome check ((closed_at is null) = (outcome is null))
);
-- Whoever waits answers one offer at a time.
create unique index slot_offer_one_at_a_time on appointments.slot_offer (practice, waitlist_id)
  where closed_at is null;
create index slot_offer_by_patient on appointments.slot_offer (practice, patient_id, offered_at);
create index slot_offer_by_slot on appointments.slot_offer (practice, slot_id, offered_at);

alter table appointments.waitlist_entry enable row level security;
alter table appointments.waitlist_entry force row level security;
alter table appointments.slot_offer enable row level security;
alter table appointments.slot_offer force row level security;
create policy own_practice on appointments.waitlist_entry
  to patient_online_owner, po_staff, po_worker using (practice = current_setting('app.practice'));
create policy own_patient on appointments.waitlist_entry to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
create policy own_practice on appointments.slot_offer
  to patient_online_owner, po_staff, po_worker using (practice = current_setting('app.practice'));
create policy own_patient on appointments.slot_offer to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
grant select on appointments.waitlist_entry, appointments.slot_offer to po_patient, po_staff, po_worker;
grant insert on appointments.waitlist_entry to po_patient, po_staff, po_worker;
grant update (ended_at, ended_by) on appointments.waitlist_entry to po_patient, po_staff, po_worker;
grant update (missed_offers, since) on appointments.waitlist_entry to po_worker;
grant insert on appointments.slot_offer to po_worker;
grant update (closed_at, outcome) on appointments.slot_offer to po_patient, po_staff, po_worker;

-- A patient may take a free slot, one that is held for an offer of theirs, and give back their own.
drop policy take_or_give_back on appointments.slot;
create policy take_or_give_back on appointments.slot for update to po_patient
  using (practice = current_setting('app.practice')
    and (state = 'free'
      or (state = 'held' and exists (
        select
        from appointments.slot_offer offer
        where offer.practice = slot.practice
          and offer.slot_id = slot.slot_id
          and offer.patient_id = current_setting('app.patient')::uuid
          and offer.closed_at is null))
      or exists (
        select
        from appointments.appointment held
        where held.practice = slot.practice
          and held.slot_id = slot.slot_id
          and held.patient_id = current_setting('app.patient')::uuid
          and held.cancelled_at is null)))
  with check (practice = current_setting('app.practice') and state in ('free', 'held', 'booked'));
