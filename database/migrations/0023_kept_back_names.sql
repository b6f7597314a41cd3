-- The kind of an appointment can say what its consultation would: where that is withheld or hidden,
-- the patient's pages call the appointments of that day just that (RD-8).

alter table appointments.appointment no force row level security;
alter table appointments.appointment add column kind_kept_back boolean not null default false;
alter table appointments.appointment force row level security;

-- For the worker that gives appointments their names, and for nobody else: days on which something
-- of a consultation is kept back by staff.
create view record.published_kept_back_day with (security_barrier) as
select distinct entry.practice, entry.patient_id,
  (entry.clinical_at at time zone 'Europe/London')::date as kept_back_on
from record.entry
join lateral (
  select decision.outcome, decision.decided_by, decision.proposes
  from record.disclosure_decision decision
  where decision.practice = entry.practice
    and decision.entry_id = entry.entry_id
  order by decision.decision_no desc
  limit 1
) latest on latest.outcome in ('withheld', 'hidden')
  or (latest.outcome = 'held' and latest.decided_by = 'staff')
where entry.practice = current_setting('app.practice')
  and (entry.kind = 'consultation' or entry.encounter_key is not null)
  and entry.clinical_precision in ('day', 'minute')
  and entry.closed_at is null;
grant select on record.published_kept_back_day to po_worker;
