-- The words of documents, as they were read when the document came in: for showing them in the page
-- where a browser shows no file, and for knowing what a document touches on without reading it again.
-- A document without a row could not be read.

create table record.document_words (
  practice       text not null,
  entry_id       uuid not null,
  document_hash  text not null,
  words          text not null check (words <> ''),
  primary key (practice, entry_id, document_hash),
  foreign key (practice, entry_id, document_hash)
    references record.document_content (practice, entry_id, document_hash)
);
alter table record.document_words enable row level security;
alter table record.document_words force row level security;
create policy own_practice on record.document_words
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
grant select on record.document_words to po_staff, po_worker;
grant insert on record.document_words to po_worker;

-- As far as the document itself is shown.
create view record.shown_document_words with (security_barrier) as
select document.practice, document.entry_id, found.words
from record.shown_document document
join record.entry kept
  on kept.practice = document.practice
  and kept.entry_id = document.entry_id
join record.document_words found
  on found.practice = kept.practice
  and found.entry_id = kept.entry_id
  and found.document_hash = kept.document_hash
where document.practice = current_setting('app.practice');
grant select on record.shown_document_words to po_patient;
