-- What a patient's reading depends on besides decisions: parts withheld for all or one, the codes
-- that ask for a review of access or refuse it, what the patient wants to be told in person or to
-- keep from those who act for them, and asking for older records.

-- A part of the record withheld from every patient. Shown where there is no row.
create table access.practice_area (
  practice     text not null references directory.practice,
  area         text not null check (area in ('medicines', 'allergies', 'problems', 'results',
    'consultations', 'immunisations', 'documents', 'referrals', 'measurements')),
  is_withheld  boolean not null,
  changed_at   timestamptz not null,
  changed_by   uuid,
  primary key (practice, area),
  foreign key (practice, changed_by) references directory.staff (practice, staff_id)
);

-- The same for one patient: it wins over the practice's.
create table access.patient_area (
  practice     text not null references directory.practice,
  patient_id   uuid not null,
  area         text not null check (area in ('medicines', 'allergies', 'problems', 'results',
    'consultations', 'immunisations', 'documents', 'referrals', 'measurements')),
  is_withheld  boolean not null,
  changed_at   timestamptz not null,
  changed_by   uuid,
  primary key (practice, patient_id, area),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, changed_by) references directory.staff (practice, staff_id)
);

-- When staff last set a patient's levels by hand: what the record declined before is then answered.
alter table access.association add column levels_set_at timestamptz;

-- What the patient chose: to be told of a subject in person first, or to keep it from others who act
-- for them. An ended choice stays for the record.
create table record.reading_choice (
  practice    text not null references directory.practice,
  choice_id   uuid not null,
  patient_id  uuid not null,
  choice      text not null check (choice in ('tell-in-person', 'keep-private')),
  subject     text not null check (subject in ('cancer', 'pregnancy', 'genetic', 'mental-health',
    'sexual-health', 'alcohol-drugs', 'abnormal')),
  chosen_at   timestamptz not null,
  chosen_by   uuid not null,
  ended_at    timestamptz check (ended_at >= chosen_at),
  primary key (practice, choice_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  constraint chosen_where_it_makes_sense check (
    (choice = 'tell-in-person' and subject <> 'alcohol-drugs')
    or (choice = 'keep-private' and subject <> 'abnormal'))
);
create unique index reading_choice_once
  on record.reading_choice (practice, patient_id, choice, subject) where ended_at is null;

-- A patient asks for what was written before their access began.
create table record.older_request (
  practice      text not null references directory.practice,
  request_id    uuid not null,
  patient_id    uuid not null,
  account_id    uuid not null,
  asked_at      timestamptz not null,
  reason        text not null default '' check (length(reason) <= 500),
  state         text not null check (state in ('waiting', 'granted', 'refused', 'withdrawn')),
  decided_at    timestamptz check (decided_at >= asked_at),
  decided_by    uuid,
  level         text check (level in ('summary', 'detailed', 'documents', 'full')),
  -- Told to the patient with a refusal.
  answer        text check (answer <> '' and length(answer) <= 1000),
  -- How much of the older record was released, withheld and looked at, when it was granted.
  worked        jsonb,
  primary key (practice, request_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, decided_by) references directory.staff (practice, staff_id),
  constraint decided_or_waiting check ((state = 'waiting') = (decided_at is null)),
  constraint granted_to_a_level check (
    (state = 'granted') = (level is not null) and (state = 'granted') = (worked is not null)),
  constraint refused_with_an_answer check ((state = 'refused') = (answer is not null)),
  constraint decided_by_staff check ((state in ('granted', 'refused')) = (decided_by is not null))
);
create unique index older_request_one_waiting
  on record.older_request (practice, patient_id, account_id) where state = 'waiting';
create index older_request_by_patient
  on record.older_request (practice, patient_id, asked_at desc);
create index older_request_waiting
  on record.older_request (practice, asked_at, request_id) where state = 'waiting';

do $$
declare name text;
begin
  foreach name in array array['access.practice_area', 'access.patient_area',
    'record.reading_choice', 'record.older_request'] loop
    execute 'alter table ' || name || ' enable row level security';
    execute 'alter table ' || name || ' force row level security';
    execute 'create policy own_practice on ' || name || '
      to patient_online_owner, po_staff, po_worker
      using (practice = current_setting(''app.practice''))';
  end loop;
end $$;

-- Whether the reader of this transaction is the patient, by the account that acts. An unknown one
-- is not.
create view access.published_self with (security_barrier) as
select association.practice, association.patient_id
from access.association
where association.practice = current_setting('app.practice')
  and association.patient_id = current_setting('app.patient')::uuid
  and association.account_id = nullif(current_setting('app.account', true), '')::uuid
  and association.relation = 'self';
grant select on access.published_self to po_patient;

grant select on access.practice_area, access.patient_area,
  record.reading_choice, record.older_request to po_staff, po_worker;
grant insert on access.practice_area, access.patient_area to po_staff;
grant update (is_withheld, changed_at, changed_by) on access.practice_area, access.patient_area
  to po_staff;
grant delete on access.patient_area to po_staff;
grant update (state, decided_at, decided_by, level, answer, worked) on record.older_request
  to po_staff;
grant update on access.practice_service to po_staff;

-- Choices are the patient's own: nobody who acts for them makes or ends one.
create policy own_choices on record.reading_choice for select to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
create policy choose on record.reading_choice for insert to po_patient
  with check (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and chosen_by = current_setting('app.account')::uuid
    and ended_at is null
    and exists (
      select
      from access.published_self self
      where self.practice = reading_choice.practice
        and self.patient_id = reading_choice.patient_id));
create policy end_choice on record.reading_choice for update to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and ended_at is null
    and exists (
      select
      from access.published_self self
      where self.practice = reading_choice.practice
        and self.patient_id = reading_choice.patient_id))
  with check (ended_at is not null);
