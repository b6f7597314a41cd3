-- Uptake: counts of people and of what they did, a month at a time. No person is in here, so the
-- role of analysts may read all of it, and can read nothing else. Figures are only ever added: a
-- correction is the next revision, beside what it corrects.

create schema uptake;
grant usage on schema uptake to po_staff, po_worker, po_analyst;

-- Which place was in which, month by month: an ICB is in a region, a sub-ICB location in an ICB.
-- What holds for a month is its own row, else the last before it, else the first after it.
create table uptake.place (
  level        text not null check (level in ('region', 'icb', 'sub-icb')),
  code         text not null check (code <> ''),
  month        date not null check (extract(day from month) = 1),
  name         text not null check (name <> ''),
  parent_code  text not null check (parent_code <> ''),
  primary key (level, code, month)
);

create table uptake.practice_place (
  practice      text not null check (practice <> ''),
  month         date not null check (extract(day from month) = 1),
  name          text not null check (name <> ''),
  sub_icb_code  text not null check (sub_icb_code <> ''),
  closed_on     date,
  primary key (practice, month)
);

-- Approval to return figures for a practice (CQRS). Without it a practice is not returned.
create table uptake.approval (
  practice     text not null check (practice <> ''),
  approved_on  date not null,
  ended_on     date check (ended_on >= approved_on),
  primary key (practice, approved_on)
);

-- The columns are in the order of the published fields; `total_enabled` is as those define it, and
-- `can_use` the people that can really use something, each counted once. What a published file does
-- not tell is null.
create table uptake.practice_month (
  practice        text not null check (practice <> ''),
  month           date not null check (extract(day from month) = 1),
  supplier        text not null check (supplier <> ''),
  revision        integer not null check (revision > 0),
  source          text not null check (source in ('events', 'file')),
  reason          text not null check (reason in ('closed', 'late', 'resent')),
  made_at         timestamptz not null,
  practice_name   text not null,
  sub_icb_code    text not null,
  list_size       integer check (list_size >= 0),
  appts_state     smallint check (appts_state between 0 and 2),
  appts_enabled   integer check (appts_enabled >= 0),
  appts_use       integer check (appts_use >= 0),
  presc_state     smallint check (presc_state between 0 and 2),
  presc_enabled   integer check (presc_enabled >= 0),
  presc_use       integer check (presc_use >= 0),
  record_state    smallint check (record_state between 0 and 2),
  record_enabled  integer check (record_enabled >= 0),
  record_use      integer check (record_use >= 0),
  total_enabled   integer check (total_enabled >= 0),
  new_enabled     integer check (new_enabled >= 0),
  total_use       integer check (total_use >= 0),
  can_use         integer check (can_use >= 0),
  active          integer check (active >= 0),
  booked          integer check (booked >= 0),
  cancelled       integer check (cancelled >= 0),
  summary         jsonb,
  primary key (practice, month, supplier, revision)
);
create index practice_month_by_month on uptake.practice_month (month, practice, supplier, revision);

-- How a practice's list is served, by what people have in common, for its own eyes.
create table uptake.equity_month (
  practice   text not null references directory.practice,
  month      date not null check (extract(day from month) = 1),
  dimension  text not null check (dimension in (
    'age', 'sex', 'deprivation', 'language', 'long-term-condition')),
  band       text not null,
  listed     integer not null check (listed >= 0),
  can_use    integer not null check (can_use between 0 and listed),
  active     integer not null check (active between 0 and listed),
  primary key (practice, month, dimension, band)
);

-- How long until the third free appointment of a kind, measured once a day.
create table uptake.third_next (
  practice          text not null references directory.practice,
  measured_on       date not null,
  slot_type         text not null,
  delivery_channel  text not null,
  is_online         boolean not null,
  days              integer check (days >= 0),
  primary key (practice, measured_on, slot_type, delivery_channel, is_online)
);

-- What the practice supplied on how deprived a postcode's area is: 1 is the most deprived tenth.
create table uptake.area_decile (
  practice  text not null references directory.practice,
  postcode  text not null check (postcode = upper(replace(postcode, ' ', ''))),
  decile    smallint not null check (decile between 1 and 10),
  primary key (practice, postcode)
);

