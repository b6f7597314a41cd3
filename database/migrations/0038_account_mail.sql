-- What is sent to the owners of accounts about their accounts: to the address that they sign in with,
-- in words that say nothing of health. Written with what it tells of; kept for a quarter of a year.

create table accounts.mail (
  account_id  uuid not null,
  mail_id     uuid not null,
  sent_to     text not null check (sent_to like '%@%'),
  subject     text not null check (subject <> ''),
  body        text not null check (body <> ''),
  written_at  timestamptz not null,
  sent_at     timestamptz check (sent_at >= written_at),
  primary key (account_id, mail_id)
);
create index mail_to_send on accounts.mail (written_at, mail_id) where sent_at is null;
create index mail_by_time on accounts.mail (written_at desc);
grant select, insert, delete on accounts.mail to po_accounts;
grant update (sent_at) on accounts.mail to po_accounts;

-- An account that was opened for something which somebody else took at the same moment gives its name
-- back.
grant delete on accounts.email_address to po_accounts;