grant select, insert on record.reading_choice to po_patient;
grant update (ended_at) on record.reading_choice to po_patient;

create policy own_requests on record.older_request for select to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and account_id = current_setting('app.account')::uuid);
create policy ask on record.older_request for insert to po_patient
  with check (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and account_id = current_setting('app.account')::uuid
    and state = 'waiting');
create policy withdraw on record.older_request for update to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and account_id = current_setting('app.account')::uuid
    and state = 'waiting')
  with check (state = 'withdrawn');
grant select, insert on record.older_request to po_patient;
grant update (state, decided_at) on record.older_request to po_patient;

-- What is withheld from the patient of this transaction, and by which switch: one patient's own
-- setting wins over the practice's.
create view access.published_own_area with (security_barrier) as
select own.practice, own.area, 'patient' as withheld_by
from access.patient_area own
where own.practice = current_setting('app.practice')
  and own.patient_id = current_setting('app.patient')::uuid
  and own.is_withheld
union all
select common.practice, common.area, 'practice'
from access.practice_area common
where common.practice = current_setting('app.practice')
  and common.is_withheld
  and not exists (
    select
    from access.patient_area own
    where own.practice = common.practice
      and own.patient_id = current_setting('app.patient')::uuid
      and own.area = common.area);

-- The choices that bear on this reader: what is to be told in person on everybody, what is kept
-- private on everybody but the patient. An unknown reader is not the patient.
create view record.published_own_choice with (security_barrier) as
select choice.practice, choice.choice, choice.subject, choice.chosen_at
from record.reading_choice choice
where choice.practice = current_setting('app.practice')
  and choice.patient_id = current_setting('app.patient')::uuid
  and choice.ended_at is null
  and (choice.choice = 'tell-in-person'
    or not exists (
      select
      from access.published_self self
      where self.practice = choice.practice
        and self.patient_id = choice.patient_id));

-- The choices of all: only where there is one are the subjects of a patient's entries read.
create view record.choice_in_force with (security_barrier) as
select choice.practice, choice.patient_id, choice.choice, choice.subject, choice.chosen_at
from record.reading_choice choice
where choice.practice = current_setting('app.practice')
  and choice.ended_at is null;
grant select on access.published_own_area, record.published_own_choice to po_patient;
grant select on record.choice_in_force to po_staff, po_worker;

-- The codes that decide whether there is online access at all (RA-8). Read at every request, so
-- there are only as many rows in the index as there are such codes.
create index entry_access_code on record.entry (practice, patient_id)
  where codings @> '[{"code": "1364731000000104"}]'
    or codings @> '[{"code": "1364751000000106"}]'
    or codings @> '[{"code": "1290331000000103"}]';

