-- Letters that came in before their words were kept are read by jobs: which reader began to, at each
-- practice, so that what it could not read is not tried again whenever the service starts.

create table record.letter_run (
  practice  text not null references directory.practice,
  reader    text not null,
  begun_at  timestamptz not null,
  primary key (practice, reader)
);
alter table record.letter_run enable row level security;
alter table record.letter_run force row level security;
create policy own_practice on record.letter_run to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
grant select, insert on record.letter_run to po_worker;
