import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { sql, type Tx } from '#platform/db'
import { permissionsOf, type Acting, type StaffActing } from '#modules/access'
import type { WaitlistId } from '../../domain/waitlist/line.ts'
import { endPlace } from './end-place.ts'

/** Takes the patient acted for off the waitlist. Asked again, the answer is the same. */
export async function leaveWaitlist(
  tx: Tx<Acting<'appointments'>>,
  waitlistId: WaitlistId,
): Promise<Result<'left', 'not-found' | 'view-only'>> {
  const { appointments } = await permissionsOf(tx)
  if (appointments !== 'manage') return refuse('view-only')
  const patientId = await patientOf(tx, waitlistId)
  if (patientId !== tx.acting.patientId) return refuse('not-found')
  await endPlace(tx, { waitlistId, patientId }, 'left')
  return accept('left')
}

/** Ends a place for the practice; the patient is told. Asked again, the answer is the same. */
export async function endPlaceForPractice(
  tx: Tx<StaffActing<'book-for-patients'>>,
  waitlistId: WaitlistId,
): Promise<Result<'ended', 'not-found'>> {
  const patientId = await patientOf(tx, waitlistId)
  if (!patientId) return refuse('not-found')
  await endPlace(tx, { waitlistId, patientId }, 'practice')
  return accept('ended')
}

async function patientOf(tx: Tx, waitlistId: WaitlistId): Promise<Id<'Patient'> | undefined> {
  const row = await tx.maybe<{ readonly patientId: Id<'Patient'> }>(sql`
    select patient_id
    from appointments.waitlist_entry
    where practice = ${tx.acting.practice}
      and waitlist_id = ${waitlistId}
  `)
  return row?.patientId
}
