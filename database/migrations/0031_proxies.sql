-- Acting for another: who was allowed to and why, what they were given and until when, every request
-- with its answer, and what patients are shown of who looked.

-- The owner sees every practice while it adds to tables that are filled.
alter table directory.patient no force row level security;
alter table directory.staff no force row level security;
alter table access.association no force row level security;

-- Somebody who acts, or asked to act, for a patient. Need not be a patient here, or anywhere.
create table access.proxy (
  practice       text not null references directory.practice,
  proxy_id       uuid not null,
  patient_id     uuid not null,
  association_id uuid,
  given_name     text not null check (given_name <> '' and length(given_name) <= 100),
  family_name    text not null check (family_name <> '' and length(family_name) <= 100),
  born_on        date not null,
  relationship   text not null check (relationship in (
    'parent', 'partner', 'child', 'family', 'friend', 'care-worker', 'other')),
  -- For somebody who acts because of their work.
  employer       text check (employer <> '' and length(employer) <= 100),
  registered_at  text check (registered_at ~ '^[A-Z0-9]{3,10}$'),
  basis          text not null check (basis in (
    'consent', 'parental-responsibility', 'lasting-power-of-attorney', 'deputy', 'best-interests')),
  evidence       text not null check (evidence in (
    'patient-in-person', 'patient-by-phone', 'birth-certificate', 'court-order', 'registered-power',
    'clinician-assessment', 'record', 'none')),
  state          text not null check (state in ('refused', 'allowed', 'ended')),
  appointments       text not null check (appointments in ('none', 'view', 'manage')),
  prescriptions      text not null check (prescriptions in ('none', 'view', 'manage')),
  record_current     text not null
    check (record_current in ('none', 'summary', 'detailed', 'documents', 'full')),
  record_historical  text not null
    check (record_historical in ('none', 'summary', 'detailed', 'documents', 'full')),
  -- Whether they see where the patient lives and how to reach them. Not, unless said so (PX-9).
  sees_contact   boolean not null default false,
  decided_at     timestamptz not null,
  decided_by     uuid not null,
  ends_on        date,
  review_on      date,
  end_told_at    timestamptz,
  -- Why refused or ended, for staff alone; and whether those concerned are told (PX-6).
  reason         text check (reason in ('not-necessary', 'not-safe', 'no-basis', 'no-capacity',
    'patient-ended', 'surgery-ended', 'proxy-ended', 'time', 'unused', 'left-employer',
    'registration')),
  is_told        boolean not null,
  primary key (practice, proxy_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, association_id) references access.association (practice, association_id),
  foreign key (practice, decided_by) references directory.staff (practice, staff_id),
  constraint refused_for_a_reason check ((state = 'allowed') = (reason is null)),
  constraint work_has_an_employer check (relationship <> 'care-worker'
    or (employer is not null and ends_on is not null))
);
create index proxy_by_patient on access.proxy (practice, patient_id, decided_at desc);
create index proxy_by_association on access.proxy (practice, association_id)
  where association_id is not null;
create index proxy_to_end on access.proxy (practice, ends_on) where state = 'allowed';

-- When access was last used, noted at most once a day: years without use end it.
create table access.last_use (
  practice        text not null references directory.practice,
  association_id  uuid not null,
  used_on         date not null,
  primary key (practice, association_id),
  foreign key (practice, association_id) references access.association (practice, association_id)
);

-- Which birthdays and ends of a practice were looked at, to the day: catching up begins there.
create table access.daily_run (
  practice  text primary key references directory.practice,
  ran_for   date not null
);

alter table directory.patient force row level security;
alter table directory.staff force row level security;
alter table access.association force row level security;

do $$
declare name text;
begin
  foreach name in array array['access.proxy', 'access.daily_run', 'access.last_use'] loop
    execute format('alter table %s enable row level security', name);
    execute format('alter table %s force row level security', name);
    execute format('create policy own_practice on %s to patient_online_owner, po_staff, po_worker
      using (practice = current_setting(''app.practice''))', name);
  end loop;
end $$;

-- The patient sees who may act for them, and may end it. Who acts for them sees nothing of others.
create policy own_proxies on access.proxy to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and exists (
      select from access.published_self self
      where self.practice = proxy.practice
        and self.patient_id = proxy.patient_id));
