import { sql, type Tx } from '#platform/db'
import type { Contact } from '../domain/contact.ts'
import type { PatientId } from '../domain/patient.ts'

/** How to reach a patient. Staff and the service only: the patient's own role cannot read it. */
export function contactOf(tx: Tx, patientId: PatientId): Promise<Contact | undefined> {
  return tx.maybe<Contact>(sql`
    select is_special, email, texts, mobile, phone, address_lines, postcode, by_letter, when_safe,
      chosen_at
    from directory.published_contact
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
  `)
}
