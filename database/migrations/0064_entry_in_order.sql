-- Outside a transaction: a part of the record is read newest first, and no further than the page asks.
create index concurrently if not exists entry_in_order
  on record.entry (practice, patient_id, record.area_of(kind, encounter_key),
    clinical_at desc nulls last, recorded_at desc, entry_id)
  where closed_at is null;
