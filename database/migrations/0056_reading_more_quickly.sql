-- The words of documents are searched with the titles, which are shown with them: asked together.
-- Whether choices bear on a reader is asked of the small tables first; the rest is set up only where
-- there are any.

create or replace view record.shown_document_words with (security_barrier) as
select found.practice, found.entry_id, found.words, entry.patient_id, entry.title
from record.shown_entry entry
join record.document_words found
  on found.practice = entry.practice
  and found.entry_id = entry.entry_id
  and found.document_hash = entry.document_hash
where entry.practice = current_setting('app.practice')
  and entry.kind = 'document';

create or replace function record.has_own_choice() returns boolean
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  if exists (
      select from record.reading_choice choice
      where choice.practice = current_setting('app.practice')
        and choice.patient_id = current_setting('app.patient')::uuid
        and choice.ended_at is null)
    or exists (
      select from access.proxy
      where proxy.practice = current_setting('app.practice')
        and proxy.patient_id = current_setting('app.patient')::uuid)
  then
    return exists (select from record.published_own_choice);
  end if;
  return false;
end $$;
