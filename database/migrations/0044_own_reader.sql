-- Who was once taken for the patient, and now acts for them, is not the patient: the way begun last
-- says. And what a practice counted of older records is the practice's to know, like the patient's
-- choices are theirs.

create or replace view access.published_self with (security_barrier) as
select association.practice, association.patient_id
from access.association
join access.published_own_way way
  on way.practice = association.practice
  and way.association_id = association.association_id
where association.practice = current_setting('app.practice')
  and association.relation = 'self';

revoke select on record.older_request from po_patient;
grant select (practice, request_id, patient_id, account_id, asked_at, reason, state, decided_at,
  answer) on record.older_request to po_patient;

drop policy own_choices on record.reading_choice;
create policy own_choices on record.reading_choice for select to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and exists (
      select
      from access.published_self self
      where self.practice = reading_choice.practice
        and self.patient_id = reading_choice.patient_id));
