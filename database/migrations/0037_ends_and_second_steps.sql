-- When a registration ends, by hand or by import, sign-ins that lead to the patient end with it.

create index sign_in_by_subject on accounts.sign_in (practice, subject_id)
  where ended_at is null;
grant usage on schema accounts to po_worker;
grant select (practice, subject_id, ended_at) on accounts.sign_in to po_worker;
grant update (ended_at) on accounts.sign_in to po_worker;
