-- Only what is built on it may be asked by patients' role, so it needs no barrier of its own; without
-- one, what reads it is planned as one statement.
alter view record.released_entry reset (security_barrier);

-- What shown_entry shows, part by part and newest first. The order stands in the view because a
-- barrier keeps that of its reader out: entry_in_order gives it, so that a page of a long record
-- looks at little more than what is on it.
create view record.shown_in_order with (security_barrier) as
select
  entry.practice, entry.entry_id, entry.patient_id, entry.source, entry.source_key, entry.kind,
  entry.title, entry.code_system, entry.code,
  entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
  entry.value_number, entry.value_comparator, entry.value_text, entry.unit,
  entry.range_low, entry.range_high, entry.range_text,
  entry.text, entry.author, entry.organisation,
  entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash,
  coalesce(entry.filed_at, entry.recorded_at) as written_at,
  record.area_of(entry.kind, entry.encounter_key) as area
from record.released_entry entry
where not record.area_of(entry.kind, entry.encounter_key) = any ((select access.own_areas())::text[])
  and ((select not record.has_own_choice())
    or entry.entry_id in (select record.open_entries()))
order by entry.practice, entry.patient_id, record.area_of(entry.kind, entry.encounter_key),
  entry.clinical_at desc nulls last, entry.recorded_at desc, entry.entry_id;

grant select on record.shown_in_order to po_patient;