create policy own_proxy_facts on access.proxy for select to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and exists (
      select from access.association
      where association.practice = proxy.practice
        and association.association_id = proxy.association_id
        and association.account_id = current_setting('app.account')::uuid));
grant select on access.proxy to po_patient;
grant update (state, reason) on access.proxy to po_patient;
create policy joining_proxy on access.proxy to po_joiner
  using (practice = current_setting('app.practice'));
grant select on access.proxy to po_joiner;
grant update (association_id) on access.proxy to po_joiner;

grant select on access.proxy to po_staff, po_worker;
grant insert on access.proxy to po_staff;
grant update (state, reason, ends_on, review_on, sees_contact, appointments, prescriptions,
  record_current, record_historical, decided_at, decided_by, is_told, end_told_at)
  on access.proxy to po_staff, po_worker;
grant select, insert, update on access.daily_run to po_worker;
grant select on access.last_use to po_staff, po_worker;
grant select, insert on access.last_use to po_patient;
grant update (used_on) on access.last_use to po_patient;
create policy own_use on access.last_use to po_patient
  using (practice = current_setting('app.practice')
    and exists (
      select from access.association own
      where own.practice = last_use.practice
        and own.association_id = last_use.association_id
        and own.account_id = current_setting('app.account')::uuid));

-- The patient, and nobody who acts for them, sees who else may act, and may stop them: never start
-- or resume, and never anything of their own.
create policy own_patients_proxies on access.association for select to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and relation = 'proxy'
    and exists (
      select from access.published_self self
      where self.practice = association.practice
        and self.patient_id = association.patient_id));
create policy own_patients_stop on access.association for update to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and relation = 'proxy'
    and account_id <> current_setting('app.account')::uuid
    and exists (
      select from access.published_self self
      where self.practice = association.practice
        and self.patient_id = association.patient_id))
  with check (relation = 'proxy'
    and account_id <> current_setting('app.account')::uuid
    and (suspended_at is not null or ends_at is not null));
drop policy own_patient on access.association;
create policy own_patient on access.association for select to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and account_id = current_setting('app.account')::uuid);
grant update (ends_at, suspended_at, suspended_why) on access.association to po_patient;

-- Patients said that they do not feel safe sharing, or staff worry: for those who look after it. No
-- patient-facing role reads it.
create table access.concern (
  practice    text not null references directory.practice,
  concern_id  uuid not null,
  patient_id  uuid not null,
  raised_at   timestamptz not null,
  seen_at     timestamptz,
  seen_by     uuid,
  primary key (practice, concern_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, seen_by) references directory.staff (practice, staff_id)
);
create unique index concern_one_open on access.concern (practice, patient_id) where seen_at is null;
alter table access.concern enable row level security;
alter table access.concern force row level security;
create policy own_practice on access.concern to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy raise_own on access.concern for insert to po_patient
  with check (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
grant insert on access.concern to po_patient;
grant select on access.concern to po_staff, po_worker;
grant update (seen_at, seen_by) on access.concern to po_staff;

-- What a patient is shown of who looked: their own trail, without what must not be seen by whoever
-- may stand behind them. Read by the patient alone.
create view access.published_own_trail with (security_barrier) as
select event.practice, event.event_id, event.at, event.type, event.actor_kind, event.actor_id,
  staff.job_title, staff.name as staff_name
from audit.event event
left join directory.staff staff
  on staff.practice = event.practice
  and event.actor_kind = 'staff'
  and staff.staff_id = event.actor_id
where event.practice = current_setting('app.practice')
  and event.patient_id = current_setting('app.patient')::uuid
  and event.outcome = 'done'
  and event.type !~ '(safe|concern|suspend|resum|withheld|withhold|disclosure|hold|redact|screen|recall|decid)'
  and exists (
    select from access.published_self self
    where self.practice = event.practice
      and self.patient_id = event.patient_id);
grant select on access.published_own_trail to po_patient;