-- For each patient with such a code: since when a review is asked for, where the later of the two
-- codes asks for it (on one date, the one that asks counts) and nobody has looked since, and since
-- when access is declined.
create view record.published_access_code with (security_barrier) as
select found.practice, found.patient_id,
  case when max(found.at) filter (where found.asks)
      >= coalesce(max(found.at) filter (where found.clears), '-infinity')
      and max(found.stored_at) filter (where found.asks) > coalesce((
        select max(task.done_at)
        from record.access_task task
        where task.practice = found.practice
          and task.patient_id = found.patient_id), '-infinity')
    then max(found.stored_at) filter (where found.asks) end as review_asked_at,
  max(found.stored_at) filter (where found.declines) as declined_at
from (
  select entry.practice, entry.patient_id, entry.stored_at,
    coalesce(entry.clinical_at, entry.recorded_at) as at,
    entry.codings @> '[{"code": "1364731000000104"}]' as asks,
    entry.codings @> '[{"code": "1364751000000106"}]' as clears,
    entry.codings @> '[{"code": "1290331000000103"}]' as declines
  from record.entry
  where entry.practice = current_setting('app.practice')
    and (entry.codings @> '[{"code": "1364731000000104"}]'
      or entry.codings @> '[{"code": "1364751000000106"}]'
      or entry.codings @> '[{"code": "1290331000000103"}]')
    and entry.closed_at is null
    and not ('entered-in-error' = any (entry.markers))
) found
group by found.practice, found.patient_id;

create view record.published_own_access_code with (security_barrier) as
select code.practice, code.patient_id, code.review_asked_at, code.declined_at
from record.published_access_code code
where code.practice = current_setting('app.practice')
  and code.patient_id = current_setting('app.patient')::uuid;
grant select on record.published_access_code to po_staff, po_worker;
grant select on record.published_own_access_code to po_patient;

-- What an entry is about, for patients who made a choice: read by a job after each change of their
-- record. Only entries that touch on a subject have a row; what could not be read touches on all.
create table record.entry_subject (
  practice    text not null,
  entry_id    uuid not null,
  patient_id  uuid not null,
  subjects    text[] not null check (subjects <> '{}'),
  primary key (practice, entry_id),
  foreign key (practice, entry_id) references record.entry (practice, entry_id)
);
create index entry_subject_by_patient on record.entry_subject (practice, patient_id);

