import type { NhsNumber } from '#kernel/nhs-number'
import type { OdsCode } from '#kernel/ods-code'
import { sql, type Database, type Queries, type Tx } from '#platform/db'
import type { Patient, PatientId, Practice, Room, Site, StaffMember } from '../domain/patient.ts'

/** The practice the transaction is in. */
export function ownPractice(tx: Tx): Promise<Practice | undefined> {
  return tx.maybe<Practice>(sql`
    select practice, name, address_lines, postcode, phone, opening_hours, is_demo
    from directory.practice
    where practice = ${tx.acting.practice}
  `)
}

/** A patient of the transaction's practice; under the patient role, only the one acted for. */
export function patientById(tx: Tx, patientId: PatientId): Promise<Patient | undefined> {
  return tx.maybe<Patient>(sql`
    select patient_id, nhs_number, title, given_name, family_name, born_on, sex, address_lines,
      postcode, phone, mobile, email, registration, registered_on, registration_ended_on,
      usual_clinician, household, site_id, usual_staff_id, is_carer, language, is_sensitive,
      merged_into
    from directory.patient
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and registration <> 'applicant'
  `)
}

/** What of a patient the pages for patients know: nothing of where they live or how to reach them. */
export type OwnDetails = Pick<
  Patient,
  'patientId' | 'nhsNumber' | 'givenName' | 'familyName' | 'bornOn' | 'sex'
>

/** The patient acted for. */
export function ownDetails(tx: Tx, patientId: PatientId): Promise<OwnDetails | undefined> {
  return tx.maybe<OwnDetails>(sql`
    select patient_id, nhs_number, given_name, family_name, born_on, sex
    from directory.patient
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
  `)
}

/** Phone numbers on record of the patient acted for; none where who acts may not see them. */
export function ownNumbersOnRecord(
  tx: Tx,
  patientId: PatientId,
): Promise<Pick<Patient, 'mobile' | 'phone'> | undefined> {
  return tx.maybe<Pick<Patient, 'mobile' | 'phone'>>(sql`
    select mobile, phone
    from directory.published_own_numbers
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
  `)
}

/** The patient with this NHS number at the transaction's practice. */
export function patientByNhsNumber(tx: Tx, nhsNumber: NhsNumber): Promise<Patient | undefined> {
  return tx.maybe<Patient>(sql`
    select patient_id, nhs_number, title, given_name, family_name, born_on, sex, address_lines,
      postcode, phone, mobile, email, registration, registered_on, registration_ended_on,
      usual_clinician, household, site_id, usual_staff_id, is_carer, language, is_sensitive,
      merged_into
    from directory.patient
    where practice = ${tx.acting.practice}
      and nhs_number = ${nhsNumber}
  `)
}

/** Enough of a patient to choose the right one from a list. */
export interface FoundPatient {
  readonly patientId: PatientId
  readonly nhsNumber: NhsNumber
  readonly givenName: string
  readonly familyName: string
  readonly bornOn: Patient['bornOn']
}

/**
 * Patients whose family or given name begins with `name`, or whose NHS number is `nhsNumber`; by
 * family name, at most 50.
 */
export function patientsFound(
  tx: Tx,
  by: { readonly name?: string; readonly nhsNumber?: NhsNumber },
): Promise<readonly FoundPatient[]> {
  const beginning = by.name === undefined ? undefined : `${escapeLike(by.name.toLowerCase())}%`
  return tx.many<FoundPatient>(sql`
    select patient_id, nhs_number, given_name, family_name, born_on
    from directory.patient
    where practice = ${tx.acting.practice}
      and registration <> 'applicant'
      and (nhs_number = ${by.nhsNumber}
        or lower(family_name) like ${beginning}
        or lower(given_name) like ${beginning}
        or lower(given_name || ' ' || family_name) like ${beginning})
    order by lower(family_name), lower(given_name), patient_id
    limit 50
  `)
}

function escapeLike(text: string): string {
  return text.replaceAll(/[\\%_]/g, (character) => `\\${character}`)
}

/** Clinicians that patients can be booked with, by name. */
export function clinicians(
  tx: Tx,
): Promise<readonly Pick<StaffMember, 'staffId' | 'name' | 'jobTitle'>[]> {
  return tx.many<Pick<StaffMember, 'staffId' | 'name' | 'jobTitle'>>(sql`
    select staff_id, name, job_title
    from directory.staff
    where practice = ${tx.acting.practice}
      and sees_patients
    order by name, staff_id
    limit 500
  `)
}

/** The practice's rooms, by name. */
export function rooms(tx: Tx): Promise<readonly Room[]> {
  return tx.many<Room>(sql`
    select room_id, name
    from directory.room
    where practice = ${tx.acting.practice}
    order by name, room_id
    limit 500
  `)
}

/** The practice's sites beside its main one, by name. */
export function sites(tx: Tx): Promise<readonly Site[]> {
  return tx.many<Site>(sql`
    select site_id, name, address_lines, postcode, phone
    from directory.site
    where practice = ${tx.acting.practice}
    order by name, site_id
    limit 100
  `)
}

/** Codes of every practice, in order. Practices are public reference data. */
export async function practiceCodes(db: Database): Promise<readonly OdsCode[]> {
  const rows = await db.accounts.many<{ readonly practice: OdsCode }>(sql`
    select practice
    from directory.practice
    order by practice
  `)
  return rows.map((row) => row.practice)
}

/** One practice by its code. Practices are public reference data. */
export function practiceByCode(queries: Queries, practice: OdsCode): Promise<Practice | undefined> {
  return queries.maybe<Practice>(sql`
    select practice, name, address_lines, postcode, phone, opening_hours, is_demo
    from directory.practice
    where practice = ${practice}
  `)
}