-- What anybody may see: sums by place, made anew from the latest revisions. A number that must not
-- be shown is not in here; `withheld` names it, and `few` those of them that are from 1 to 4.
create table uptake.public_month (
  level           text not null check (level in ('england', 'region', 'icb', 'sub-icb', 'practice')),
  code            text not null,
  month           date not null check (extract(day from month) = 1),
  name            text not null,
  parent_code     text not null,
  supplier        text not null,
  practices       integer not null,
  appts_on        integer not null,
  presc_on        integer not null,
  record_on       integer not null,
  list_size       integer,
  told_size       integer,
  can_use         integer,
  active          integer,
  new_enabled     integer,
  appts_enabled   integer,
  presc_enabled   integer,
  record_enabled  integer,
  booked          integer,
  cancelled       integer,
  undivided       integer,
  presc_use       integer,
  record_use      integer,
  withheld        text[] not null default '{}',
  few             text[] not null default '{}',
  primary key (level, code, month)
);
create index public_month_by_parent on uptake.public_month (level, parent_code, month, code);
create index public_month_by_month on uptake.public_month (month, level, code);

-- From how many rows a month was rolled up: rows are only added, so more of them means anew.
create table uptake.roll_up (
  month      date primary key check (extract(day from month) = 1),
  rows       integer not null check (rows >= 0),
  rolled_at  timestamptz not null
);

-- Everything that people did online, for counting: one row for each thing done. Where it came from
-- the audit trail, the id of its event says when it was, too, and finds it.
create view uptake.online_doing with (security_barrier) as
select practice, patient_id, 'booked' as kind, booked_at as done_at, null::uuid as event_id
from appointments.published_booking
where booked_by in ('patient', 'proxy')
union all
select practice, patient_id, 'cancelled', cancelled_at, null
from appointments.published_booking
where cancelled_by in ('patient', 'proxy')
union all
select practice, patient_id, 'ordered', ordered_at, null
from prescriptions.published_order
union all
select practice, patient_id, 'read', viewed_at, event_id
from record.published_record_view;

-- What people have in common, for counting; whatever is not recorded is not known.
create view uptake.person_band with (security_barrier) as
select patient.practice, patient.patient_id, patient.born_on,
  case when patient.sex in ('female', 'male') then patient.sex else 'not-known' end as sex,
  coalesce(area.decile::text, 'not-known') as deprivation,
  coalesce(patient.language, 'not-known') as language,
  case when condition.patient_id is null then 'no' else 'yes' end as long_term_condition
from directory.patient
left join uptake.area_decile area
  on area.practice = patient.practice
  and area.postcode = upper(replace(patient.postcode, ' ', ''))
left join record.published_long_term condition
  on condition.practice = patient.practice
  and condition.patient_id = patient.patient_id
where patient.practice = current_setting('app.practice');
grant select on uptake.online_doing, uptake.person_band to po_worker;

-- Counts are summed over practices, so the service's own role reads those of all of them.
do $$
declare name text;
begin
  foreach name in array array['practice_month', 'equity_month', 'third_next', 'area_decile',
    'approval', 'practice_place'] loop
    execute format('alter table uptake.%I enable row level security', name);
    execute format('alter table uptake.%I force row level security', name);
    execute format('create policy every_practice on uptake.%I to patient_online_owner, po_worker
      using (true)', name);
    execute format('create policy own_practice on uptake.%I for select to po_staff
      using (practice = current_setting(''app.practice''))', name);
    if name <> 'area_decile' then
      execute format('create policy counts on uptake.%I for select to po_analyst using (true)', name);
    end if;
  end loop;
end $$;

grant select on uptake.practice_month, uptake.equity_month, uptake.third_next, uptake.approval,
  uptake.practice_place, uptake.place, uptake.public_month, uptake.roll_up
  to po_staff, po_worker, po_analyst;
grant select on uptake.area_decile to po_staff, po_worker;
grant insert on uptake.practice_month to po_worker;
grant insert, update on uptake.place, uptake.practice_place, uptake.third_next, uptake.roll_up,
  uptake.approval to po_worker;
grant insert, update, delete on uptake.equity_month, uptake.public_month, uptake.area_decile
  to po_worker;
