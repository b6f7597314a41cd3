-- What a reader is kept from is asked once a statement and not once an entry. Most patients have
-- withheld nothing and chosen nothing: then nothing else is looked at.

-- Which part of the record an entry is read in.
create function record.area_of(kind text, encounter_key text) returns text
language sql immutable parallel safe
return case
  when kind in ('medication', 'issue') then 'medicines'
  when kind = 'allergy' then 'allergies'
  when kind = 'problem' then 'problems'
  when kind in ('result', 'result-group', 'report') then 'results'
  when kind in ('consultation', 'topic', 'heading') then 'consultations'
  when kind = 'note' and encounter_key is not null then 'consultations'
  when kind = 'immunisation' then 'immunisations'
  when kind = 'document' then 'documents'
  when kind = 'referral' then 'referrals'
  else 'measurements'
end;

-- The parts that this reader is not shown, as published_own_area has them.
create function access.own_areas() returns text[]
language plpgsql stable security definer set search_path = ''
as $$
begin
  if exists (
      select from access.patient_area own
      where own.practice = current_setting('app.practice')
        and own.patient_id = current_setting('app.patient')::uuid)
    or exists (
      select from access.practice_area common
      where common.practice = current_setting('app.practice')
        and common.is_withheld)
    or exists (
      select from access.proxy
      where proxy.practice = current_setting('app.practice')
        and proxy.patient_id = current_setting('app.patient')::uuid)
  then
    return (select coalesce(array_agg(area.area), '{}') from access.published_own_area area);
  end if;
  return '{}';
end $$;

-- Whether a choice bears on this reader, as published_own_choice has them.
create function record.has_own_choice() returns boolean
language plpgsql stable security definer set search_path = ''
as $$
begin
  return (exists (
      select from record.reading_choice choice
      where choice.practice = current_setting('app.practice')
        and choice.patient_id = current_setting('app.patient')::uuid
        and choice.ended_at is null)
    or exists (
      select from access.published_kept_subject kept
      where kept.practice = current_setting('app.practice')
        and kept.patient_id = current_setting('app.patient')::uuid))
    and exists (select from record.published_own_choice);
end $$;

-- What is shown to a reader on whom a choice bears; asked for nobody else. No more than the ids of
-- what shown_entry shows, which is why its reader may ask for them.
create function record.open_entries() returns setof uuid
language plpgsql stable security definer set search_path = '' rows 200
as $$
begin
  return query
    select entry.entry_id
    from record.released_entry entry
    where not record.area_of(entry.kind, entry.encounter_key)
        = any ((select access.own_areas())::text[])
      and not exists (
        select
        from record.published_own_choice choice
        join record.entry kept
          on kept.practice = entry.practice
          and kept.entry_id = entry.entry_id
        left join record.subject_reading reading
          on reading.practice = entry.practice
          and reading.patient_id = entry.patient_id
        left join record.entry_subject subject
          on subject.practice = entry.practice
          and subject.entry_id = entry.entry_id
        where choice.practice = entry.practice
          and (reading.patient_id is null or choice.subject = any (subject.subjects))
          and (choice.choice = 'keep-private'
            or (kept.stored_at >= choice.chosen_at
              and not exists (
                select
                from record.told
                where told.practice = kept.practice
                  and told.entry_id = kept.entry_id
                  and told.content_hash = kept.content_hash))));
end $$;

revoke execute on function access.own_areas(), record.has_own_choice(), record.open_entries()
  from public;
grant execute on function access.own_areas(), record.has_own_choice(), record.open_entries()
  to po_patient;

create or replace view record.shown_entry with (security_barrier) as
select
  entry.practice, entry.entry_id, entry.patient_id, entry.source, entry.source_key, entry.kind,
  entry.title, entry.code_system, entry.code,
  entry.clinical_at, entry.clinical_precision, entry.recorded_at, entry.filed_at,
  entry.value_number, entry.value_comparator, entry.value_text, entry.unit,
  entry.range_low, entry.range_high, entry.range_text,
  entry.text, entry.author, entry.organisation,
  entry.encounter_key, entry.parent_key, entry.position, entry.detail, entry.document_hash,
  coalesce(entry.filed_at, entry.recorded_at) as written_at
from record.released_entry entry
where not record.area_of(entry.kind, entry.encounter_key) = any ((select access.own_areas())::text[])
  and ((select not record.has_own_choice())
    or entry.entry_id in (select record.open_entries()));

create or replace view record.shown_document with (security_barrier) as
select content.practice, content.entry_id, content.content_type, content.bytes
from record.shown_entry entry
join record.document_content content
  on content.practice = entry.practice
  and content.entry_id = entry.entry_id
  and content.document_hash = entry.document_hash
where entry.practice = current_setting('app.practice')
  and entry.kind = 'document';

create or replace view record.shown_document_words with (security_barrier) as
select found.practice, found.entry_id, found.words
from record.shown_entry entry
join record.document_words found
  on found.practice = entry.practice
  and found.entry_id = entry.entry_id
  and found.document_hash = entry.document_hash
where entry.practice = current_setting('app.practice')
  and entry.kind = 'document';
