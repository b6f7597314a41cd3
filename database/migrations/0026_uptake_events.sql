-- What uptake is counted from: who was registered, who could use what, since when; what was looked
-- for and not found. Views for counting publish the rest without words, names or contents.

-- The owner sees every practice while it adds to tables that are filled.
alter table directory.patient no force row level security;
alter table access.association no force row level security;
alter table access.practice_service no force row level security;

alter table directory.patient
  add column language text check (language ~ '^[a-z]{2,3}$');

-- A patient who left and came back has two periods. One without a known beginning begins on
-- 1 January of the year 1.
create table directory.registration_period (
  practice    text not null references directory.practice,
  patient_id  uuid not null,
  began_on    date not null,
  ended_on    date,
  kind        text not null check (kind in ('active', 'temporary')),
  primary key (practice, patient_id, began_on),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);
insert into directory.registration_period (practice, patient_id, began_on, ended_on, kind)
select practice, patient_id, coalesce(registered_on, '0001-01-01'),
  case when registration in ('left', 'deceased')
    then coalesce(registration_ended_on, updated_at::date) end,
  case registration when 'temporary' then 'temporary' else 'active' end
from directory.patient;

-- Every state that an association's switches were ever in; the latest before an instant held then.
create table access.switch_change (
  practice           text not null references directory.practice,
  change_id          uuid not null,
  association_id     uuid not null,
  changed_at         timestamptz not null,
  appointments       text not null check (appointments in ('none', 'view', 'manage')),
  prescriptions      text not null check (prescriptions in ('none', 'view', 'manage')),
  record_current     text not null
    check (record_current in ('none', 'summary', 'detailed', 'documents', 'full')),
  record_historical  text not null
    check (record_historical in ('none', 'summary', 'detailed', 'documents', 'full')),
  primary key (practice, change_id),
  foreign key (practice, association_id)
    references access.association (practice, association_id)
);
create index switch_change_by_association
  on access.switch_change (practice, association_id, changed_at, change_id);
insert into access.switch_change
  (practice, change_id, association_id, changed_at, appointments, prescriptions, record_current,
   record_historical)
select practice, association_id, association_id, starts_at, appointments, prescriptions,
  record_current, record_historical
from access.association;

create table access.practice_switch_change (
  practice       text not null references directory.practice,
  change_id      uuid not null,
  changed_at     timestamptz not null,
  appointments   boolean not null,
  prescriptions  boolean not null,
  record_level   text not null
    check (record_level in ('none', 'summary', 'detailed', 'documents', 'full')),
  primary key (practice, change_id)
);
create index practice_switch_change_by_time
  on access.practice_switch_change (practice, changed_at, change_id);
insert into access.practice_switch_change
  (practice, change_id, changed_at, appointments, prescriptions, record_level)
select practice, gen_random_uuid(), changed_at, appointments, prescriptions, record_level
from access.practice_service;

alter table directory.patient force row level security;
alter table access.association force row level security;
alter table access.practice_service force row level security;

