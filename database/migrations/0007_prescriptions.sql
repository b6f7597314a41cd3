-- Prescriptions: orders that patients make for their repeat medicines, and what is decided of each
-- item. The medicines themselves are record entries.

create schema prescriptions;
grant usage on schema prescriptions to po_patient, po_staff, po_worker;

create table prescriptions.order_rule (
  practice         text primary key references directory.practice,
  early_days       integer not null default 7 check (early_days between 0 and 60),
  note_allowed     boolean not null default true,
  late_after_days  integer not null default 5 check (late_after_days between 1 and 30),
  review_overdue   text not null default 'allow-with-warning'
    check (review_overdue in ('allow-with-warning', 'block'))
);

create table prescriptions.medicine_order (
  practice         text not null references directory.practice,
  order_id         uuid not null,
  patient_id       uuid not null,
  ordered_at       timestamptz not null,
  ordered_by       text not null check (ordered_by in ('patient', 'proxy')),
  note             text not null check (length(note) <= 500),
  idempotency_key  uuid not null,
  primary key (practice, order_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);
create unique index order_once_per_key
  on prescriptions.medicine_order (practice, patient_id, idempotency_key);
create index order_by_patient on prescriptions.medicine_order (practice, patient_id, ordered_at desc);

-- One open request for one medicine (RX-3). `version` grows with each move, so that two people
-- cannot decide one item.
create table prescriptions.order_item (
  practice       text not null references directory.practice,
  item_id        uuid not null,
  order_id       uuid not null,
  patient_id     uuid not null,
  medication_id  uuid not null,
  state          text not null check (state in ('requested', 'approved', 'rejected', 'cancelled')),
  version        integer not null default 1 check (version > 0),
  requested_at   timestamptz not null,
  decided_at     timestamptz,
  decided_by     uuid,
  reject_reason  text check (reject_reason in (
    'more-information-needed', 'review-needed', 'too-early', 'not-issued-recently',
    'needs-consultation', 'hospital-only', 'over-the-counter', 'dose-change', 'no-longer-suitable')),
  patient_text   text check (length(patient_text) <= 500),
  primary key (practice, item_id),
  foreign key (practice, order_id) references prescriptions.medicine_order (practice, order_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, decided_by) references directory.staff (practice, staff_id),
  constraint decided_by_staff check (
    (state in ('approved', 'rejected')) = (decided_by is not null)
    and (state = 'requested') = (decided_at is null)),
  constraint rejected_with_a_reason check ((state = 'rejected') = (reject_reason is not null))
);
create unique index item_one_open
  on prescriptions.order_item (practice, patient_id, medication_id) where state = 'requested';
create index item_by_order on prescriptions.order_item (practice, order_id, item_id);
create index item_by_patient on prescriptions.order_item (practice, patient_id, requested_at desc);
create index item_waiting on prescriptions.order_item (practice, requested_at, item_id)
  where state = 'requested';

alter table prescriptions.order_rule enable row level security;
alter table prescriptions.order_rule force row level security;
alter table prescriptions.medicine_order enable row level security;
alter table prescriptions.medicine_order force row level security;
alter table prescriptions.order_item enable row level security;
alter table prescriptions.order_item force row level security;
create policy own_practice on prescriptions.order_rule
  to patient_online_owner, po_patient, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice on prescriptions.medicine_order
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient on prescriptions.medicine_order to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
create policy own_practice on prescriptions.order_item
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient_read on prescriptions.order_item for select to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
-- A patient asks, and takes back what nobody has decided; deciding is the practice's.
create policy own_patient_ask on prescriptions.order_item for insert to po_patient
  with check (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and state = 'requested');
create policy own_patient_take_back on prescriptions.order_item for update to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and state = 'requested')
  with check (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and state = 'cancelled');

grant select on prescriptions.order_rule, prescriptions.medicine_order, prescriptions.order_item
  to po_patient, po_staff, po_worker;
grant insert on prescriptions.medicine_order to po_patient, po_worker;
grant insert on prescriptions.order_item to po_worker;
grant insert (practice, item_id, order_id, patient_id, medication_id, state, version, requested_at)
  on prescriptions.order_item to po_patient;
grant update (state, version, decided_at) on prescriptions.order_item to po_patient;
grant update (state, version, decided_at, decided_by, reject_reason, patient_text)
  on prescriptions.order_item to po_staff;
grant insert, update on prescriptions.order_rule to po_worker;
