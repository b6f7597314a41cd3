-- Tallies of tries are kept for a quarter of a year, then cleared away.

create index try_tally_by_window on accounts.try_tally (window_starts_at);
grant delete on accounts.try_tally to po_accounts;
