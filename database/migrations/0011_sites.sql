-- Sites of a practice, and what about a patient decides who may book what: the site they use, their
-- own clinician, and whether they care for someone (BK-13, priority in a draw).

create table directory.site (
  practice       text not null references directory.practice,
  site_id        uuid not null,
  name           text not null check (name <> ''),
  address_lines  text[] not null default '{}',
  postcode       text,
  phone          text,
  primary key (practice, site_id)
);
alter table directory.site enable row level security;
alter table directory.site force row level security;
create policy own_practice on directory.site to patient_online_owner, po_patient, po_staff, po_worker
  using (practice = current_setting('app.practice'));
grant select on directory.site to po_patient, po_staff, po_worker;
grant insert, update on directory.site to po_worker;

-- The owner sees every practice while it adds to tables that are filled.
alter table directory.patient no force row level security;
alter table directory.staff no force row level security;
alter table directory.site no force row level security;
alter table directory.patient
  add column site_id uuid,
  add column usual_staff_id uuid,
  add column is_carer boolean not null default false,
  add foreign key (practice, site_id) references directory.site (practice, site_id),
  add foreign key (practice, usual_staff_id) references directory.staff (practice, staff_id);

-- A clinician is known by id from now on; names on record that fit exactly one are taken over.
update directory.patient
set usual_staff_id = named.staff_id
from (
  select practice, name, (array_agg(staff_id))[1] as staff_id
  from directory.staff
  where sees_patients
  group by practice, name
  having count(*) = 1
) named
where named.practice = patient.practice
  and named.name = patient.usual_clinician;

grant update (is_carer, site_id, usual_staff_id) on directory.patient to po_staff;

alter table directory.patient force row level security;
alter table directory.staff force row level security;
alter table directory.site force row level security;
