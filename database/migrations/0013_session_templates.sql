-- Session templates and the calendar they are laid on: weekly or fortnightly patterns become
-- sessions for weeks ahead, except where the practice is closed or the clinician away (AP-1, AP-8).

create table appointments.session_template (
  practice     text not null references directory.practice,
  template_id  uuid not null,
  name         text not null check (name <> '' and length(name) <= 100),
  staff_id     uuid,
  room_id      uuid,
  site_id      uuid,
  weekday      integer not null check (weekday between 1 and 7),
  every_weeks  integer not null check (every_weeks in (1, 2)),
  starts_on    date not null,
  ends_on      date check (ends_on >= starts_on),
  changed_at   timestamptz not null,
  retired_at   timestamptz,
  primary key (practice, template_id),
  foreign key (practice, staff_id) references directory.staff (practice, staff_id),
  foreign key (practice, room_id) references directory.room (practice, room_id),
  foreign key (practice, site_id) references directory.site (practice, site_id)
);

-- A part of a template's day: slots of one type back to back. What lies between parts is a break.
create table appointments.template_part (
  practice      text not null references directory.practice,
  template_id   uuid not null,
  part_no       integer not null check (part_no between 1 and 20),
  from_time     text not null check (from_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  until_time    text not null check (until_time ~ '^([01]\d|2[0-3]):[0-5]\d$'),
  slot_type_id  uuid not null,
  minutes       integer not null check (minutes between 1 and 480),
  primary key (practice, template_id, part_no),
  foreign key (practice, template_id)
    references appointments.session_template (practice, template_id),
  foreign key (practice, slot_type_id) references appointments.slot_type (practice, slot_type_id),
  constraint part_in_order check (from_time < until_time)
);

create table appointments.closure (
  practice    text not null references directory.practice,
  closure_id  uuid not null,
  site_id     uuid,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null check (ends_at > starts_at),
  reason      text not null check (reason <> '' and length(reason) <= 100),
  removed_at  timestamptz,
  primary key (practice, closure_id),
  foreign key (practice, site_id) references directory.site (practice, site_id)
);
create index closure_by_time on appointments.closure (practice, ends_at, closure_id)
  where removed_at is null;

create table appointments.staff_leave (
  practice    text not null references directory.practice,
  leave_id    uuid not null,
  staff_id    uuid not null,
  starts_at   timestamptz not null,
  ends_at     timestamptz not null check (ends_at > starts_at),
  removed_at  timestamptz,
  primary key (practice, leave_id),
  foreign key (practice, staff_id) references directory.staff (practice, staff_id)
);
create index staff_leave_by_time on appointments.staff_leave (practice, ends_at, leave_id)
  where removed_at is null;

-- The owner sees every practice while it adds to tables that are filled.
alter table appointments.session no force row level security;
alter table directory.site no force row level security;
alter table appointments.session
  add column site_id uuid,
  add column template_id uuid,
  add column template_day date,
  add column cancelled_at timestamptz,
  add constraint from_a_template_on_a_day check ((template_id is null) = (template_day is null)),
  add foreign key (practice, site_id) references directory.site (practice, site_id),
  add foreign key (practice, template_id)
    references appointments.session_template (practice, template_id);
-- A template gives one session a day, whatever was made of it since: cancelled, moved or split.
create unique index session_once_a_day on appointments.session (practice, template_id, template_day)
  where template_id is not null;
create index session_by_clinician on appointments.session (practice, staff_id, starts_at);

alter table appointments.session_template enable row level security;
alter table appointments.session_template force row level security;
alter table appointments.template_part enable row level security;
alter table appointments.template_part force row level security;
alter table appointments.closure enable row level security;
alter table appointments.closure force row level security;
alter table appointments.staff_leave enable row level security;
alter table appointments.staff_leave force row level security;
create policy own_practice on appointments.session_template
  to patient_online_owner, po_staff, po_worker using (practice = current_setting('app.practice'));
create policy own_practice on appointments.template_part
  to patient_online_owner, po_staff, po_worker using (practice = current_setting('app.practice'));
create policy own_practice on appointments.closure
  to patient_online_owner, po_staff, po_worker using (practice = current_setting('app.practice'));
create policy own_practice on appointments.staff_leave
  to patient_online_owner, po_staff, po_worker using (practice = current_setting('app.practice'));
grant select, insert, update on appointments.session_template, appointments.closure,
  appointments.staff_leave to po_staff, po_worker;
grant select, insert, update, delete on appointments.template_part to po_staff, po_worker;

alter table appointments.session force row level security;
alter table directory.site force row level security;
