-- How and when it is safe to reach a patient: every message and letter goes by it, and nothing goes a
-- way that the person said not to use. And what patients read of who looked.

alter table directory.patient no force row level security;

-- Only added to: the one chosen last holds. What a patient told of it is never shown on their own
-- pages, where somebody else may read it, nor to anybody who acts for them.
create table directory.contact_choice (
  practice       text not null references directory.practice,
  choice_id      uuid not null,
  patient_id     uuid not null,
  chosen_at      timestamptz not null,
  chosen_as      text not null check (chosen_as in ('patient', 'staff')),
  chosen_by      uuid not null,
  -- Back to what the record has: nothing special to know.
  is_usual       boolean not null,
  by_email       boolean not null,
  by_text        boolean not null,
  by_phone       boolean not null,
  by_letter      boolean not null,
  email          text check (length(email) between 3 and 200),
  phone          text check (length(phone) between 5 and 30),
  address_lines  text[] not null default '{}' check (cardinality(address_lines) <= 6),
  postcode       text check (length(postcode) <= 10),
  when_safe      text check (length(when_safe) between 1 and 300),
  primary key (practice, choice_id),
  foreign key (practice, patient_id) references directory.patient (practice, patient_id)
);
create index contact_choice_by_patient
  on directory.contact_choice (practice, patient_id, chosen_at desc, choice_id desc);
alter table directory.patient force row level security;

alter table directory.contact_choice enable row level security;
alter table directory.contact_choice force row level security;
create policy own_practice on directory.contact_choice
  to patient_online_owner, po_staff, po_worker
  using (practice = current_setting('app.practice'));
create policy say_own on directory.contact_choice for insert to po_patient
  with check (practice = current_setting('app.practice')
    and patient_id = current_setting('app.patient')::uuid
    and chosen_as = 'patient'
    and chosen_by = nullif(current_setting('app.account', true), '')::uuid
    and exists (
      select from access.published_self self
      where self.practice = contact_choice.practice
        and self.patient_id = contact_choice.patient_id));
grant insert on directory.contact_choice to po_patient, po_staff;
grant select on directory.contact_choice to po_staff, po_worker;

-- Where each way leads, nowhere where it is not to be used: `texts` for text messages, `mobile` and
-- then `phone` for calls.
create view directory.published_contact with (security_barrier) as
select patient.practice, patient.patient_id,
  coalesce(not choice.is_usual, false) as is_special,
  case when choice.is_usual is not false then patient.email
    when choice.by_email then coalesce(choice.email, patient.email) end as email,
  case when choice.is_usual is not false then patient.mobile
    when choice.by_text then coalesce(choice.phone, patient.mobile) end as texts,
  case when choice.is_usual is not false then patient.mobile
    when choice.by_phone then coalesce(choice.phone, patient.mobile) end as mobile,
  case when choice.is_usual is not false then patient.phone
    when choice.by_phone and choice.phone is null then patient.phone end as phone,
  case when choice.is_usual is not false then patient.address_lines
    when not choice.by_letter then '{}'
    when choice.address_lines = '{}' then patient.address_lines
    else choice.address_lines end as address_lines,
  case when choice.is_usual is not false then patient.postcode
    when not choice.by_letter then null
    when choice.address_lines = '{}' then patient.postcode
    else choice.postcode end as postcode,
  coalesce(choice.is_usual or choice.by_letter, true) as by_letter,
  case when not choice.is_usual then choice.when_safe end as when_safe,
  case when not choice.is_usual then choice.chosen_at end as chosen_at
from directory.patient
left join lateral (
  select said.is_usual, said.by_email, said.by_text, said.by_phone, said.by_letter, said.email,
    said.phone, said.address_lines, said.postcode, said.when_safe, said.chosen_at
  from directory.contact_choice said
  where said.practice = patient.practice
    and said.patient_id = patient.patient_id
  order by said.chosen_at desc, said.choice_id desc
  limit 1
) choice on true
where patient.practice = current_setting('app.practice');
grant select on directory.published_contact to po_staff, po_worker;

-- Where a patient lives and how to reach them is not for the role that pages for patients run under.
-- Numbers on record are offered to the patient, and to those for whom that was decided (PX-9).
create view directory.published_own_numbers with (security_barrier) as
select patient.practice, patient.patient_id, patient.mobile, patient.phone
from directory.patient
where patient.practice = current_setting('app.practice')
  and patient.patient_id = current_setting('app.patient')::uuid
  and (exists (
      select from access.published_self self
      where self.practice = patient.practice
        and self.patient_id = patient.patient_id)
    or exists (
      select from access.proxy
      join access.published_own_way way
        on way.practice = proxy.practice
        and way.association_id = proxy.association_id
      where proxy.practice = patient.practice
        and proxy.patient_id = patient.patient_id
        and proxy.state = 'allowed'
        and proxy.sees_contact));