-- Searches for appointments, so that what people looked for in vain is known.
create table appointments.slot_search (
  practice          text not null references directory.practice,
  search_id         uuid not null,
  patient_id        uuid not null,
  searched_at       timestamptz not null,
  found             integer not null check (found >= 0),
  delivery_channel  text check (delivery_channel in ('in-person', 'telephone', 'video')),
  slot_type_id      uuid,
  first_at          timestamptz,
  primary key (practice, search_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);
create index slot_search_by_time on appointments.slot_search (practice, searched_at, search_id);

do $$
declare name text;
begin
  foreach name in array array['directory.registration_period', 'access.switch_change',
    'access.practice_switch_change', 'appointments.slot_search'] loop
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format('create policy own_practice on %s to patient_online_owner, po_staff, po_worker
      using (practice = current_setting(''app.practice''))', name);
  end loop;
end $$;
grant select on directory.registration_period, access.switch_change, access.practice_switch_change,
  appointments.slot_search to po_staff, po_worker;
grant insert on access.switch_change, access.practice_switch_change to po_staff, po_worker;
grant insert on appointments.slot_search to po_worker;
grant insert, update, delete on directory.registration_period to po_worker;

-- For counting: who might use what, from when until when, as the patient's own switches had it.
create view access.published_switch with (security_barrier) as
select change.practice, association.patient_id, association.account_id, association.relation,
  change.changed_at as since,
  least(
    lead(change.changed_at) over (
      partition by change.practice, change.association_id
      order by change.changed_at, change.change_id),
    association.ends_at) as until,
  change.appointments, change.prescriptions, change.record_current, change.record_historical
from access.switch_change change
join access.association
  on association.practice = change.practice
  and association.association_id = change.association_id
where change.practice = current_setting('app.practice');

create view access.published_practice_switch with (security_barrier) as
select practice, changed_at as since,
  lead(changed_at) over (partition by practice order by changed_at, change_id) as until,
  appointments, prescriptions, record_level
from access.practice_switch_change
where practice = current_setting('app.practice');

-- How many associations stand otherwise than the latest change says: always none.
create view access.published_untold_switch with (security_barrier) as
select association.practice, association.association_id
from access.association
where association.practice = current_setting('app.practice')
  and not exists (
    select
    from access.switch_change change
    where change.practice = association.practice
      and change.association_id = association.association_id
      and change.appointments = association.appointments
      and change.prescriptions = association.prescriptions
      and change.record_current = association.record_current
      and change.record_historical = association.record_historical
      and not exists (
        select
        from access.switch_change later
        where later.practice = change.practice
          and later.association_id = change.association_id
          and (later.changed_at, later.change_id) > (change.changed_at, change.change_id)));

create view appointments.published_booking with (security_barrier) as
select appointment.practice, appointment.appointment_id, appointment.patient_id,
  appointment.booked_at, appointment.booked_by, appointment.method, appointment.starts_at,
  appointment.cancelled_at, appointment.cancelled_by, appointment.missed_at,
  slot.delivery_channel, slot.national_category, slot.slot_type
from appointments.appointment
join appointments.slot
  on slot.practice = appointment.practice
  and slot.slot_id = appointment.slot_id
where appointment.practice = current_setting('app.practice');

create view appointments.published_slot with (security_barrier) as
select slot.practice, slot.slot_id, slot.starts_at, slot.slot_type, slot.national_category,
  slot.delivery_channel, slot.bookable_online, slot.released_at, slot.state
from appointments.slot
join appointments.session
  on session.practice = slot.practice
  and session.session_id = slot.session_id
where slot.practice = current_setting('app.practice')
  and session.cancelled_at is null
  and slot.overbooked_by is null;

create view appointments.published_search with (security_barrier) as
select practice, search_id, patient_id, searched_at, found, delivery_channel, first_at
from appointments.slot_search
where practice = current_setting('app.practice');

create view prescriptions.published_order with (security_barrier) as
select medicine_order.practice, medicine_order.order_id, medicine_order.patient_id,
  medicine_order.ordered_at, medicine_order.ordered_by,
  (select count(*)
    from prescriptions.order_item item
    where item.practice = medicine_order.practice
      and item.order_id = medicine_order.order_id)::integer as items
from prescriptions.medicine_order
where medicine_order.practice = current_setting('app.practice');

-- Pages of the record that patients and those who act for them read; nothing of what was on them.
create view record.published_record_view with (security_barrier) as
select practice, event_id, at as viewed_at, patient_id, actor_id as account_id, type
from audit.event
where practice = current_setting('app.practice')
  and actor_kind in ('patient', 'proxy')
  and outcome = 'done'
  and type like 'record.%-viewed';

-- Since when each entry has waited for a person's decision.
create view record.published_held with (security_barrier) as
select decision.practice, decision.entry_id, decision.decided_at as held_since
from record.disclosure_decision decision
join record.entry
  on entry.practice = decision.practice
  and entry.entry_id = decision.entry_id
  and entry.content_hash = decision.content_hash
  and entry.markers = '{}'
  and entry.closed_at is null
where decision.practice = current_setting('app.practice')
  and decision.outcome = 'held'
  and not exists (
    select
    from record.disclosure_decision later
    where later.practice = decision.practice
      and later.entry_id = decision.entry_id
      and later.decision_no > decision.decision_no);

-- Patients whose list of problems names a long-term condition; which one is not told.
create view record.published_long_term with (security_barrier) as
select distinct practice, patient_id
from record.entry
where practice = current_setting('app.practice')
  and kind = 'problem'
  and closed_at is null
  and not ('entered-in-error' = any (markers))
  and title ~* '(asthma|copd|chronic obstructive|diabet|hypertens|heart failure|coronary|ischaemic heart|angina|atrial fibrillation|stroke|peripheral arterial|chronic kidney|ckd|epilep|dementia|alzheimer|parkinson|multiple sclerosis|rheumatoid|osteoporosis|schizophren|bipolar|learning disab|hypothyroid|cancer|carcinoma|crohn|ulcerative colitis|cirrhosis|cystic fibrosis)';

grant select on access.published_switch, access.published_practice_switch,
  access.published_untold_switch, appointments.published_booking, appointments.published_slot,
  appointments.published_search, prescriptions.published_order, record.published_record_view,
  record.published_held, record.published_long_term to po_staff, po_worker;
