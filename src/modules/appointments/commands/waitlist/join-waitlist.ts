import type { Id } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import { permissionsOf, type Acting, type StaffActing } from '#modules/access'
import { decideJoining, type Joining, type JoiningRefusal } from '../../domain/waitlist/joining.ts'
import type { WaitlistId } from '../../domain/waitlist/line.ts'
import { lapsesAt } from '../../domain/waitlist/offer-time.ts'
import { joiningFacts } from '../../queries/waitlist/joining-facts.ts'

type Outcome = Result<WaitlistId, JoiningRefusal>

/**
 * Puts the patient acted for on the waitlist. The place's id is that of the form: sent again, it is
 * the same place.
 */
export async function joinWaitlist(
  tx: Tx<Acting<'appointments'>>,
  joining: Joining,
): Promise<Outcome> {
  const { appointments } = await permissionsOf(tx)
  if (appointments !== 'manage') return refuse({ reason: 'view-only' })
  return join(tx, joining, tx.acting.patientId, 'patient')
}

/** As `joinWaitlist`, by staff for a patient of the practice. */
export function addToWaitlist(
  tx: Tx<StaffActing<'book-for-patients'>>,
  joining: Joining,
  patientId: Id<'Patient'>,
): Promise<Outcome> {
  return join(tx, joining, patientId, 'staff')
}

async function join(
  tx: Tx,
  joining: Joining,
  patientId: Id<'Patient'>,
  joinedFrom: 'patient' | 'staff',
): Promise<Outcome> {
  const { waitlistId, replaces } = joining
  const { sameId, isRegistered, ...facts } = await joiningFacts(tx, {
    waitlistId,
    patientId,
    ...(replaces && { replaces }),
  })
  if (sameId) return sameId === patientId ? accept(waitlistId) : refuse({ reason: 'not-found' })
  if (!isRegistered) return refuse({ reason: 'not-found' })
  const decision = decideJoining(joining, facts, tx.now)
  if (!decision.ok) return decision
  if (await insert(tx, joining, patientId, joinedFrom)) {
    await recordEvent(tx, {
      type: 'appointments.waitlist-joined',
      about: patientId,
      details: { waitlistId, joinedFrom },
    })
    await enqueue(tx, 'appointments.lapse-place', { waitlistId }, lapsesAt(joining.wishes.untilDay))
    return accept(waitlistId)
  }
  // Another request of theirs came first, or the id is another patient's.
  const { waiting } = await joiningFacts(tx, {
    waitlistId,
    patientId,
    ...(replaces && { replaces }),
  })
  if (waiting === waitlistId) return accept(waitlistId)
  return refuse(
    waiting ? { reason: 'waiting-already', waitlistId: waiting } : { reason: 'not-found' },
  )
}

async function insert(
  tx: Tx,
  joining: Joining,
  patientId: Id<'Patient'>,
  joinedFrom: 'patient' | 'staff',
): Promise<boolean> {
  const { wishes } = joining
  const inserted = await tx.run(sql`
    insert into appointments.waitlist_entry
      (practice, waitlist_id, patient_id, since, joined_at, joined_from, from_day, until_day,
       weekdays, from_time, until_time, delivery_channels, slot_type_id, staff_id, site_id, replaces,
       phone, reason)
    values (${tx.acting.practice}, ${joining.waitlistId}, ${patientId}, ${tx.now}, ${tx.now},
      ${joinedFrom}, ${wishes.fromDay}, ${wishes.untilDay}, ${wishes.weekdays}, ${wishes.fromTime},
      ${wishes.untilTime}, ${wishes.deliveryChannels}, ${wishes.slotTypeId}, ${wishes.staffId},
      ${wishes.siteId}, ${joining.replaces}, ${joining.phone}, ${joining.reason})
    on conflict do nothing
  `)
  return inserted === 1
}