grant select on directory.published_own_numbers to po_patient;
revoke select on directory.patient from po_patient;
grant select (practice, patient_id, nhs_number, title, given_name, family_name, born_on, sex,
  registration, registered_on, registration_ended_on, usual_clinician, household, site_id,
  usual_staff_id, is_carer, language, is_sensitive, merged_into, updated_at)
  on directory.patient to po_patient;

-- What a patient is shown of who looked: of a fixed list of kinds, so that a new kind is not shown
-- until somebody decided so. Staff by their work and, where the practice wants it, by name; proxies
-- by name. Left out is what could put somebody at risk: what the safeguarding lead does, changes of
-- which the patient is not to be told, and what staff do about access after a concern was raised.
drop view access.published_own_trail;
create view access.published_own_trail with (security_barrier) as
select event.practice, event.event_id, event.at, event.type,
  -- Somebody who signs up to act does so as nobody yet.
  case when acting.given_name is not null then 'proxy' else event.actor_kind end as actor_kind,
  staff.job_title,
  case when coalesce(policy.names_staff, false) then staff.name end as staff_name,
  acting.given_name as proxy_given_name, acting.family_name as proxy_family_name
from audit.event event
left join access.sharing_policy policy on policy.practice = event.practice
left join directory.staff staff
  on staff.practice = event.practice
  and event.actor_kind = 'staff'
  and staff.staff_id = event.actor_id
left join lateral (
  select proxy.given_name, proxy.family_name
  from access.proxy
  join access.association association
    on association.practice = proxy.practice
    and association.association_id = proxy.association_id
  where proxy.practice = event.practice
    and proxy.patient_id = event.patient_id
    and association.account_id = event.actor_id
  order by proxy.decided_at desc, proxy.proxy_id desc
  limit 1
) acting on event.actor_kind in ('proxy', 'patient')
where event.practice = current_setting('app.practice')
  and event.patient_id = current_setting('app.patient')::uuid
  and event.outcome = 'done'
  and event.type = any ('{
    appointments.appointment-booked,
    appointments.appointment-moved,
    appointments.appointment-cancelled,
    appointments.appointment-viewed,
    appointments.appointments-viewed,
    appointments.patient-appointments-viewed,
    appointments.patient-invited,
    appointments.attendance-recorded,
    appointments.waitlist-joined,
    appointments.waitlist-viewed,
    appointments.offer-viewed,
    appointments.offer-accepted,
    appointments.offer-declined,
    appointments.draw-viewed,
    appointments.draw-entered,
    appointments.draw-left,
    prescriptions.medicines-viewed,
    prescriptions.orders-viewed,
    prescriptions.requests-viewed,
    prescriptions.medicines-ordered,
    prescriptions.item-cancelled,
    prescriptions.item-approved,
    prescriptions.prescription-written,
    prescriptions.pharmacy-viewed,
    record.record-viewed,
    record.overview-viewed,
    record.medicines-viewed,
    record.allergies-viewed,
    record.problems-viewed,
    record.results-viewed,
    record.consultations-viewed,
    record.immunisations-viewed,
    record.documents-viewed,
    record.referrals-viewed,
    record.measurements-viewed,
    record.problem-viewed,
    record.result-viewed,
    record.consultation-viewed,
    record.document-viewed,
    record.document-downloaded,
    record.search-viewed,
    record.record-searched,
    record.download-viewed,
    record.download-previewed,
    record.record-downloaded-pdf,
    record.record-downloaded-fhir,
    record.first-look-taken,
    access.services-viewed,
    access.services-changed,
    access.more-asked-for,
    access.request-granted,
    access.request-refused,
    access.association-viewed,
    access.access-opened,
    access.proxies-viewed,
    access.proxy-allowed,
    access.proxy-invited,
    registration.online-viewed,
    registration.viewed,
    registration.linkage-issued,
    registration.letter-printed,
    registration.identity-verified,
    registration.account-linked,
    practice.patient-viewed,
    messages.notices-viewed,
    home.home-viewed}'::text[])
  and coalesce(event.details ->> 'isQuiet', 'false') = 'false'
  and not (event.actor_kind = 'staff'
    and (staff.staff_id is null or staff.roles && '{safeguarding-lead}'::text[]))
  and not (event.actor_kind = 'staff'
    and event.type ~ '^(access|registration|practice)\.'
    and exists (
      select from access.concern
      where concern.practice = event.practice
        and concern.patient_id = event.patient_id
        and event.at > concern.raised_at
        and event.at <= coalesce(concern.seen_at, event.at) + interval '30 days'))
  and exists (
    select from access.published_self self
    where self.practice = event.practice
      and self.patient_id = event.patient_id);
grant select on access.published_own_trail to po_patient;
