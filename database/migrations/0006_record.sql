-- The record, and what of it a patient may see. An entry is as the GP system gave it; whether it is
-- shown is only ever the latest row of disclosure_decision, made for exactly that content.

create schema record;
grant usage on schema record to po_patient, po_staff, po_worker;

create table record.entry (
  practice            text not null,
  entry_id            uuid not null,
  patient_id          uuid not null,
  source              text not null,
  source_key          text not null,
  kind                text not null check (kind in (
    'allergy', 'medication', 'issue', 'problem', 'immunisation', 'result', 'result-group', 'report',
    'measurement', 'observation', 'consultation', 'topic', 'heading', 'note', 'referral', 'document',
    'procedure', 'family-history', 'request', 'other')),
  title               text not null,
  code_system         text,
  code                text,
  codings             jsonb not null default '[]',
  clinical_at         timestamptz,
  clinical_precision  text check (clinical_precision in ('year', 'month', 'day', 'minute')),
  recorded_at         timestamptz not null,
  filed_at            timestamptz,
  value_number        double precision,
  value_comparator    text check (value_comparator in ('<', '<=', '>=', '>')),
  value_text          text,
  unit                text,
  range_low           double precision,
  range_high          double precision,
  range_text          text,
  text                text,
  author              text,
  organisation        text,
  encounter_key       text,
  parent_key          text,
  position            integer not null default 0,
  links               jsonb not null default '[]',
  detail              jsonb not null default '{}',
  markers             text[] not null default '{}',
  resource            jsonb,
  document_hash       text,
  content_hash        text not null,
  stored_at           timestamptz not null,
  closed_at           timestamptz,
  primary key (practice, entry_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  constraint dated_with_precision check ((clinical_at is null) = (clinical_precision is null))
);
create unique index entry_once on record.entry (practice, patient_id, source, source_key);
create index entry_by_kind on record.entry (practice, patient_id, kind, clinical_at desc, entry_id);
create index entry_by_encounter on record.entry (practice, patient_id, encounter_key)
  where encounter_key is not null;

-- Only ever added to. The row with the highest number for an entry holds, and only while its
-- content hash is the entry's.
create table record.disclosure_decision (
  practice       text not null,
  entry_id       uuid not null,
  decision_no    integer not null check (decision_no > 0),
  patient_id     uuid not null,
  content_hash   text not null,
  outcome        text not null check (outcome in ('held', 'released', 'withheld')),
  decided_at     timestamptz not null,
  decided_by     text not null check (decided_by in ('ruleset', 'staff')),
  ruleset        text,
  staff_id       uuid,
  reasons        jsonb not null default '[]',
  ground         text check (ground in (
    'serious-harm', 'third-party', 'safeguarding-or-legal', 'patient-request')),
  explanation    text,
  review_on      date,
  primary key (practice, entry_id, decision_no),
  foreign key (practice, entry_id) references record.entry (practice, entry_id),
  foreign key (practice, staff_id) references directory.staff (practice, staff_id),
  constraint withheld_on_a_ground check (
    outcome <> 'withheld' or (ground is not null and review_on is not null and staff_id is not null)),
  constraint decided_by_someone check ((decided_by = 'staff') = (staff_id is not null)
    and (decided_by = 'ruleset') = (ruleset is not null))
);
create index decision_held on record.disclosure_decision (practice, decided_at, entry_id)
  where outcome = 'held';
create index decision_withheld on record.disclosure_decision (practice, review_on, entry_id)
  where outcome = 'withheld';

-- What the source says of a whole section: recorded as empty, or possibly incomplete.
create table record.section_state (
  practice    text not null references directory.practice,
  patient_id  uuid not null,
  source      text not null,
  section     text not null,
  state       text not null check (state in ('empty', 'incomplete')),
  reason      text not null,
  primary key (practice, patient_id, source, section, state, reason),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);

-- Every version of a document that ever came in, by the hash of its bytes. Only the one that the
-- entry names is the document; the entry's content hash covers that name, and so does a decision.
create table record.document_content (
  practice       text not null references directory.practice,
  entry_id       uuid not null,
  document_hash  text not null,
  content_type   text not null,
  bytes          bytea not null,
  primary key (practice, entry_id, document_hash),
  foreign key (practice, entry_id) references record.entry (practice, entry_id)
);

-- Who has read what to know before the first look at a record (RA-9).
create table record.first_look (
  practice    text not null references directory.practice,
  patient_id  uuid not null,
  account_id  uuid not null,
  looked_at   timestamptz not null,
  primary key (practice, patient_id, account_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);

create table record.import_run (
  practice     text not null references directory.practice,
  import_id    uuid not null,
  file_name    text not null,
  file_hash    text not null,
  imported_at  timestamptz not null,
  report       jsonb not null,
  primary key (practice, import_id)
);

-- Kept when it could not be stored as an entry: nothing from a source is silently dropped.
create table record.quarantined (
  practice    text not null references directory.practice,
  import_id   uuid not null,
  item_no     integer not null,
  source_key  text not null,
  reason      text not null,
  resource    jsonb not null,
  primary key (practice, import_id, item_no),
  foreign key (practice, import_id) references record.import_run (practice, import_id)
);

do $$
declare name text;
begin
  foreach name in array array['entry', 'disclosure_decision', 'section_state', 'document_content',
    'import_run', 'quarantined'] loop
    execute format('alter table record.%I enable row level security', name);
    execute format('alter table record.%I force row level security', name);
    execute format('create policy own_practice on record.%I
      to patient_online_owner, po_staff, po_worker
      using (practice = current_setting(''app.practice''))', name);
  end loop;
end $$;

grant select on record.entry, record.disclosure_decision, record.section_state,
  record.document_content, record.import_run, record.quarantined to po_staff, po_worker;
grant insert on record.disclosure_decision to po_staff, po_worker;
grant insert, update on record.entry to po_worker;
grant insert, delete on record.section_state to po_worker;
grant insert on record.document_content, record.import_run, record.quarantined to po_worker;

alter table record.first_look enable row level security;
alter table record.first_look force row level security;
create policy own_practice on record.first_look to patient_online_owner, po_worker
  using (practice = current_setting('app.practice'));
create policy own_account on record.first_look to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and account_id = current_setting('app.account')::uuid);
grant select, insert on record.first_look to po_patient;

-- The only window a patient-facing read has onto the record (I-1): this patient's entries, latest
-- decision released, decided for the content as it is now, with no marker from the source that
-- forbids showing it (RA-3), and still in the source.
create view record.released_entry with (security_barrier) as
select
  entry.practice, entry.entry_id, entry.patient_id, entry.source, entry.source_key, entry.kind,
  entry.title, entry.code_system, entry.code,
  entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
  entry.value_number, entry.value_comparator, entry.value_text, entry.unit,
  entry.range_low, entry.range_high, entry.range_text,
  entry.text, entry.author, entry.organisation,
  entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash
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
  and latest.outcome = 'released'
  and latest.content_hash = entry.content_hash
  and entry.markers = '{}'
  and entry.closed_at is null;

create view record.released_document with (security_barrier) as
select content.practice, content.entry_id, content.content_type, content.bytes
from record.document_content content
join record.released_entry entry using (practice, entry_id, document_hash)
where content.practice = current_setting('app.practice')
  and entry.kind = 'document';

-- Whether a section is still waiting for records from elsewhere is told. That it lacks something
-- confidential, or not yet checked, is not: that would tell of what is withheld.
create view record.published_section_state with (security_barrier) as
select practice, patient_id, section, state
from record.section_state
where practice = current_setting('app.practice')
  and patient_id = current_setting('app.patient')::uuid
  and reason in ('no-content-recorded', 'data-in-transit');

grant select on record.released_entry, record.released_document, record.published_section_state
  to po_patient;

-- For prescriptions: the medicines of this patient that are released, and for staff, all of them.
create view record.published_released_medication with (security_barrier) as
select practice, entry_id, patient_id, source, source_key, kind, parent_key, title,
  clinical_at, recorded_at, detail
from record.released_entry
where kind in ('medication', 'issue');
grant select on record.published_released_medication to po_patient;

create view record.published_medication with (security_barrier) as
select practice, entry_id, patient_id, source, source_key, kind, parent_key, title,
  clinical_at, recorded_at, detail
from record.entry
where practice = current_setting('app.practice')
  and kind in ('medication', 'issue')
  and closed_at is null
  and not ('entered-in-error' = any (markers));
grant select on record.published_medication to po_staff, po_worker;
