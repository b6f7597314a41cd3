-- Outside a transaction: secrets are looked for by the key they are sealed with at each start.
create index concurrently if not exists account_secret_key
  on accounts.account ((split_part(totp_secret, '.', 2) collate "C"), account_id)
  where totp_secret is not null;
