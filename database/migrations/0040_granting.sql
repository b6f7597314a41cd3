-- Patients let somebody act for them, as far as their practice leaves it to them: an invitation with
-- a code used once, what staff say of it, and less for parents step by step as a child grows up.

alter table directory.patient no force row level security;
alter table directory.staff no force row level security;
alter table access.proxy no force row level security;

-- Without a row: staff confirm, and staff are shown to patients by their work, not by name.
create table access.sharing_policy (
  practice        text primary key references directory.practice,
  patients_grant  text not null check (patients_grant in ('off', 'confirm', 'alone')),
  names_staff     boolean not null,
  changed_at      timestamptz not null,
  changed_by      uuid not null,
  foreign key (practice, changed_by) references directory.staff (practice, staff_id)
);

-- Somebody whom a patient invited to act for them. It opens once it was accepted and, where the
-- practice wants that, confirmed, and nobody closed it.
create table access.invitation (
  practice          text not null references directory.practice,
  invitation_id     uuid not null,
  patient_id        uuid not null,
  given_name        text not null check (given_name <> '' and length(given_name) <= 100),
  family_name       text not null check (family_name <> '' and length(family_name) <= 100),
  born_on           date not null,
  relationship      text not null
    check (relationship in ('parent', 'partner', 'child', 'family', 'friend', 'other')),
  appointments      text not null check (appointments in ('none', 'view', 'manage')),
  prescriptions     text not null check (prescriptions in ('none', 'view', 'manage')),
  record_current    text not null
    check (record_current in ('none', 'summary', 'detailed', 'documents', 'full')),
  record_historical text not null
    check (record_historical in ('none', 'summary', 'detailed', 'documents', 'full')),
  record_areas      text[] not null check (record_areas <@ '{medicines,allergies,problems,results,consultations,immunisations,documents,referrals,measurements}'::text[]),
  private_subjects  text[] not null check (private_subjects <@ '{cancer,pregnancy,genetic,mental-health,sexual-health,alcohol-drugs}'::text[]),
  ends_on           date,
  code_hash         text not null,
  made_at           timestamptz not null,
  expires_at        timestamptz not null check (expires_at > made_at),
  wrong_tries       integer not null default 0 check (wrong_tries >= 0),
  account_id        uuid,
  identity_method   text,
  accepted_at       timestamptz check (accepted_at >= made_at),
  confirmed_at      timestamptz check (confirmed_at >= made_at),
  confirmed_by      uuid,
  closed_at         timestamptz check (closed_at >= made_at),
  closed_why        text check (closed_why in ('withdrawn', 'refused', 'tried', 'not-open')),
  is_told           boolean not null default true,
  opened_at         timestamptz,
  primary key (practice, invitation_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id),
  foreign key (practice, confirmed_by) references directory.staff (practice, staff_id),
  constraint accepted_by_an_account check ((accepted_at is null) = (account_id is null)),
  constraint closed_for_a_reason check ((closed_at is null) = (closed_why is null)),
  constraint opened_once_accepted check (
    opened_at is null or (accepted_at is not null and closed_at is null))
);
create unique index invitation_by_code on access.invitation (practice, code_hash);
create index invitation_by_patient on access.invitation (practice, patient_id, made_at desc);
create index invitation_waiting on access.invitation (practice, made_at, invitation_id)
  where opened_at is null and closed_at is null;

-- What the patient decided alone was decided by nobody of the staff.
alter table access.proxy
  alter column decided_by drop not null,
  drop constraint proxy_evidence_check,
  add constraint proxy_evidence_check check (evidence in (
    'patient-in-person', 'patient-by-phone', 'birth-certificate', 'court-order', 'registered-power',
    'clinician-assessment', 'record', 'none', 'patient-online')),
  add constraint decided_by_someone check (decided_by is not null or evidence = 'patient-online');

