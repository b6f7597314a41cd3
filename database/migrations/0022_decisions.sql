-- What people decide about entries: in whose queue each waits, a release by two people, a part of an
-- entry for the patient, hiding until a day, recalls, second readings, what patients ask for, and
-- what is to be looked at since a record asks for a review of access.

-- The owner sees every practice while it adds to tables that are filled.
alter table record.disclosure_decision no force row level security;
alter table directory.staff no force row level security;

alter table record.disclosure_decision
  drop constraint disclosure_decision_outcome_check,
  drop constraint disclosure_decision_ground_check,
  -- Whose queue a held entry waits in.
  add column lane text check (lane in ('clerk', 'clinician', 'safeguarding-lead', 'ig-lead')),
  -- Held for safeguarding, law or the safety of staff: released by two different people.
  add column needs_two boolean not null default false,
  -- Not shown still, and one person would release it.
  add column proposes boolean not null default false,
  -- Who proposed the release that the second person made.
  add column first_staff_id uuid,
  -- What the patient is shown in place of the entry's words; absent for the whole entry.
  add column patient_copy jsonb,
  -- What ends a hiding before its day.
  add column awaits text check (awaits in ('day', 'told', 'result', 'answer')),
  add constraint disclosure_decision_outcome_check
    check (outcome in ('held', 'released', 'withheld', 'hidden')),
  add constraint disclosure_decision_ground_check check (ground in (
    'serious-harm', 'third-party', 'safeguarding-or-legal', 'patient-request', 'wrong-patient')),
  add constraint hidden_until_a_day check (
    outcome <> 'hidden' or (awaits is not null and review_on is not null and staff_id is not null)),
  add constraint sensitive_release_by_two check (
    outcome <> 'released' or not needs_two
    or (staff_id is not null and first_staff_id is not null and first_staff_id <> staff_id)),
  add constraint proposed_while_not_shown check (
    not proposes or (outcome <> 'released' and staff_id is not null)),
  add constraint copy_by_a_person check (
    patient_copy is null or (decided_by = 'staff' and (outcome = 'released' or proposes))),
  add foreign key (practice, first_staff_id) references directory.staff (practice, staff_id),
  -- After content was held in a way that takes two, nobody releases it alone, whatever is said then.
  add constraint sensitive_hold_ends_by_two exclude using gist (
    practice with =, entry_id with =, content_hash with =,
    int4range(decision_no, case when outcome = 'released' then decision_no + 1 end) with &&,
    (case when outcome = 'released' then 1 else 0 end) with <>)
    where ((needs_two and outcome <> 'released')
      or (outcome = 'released' and decided_by = 'staff' and first_staff_id is null));

alter table record.disclosure_decision force row level security;
alter table directory.staff force row level security;

drop index record.decision_held;
-- What was held before there were lanes waits for a clinician.
create index decision_held
  on record.disclosure_decision (practice, (coalesce(lane, 'clinician')), decided_at, entry_id)
  where outcome = 'held';
create index decision_proposed on record.disclosure_decision (practice, decided_at, entry_id)
  where proposes;
drop index record.decision_withheld;
create index decision_to_review on record.disclosure_decision (practice, review_on, entry_id)
  where outcome in ('withheld', 'hidden');
create index decision_by_staff
  on record.disclosure_decision (practice, decided_at, entry_id, decision_no)
  where decided_by = 'staff';

-- As before, and where a person released a part, the words of that part alone: nothing of the
-- entry's own words can be read through it then, nor a document's bytes.
create or replace view record.released_entry with (security_barrier) as
select
  entry.practice, entry.entry_id, entry.patient_id, entry.source, entry.source_key, entry.kind,
  case when latest.patient_copy is null then entry.title
    else coalesce(latest.patient_copy ->> 'title', '') end as title,
  case when latest.patient_copy is null then entry.code_system
    else latest.patient_copy ->> 'codeSystem' end as code_system,
  case when latest.patient_copy is null then entry.code
    else latest.patient_copy ->> 'code' end as code,
  entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
  entry.value_number, entry.value_comparator,
  case when latest.patient_copy is null then entry.value_text
    else latest.patient_copy ->> 'valueText' end as value_text,
  case when latest.patient_copy is null then entry.unit
    else latest.patient_copy ->> 'unit' end as unit,
  entry.range_low, entry.range_high,
  case when latest.patient_copy is null then entry.range_text
    else latest.patient_copy ->> 'rangeText' end as range_text,
  case when latest.patient_copy is null then entry.text
    else latest.patient_copy ->> 'text' end as text,
  case when latest.patient_copy is null then entry.author
    else latest.patient_copy ->> 'author' end as author,
  case when latest.patient_copy is null then entry.organisation
    else latest.patient_copy ->> 'organisation' end as organisation,
  entry.encounter_key, entry.parent_key, entry.position,
  case when latest.patient_copy is null then entry.detail
    else coalesce(latest.patient_copy -> 'detail', '{}') end as detail,
  case when latest.patient_copy is null then entry.document_hash end as document_hash
