-- Accounts: people who sign in. They belong to no practice and are spread by account.

create schema accounts;
grant usage on schema accounts to po_accounts;

create table accounts.account (
  account_id      uuid primary key,
  face            text not null check (face in ('patient', 'practice')),
  email           text not null check (email = lower(email)),
  display_name    text not null,
  password_hash   text not null,
  totp_secret     text not null,
  totp_last_step  bigint not null default 0,
  is_demo         boolean not null default false,
  closed_at       timestamptz,
  created_at      timestamptz not null
);

-- An e-mail address finds its account before the account is known, so it has a table of its own.
create table accounts.email_address (
  email       text not null,
  face        text not null check (face in ('patient', 'practice')),
  account_id  uuid not null,
  primary key (email, face)
);

-- Where an account may go: the patient (their own record) or the member of staff at a practice.
-- What may be done there is the practice's own data, in access.
create table accounts.link (
  account_id  uuid not null,
  practice    text not null references directory.practice,
  subject_id  uuid not null,
  relation    text not null check (relation in ('self', 'proxy', 'staff')),
  primary key (account_id, practice, subject_id)
);

create table accounts.sign_in (
  account_id    uuid not null,
  token_hash    text not null,
  face          text not null check (face in ('patient', 'practice')),
  practice      text not null references directory.practice,
  subject_id    uuid not null,
  relation      text not null check (relation in ('self', 'proxy', 'staff')),
  started_at    timestamptz not null,
  last_seen_at  timestamptz not null,
  ended_at      timestamptz,
  primary key (account_id, token_hash)
);

-- Failed tries by what was typed and from where, both hashed: the same count whether or not the
-- account is there.
create table accounts.failed_try (
  key_hash   text not null,
  failed_at  timestamptz not null,
  try_id     uuid not null,
  primary key (key_hash, failed_at, try_id)
);

create table accounts.event (
  account_id  uuid not null,
  event_id    uuid not null,
  at          timestamptz not null,
  type        text not null,
  primary key (account_id, event_id)
);

grant select, insert on accounts.account, accounts.email_address, accounts.link, accounts.sign_in,
  accounts.failed_try, accounts.event to po_accounts;
grant update (totp_last_step, closed_at) on accounts.account to po_accounts;
grant update (last_seen_at, ended_at) on accounts.sign_in to po_accounts;
grant delete on accounts.failed_try to po_accounts;
