-- Joiners, movers and leavers: managers add staff, change their roles and end their work here. The
-- sign-in itself belongs to accounts; a joining code stands in for it once, until it is set up.

alter table directory.staff
  add column joined_on date,
  add column leaves_on date;

grant insert on directory.staff to po_staff;
grant update (name, job_title, roles, sees_patients, active, leaves_on) on directory.staff to po_staff;
create index staff_leaving on directory.staff (practice, leaves_on) where leaves_on is not null;

-- Somebody at NHS login who first came without proof, and now turns out to have an account already.
grant update (account_id) on accounts.nhs_login to po_accounts;
grant delete on accounts.link to po_accounts;

-- From when on an account no longer leads there: for staff who will leave on a day.
alter table accounts.link add column ends_at timestamptz;
grant update (ends_at) on accounts.link to po_accounts;
