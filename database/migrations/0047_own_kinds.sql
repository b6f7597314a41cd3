-- What a list or a week of free slots asks once, instead of once a slot: what each kind of slot needs
-- of the patient acted for, and what the sessions that are shown are called.

-- The kinds of which the patient acted for may book slots at a time, as far as a kind alone can say,
-- and once more without a kind, for slots that have none. A slot starts after `after` and before
-- `before`, a day generous; `also` counts as an invitation.
create function appointments.own_kinds(
  at timestamptz, today date, closes_minutes integer, horizon integer, also uuid)
returns table (
  slot_type_id uuid, public_name text, min_age integer, max_age integer, type_sex text,
  own_site_only boolean, own_clinician_only boolean, invited_only boolean, asks_session boolean,
  type_horizon_days integer, type_closes_minutes_before integer,
  after timestamptz, before timestamptz, born_on date, site_id uuid, staff_id uuid)
language plpgsql stable rows 10 set search_path = pg_catalog
as $$
#variable_conflict use_column
declare
  own record;
begin
  select patient.born_on, patient.sex, patient.site_id, patient.usual_staff_id,
    coalesce(rule.closes_minutes_before, closes_minutes) as closes_minutes_before,
    coalesce(rule.horizon_days, horizon) as horizon_days
  into own
  from directory.patient
  left join appointments.booking_rule rule on rule.practice = patient.practice
  where patient.practice = current_setting('app.practice')
    and patient.patient_id = current_setting('app.patient')::uuid;

  return query
    select null::uuid, null, null::integer, null::integer, null, null::boolean, null::boolean,
      null::boolean, false, null::integer, null::integer,
      at + interval '1 minute' * own.closes_minutes_before,
      at + interval '1 day' * (own.horizon_days + 2),
      own.born_on, own.site_id, own.usual_staff_id;
  return query
    select type.slot_type_id, type.public_name, type.min_age, type.max_age, type.sex,
      type.own_site_only, type.own_clinician_only, type.invited_only,
      type.own_site_only or type.own_clinician_only, type.horizon_days, type.closes_minutes_before,
      at + interval '1 minute' * coalesce(type.closes_minutes_before, own.closes_minutes_before),
      at + interval '1 day' * (coalesce(type.horizon_days, own.horizon_days) + 2),
      own.born_on, own.site_id, own.usual_staff_id
    from appointments.slot_type type
    where type.practice = current_setting('app.practice')
      and (type.sex is null or type.sex = own.sex)
      and (not type.invited_only or type.slot_type_id = also or exists (
        select
        from appointments.invitation
        where invitation.practice = current_setting('app.practice')
          and invitation.patient_id = current_setting('app.patient')::uuid
          and invitation.slot_type_id = type.slot_type_id
          and invitation.used_at is null
          and invitation.withdrawn_at is null
          and invitation.expires_on >= today));
end $$;
revoke execute on function appointments.own_kinds(timestamptz, date, integer, integer, uuid)
  from public;
grant execute on function appointments.own_kinds(timestamptz, date, integer, integer, uuid)
  to po_patient;

-- Whether somebody is old enough and young enough for a kind on the day of a slot, in England.
create function appointments.is_of_age(
  born_on date, starts_at timestamptz, min_age integer, max_age integer)
returns boolean
language sql stable
as $$
  select (min_age is null and max_age is null)
    or extract(year from age((starts_at at time zone 'Europe/London')::date, born_on))
      between coalesce(min_age, 0) and coalesce(max_age, 1000)
$$;

-- Who holds these sessions, and where.
create function appointments.session_words(asked uuid[])
returns table (session_id uuid, staff_id uuid, site_id uuid, clinician text, site text)
language plpgsql stable rows 10 set search_path = pg_catalog
as $$
#variable_conflict use_column
begin
  return query
    select session.session_id, session.staff_id, session.site_id, staff.name, site.name
    from appointments.session
    left join directory.staff
      on staff.practice = session.practice
      and staff.staff_id = session.staff_id
    left join directory.site
      on site.practice = session.practice
      and site.site_id = session.site_id
    where session.practice = current_setting('app.practice')
      and session.session_id = any (asked);
end $$;
revoke execute on function appointments.session_words(uuid[]) from public;
grant execute on function appointments.session_words(uuid[]) to po_patient;