from record.entry
join lateral (
  select decision.outcome, decision.content_hash, decision.patient_copy
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

-- What a practice decided for itself. Without a row: parts may be released, 2 in 100 are read again.
create table record.disclosure_setting (
  practice            text primary key references directory.practice,
  whole_entries_only  boolean not null,
  sample_percent      integer not null check (sample_percent between 1 and 100),
  changed_at          timestamptz not null,
  changed_by          uuid not null,
  foreign key (practice, changed_by) references directory.staff (practice, staff_id)
);

-- How many decisions the rules made when records were stored, for the held share.
create table record.screening_count (
  practice    text not null references directory.practice,
  count_id    uuid not null,
  counted_at  timestamptz not null,
  released    integer not null check (released >= 0),
  held        integer not null check (held >= 0),
  primary key (practice, count_id)
);
create index screening_count_by_time on record.screening_count (practice, counted_at);

-- Something that was shown and should not have been: hidden again, and an incident until it is closed.
create table record.recall (
  practice     text not null references directory.practice,
  recall_id    uuid not null,
  entry_id     uuid not null,
  patient_id   uuid not null,
  recalled_at  timestamptz not null,
  recalled_by  uuid not null,
  cause        text not null check (cause in (
    'harm', 'third-party', 'safeguarding', 'wrong-patient', 'too-early', 'patient-asked', 'other')),
  released_at  timestamptz not null,
  released_by  text not null check (released_by in ('ruleset', 'staff')),
  rules        text[] not null,
  closed_at    timestamptz check (closed_at >= recalled_at),
  closed_by    uuid,
  conclusion   text check (conclusion in ('no-harm', 'patient-told', 'reported', 'not-needed')),
  note         text check (length(note) <= 500),
  primary key (practice, recall_id),
  foreign key (practice, entry_id) references record.entry (practice, entry_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, recalled_by) references directory.staff (practice, staff_id),
  foreign key (practice, closed_by) references directory.staff (practice, staff_id),
  constraint closed_with_a_conclusion check (
    (closed_at is null) = (closed_by is null) and (closed_at is null) = (conclusion is null))
);
create index recall_by_time on record.recall (practice, recalled_at desc, recall_id);

-- A person read again what was released, or what changed rules would hold.
create table record.second_reading (
  practice      text not null references directory.practice,
  entry_id      uuid not null,
  content_hash  text not null,
  why           text not null check (why in ('sample', 'new-rules')),
  picked_at     timestamptz not null,
  read_at       timestamptz check (read_at >= picked_at),
  read_by       uuid,
  is_safe       boolean,
  primary key (practice, entry_id, content_hash),
  foreign key (practice, entry_id) references record.entry (practice, entry_id),
  foreign key (practice, read_by) references directory.staff (practice, staff_id),
  constraint read_by_someone check (
    (read_at is null) = (read_by is null) and (read_at is null) = (is_safe is null))
);
create index second_reading_open on record.second_reading (practice, picked_at, entry_id)
  where read_at is null;

-- The rules that a practice's record was last read by, and how far a new reading has come.
create table record.ruleset_run (
  practice     text not null references directory.practice,
  ruleset      text not null,
  started_at   timestamptz not null,
  finished_at  timestamptz check (finished_at >= started_at),
  patients     integer not null default 0 check (patients >= 0),
  held         integer not null default 0 check (held >= 0),
  queued       integer not null default 0 check (queued >= 0),
  primary key (practice, ruleset)
);

-- A record asks for an enhanced review while somebody sees it online (RA-8).
create table record.access_task (
  practice    text not null references directory.practice,
  task_id     uuid not null,
  patient_id  uuid not null,
  raised_at   timestamptz not null,
  done_at     timestamptz check (done_at >= raised_at),
  done_by     uuid,
  conclusion  text check (conclusion in ('access-kept', 'access-lowered', 'access-ended')),
  primary key (practice, task_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, done_by) references directory.staff (practice, staff_id),
  constraint done_by_someone check (
    (done_at is null) = (done_by is null) and (done_at is null) = (conclusion is null))
);
create unique index access_task_one_open on record.access_task (practice, patient_id)
  where done_at is null;

-- What a person asks of the practice about what is shown, with the day by which it answers (RD-11).
create table record.review_request (
  practice     text not null references directory.practice,
  request_id   uuid not null,
  patient_id   uuid not null,
  account_id   uuid not null,
  asked_as     text not null check (asked_as in ('self', 'proxy')),
  kind         text not null check (kind in ('missing', 'copy', 'wrong', 'hide')),
  words        text not null check (length(words) between 1 and 1000),
  asked_at     timestamptz not null,
  due_on       date not null,
  answered_at  timestamptz check (answered_at >= asked_at),
  answered_by  uuid,
  outcome      text check (outcome in (
    'shown', 'copy-given', 'corrected', 'hidden', 'no-more', 'to-discuss')),
  answer       text check (length(answer) <= 1000),
  primary key (practice, request_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, answered_by) references directory.staff (practice, staff_id),
  constraint answered_by_someone check (
    (answered_at is null) = (answered_by is null) and (answered_at is null) = (outcome is null))
);
create index review_request_open on record.review_request (practice, due_on, request_id)
  where answered_at is null;
create index review_request_by_account
  on record.review_request (practice, patient_id, account_id, asked_at);

-- A question to the patient about one entry: may it be shown? For their own account alone.
create table record.patient_question (
  practice     text not null references directory.practice,
  question_id  uuid not null,
  entry_id     uuid not null,
  patient_id   uuid not null,
  account_id   uuid not null,
  asked_at     timestamptz not null,
  asked_by     uuid not null,
  about        text not null check (about in (
    'letter', 'result', 'appointment', 'medicine', 'something')),
  happened_on  date,
  answered_at  timestamptz check (answered_at >= asked_at),
  answer       text check (answer in ('show', 'keep-off', 'talk')),
  primary key (practice, question_id),
  foreign key (practice, entry_id) references record.entry (practice, entry_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, asked_by) references directory.staff (practice, staff_id),
  constraint answered_with_an_answer check ((answered_at is null) = (answer is null))
);
create unique index patient_question_one_open on record.patient_question (practice, entry_id)
  where answered_at is null;
create index patient_question_by_account
  on record.patient_question (practice, patient_id, account_id, asked_at);

do $$
declare name text;
begin
  foreach name in array array['disclosure_setting', 'screening_count', 'recall', 'second_reading',
    'ruleset_run', 'access_task', 'review_request', 'patient_question'] loop
    execute format('alter table record.%I enable row level security', name);
    execute format('alter table record.%I force row level security', name);
    execute format('create policy own_practice on record.%I
      to patient_online_owner, po_staff, po_worker
      using (practice = current_setting(''app.practice''))', name);
  end loop;
  foreach name in array array['review_request', 'patient_question'] loop
    execute format('create policy own_account on record.%I to po_patient
      using (practice = current_setting(''app.practice'')
        and patient_id = current_setting(''app.patient'')::uuid
        and account_id = current_setting(''app.account'')::uuid)', name);
  end loop;
end $$;

grant select on record.disclosure_setting, record.screening_count, record.recall,
  record.second_reading, record.ruleset_run, record.access_task, record.review_request,
  record.patient_question to po_staff, po_worker;
grant insert, update on record.disclosure_setting to po_staff;
grant insert on record.screening_count to po_worker;
grant insert on record.recall to po_staff;
grant update (closed_at, closed_by, conclusion, note) on record.recall to po_staff;
grant insert on record.second_reading to po_worker;
grant update (read_at, read_by, is_safe) on record.second_reading to po_staff;
grant insert, update on record.ruleset_run to po_worker;
grant insert on record.access_task to po_worker;
grant update (done_at, done_by, conclusion) on record.access_task to po_staff;
grant update (answered_at, answered_by, outcome, answer) on record.review_request to po_staff;
grant select (practice, request_id, patient_id, account_id, asked_as, kind, words, asked_at, due_on,
  answered_at, outcome, answer) on record.review_request to po_patient;
grant insert (practice, request_id, patient_id, account_id, asked_as, kind, words, asked_at, due_on)
  on record.review_request to po_patient;
grant insert on record.patient_question to po_staff;
-- Which entry a question is about is the practice's to know.
grant select (practice, question_id, patient_id, account_id, asked_at, about, happened_on,
  answered_at, answer) on record.patient_question to po_patient;
grant update (answered_at, answer) on record.patient_question to po_patient;
