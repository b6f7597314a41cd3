-- When a registration ends, by hand or by import, sign-ins that lead to the patient end with it. And a
-- second step before the record: proving again who one is, some minutes before it is read.

create index sign_in_by_subject on accounts.sign_in (practice, subject_id)
  where ended_at is null;
grant usage on schema accounts to po_worker;
grant select (practice, subject_id, ended_at) on accounts.sign_in to po_worker;
grant update (ended_at) on accounts.sign_in to po_worker;

-- `second_step_minutes` is what holds where a patient chose nothing; 0 for no second step.
alter table access.policy no force row level security;
alter table access.policy
  add column second_step_minutes integer not null default 0
    check (second_step_minutes between 0 and 720);
alter table access.policy force row level security;
grant select (second_step_minutes) on access.policy to po_patient;

-- What a patient chose instead. Holds for everybody who reads their record online.
create table access.second_step (
  practice    text not null references directory.practice,
  patient_id  uuid not null,
  minutes     integer not null check (minutes between 0 and 720),
  chosen_at   timestamptz not null,
  primary key (practice, patient_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);
alter table access.second_step enable row level security;
alter table access.second_step force row level security;
create policy own_practice on access.second_step to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy read_own on access.second_step for select to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid);
create policy choose_own on access.second_step to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and exists (
      select from access.published_self self
      where self.practice = second_step.practice
        and self.patient_id = second_step.patient_id));
grant select, insert, update on access.second_step to po_patient;
grant select on access.second_step to po_staff, po_worker;
