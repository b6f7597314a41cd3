-- What all of a practice would gain, were it to show more of the record: counted by a job, so that it
-- can be left and come back to, and kept as what was known on that day before switching on.

create table record.trial_run (
  practice     text not null references directory.practice,
  run_id       uuid not null,
  begun_at     timestamptz not null,
  begun_by     uuid not null,
  finished_at  timestamptz check (finished_at >= begun_at),
  -- Patients counted so far, those of them whom somebody can see online, and of these, those whose
  -- record asks for a review of access or declines it: they would gain nothing at any level.
  patients     integer not null default 0 check (patients >= 0),
  reached      integer not null default 0 check (reached between 0 and patients),
  paused       integer not null default 0 check (paused between 0 and reached),
  primary key (practice, run_id),
  foreign key (practice, begun_by) references directory.staff (practice, staff_id)
);
create index trial_run_by_time on record.trial_run (practice, begun_at desc, run_id desc);

create table record.trial_total (
  practice  text not null,
  run_id    uuid not null,
  level     text not null check (level in ('summary', 'detailed', 'documents', 'full')),
  relation  text not null check (relation in ('self', 'proxy')),
  section   text not null check (section in ('medicines', 'allergies', 'problems', 'results',
    'consultations', 'immunisations', 'documents', 'referrals', 'measurements')),
  readers   integer not null check (readers > 0),
  entries   bigint not null check (entries > 0),
  primary key (practice, run_id, level, relation, section),
  foreign key (practice, run_id) references record.trial_run (practice, run_id)
);

do $$
declare name text;
begin
  foreach name in array array['trial_run', 'trial_total'] loop
    execute format('alter table record.%I enable row level security', name);
    execute format('alter table record.%I force row level security', name);
    execute format('create policy own_practice on record.%I
      to patient_online_owner, po_staff, po_worker
      using (practice = current_setting(''app.practice''))', name);
  end loop;
end $$;
grant select on record.trial_run, record.trial_total to po_staff, po_worker;
grant insert on record.trial_run to po_staff;
grant update (finished_at, patients, reached, paused) on record.trial_run to po_worker;
grant insert on record.trial_total to po_worker;
grant update (readers, entries) on record.trial_total to po_worker;
