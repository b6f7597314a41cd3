-- Outside a transaction: the way by which somebody acts is looked up in every transaction of theirs.
create index concurrently if not exists association_way
  on access.association (practice, patient_id, account_id, starts_at desc, association_id desc);
