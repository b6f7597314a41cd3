-- Who acts, and by which way, as functions instead of views within views within policies: each was
-- written out into every statement that it guards, and a statement's steps are set up whenever it
-- runs, whether they are taken or not. What they say is what the views said.

create function access.own_way() returns uuid
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  return (
    select association.association_id
    from access.association
    where association.practice = current_setting('app.practice')
      and association.patient_id = current_setting('app.patient')::uuid
      and association.account_id = nullif(current_setting('app.account', true), '')::uuid
    order by association.starts_at desc, association.association_id desc
    limit 1);
end $$;
revoke execute on function access.own_way() from public;
grant execute on function access.own_way() to po_patient;

create function access.acts_as_self() returns boolean
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  return coalesce((
    select association.relation = 'self'
    from access.association
    where association.practice = current_setting('app.practice')
      and association.patient_id = current_setting('app.patient')::uuid
      and association.account_id = nullif(current_setting('app.account', true), '')::uuid
    order by association.starts_at desc, association.association_id desc
    limit 1), false);
end $$;
revoke execute on function access.acts_as_self() from public;
grant execute on function access.acts_as_self() to po_patient;

-- Whether an association is one of the account that acts, to the patient acted for.
create function access.is_own_association(asked uuid) returns boolean
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  return exists (
    select
    from access.association
    where association.practice = current_setting('app.practice')
      and association.association_id = asked
      and association.patient_id = current_setting('app.patient')::uuid
      and association.account_id = nullif(current_setting('app.account', true), '')::uuid);
end $$;
revoke execute on function access.is_own_association(uuid) from public;
grant execute on function access.is_own_association(uuid) to po_patient;

create or replace view access.published_own_way with (security_barrier) as
select current_setting('app.practice') as practice,
  current_setting('app.patient')::uuid as patient_id,
  way.association_id
from (select access.own_way() as association_id) way
where way.association_id is not null;

create or replace view access.published_self with (security_barrier) as
select current_setting('app.practice') as practice,
  current_setting('app.patient')::uuid as patient_id
where access.acts_as_self();

alter policy own_patients_proxies on access.association
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and relation = 'proxy'
    and access.acts_as_self());

alter policy own_patients_stop on access.association
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and relation = 'proxy'
    and account_id <> current_setting('app.account')::uuid
    and access.acts_as_self());

alter policy own_use on access.last_use
  using (practice = current_setting('app.practice')
    and access.is_own_association(association_id));

alter policy own_proxies on access.proxy
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and access.acts_as_self());

alter policy own_proxy_facts on access.proxy
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and access.is_own_association(association_id));

alter policy choose_own on access.second_step
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and access.acts_as_self());

-- The parts of the record that are withheld from whoever acts. Almost nobody has any: that is found
-- out before they are gathered.
create function access.own_withheld_areas(is_self boolean) returns jsonb
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  if is_self and (
    select not exists (
        select
        from access.patient_area own
        where own.practice = current_setting('app.practice')
          and own.patient_id = current_setting('app.patient')::uuid
          and own.is_withheld)
      and not exists (
        select
        from access.practice_area common
        where common.practice = current_setting('app.practice')
          and common.is_withheld))
  then
    return null;
  end if;
  return (
    select jsonb_agg(jsonb_build_object('area', area.area, 'by', area.withheld_by))
    from access.published_own_area area
    where area.practice = current_setting('app.practice'));
end $$;
revoke execute on function access.own_withheld_areas(boolean) from public;
grant execute on function access.own_withheld_areas(boolean) to po_patient;

-- What the record itself says against online access to it (RA-8), for a patient whose switches were
-- last set at a time. Almost no record says anything.
create function record.own_access_pause(set_at timestamptz) returns text
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  if not exists (
      select
      from record.entry
      where entry.practice = current_setting('app.practice')
        and entry.patient_id = current_setting('app.patient')::uuid
        and (entry.codings @> '[{"code": "1364731000000104"}]'
          or entry.codings @> '[{"code": "1364751000000106"}]'
          or entry.codings @> '[{"code": "1290331000000103"}]'))
  then
    return null;
  end if;
  return (
    select case when code.review_asked_at is not null then 'review'
      when code.declined_at >= set_at then 'declined' end
    from record.published_own_access_code code
    where code.practice = current_setting('app.practice'));
end $$;
revoke execute on function record.own_access_pause(timestamptz) from public;
grant execute on function record.own_access_pause(timestamptz) to po_patient;

-- When somebody last acted for another by an association, and whether parental responsibility is
-- what lets them, for a patient who has turned sixteen by a day. Both are asked for proxies alone.
create function access.own_last_use(asked uuid) returns date
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  return (
    select use.used_on
    from access.last_use use
    where use.practice = current_setting('app.practice')
      and use.association_id = asked
      and access.is_own_association(use.association_id));
end $$;
revoke execute on function access.own_last_use(uuid) from public;
grant execute on function access.own_last_use(uuid) to po_patient;

create function access.parental_time_is_over(asked uuid, born_on date, today date) returns boolean
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  return (born_on + interval '16 years')::date <= today and exists (
    select
    from access.proxy
    where proxy.practice = current_setting('app.practice')
      and proxy.association_id = asked
      and proxy.basis = 'parental-responsibility');
end $$;
revoke execute on function access.parental_time_is_over(uuid, date, date) from public;
grant execute on function access.parental_time_is_over(uuid, date, date) to po_patient;

-- Minutes for which proving who one is opens the record: as chosen for the patient, else as the
-- practice has it, else 0.
create function access.own_second_step_minutes() returns integer
language plpgsql stable security definer set search_path = pg_catalog
as $$
begin
  return coalesce(
    (select chosen.minutes
      from access.second_step chosen
      where chosen.practice = current_setting('app.practice')
        and chosen.patient_id = current_setting('app.patient')::uuid),
    (select policy.second_step_minutes
      from access.policy
      where policy.practice = current_setting('app.practice')),
    0);
end $$;
revoke execute on function access.own_second_step_minutes() from public;
grant execute on function access.own_second_step_minutes() to po_patient;
