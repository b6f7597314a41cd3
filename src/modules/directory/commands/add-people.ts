import { newId } from '#kernel/id'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { Patient, PatientId, Practice, Room, Site, StaffMember } from '../domain/patient.ts'

/** Adds the transaction's practice, or brings its details up to date. */
export async function savePractice(tx: Tx<SystemProof>, practice: Practice): Promise<void> {
  await tx.run(sql`
    insert into directory.practice
      (practice, name, address_lines, postcode, phone, opening_hours, is_demo, added_at)
    values (${tx.acting.practice}, ${practice.name}, ${practice.addressLines}, ${practice.postcode},
      ${practice.phone}, ${practice.openingHours}, ${practice.isDemo}, ${tx.now})
    on conflict (practice) do update set
      name = excluded.name,
      address_lines = excluded.address_lines,
      postcode = excluded.postcode,
      phone = excluded.phone,
      opening_hours = excluded.opening_hours
  `)
}

/** Adds patients, any number at once, with the period they are registered for. Throws if one is there already. */
export async function addPatients(
  tx: Tx<SystemProof>,
  patients: readonly Patient[],
): Promise<void> {
  await tx.run(sql`
    with added as (
    insert into directory.patient
      (practice, patient_id, nhs_number, title, given_name, family_name, born_on, sex,
       address_lines, postcode, phone, mobile, email, registration, registered_on,
       registration_ended_on, usual_clinician, household, site_id, usual_staff_id, is_carer,
       language, updated_at)
    select ${tx.acting.practice}, given."patientId", given."nhsNumber", given.title,
      given."givenName", given."familyName", given."bornOn", given.sex,
      coalesce(given."addressLines", '{}'), given.postcode, given.phone, given.mobile, given.email,
      given.registration, given."registeredOn", given."registrationEndedOn",
      given."usualClinician", given.household, given."siteId", given."usualStaffId",
      coalesce(given."isCarer", false), given.language, ${tx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(patients)}::jsonb) as given (
      "patientId" uuid, "nhsNumber" text, title text, "givenName" text, "familyName" text,
      "bornOn" date, sex text, "addressLines" text[], postcode text, phone text, mobile text,
      email text, registration text, "registeredOn" date, "registrationEndedOn" date,
      "usualClinician" text, household text, "siteId" uuid, "usualStaffId" uuid,
      "isCarer" boolean, language text)
    returning practice, patient_id, registration, registered_on, registration_ended_on, updated_at
    )
    insert into directory.registration_period (practice, patient_id, began_on, ended_on, kind)
    select practice, patient_id, coalesce(registered_on, '0001-01-01'),
      case when registration in ('left', 'deceased')
        then coalesce(registration_ended_on, updated_at::date) end,
      case registration when 'temporary' then 'temporary' else 'active' end
    from added
  `)
}

/**
 * Adds a patient, or brings the one with this NHS number up to date. Nothing given is not a change.
 * A period of registration that was open and turns out to have begun earlier is put right; one that
 * begins anew ends the one before.
 */
