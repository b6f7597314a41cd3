import type { Id } from '#kernel/id'
import { sql, type Tx } from '#platform/db'
import type { JoiningFacts } from '../../domain/waitlist/joining.ts'
import type { WaitlistId } from '../../domain/waitlist/line.ts'
import type { AppointmentId } from '../../domain/slot.ts'
import { rulesOf, type StoredRules } from '../stored-rules.ts'

interface FactsRow extends StoredRules {
  readonly isRegistered: boolean
  readonly sameId?: Id<'Patient'>
  readonly waiting?: WaitlistId
  readonly replacedStartsAt?: Date
}

/** What joining depends on; `sameId` is whose place has this id already. */
export async function joiningFacts(
  tx: Tx,
  asked: {
    readonly waitlistId: WaitlistId
    readonly patientId: Id<'Patient'>
    readonly replaces?: AppointmentId
  },
): Promise<JoiningFacts & { readonly sameId?: Id<'Patient'>; readonly isRegistered: boolean }> {
  const { waitlistId, patientId, replaces } = asked
  const row = await tx.maybe<FactsRow>(sql`
    select rule.max_held, rule.closes_minutes_before, rule.cancel_minutes_before, rule.horizon_days,
      rule.reason_required, rule.reason_max, rule.cancel_online, rule.waitlist_open,
      exists (
        select
        from directory.patient
        where patient.practice = practice.practice
          and patient.patient_id = ${patientId}
          and patient.registration in ('active', 'temporary')
      ) as is_registered,
      same.patient_id as same_id, waiting.waitlist_id as waiting,
      replaced.starts_at as replaced_starts_at
    from directory.practice practice
    left join appointments.booking_rule rule on rule.practice = practice.practice
    left join appointments.waitlist_entry same
      on same.practice = practice.practice
      and same.waitlist_id = ${waitlistId}
    left join appointments.waitlist_entry waiting
      on waiting.practice = practice.practice
      and waiting.patient_id = ${patientId}
      and waiting.replaces is not distinct from ${replaces}::uuid
      and waiting.joined_from <> 'cancelled-clinic'
      and waiting.ended_at is null
    left join appointments.appointment replaced
      on replaced.practice = practice.practice
      and replaced.patient_id = ${patientId}
      and replaced.appointment_id = ${replaces}
      and replaced.cancelled_at is null
      and replaced.starts_at > ${tx.now}
    where practice.practice = ${tx.acting.practice}
  `)
  if (!row) throw new Error('The practice of a transaction is not in the directory')
  const { sameId, isRegistered, waiting, replacedStartsAt } = row
  return {
    rules: rulesOf(row),
    isRegistered,
    ...(sameId && { sameId }),
    ...(waiting && { waiting }),
    ...(replacedStartsAt && { replacedStartsAt }),
  }
}
