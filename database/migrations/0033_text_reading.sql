-- Whether free text in which the rules find nothing is shown without a person. Off until a practice
-- chooses it: on texts of authors that the rules have not seen they miss some of what a person holds.
alter table record.disclosure_setting
  add column clears_text boolean not null default false;
