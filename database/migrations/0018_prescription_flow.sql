-- What an ordered medicine goes through, from the request to the counter: the states of
-- prescriptions/domain/item.ts with the step of each move, where an order goes, requests for
-- medicines that are not repeats, and questions to the patient.

-- The owner sees every practice while it adds to tables that are filled.
alter table directory.staff no force row level security;
alter table prescriptions.order_rule no force row level security;
alter table prescriptions.medicine_order no force row level security;
alter table prescriptions.order_item no force row level security;

alter table prescriptions.order_rule
  add column acute_requests boolean not null default false,
  add column dispenses boolean not null default false,
  add column usual_days integer not null default 3 check (usual_days between 1 and 30);

alter table prescriptions.medicine_order
  add column destination_kind text not null default 'paper'
    check (destination_kind in ('nominated', 'one-off', 'dispensing-practice', 'paper')),
  add column destination_ods text check (destination_ods ~ '^[A-Z0-9]{3,10}$'),
  add constraint destination_named check (
    (destination_kind in ('nominated', 'one-off')) = (destination_ods is not null));

alter table prescriptions.order_item
  drop constraint order_item_state_check,
  drop constraint decided_by_staff,
  add column kind text not null default 'repeat' check (kind in ('repeat', 'acute')),
  add column received_at timestamptz check (received_at >= requested_at),
  add column received_by uuid,
  add column assigned_to uuid,
  add column question text check (question <> '' and length(question) <= 500),
  add column asked_at timestamptz check (asked_at >= requested_at),
  add column asked_by uuid,
  add column answer text check (answer <> '' and length(answer) <= 500),
  add column answered_at timestamptz check (answered_at >= asked_at),
  add column approved_quantity text check (approved_quantity <> '' and length(approved_quantity) <= 100),
  add column prescription_id text check (prescription_id <> '' and length(prescription_id) <= 100),
  add column status_at timestamptz,
  add constraint order_item_state_check check (state in (
    'requested', 'received', 'asked', 'approved', 'rejected', 'cancelled', 'sent', 'with-pharmacy',
    'untracked', 'preparing', 'ready-partly', 'ready', 'collected', 'dispatched', 'not-dispensed',
    'withdrawn')),
  add constraint decided_by_staff check (
    (state in ('requested', 'received', 'asked')) = (decided_at is null)
    and (state in ('requested', 'received', 'asked', 'cancelled')) = (decided_by is null)),
  add constraint taken_back_only_before_received check (
    state <> 'cancelled' or (received_at is null and asked_at is null)),
  add constraint asked_with_a_question check (
    (question is null) = (asked_at is null) and (asked_at is null) = (asked_by is null)),
  add constraint answered_what_was_asked check (
    (answer is null) = (answered_at is null) and (answer is null or question is not null)
    and (state <> 'asked' or (question is not null and answer is null))),
  add foreign key (practice, received_by) references directory.staff (practice, staff_id),
  add foreign key (practice, assigned_to) references directory.staff (practice, staff_id),
  add foreign key (practice, asked_by) references directory.staff (practice, staff_id);

drop index prescriptions.item_one_open;
create unique index item_one_open on prescriptions.order_item (practice, patient_id, medication_id)
  where state in ('requested', 'received', 'asked');
drop index prescriptions.item_waiting;
create index item_waiting on prescriptions.order_item (practice, requested_at, item_id)
  where state in ('requested', 'received', 'asked');
create index item_by_prescription on prescriptions.order_item (practice, prescription_id)
  where prescription_id is not null;

-- One row for each state an item came to, by the version that came of it. Written in the statement
-- that moves the item. `at` is when it was true, which may be before it was heard of.
create table prescriptions.item_step (
  practice    text not null references directory.practice,
  item_id     uuid not null,
  version     integer not null check (version > 0),
  patient_id  uuid not null,
  state       text not null check (state in (
    'requested', 'received', 'asked', 'approved', 'rejected', 'cancelled', 'sent', 'with-pharmacy',
    'untracked', 'preparing', 'ready-partly', 'ready', 'collected', 'dispatched', 'not-dispensed',
    'withdrawn')),
  at          timestamptz not null,
  primary key (practice, item_id, version),
  foreign key (practice, item_id) references prescriptions.order_item (practice, item_id)
);
create index step_by_patient on prescriptions.item_step (practice, patient_id, at);

insert into prescriptions.item_step (practice, item_id, version, patient_id, state, at)
select practice, item_id, 1, patient_id, 'requested', requested_at
from prescriptions.order_item
union all
select practice, item_id, version, patient_id, state, decided_at
from prescriptions.order_item
where state <> 'requested' and version > 1;

alter table prescriptions.item_step enable row level security;
alter table prescriptions.item_step force row level security;
create policy own_practice on prescriptions.item_step
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient_read on prescriptions.item_step for select to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
create policy own_patient_step on prescriptions.item_step for insert to po_patient
  with check (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and state in ('requested', 'cancelled', 'received'));
grant select, insert on prescriptions.item_step to po_patient, po_staff, po_worker;

-- A patient takes back what nobody has taken in hand, and answers what was asked: nothing else.
drop policy own_patient_take_back on prescriptions.order_item;
create policy own_patient_take_back on prescriptions.order_item for update to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and state in ('requested', 'asked'))
  with check (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and (state = 'cancelled' or (state = 'received' and answer is not null)));

grant insert (kind) on prescriptions.order_item to po_patient;
grant update (answer, answered_at) on prescriptions.order_item to po_patient;
grant update (received_at, received_by, assigned_to, question, asked_at, asked_by, answer,
  answered_at, approved_quantity, prescription_id, status_at) on prescriptions.order_item to po_staff;
grant update (state, version, prescription_id, status_at) on prescriptions.order_item to po_worker;
grant update (destination_kind, destination_ods) on prescriptions.medicine_order to po_staff;

alter table directory.staff force row level security;
alter table prescriptions.order_rule force row level security;
alter table prescriptions.medicine_order force row level security;
alter table prescriptions.order_item force row level security;

-- What this patient ordered, by the name it has or, where the source has it no more, the name it
-- had. Only what was released when it was ordered and is released still: whatever is held, withheld
-- or marked since is not here.
create view record.published_ordered_medication with (security_barrier) as
select entry.practice, entry.entry_id, entry.patient_id, entry.title,
  entry.detail ->> 'dose' as dose, entry.closed_at is not null as is_closed
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
  and entry.patient_id = current_setting('app.patient')::uuid
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
grant select on record.published_ordered_medication to po_patient;

-- For staff who decide or answer for an order: every medicine by its name, those that the source
-- has no more too.
create view record.published_former_medication with (security_barrier) as
select practice, entry_id, patient_id, title, detail, closed_at is not null as is_closed
from record.entry
where practice = current_setting('app.practice')
  and kind = 'medication'
  and not ('entered-in-error' = any (markers));
grant select on record.published_former_medication to po_staff, po_worker;
