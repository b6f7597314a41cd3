import type { Id } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { WaitlistId } from '../../domain/waitlist/line.ts'

/** Why someone waits no longer. */
export type EndedBy = 'placed' | 'left' | 'lapsed' | 'missed-offers' | 'practice'

interface Place {
  readonly waitlistId: WaitlistId
  readonly patientId: Id<'Patient'>
}

/**
 * Ends a place on the waitlist, once, and offers what was offered to it to the next. The patient is
 * told, unless they did it. Says whether it was live until now.
 */
export async function endPlace(tx: Tx, place: Place, endedBy: EndedBy): Promise<boolean> {
  const { waitlistId, patientId } = place
  const ended = await tx.run(sql`
    update appointments.waitlist_entry
    set ended_at = greatest(joined_at, ${tx.now}::timestamptz), ended_by = ${endedBy}
    where practice = ${tx.acting.practice}
      and waitlist_id = ${waitlistId}
      and patient_id = ${patientId}
      and ended_at is null
  `)
  if (ended === 0) return false
  const offers = await tx.many<{ readonly slotId: Id<'Slot'> }>(sql`
    update appointments.slot_offer
    set closed_at = greatest(offered_at, ${tx.now}::timestamptz), outcome = 'withdrawn'
    where practice = ${tx.acting.practice}
      and waitlist_id = ${waitlistId}
      and patient_id = ${patientId}
      and closed_at is null
    returning slot_id
  `)
  for (const { slotId } of offers) await enqueue(tx, 'appointments.offer-slot', { slotId })
  await recordEvent(tx, {
    type: 'appointments.waitlist-ended',
    about: patientId,
    details: { waitlistId, endedBy },
  })
  if (endedBy !== 'left' && endedBy !== 'placed') {
    await enqueue(tx, 'appointments.send-waitlist-ended', { waitlistId, patientId })
  }
  return true
}