export async function upsertPatient(
  tx: Tx<SystemProof>,
  patient: Omit<Patient, 'patientId'>,
): Promise<PatientId> {
  const row = await tx.maybe<{ readonly patientId: PatientId }>(sql`
    with saved as (
    insert into directory.patient
      (practice, patient_id, nhs_number, title, given_name, family_name, born_on, sex,
       address_lines, postcode, phone, mobile, email, registration, registered_on,
       registration_ended_on, usual_clinician, household, language, updated_at)
    values (${tx.acting.practice}, ${newId(tx.now)}, ${patient.nhsNumber}, ${patient.title},
      ${patient.givenName}, ${patient.familyName}, ${patient.bornOn}, ${patient.sex},
      ${patient.addressLines}, ${patient.postcode}, ${patient.phone}, ${patient.mobile},
      ${patient.email}, ${patient.registration}, ${patient.registeredOn},
      ${patient.registrationEndedOn}, ${patient.usualClinician}, ${patient.household}, ${patient.language}, ${tx.now})
    on conflict (practice, nhs_number) do update set
      title = coalesce(excluded.title, patient.title),
      given_name = excluded.given_name,
      family_name = excluded.family_name,
      born_on = excluded.born_on,
      sex = excluded.sex,
      address_lines = case when excluded.address_lines = '{}'
        then patient.address_lines else excluded.address_lines end,
      postcode = coalesce(excluded.postcode, patient.postcode),
      phone = coalesce(excluded.phone, patient.phone),
      mobile = coalesce(excluded.mobile, patient.mobile),
      email = coalesce(excluded.email, patient.email),
      registration = excluded.registration,
      registered_on = coalesce(excluded.registered_on, patient.registered_on),
      registration_ended_on = excluded.registration_ended_on,
      usual_clinician = coalesce(excluded.usual_clinician, patient.usual_clinician),
      language = coalesce(excluded.language, patient.language),
      updated_at = excluded.updated_at
    returning practice, patient_id, registration,
      coalesce(registered_on, '0001-01-01') as began_on,
      case when registration in ('left', 'deceased')
        then coalesce(registration_ended_on, updated_at::date) end as ended_on
    ), begun_earlier as (
      delete from directory.registration_period period
      using saved
      where period.practice = saved.practice
        and period.patient_id = saved.patient_id
        and period.ended_on is null
        and period.began_on > saved.began_on
    ), begun_anew as (
      update directory.registration_period period
      set ended_on = saved.began_on
      from saved
      where period.practice = saved.practice
        and period.patient_id = saved.patient_id
        and period.ended_on is null
        and period.began_on < saved.began_on
    ), registered as (
      insert into directory.registration_period (practice, patient_id, began_on, ended_on, kind)
      select practice, patient_id, began_on, ended_on,
        case registration when 'temporary' then 'temporary' else 'active' end
      from saved
      on conflict (practice, patient_id, began_on) do update set
        ended_on = excluded.ended_on,
        kind = case when excluded.ended_on is null then excluded.kind else registration_period.kind end
    )
    select patient_id
    from saved
  `)
  if (!row) throw new Error('An upserted patient came back without an id')
  return row.patientId
}

/** Adds staff. Throws if one is there already. */
export async function addStaff(tx: Tx<SystemProof>, staff: readonly StaffMember[]): Promise<void> {
  await tx.run(sql`
    insert into directory.staff (practice, staff_id, name, job_title, roles, sees_patients)
    select ${tx.acting.practice}, given."staffId", given.name, given."jobTitle",
      coalesce(given.roles, '{}'), given."seesPatients"
    from jsonb_to_recordset(${JSON.stringify(staff)}::jsonb) as given (
      "staffId" uuid, name text, "jobTitle" text, roles text[], "seesPatients" boolean)
  `)
}

/** Adds sites, or brings their details up to date. */
export async function saveSites(tx: Tx<SystemProof>, given: readonly Site[]): Promise<void> {
  await tx.run(sql`
    insert into directory.site (practice, site_id, name, address_lines, postcode, phone)
    select ${tx.acting.practice}, given."siteId", given.name, coalesce(given."addressLines", '{}'),
      given.postcode, given.phone
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given (
      "siteId" uuid, name text, "addressLines" text[], postcode text, phone text)
    on conflict (practice, site_id) do update set
      name = excluded.name,
      address_lines = excluded.address_lines,
      postcode = excluded.postcode,
      phone = excluded.phone
  `)
}

/** Adds rooms. Throws if one is there already. */
export async function addRooms(tx: Tx<SystemProof>, given: readonly Room[]): Promise<void> {
  await tx.run(sql`
    insert into directory.room (practice, room_id, name)
    select ${tx.acting.practice}, given."roomId", given.name
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given ("roomId" uuid, name text)
  `)
}
