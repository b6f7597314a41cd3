-- Running clinics: how an appointment was booked and how it went, overbooking by name, moving, and
-- the practice's settings with the defaults of DOMAIN 1.20.

-- The owner sees every practice while it adds to tables that are filled.
alter table appointments.appointment no force row level security;
alter table appointments.slot no force row level security;
alter table appointments.booking_rule no force row level security;
alter table appointments.appointment
  add column method text not null default 'online' check (
    method in ('online', 'phone', 'in-person', 'letter', 'waitlist', 'draw', 'gp-connect')),
  add column booked_by_staff uuid,
  add column cancelled_by_staff uuid,
  add column moved_to uuid,
  add column arrived_at timestamptz,
  add column started_at timestamptz,
  add column finished_at timestamptz,
  add column missed_at timestamptz,
  add constraint moved_means_over check (moved_to is null or cancelled_at is not null),
  add constraint missed_or_seen check (
    missed_at is null or (started_at is null and finished_at is null)),
  add constraint cancelled_never_came check (
    cancelled_at is null
    or (arrived_at is null and started_at is null and finished_at is null and missed_at is null)),
  add foreign key (practice, moved_to)
    references appointments.appointment (practice, appointment_id) deferrable initially deferred;
create index appointment_missed on appointments.appointment (practice, patient_id, missed_at)
  where missed_at is not null;

-- An overbooked slot lies beside another; who made it and why is kept, and patients never get it.
alter table appointments.slot
  add column overbooked_by uuid,
  add column overbook_reason text check (length(overbook_reason) between 1 and 150),
  add constraint overbooked_by_name check ((overbooked_by is null) = (overbook_reason is null)),
  add constraint overbooked_is_for_staff check (overbooked_by is null or not bookable_online),
  drop constraint slot_state_check,
  add constraint slot_state_check check (state in ('free', 'held', 'booked', 'blocked'));

alter table appointments.booking_rule
  add column cancel_online boolean not null default true,
  add column waitlist_open boolean not null default true,
  add column offer_minutes integer not null default 120 check (offer_minutes between 5 and 2880),
  add column offers_at_once integer not null default 1 check (offers_at_once between 1 and 10),
  add column max_missed_offers integer not null default 3 check (max_missed_offers between 1 and 20),
  add column quiet_from text not null default '22:00' check (quiet_from ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  add column quiet_until text not null default '06:00' check (quiet_until ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  add column reason_max integer not null default 150 check (reason_max between 0 and 150),
  add column missed_window_months integer not null default 12 check (missed_window_months between 1 and 60),
  add column missed_advise_at integer not null default 2 check (missed_advise_at between 1 and 20),
  add column late_cancel_minutes integer not null default 30 check (late_cancel_minutes between 0 and 10080),
  add column missed_advice text not null default 'Send the practice’s letter about missed appointments, and ask whether anything makes it hard to come.'
    check (length(missed_advice) <= 300),
  add column undo_minutes integer not null default 10 check (undo_minutes between 0 and 1440),
  add column video_link text not null default ''
    check (video_link = '' or (video_link ~ '^https://' and length(video_link) <= 300)),
  add column weeks_ahead integer not null default 6 check (weeks_ahead between 1 and 26),
  add column changed_at timestamptz,
  add column changed_by text;
grant insert, update on appointments.booking_rule to po_staff;

-- Staff book at the desk for a patient, run the day, and change clinics.
grant update (arrived_at, started_at, finished_at, missed_at, moved_to, cancelled_by_staff)
  on appointments.appointment to po_staff;
grant update (moved_to) on appointments.appointment to po_patient;
-- Which kinds have something free, and when first, without reading every free slot.
create index slot_offered_by_type on appointments.slot (practice, slot_type_id, starts_at, slot_id)
  where bookable_online and state = 'free';
create index appointment_by_time on appointments.appointment (practice, starts_at, appointment_id);

alter table appointments.appointment force row level security;
alter table appointments.slot force row level security;
alter table appointments.booking_rule force row level security;
