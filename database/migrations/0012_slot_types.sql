-- Slot types: what a slot is for nationally, how patient and clinician meet, who may book it, and
-- when it opens (AP-3, AP-4, AP-7, BK-13). Invitations open a type that is for invited people only.

create table appointments.slot_type (
  practice               text not null references directory.practice,
  slot_type_id           uuid not null,
  name                   text not null check (name <> '' and length(name) <= 100),
  public_name            text not null default '' check (length(public_name) <= 100),
  minutes                integer not null check (minutes between 1 and 480),
  national_category      text,
  service_setting        text check (
    service_setting in ('general-practice', 'primary-care-network', 'extended-access', 'other')),
  delivery_channel       text check (delivery_channel in ('in-person', 'telephone', 'video')),
  patients_may_book      boolean not null default false,
  gp_connect_may_book    boolean not null default false,
  min_age                integer check (min_age between 0 and 130),
  max_age                integer check (max_age between 0 and 130),
  sex                    text check (sex in ('female', 'male')),
  own_site_only          boolean not null default false,
  own_clinician_only     boolean not null default false,
  invited_only           boolean not null default false,
  release_rule           text not null default 'at-once'
    check (release_rule in ('at-once', 'days-before', 'draw', 'by-hand')),
  release_days_before    integer check (release_days_before between 0 and 366),
  release_time           text check (release_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  horizon_days           integer check (horizon_days between 0 and 366),
  closes_minutes_before  integer check (closes_minutes_before between 0 and 100000),
  retired_at             timestamptz,
  primary key (practice, slot_type_id),
  constraint ages_in_order check (min_age is null or max_age is null or min_age <= max_age),
  constraint released_days_before check (
    release_rule <> 'days-before' or (release_days_before is not null and release_time is not null)),
  constraint offered_types_are_described check (
    not (patients_may_book or gp_connect_may_book)
    or (national_category is not null and delivery_channel is not null))
);
create unique index slot_type_by_name on appointments.slot_type (practice, lower(name))
  where retired_at is null;

alter table appointments.slot_type enable row level security;
alter table appointments.slot_type force row level security;
create policy own_practice on appointments.slot_type
  to patient_online_owner, po_patient, po_staff, po_worker
  using (practice = current_setting('app.practice'));
grant select on appointments.slot_type to po_patient, po_staff, po_worker;
grant insert, update on appointments.slot_type to po_staff, po_worker;

-- The owner sees every practice while it adds to tables that are filled.
alter table appointments.slot no force row level security;
alter table appointments.slot_type no force row level security;
alter table appointments.slot
  add column slot_type_id uuid,
  add column service_setting text check (
    service_setting in ('general-practice', 'primary-care-network', 'extended-access', 'other')),
  add column gp_connect_bookable boolean not null default false,
  add foreign key (practice, slot_type_id) references appointments.slot_type (practice, slot_type_id);

create table appointments.invitation (
  practice       text not null references directory.practice,
  invitation_id  uuid not null,
  patient_id     uuid not null,
  slot_type_id   uuid not null,
  kind           text not null check (kind in ('invited', 'recall', 'care-plan')),
  invited_at     timestamptz not null,
  invited_by     uuid,
  expires_on     date not null,
  used_at        timestamptz check (used_at >= invited_at),
  withdrawn_at   timestamptz check (withdrawn_at >= invited_at),
  primary key (practice, invitation_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, slot_type_id) references appointments.slot_type (practice, slot_type_id)
);
create unique index invitation_one_live on appointments.invitation (practice, patient_id, slot_type_id)
  where used_at is null and withdrawn_at is null;
create index invitation_by_type
  on appointments.invitation (practice, slot_type_id, invited_at desc, invitation_id);

alter table appointments.invitation enable row level security;
alter table appointments.invitation force row level security;
create policy own_practice on appointments.invitation to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient on appointments.invitation to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
grant select on appointments.invitation to po_patient, po_staff, po_worker;
grant insert on appointments.invitation to po_staff, po_worker;
grant update (used_at) on appointments.invitation to po_patient;
grant update (used_at, withdrawn_at, expires_on) on appointments.invitation to po_staff, po_worker;

alter table appointments.slot force row level security;
alter table appointments.slot_type force row level security;
