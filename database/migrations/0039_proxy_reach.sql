-- What of a record each proxy sees: the parts they were given and, of what is private to most
-- people, only the subjects that were named for them. And notices for one account alone.

alter table access.proxy
  add column record_areas text[] not null default '{medicines,allergies,problems,results,consultations,immunisations,documents,referrals,measurements}'
    check (record_areas <@ '{medicines,allergies,problems,results,consultations,immunisations,documents,referrals,measurements}'::text[]),
  add column private_subjects text[] not null default '{}'
    check (private_subjects <@ '{cancer,pregnancy,genetic,mental-health,sexual-health,alcohol-drugs}'::text[]);
grant update (record_areas, private_subjects) on access.proxy to po_staff, po_worker;

-- What a proxy is not given, by association.
create view access.published_kept_area with (security_barrier) as
select proxy.practice, proxy.patient_id, proxy.association_id, kept.area
from access.proxy
cross join lateral unnest('{medicines,allergies,problems,results,consultations,immunisations,documents,referrals,measurements}'::text[])
  as kept (area)
where proxy.practice = current_setting('app.practice')
  and proxy.association_id is not null
  and not kept.area = any (proxy.record_areas);
grant select on access.published_kept_area to po_staff, po_worker;

create view access.published_kept_subject with (security_barrier) as
select proxy.practice, proxy.patient_id, proxy.association_id, kept.subject, proxy.decided_at,
  proxy.state
from access.proxy
cross join lateral unnest('{cancer,pregnancy,genetic,mental-health,sexual-health,alcohol-drugs}'::text[])
  as kept (subject)
where proxy.practice = current_setting('app.practice')
  and not kept.subject = any (proxy.private_subjects);
grant select on access.published_kept_subject to po_staff, po_worker;

-- The way by which this account acts for this patient: the one begun last, whether it is open or
-- not, so that an older one opens nothing.
create view access.published_own_way with (security_barrier) as
select association.practice, association.patient_id, association.association_id
from access.association
where association.practice = current_setting('app.practice')
  and association.patient_id = current_setting('app.patient')::uuid
  and association.account_id = nullif(current_setting('app.account', true), '')::uuid
order by association.starts_at desc, association.association_id desc
limit 1;

create or replace view access.published_own_area with (security_barrier) as
select own.practice, own.area, 'patient' as withheld_by
from access.patient_area own
where own.practice = current_setting('app.practice')
  and own.patient_id = current_setting('app.patient')::uuid
  and own.is_withheld
union all
select common.practice, common.area, 'practice'
from access.practice_area common
where common.practice = current_setting('app.practice')
  and common.is_withheld
  and not exists (
    select
    from access.patient_area own
    where own.practice = common.practice
      and own.patient_id = current_setting('app.patient')::uuid
      and own.area = common.area)
union all
select kept.practice, kept.area, 'proxy'
from access.published_kept_area kept
join access.published_own_way way
  on way.practice = kept.practice
  and way.association_id = kept.association_id;

create or replace view record.published_own_choice with (security_barrier) as
select choice.practice, choice.choice, choice.subject, choice.chosen_at
from record.reading_choice choice
where choice.practice = current_setting('app.practice')
  and choice.patient_id = current_setting('app.patient')::uuid
  and choice.ended_at is null
  and (choice.choice = 'tell-in-person'
    or not exists (
      select
      from access.published_self self
      where self.practice = choice.practice
        and self.patient_id = choice.patient_id))
union all
select kept.practice, 'keep-private', kept.subject, kept.decided_at
from access.published_kept_subject kept
join access.published_own_way way
  on way.practice = kept.practice
  and way.association_id = kept.association_id;

-- The subjects of a record are read for those from whose proxies something is kept as well.
create or replace view record.choice_in_force with (security_barrier) as
select choice.practice, choice.patient_id, choice.choice, choice.subject, choice.chosen_at
from record.reading_choice choice
where choice.practice = current_setting('app.practice')
  and choice.ended_at is null
union all
select kept.practice, kept.patient_id, 'keep-private', kept.subject, kept.decided_at
from access.published_kept_subject kept
where kept.practice = current_setting('app.practice')
  and kept.state = 'allowed';

-- A notice may be for one account alone, and may be about an order: whoever is shown nothing of the
-- order is not told of it either.
alter table messages.notice no force row level security;
alter table messages.notice
  drop constraint notice_service_check,
  add constraint notice_service_check
    check (service in ('appointments', 'prescriptions', 'access', 'acting')),
  add column account_id uuid,
  add column order_id uuid,
  add constraint acting_for_one_account check (service <> 'acting' or account_id is not null);
update messages.notice
set order_id = substring(path from '^/prescriptions/orders/([0-9a-f-]{36})$')::uuid
where path ~ '^/prescriptions/orders/[0-9a-f-]{36}$';
alter table messages.notice force row level security;

-- More than one account may be told by one job.
drop index messages.notice_once_per_job;
create unique index notice_once_per_job on messages.notice
  (practice, job_id, coalesce(account_id, '00000000-0000-0000-0000-000000000000'));

drop policy own_patient on messages.notice;
create policy own_patient on messages.notice to po_patient
  using (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and (account_id is null
      or account_id = nullif(current_setting('app.account', true), '')::uuid)
    and (exists (
        select
        from access.published_self self
        where self.practice = notice.practice
          and self.patient_id = notice.patient_id)
      or (service <> 'access'
        and (order_id is null or exists (
          select
          from prescriptions.order_item item
          join record.published_ordered_medication medication
            on medication.practice = item.practice
            and medication.entry_id = item.medication_id
          where item.practice = notice.practice
            and item.order_id = notice.order_id)))));
