import type { Id } from '#kernel/id'
import { localDateOf, type LocalDate } from '#kernel/time'
import { sql, type Tx } from '#platform/db'
import type { Acting } from '#modules/access'
import type { BookingRules } from '../domain/slot.ts'
import type { Eligibility, SlotTypeId } from '../domain/slot-type.ts'
import { rulesOf, type StoredRules } from './stored-rules.ts'

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

/** What decides which slots the patient acted for is offered: they, and what the practice has set. */
export interface OwnTerms {
  readonly patient: Eligibility
  readonly rules: BookingRules
  /** The farthest that slots of any type may be booked ahead; absent where no type says. */
  readonly farthestTypeDays?: number
}

interface OwnTermsRow extends EligibilityRow, StoredRules {
  readonly farthestTypeDays?: number
}

/** As `ownEligibility`, with what the practice has set. */
export async function ownTerms(tx: Tx<Acting<'appointments'>>): Promise<OwnTerms> {
  const row = await tx.maybe<OwnTermsRow>(sql`
    select patient.born_on, patient.sex, patient.site_id, patient.usual_staff_id,
      array(
        select invitation.slot_type_id
        from appointments.invitation
        where invitation.practice = patient.practice
          and invitation.patient_id = patient.patient_id
          and invitation.used_at is null
          and invitation.withdrawn_at is null
          and invitation.expires_on >= ${localDateOf(tx.now)}
      ) as invited_to,
      (select max(type.horizon_days)
        from appointments.slot_type type
        where type.practice = patient.practice) as farthest_type_days,
      rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required, rule.reason_max, rule.cancel_online, rule.waitlist_open
    from directory.patient
    left join appointments.booking_rule rule on rule.practice = patient.practice
    where patient.practice = ${tx.acting.practice}
      and patient.patient_id = ${tx.acting.patientId}
  `)
  if (!row) throw new Error('The patient of a transaction is not in the directory')
  const { farthestTypeDays } = row
  return {
    patient: row,
    rules: rulesOf(row),
    ...(farthestTypeDays !== undefined && { farthestTypeDays }),
  }
}
