-- Signing in: by passkey and NHS login as well as by password and code; on which device, how
-- strongly proved, and what was tried in vain. Everything is spread by account, except what finds an
-- account before it is known and what is counted whether or not there is one.

alter table accounts.account
  alter column password_hash drop not null,
  alter column totp_secret drop not null;

create table accounts.passkey (
  account_id     uuid not null,
  credential_id  text not null,
  public_key     bytea not null,
  sign_count     bigint not null check (sign_count >= 0),
  transports     text[] not null default '{}',
  name           text not null check (name <> '' and length(name) <= 60),
  added_at       timestamptz not null,
  last_used_at   timestamptz,
  primary key (account_id, credential_id)
);

-- Each stands in once for a code of an authenticator app that is lost. Only hashes are kept.
create table accounts.recovery_code (
  account_id  uuid not null,
  code_hash   text not null,
  made_at     timestamptz not null,
  used_at     timestamptz,
  primary key (account_id, code_hash)
);

-- Who somebody is at NHS login, how well proved, and the account that is theirs here.
create table accounts.nhs_login (
  issuer          text not null,
  subject         text not null,
  account_id      uuid not null,
  identity_level  text not null check (identity_level in ('P0', 'P5', 'P9')),
  nhs_number      text check (nhs_number ~ '^\d{10}$'),
  bound_at        timestamptz not null,
  primary key (issuer, subject)
);
create index nhs_login_by_account on accounts.nhs_login (account_id);
create index link_by_subject on accounts.link (practice, subject_id);

-- What was begun in one browser and is finished by its next request: a passkey's challenge, the way
-- to NHS login and back, a new authenticator app, a joining letter. Taken once.
create table accounts.begun (
  token_hash  text primary key,
  kind        text not null,
  account_id  uuid,
  facts       jsonb not null default '{}',
  expires_at  timestamptz not null
);
create index begun_by_expiry on accounts.begun (expires_at);
create index begun_by_account on accounts.begun (account_id) where account_id is not null;

create table accounts.device (
  account_id    uuid not null,
  device_hash   text not null,
  device_id     uuid not null,
  name          text not null,
  added_at      timestamptz not null,
  last_seen_at  timestamptz not null,
  removed_at    timestamptz,
  primary key (account_id, device_hash)
);

-- A device that was not known signed in. Shown on every page until the person has seen it.
create table accounts.alert (
  account_id   uuid not null,
  alert_id     uuid not null,
  at           timestamptz not null,
  device_name  text not null,
  seen_at      timestamptz,
  primary key (account_id, alert_id)
);
create index alert_unseen on accounts.alert (account_id, at) where seen_at is null;

alter table accounts.sign_in
  alter column practice drop not null,
  alter column subject_id drop not null,
  alter column relation drop not null,
  add column sign_in_id uuid,
  add column method text not null default 'password'
    check (method in ('password', 'passkey', 'recovery-code', 'nhs-login', 'joining')),
  add column identity_level text check (identity_level in ('P0', 'P5', 'P9')),
  add column device_name text not null default '',
  add column device_hash text,
  add column is_shared boolean not null default false,
  add column proved_at timestamptz;
create index sign_in_by_time on accounts.sign_in (account_id, started_at desc);

alter table accounts.event
  add column details jsonb not null default '{}';
create index event_by_time on accounts.event (account_id, at desc, event_id desc);

-- Tries are counted by what they were for and where they came from, hashed, for each quarter of an
-- hour: the same whether or not the account is there. One row holds ten thousand tries.
drop table accounts.failed_try;
create table accounts.try_tally (
  key_hash          text not null,
  window_starts_at  timestamptz not null,
  kind              text not null
    check (kind in ('account-from-source', 'source', 'account', 'device')),
  source            text,
  tries             integer not null check (tries >= 0),
  last_at           timestamptz not null,
  primary key (key_hash, window_starts_at)
);

grant select, insert on accounts.passkey, accounts.recovery_code, accounts.nhs_login,
  accounts.begun, accounts.device, accounts.alert, accounts.try_tally to po_accounts;
grant update (password_hash, totp_secret, display_name) on accounts.account to po_accounts;
grant update (sign_count, last_used_at) on accounts.passkey to po_accounts;
grant delete on accounts.passkey, accounts.recovery_code, accounts.begun to po_accounts;
grant update (used_at) on accounts.recovery_code to po_accounts;
grant update (identity_level, nhs_number) on accounts.nhs_login to po_accounts;
grant delete on accounts.nhs_login to po_accounts;
grant update (name, last_seen_at, removed_at) on accounts.device to po_accounts;
grant update (seen_at) on accounts.alert to po_accounts;
grant update (token_hash, proved_at) on accounts.sign_in to po_accounts;
grant update (tries, last_at) on accounts.try_tally to po_accounts;

-- What accounts do goes into the sealed trail of every practice they lead to; nothing of it is read.
grant insert on audit.event to po_accounts;
create policy add_from_accounts on audit.event for insert to po_accounts
  with check (type like 'accounts.%');
