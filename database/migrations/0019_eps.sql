-- Pharmacies, the one a patient has chosen, and what goes to them: messages to the prescribing
-- system, what it answers, and what pharmacies say of each item afterwards.

-- Reference data of the whole country, from the Organisation Data Service: no practice's own.
create table prescriptions.pharmacy (
  ods_code       text primary key check (ods_code ~ '^[A-Z0-9]{3,10}$'),
  name           text not null check (name <> '' and length(name) <= 200),
  address_lines  text[] not null default '{}',
  -- In capitals with one space, such as LS1 4AP.
  postcode       text not null check (postcode ~ '^[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}$'),
  phone          text check (length(phone) <= 30),
  kind           text not null check (kind in (
    'community', 'distance-selling', 'dispensing-practice', 'appliance')),
  opened_on      date,
  closed_on      date,
  updated_at     timestamptz not null
);
create index pharmacy_by_postcode on prescriptions.pharmacy (postcode text_pattern_ops, ods_code);
grant select on prescriptions.pharmacy to po_patient, po_staff, po_worker;
grant insert, update on prescriptions.pharmacy to po_worker;

-- What a patient chose, and before that. The latest holds; without a code there is none.
create table prescriptions.nomination (
  practice       text not null references directory.practice,
  nomination_id  uuid not null,
  patient_id     uuid not null,
  ods_code       text references prescriptions.pharmacy,
  nominated_at   timestamptz not null,
  nominated_by   text not null check (nominated_by in ('patient', 'staff', 'system')),
  primary key (practice, nomination_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);
create index nomination_by_patient
  on prescriptions.nomination (practice, patient_id, nominated_at desc, nomination_id desc);

alter table prescriptions.nomination enable row level security;
alter table prescriptions.nomination force row level security;
create policy own_practice on prescriptions.nomination
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_patient on prescriptions.nomination to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
grant select on prescriptions.nomination to po_patient, po_staff, po_worker;
grant insert on prescriptions.nomination to po_patient, po_staff, po_worker;

-- How the record codes a medicine, beside what this view had: a pharmacy acts on the code alone.
create or replace view record.published_medication with (security_barrier) as
select practice, entry_id, patient_id, source, source_key, kind, parent_key, title,
  clinical_at, recorded_at, detail, codings
from record.entry
where practice = current_setting('app.practice')
  and kind in ('medication', 'issue')
  and closed_at is null
  and not ('entered-in-error' = any (markers));

-- Why an approved item goes on paper, though its order names a pharmacy.
alter table prescriptions.order_item add column paper_reason text check (paper_reason in (
  'pharmacy-closed', 'practice-not-set-up', 'prescriber-not-set-up', 'patient-details',
  'no-drug-code', 'quantity-unclear', 'no-dose', 'rejected', 'practice-choice'));
grant update (paper_reason) on prescriptions.order_item to po_staff, po_worker;

-- What the prescription service knows a practice and its prescribers by.
create table prescriptions.eps_practice (
  practice     text primary key references directory.practice,
  parent_code  text not null check (parent_code ~ '^[A-Z0-9]{3,10}$'),
  parent_name  text not null check (parent_name <> '')
);
create table prescriptions.eps_prescriber (
  practice         text not null references directory.practice,
  staff_id         uuid not null,
  sds_user_id      text not null check (sds_user_id ~ '^[0-9]{12}$'),
  role_profile_id  text not null check (role_profile_id ~ '^[0-9]{12}$'),
  role_code        text not null check (role_code ~ '^R[0-9]{4}$'),
  role_name        text not null check (role_name <> ''),
  register         text not null check (register in ('gmc', 'nmc', 'gphc')),
  registration     text not null check (registration ~ '^[0-9A-Z]{5,10}$'),
  din              text check (din ~ '^[0-9]{6}$'),
  title            text,
  given_name       text not null check (given_name <> ''),
  family_name      text not null check (family_name <> ''),
  primary key (practice, staff_id),
  foreign key (practice, staff_id) references directory.staff (practice, staff_id)
);

-- One prescription. Its body is written once, before it is first sent, and sent as it is however
-- often that takes: whoever receives it knows it by its id.
create table prescriptions.eps_message (
  practice           text not null references directory.practice,
  message_id         uuid not null,
  order_id           uuid not null,
  patient_id         uuid not null,
  staff_id           uuid not null,
  destination_ods    text not null references prescriptions.pharmacy,
  prescription_id    text not null check (length(prescription_id) = 20),
  -- The message, to the byte.
  body               text not null,
  written_at         timestamptz not null,
  state              text not null default 'waiting' check (state in (
    'waiting', 'accepted', 'rejected', 'failed', 'on-paper', 'sent-anew')),
  tries              integer not null default 0 check (tries >= 0),
  last_try_at        timestamptz,
  next_try_at        timestamptz,
  last_fault         text check (length(last_fault) <= 300),
  answered_at        timestamptz,
  -- What the answer said against it: [{ "code", "words" }].
  reasons            jsonb not null default '[]',
  asked_at           timestamptz,
  ask_failures       integer not null default 0 check (ask_failures >= 0),
  next_ask_at        timestamptz,
  primary key (practice, message_id),
  foreign key (practice, order_id) references prescriptions.medicine_order (practice, order_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, staff_id) references directory.staff (practice, staff_id)
);
create unique index eps_message_by_prescription
  on prescriptions.eps_message (practice, prescription_id);
create index eps_message_by_state
  on prescriptions.eps_message (practice, state, written_at desc, message_id desc);

-- The outbox: written with the approval, put into a message a little later. An item that is sent
-- anew is another line of another prescription; it is never in two that may both be taken.
create table prescriptions.eps_line (
  practice     text not null references directory.practice,
  line_id      uuid not null,
  item_id      uuid not null,
  order_id     uuid not null,
  patient_id   uuid not null,
  staff_id     uuid not null,
  kind         text not null check (kind in ('repeat', 'acute')),
  -- What was approved: drug, quantity, dose and for how long, as it stood then.
  approved     jsonb not null,
  queued_at    timestamptz not null,
  message_id   uuid,
  released_at  timestamptz,
  primary key (practice, line_id),
  foreign key (practice, item_id) references prescriptions.order_item (practice, item_id),
  foreign key (practice, message_id) references prescriptions.eps_message (practice, message_id)
);
create unique index eps_line_one_live on prescriptions.eps_line (practice, item_id)
  where released_at is null;
create index eps_line_waiting on prescriptions.eps_line (practice, order_id, queued_at)
  where message_id is null and released_at is null;
create index eps_line_by_message on prescriptions.eps_line (practice, message_id);

-- Everything a pharmacy said of an item, once each, whatever came of it.
create table prescriptions.status_update (
  practice   text not null references directory.practice,
  item_id    uuid not null,
  status     text not null check (status <> '' and length(status) <= 200),
  status_at  timestamptz not null,
  heard_at   timestamptz not null,
  outcome    text not null check (outcome in (
    'moved', 'renewed', 'repeated', 'late', 'no-news', 'unknown', 'not-sent')),
  primary key (practice, item_id, status, status_at),
  foreign key (practice, item_id) references prescriptions.order_item (practice, item_id)
);

-- What staff must look at. Told once for each cause.
create table prescriptions.eps_alert (
  practice    text not null references directory.practice,
  alert_id    uuid not null,
  cause       text not null check (length(cause) <= 300),
  kind        text not null check (kind in (
    'rejected', 'failed', 'unknown-status', 'unread-status', 'after-withdrawal', 'accepted-too-late')),
  message_id  uuid not null,
  patient_id  uuid not null,
  raised_at   timestamptz not null,
  words       text not null default '' check (length(words) <= 500),
  seen_at     timestamptz,
  seen_by     uuid,
  primary key (practice, alert_id),
  foreign key (practice, message_id) references prescriptions.eps_message (practice, message_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, seen_by) references directory.staff (practice, staff_id)
);
create unique index eps_alert_once on prescriptions.eps_alert (practice, cause);
create index eps_alert_open on prescriptions.eps_alert (practice, raised_at, alert_id)
  where seen_at is null;

alter table prescriptions.eps_practice enable row level security;
alter table prescriptions.eps_practice force row level security;
alter table prescriptions.eps_prescriber enable row level security;
alter table prescriptions.eps_prescriber force row level security;
alter table prescriptions.eps_message enable row level security;
alter table prescriptions.eps_message force row level security;
alter table prescriptions.eps_line enable row level security;
alter table prescriptions.eps_line force row level security;
alter table prescriptions.status_update enable row level security;
alter table prescriptions.status_update force row level security;
alter table prescriptions.eps_alert enable row level security;
alter table prescriptions.eps_alert force row level security;
create policy own_practice on prescriptions.eps_practice
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice on prescriptions.eps_prescriber
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice on prescriptions.eps_message
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice on prescriptions.eps_line
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice on prescriptions.status_update
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy own_practice on prescriptions.eps_alert
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));

grant select on prescriptions.eps_practice, prescriptions.eps_prescriber to po_staff, po_worker;
grant insert, update on prescriptions.eps_practice, prescriptions.eps_prescriber
  to po_staff, po_worker;
grant select on prescriptions.eps_message, prescriptions.eps_line, prescriptions.status_update,
  prescriptions.eps_alert to po_staff, po_worker;
grant insert on prescriptions.eps_message, prescriptions.status_update, prescriptions.eps_alert
  to po_worker;
grant insert on prescriptions.eps_line to po_staff, po_worker;
grant update (state, tries, last_try_at, next_try_at, last_fault, answered_at, reasons, asked_at,
  ask_failures, next_ask_at) on prescriptions.eps_message to po_worker;
grant update (state, tries, next_try_at) on prescriptions.eps_message to po_staff;
grant update (message_id, released_at) on prescriptions.eps_line to po_worker;
grant update (released_at) on prescriptions.eps_line to po_staff;
grant update (seen_at, seen_by) on prescriptions.eps_alert to po_staff;
