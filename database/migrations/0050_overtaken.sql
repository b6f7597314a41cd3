-- A booking that claimed a slot and found its patient's place, time or key taken must not be
-- committed, and is sent together with its commit: it fails by itself.
create function appointments.overtaken() returns boolean
language plpgsql volatile set search_path = pg_catalog
as $$
begin
  raise exception 'the patient''s place, time or key was taken meanwhile' using errcode = 'PO001';
end $$;
revoke execute on function appointments.overtaken() from public;
grant execute on function appointments.overtaken() to po_patient, po_staff, po_worker;