-- Gone from the moment a record changes until it was read again: without it nothing is known, and
-- every entry counts as touching on everything.
create table record.subject_reading (
  practice    text not null references directory.practice,
  patient_id  uuid not null,
  read_at     timestamptz not null,
  primary key (practice, patient_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);

-- Somebody told the patient, or saw that there is nothing to tell.
create table record.told (
  practice      text not null,
  entry_id      uuid not null,
  content_hash  text not null,
  patient_id    uuid not null,
  told_at       timestamptz not null,
  told_by       uuid not null,
  primary key (practice, entry_id, content_hash),
  foreign key (practice, entry_id) references record.entry (practice, entry_id),
  foreign key (practice, told_by) references directory.staff (practice, staff_id)
);

do $$
declare name text;
begin
  foreach name in array array['entry_subject', 'subject_reading', 'told'] loop
    execute format('alter table record.%I enable row level security', name);
    execute format('alter table record.%I force row level security', name);
    execute format('create policy own_practice on record.%I
      to patient_online_owner, po_staff, po_worker
      using (practice = current_setting(''app.practice''))', name);
  end loop;
end $$;
grant select on record.entry_subject, record.subject_reading, record.told to po_staff, po_worker;
grant insert on record.told to po_staff;
grant insert, delete on record.entry_subject, record.subject_reading to po_worker;

-- What this reader sees: released, in no part withheld, and against no choice of the patient's.
-- Patient-facing reads have no other door.
create view record.shown_entry with (security_barrier) as
select
  entry.practice, entry.entry_id, entry.patient_id, entry.source, entry.source_key, entry.kind,
  entry.title, entry.code_system, entry.code,
  entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
  entry.value_number, entry.value_comparator, entry.value_text, entry.unit,
  entry.range_low, entry.range_high, entry.range_text,
  entry.text, entry.author, entry.organisation,
  entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash,
  coalesce(entry.filed_at, entry.recorded_at) as written_at
from record.released_entry entry
where not (
    case
      when entry.kind in ('medication', 'issue') then 'medicines'
      when entry.kind = 'allergy' then 'allergies'
      when entry.kind = 'problem' then 'problems'
      when entry.kind in ('result', 'result-group', 'report') then 'results'
      when entry.kind in ('consultation', 'topic', 'heading') then 'consultations'
      when entry.kind = 'note' and entry.encounter_key is not null then 'consultations'
      when entry.kind = 'immunisation' then 'immunisations'
      when entry.kind = 'document' then 'documents'
      when entry.kind = 'referral' then 'referrals'
      else 'measurements'
    end = any ((
      select coalesce(array_agg(area.area), '{}')
      from access.published_own_area area)::text[]))
  and ((select not exists (select from record.published_own_choice))
    or not exists (
      select
      from record.published_own_choice choice
      join record.entry kept
        on kept.practice = entry.practice
        and kept.entry_id = entry.entry_id
      left join record.subject_reading reading
        on reading.practice = entry.practice
        and reading.patient_id = entry.patient_id
      left join record.entry_subject subject
        on subject.practice = entry.practice
        and subject.entry_id = entry.entry_id
      where choice.practice = entry.practice
        and (reading.patient_id is null or choice.subject = any (subject.subjects))
        and (choice.choice = 'keep-private'
          or (kept.stored_at >= choice.chosen_at
            and not exists (
              select
              from record.told
              where told.practice = kept.practice
                and told.entry_id = kept.entry_id
                and told.content_hash = kept.content_hash)))));

create view record.shown_document with (security_barrier) as
select document.practice, document.entry_id, document.content_type, document.bytes
from record.released_document document
join record.shown_entry entry
  on entry.practice = document.practice
  and entry.entry_id = document.entry_id
where document.practice = current_setting('app.practice');

-- Which shown entries belong to which shown condition. A link to or from what is not shown is not
-- there.
create view record.shown_problem_link with (security_barrier) as
with shown as materialized (
  select practice, patient_id, entry_id, source, source_key, kind
  from record.shown_entry
  where practice = current_setting('app.practice')
)
select entry.practice, entry.patient_id, entry.entry_id, problem.entry_id as problem_id
from shown entry
join record.entry kept
  on kept.practice = entry.practice
  and kept.entry_id = entry.entry_id
cross join lateral jsonb_to_recordset(kept.links) as link (relation text, key text)
join shown problem
  on problem.practice = entry.practice
  and problem.patient_id = entry.patient_id
  and problem.source = entry.source
  and problem.source_key = link.key
where link.relation = 'problem'
  and problem.kind = 'problem';

revoke select on record.released_entry, record.released_document from po_patient;
grant select on record.shown_entry, record.shown_document, record.shown_problem_link to po_patient;

create or replace view record.published_released_medication with (security_barrier) as
select practice, entry_id, patient_id, source, source_key, kind, parent_key, title,
  clinical_at, recorded_at, detail, code
from record.shown_entry
where kind in ('medication', 'issue');

-- What staff are to tell patients in person: released, and kept back by a choice alone.
create view record.to_tell with (security_barrier) as
select kept.practice, kept.patient_id, kept.entry_id, kept.content_hash, kept.kind, kept.title,
  kept.stored_at, coalesce(kept.filed_at, kept.recorded_at) as written_at,
  array_agg(choice.subject order by choice.subject) as subjects,
  bool_or(reading.patient_id is null) as is_unread
from record.entry kept
join record.choice_in_force choice
  on choice.practice = kept.practice
  and choice.patient_id = kept.patient_id
  and choice.choice = 'tell-in-person'
  and kept.stored_at >= choice.chosen_at
join lateral (
  select decision.outcome, decision.content_hash
  from record.disclosure_decision decision
  where decision.practice = kept.practice
    and decision.entry_id = kept.entry_id
  order by decision.decision_no desc
  limit 1
) latest on true
left join record.subject_reading reading
  on reading.practice = kept.practice
  and reading.patient_id = kept.patient_id
left join record.entry_subject subject
  on subject.practice = kept.practice
  and subject.entry_id = kept.entry_id
where kept.practice = current_setting('app.practice')
  and latest.outcome = 'released'
  and latest.content_hash = kept.content_hash
  and kept.markers = '{}'
  and kept.closed_at is null
  and (reading.patient_id is null or choice.subject = any (subject.subjects))
  and not exists (
    select
    from record.told
    where told.practice = kept.practice
      and told.entry_id = kept.entry_id
      and told.content_hash = kept.content_hash)
group by kept.practice, kept.patient_id, kept.entry_id, kept.content_hash, kept.kind, kept.title,
  kept.stored_at, kept.filed_at, kept.recorded_at;
grant select on record.to_tell to po_staff;
