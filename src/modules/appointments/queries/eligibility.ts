import type { Id } from '#kernel/id'
import { localDateOf, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { Eligibility, SlotTypeId } from '../domain/slot-type.ts'

interface EligibilityRow {
  readonly bornOn: LocalDate
  readonly sex: Eligibility['sex']
  readonly siteId?: Id<'Site'>
  readonly usualStaffId?: Id<'Staff'>
  readonly invitedTo: readonly SlotTypeId[]
}

/** What decides which slots are for the patient acted for, today. */
export async function ownEligibility(tx: Tx<Acting<'appointments'>>): Promise<Eligibility> {
  const row = await tx.maybe<EligibilityRow>(sql`
    select patient.born_on, patient.sex, patient.site_id, patient.usual_staff_id,
      array(
        select invitation.slot_type_id
        from appointments.invitation
        where invitation.practice = patient.practice
          and invitation.patient_id = patient.patient_id
          and invitation.used_at is null
          and invitation.withdrawn_at is null
          and invitation.expires_on >= ${localDateOf(tx.now)}
      ) as invited_to
    from directory.patient
    where patient.practice = ${tx.acting.practice}
      and patient.patient_id = ${tx.acting.patientId}
  `)
  if (!row) throw new Error('The patient of a transaction is not in the directory')
  return row
}
