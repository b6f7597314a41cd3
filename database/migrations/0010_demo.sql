-- Demo: which practices were made up, from what, and whether they are whole. Lets a run that was
-- killed be finished as it was begun, and keeps a real practice from being filled.

create schema demo;
grant usage on schema demo to po_worker;

create table demo.made_practice (
  practice      text primary key references directory.practice,
  seed          bigint not null,
  patients      integer not null check (patients > 0),
  made_on       date not null,
  completed_at  timestamptz
);

alter table demo.made_practice enable row level security;
alter table demo.made_practice force row level security;
create policy own_practice on demo.made_practice to patient_online_owner, po_worker
  using (practice = current_setting('app.practice'));

grant select, insert on demo.made_practice to po_worker;
grant update (completed_at) on demo.made_practice to po_worker;
