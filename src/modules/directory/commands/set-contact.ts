import { newId } from '#kernel/id'
import { accept, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { decideContact, type ContactChoice, type ContactRefusal } from '../domain/contact.ts'
import type { PatientId } from '../domain/patient.ts'

/** Who says so: the patient themself, or staff whom they told. */
export interface ContactBy {
  readonly as: 'patient' | 'staff'
  readonly id: string
}

const usual: ContactChoice = {
  byEmail: true,
  byText: true,
  byPhone: true,
  byLetter: true,
  addressLines: [],
}

/**
 * Says how a patient may be reached from now on; `undefined` for as the record has it. The trail
 * holds that it was said, and by whom, and nothing of what.
 */
export async function setContact(
  tx: Tx,
  patientId: PatientId,
  choice: ContactChoice | undefined,
  by: ContactBy,
): Promise<Result<undefined, ContactRefusal>> {
  const decided = decideContact(choice ?? usual)
  if (!decided.ok) return decided
  const { byEmail, byText, byPhone, byLetter, email, phone, addressLines, postcode, whenSafe } =
    decided.value
  await tx.run(sql`
    insert into directory.contact_choice
      (practice, choice_id, patient_id, chosen_at, chosen_as, chosen_by, is_usual, by_email, by_text,
       by_phone, by_letter, email, phone, address_lines, postcode, when_safe)
    values (${tx.acting.practice}, ${newId(tx.now)}, ${patientId}, ${tx.now}, ${by.as}, ${by.id},
      ${choice === undefined}, ${byEmail}, ${byText}, ${byPhone}, ${byLetter}, ${email}, ${phone},
      ${addressLines}, ${postcode}, ${whenSafe})
  `)
  await recordEvent(tx, { type: 'directory.contact-said', about: patientId })
  return accept(undefined)
}
