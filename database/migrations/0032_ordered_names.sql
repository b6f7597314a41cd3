-- What a patient ordered follows what they are shown: a medicine of which a part alone was released
-- by the words of that part, and one that they or their practice keep from this reader not at all.
-- One that its source has no more stays by the name it had, for readers from whom nothing is kept.

create or replace view record.published_ordered_medication with (security_barrier) as
select entry.practice, entry.entry_id, entry.patient_id, entry.title,
  entry.detail ->> 'dose' as dose, false as is_closed
from record.shown_entry entry
where entry.practice = current_setting('app.practice')
  and entry.patient_id = current_setting('app.patient')::uuid
  and entry.kind = 'medication'
union all
select entry.practice, entry.entry_id, entry.patient_id,
  case when latest.patient_copy is null then entry.title
    else coalesce(latest.patient_copy ->> 'title', '') end as title,
  case when latest.patient_copy is null then entry.detail ->> 'dose'
    else latest.patient_copy -> 'detail' ->> 'dose' end as dose,
  true as is_closed
from record.entry
join lateral (
  select decision.outcome, decision.content_hash, decision.patient_copy
  from record.disclosure_decision decision
  where decision.practice = entry.practice
    and decision.entry_id = entry.entry_id
  order by decision.decision_no desc
  limit 1
) latest on true
where entry.practice = current_setting('app.practice')
  and entry.patient_id = current_setting('app.patient')::uuid
  and entry.kind = 'medication'
  and entry.closed_at is not null
  and latest.outcome = 'released'
  and latest.content_hash = entry.content_hash
  and entry.markers = '{}'
  and not exists (select from record.published_own_choice)
  and not exists (select from access.published_own_area area where area.area = 'medicines')
  and exists (
    select from prescriptions.order_item item
    join record.disclosure_decision earlier
      on earlier.practice = item.practice
      and earlier.entry_id = item.medication_id
    where item.practice = entry.practice
      and item.patient_id = entry.patient_id
      and item.medication_id = entry.entry_id
      and item.requested_at <= entry.closed_at
      and earlier.outcome = 'released'
      and earlier.decided_at <= item.requested_at);