-- Less from a day on, decided beforehand: the day's work does it, and it never gives more.
create table access.proxy_step (
  practice           text not null references directory.practice,
  proxy_id           uuid not null,
  from_day           date not null,
  appointments       text not null check (appointments in ('none', 'view', 'manage')),
  prescriptions      text not null check (prescriptions in ('none', 'view', 'manage')),
  record_current     text not null
    check (record_current in ('none', 'summary', 'detailed', 'documents', 'full')),
  planned_at         timestamptz not null,
  planned_by         uuid not null,
  done_at            timestamptz,
  primary key (practice, proxy_id, from_day),
  foreign key (practice, proxy_id) references access.proxy (practice, proxy_id),
  foreign key (practice, planned_by) references directory.staff (practice, staff_id)
);
create index proxy_step_due on access.proxy_step (practice, from_day, proxy_id)
  where done_at is null;
create index proxy_to_review on access.proxy (practice, review_on) where state = 'allowed';

alter table directory.patient force row level security;
alter table directory.staff force row level security;
alter table access.proxy force row level security;

do $$
declare name text;
begin
  foreach name in array array['sharing_policy', 'invitation', 'proxy_step'] loop
    execute format('alter table access.%I enable row level security', name);
    execute format('alter table access.%I force row level security', name);
    execute format('create policy own_practice on access.%I
      to patient_online_owner, po_staff, po_worker
      using (practice = current_setting(''app.practice''))', name);
  end loop;
  foreach name in array array['sharing_policy', 'invitation'] loop
    execute format('create policy own_practice_joining on access.%I to po_joiner
      using (practice = current_setting(''app.practice''))', name);
  end loop;
end $$;
create policy own_practice_read on access.sharing_policy for select to po_patient
  using (practice = current_setting('app.practice'));

-- Invitations are the patient's own: nobody who acts for them sees, makes or ends one, and nobody
-- accepts, confirms or opens one for them here.
create policy own_invitations on access.invitation for select to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and exists (
      select from access.published_self self
      where self.practice = invitation.practice
        and self.patient_id = invitation.patient_id));
create policy invite on access.invitation for insert to po_patient
  with check (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and exists (
      select from access.published_self self
      where self.practice = invitation.practice
        and self.patient_id = invitation.patient_id));
create policy withdraw on access.invitation for update to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and closed_at is null
    and opened_at is null
    and exists (
      select from access.published_self self
      where self.practice = invitation.practice
        and self.patient_id = invitation.patient_id))
  with check (closed_why = 'withdrawn');

grant select on access.sharing_policy to po_patient, po_staff, po_worker, po_joiner;
grant insert, update on access.sharing_policy to po_staff;
grant select (practice, invitation_id, patient_id, given_name, family_name, relationship,
  appointments, prescriptions, record_current, record_historical, record_areas, private_subjects, ends_on, made_at,
  expires_at, accepted_at, confirmed_at, closed_at, closed_why, is_told, opened_at)
  on access.invitation to po_patient;
grant insert (practice, invitation_id, patient_id, given_name, family_name, born_on, relationship,
  appointments, prescriptions, record_current, record_historical, record_areas, private_subjects, ends_on, code_hash,
  made_at, expires_at) on access.invitation to po_patient;
grant update (closed_at, closed_why) on access.invitation to po_patient;
grant select on access.invitation to po_staff, po_worker, po_joiner;
grant update (confirmed_at, confirmed_by, closed_at, closed_why, is_told)
  on access.invitation to po_staff;
grant update (account_id, identity_method, accepted_at, wrong_tries, closed_at, closed_why)
  on access.invitation to po_joiner;
grant update (opened_at, closed_at, closed_why) on access.invitation to po_worker;
grant insert on access.proxy to po_worker;

-- What an accepted invitation opens is opened by a job; whoever accepts may ask for that job alone.
create policy ask_to_open on jobs.job for insert to po_joiner
  with check (practice = current_setting('app.practice')
    and kind = 'access.open-invitation');
grant insert on jobs.job to po_joiner;

grant select, insert, delete on access.proxy_step to po_staff;
grant select on access.proxy_step to po_worker;
grant update (done_at) on access.proxy_step to po_worker;
-- From 16 on a young person's own word replaces parental responsibility.
grant update (basis, evidence) on access.proxy to po_staff;
