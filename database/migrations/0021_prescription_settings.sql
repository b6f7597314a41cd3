-- What practices settle about showing medicines and about silence after an approval, whether one
-- patient may ask for more than repeats, who took an approval back, and which items their patients
-- are still shown.

alter table prescriptions.order_rule
  add column show_review_dates boolean not null default true,
  add column show_last_ordered boolean not null default true,
  add column show_type boolean not null default true,
  add column approved_alarm_days integer not null default 2
    check (approved_alarm_days between 1 and 14),
  add column pharmacy_alarm_days integer not null default 4
    check (pharmacy_alarm_days between 1 and 21),
  add column collect_alarm_days integer not null default 21
    check (collect_alarm_days between 3 and 27);

-- Whether a patient may ask for past and short-term medicines, where the practice takes such
-- requests at all. The latest row holds; without one they may.
create table prescriptions.acute_switch (
  practice    text not null references directory.practice,
  switch_id   uuid not null,
  patient_id  uuid not null,
  is_allowed  boolean not null,
  changed_at  timestamptz not null,
  changed_by  uuid not null,
  primary key (practice, switch_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, changed_by) references directory.staff (practice, staff_id)
);
create index acute_switch_by_patient
  on prescriptions.acute_switch (practice, patient_id, changed_at desc, switch_id desc);

alter table prescriptions.acute_switch enable row level security;
alter table prescriptions.acute_switch force row level security;
create policy own_practice on prescriptions.acute_switch
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient_read on prescriptions.acute_switch for select to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
grant select, insert on prescriptions.acute_switch to po_staff;
grant select (practice, switch_id, patient_id, is_allowed, changed_at)
  on prescriptions.acute_switch to po_patient;

-- The owner sees every practice while it adds a key to tables that are filled.
alter table directory.staff no force row level security;
alter table prescriptions.order_item no force row level security;
alter table prescriptions.order_item
  add column withdrawn_by uuid,
  add constraint withdrawn_by_someone check (withdrawn_by is null or decided_by is not null),
  add foreign key (practice, withdrawn_by) references directory.staff (practice, staff_id);
alter table directory.staff force row level security;
alter table prescriptions.order_item force row level security;
grant update (withdrawn_by) on prescriptions.order_item to po_staff;

-- Medicines that their patients are shown in their orders now, as published_ordered_medication has
-- them for one patient: whoever tells patients of an order asks here first, when they tell.
create view record.published_shown_medication with (security_barrier) as
select entry.practice, entry.entry_id, entry.patient_id
from record.entry
join lateral (
  select decision.outcome, decision.content_hash
  from record.disclosure_decision decision
  where decision.practice = entry.practice
    and decision.entry_id = entry.entry_id
  order by decision.decision_no desc
  limit 1
) latest on true
where entry.practice = current_setting('app.practice')
  and entry.kind = 'medication'
  and latest.outcome = 'released'
  and latest.content_hash = entry.content_hash
  and entry.markers = '{}'
  and (entry.closed_at is null or exists (
    select from prescriptions.order_item item
    join record.disclosure_decision earlier
      on earlier.practice = item.practice
      and earlier.entry_id = item.medication_id
    where item.practice = entry.practice
      and item.patient_id = entry.patient_id
      and item.medication_id = entry.entry_id
      and item.requested_at <= entry.closed_at
      and earlier.outcome = 'released'
      and earlier.decided_at <= item.requested_at));
grant select on record.published_shown_medication to po_worker;

create view prescriptions.published_shown_item with (security_barrier) as
select item.practice, item.order_id, item.item_id, item.patient_id, item.state
from prescriptions.order_item item
join record.published_shown_medication medication
  on medication.practice = item.practice
  and medication.patient_id = item.patient_id
  and medication.entry_id = item.medication_id
where item.practice = current_setting('app.practice');
grant select on prescriptions.published_shown_item to po_worker;
