-- Mail that could not be sent is tried again later, and not for ever.

alter table accounts.mail
  add column attempts integer not null default 0,
  add column try_after timestamptz;
grant update (attempts, try_after) on accounts.mail to po_accounts;
