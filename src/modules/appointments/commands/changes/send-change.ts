import { parseId } from '#kernel/id'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { JobHandler } from '#platform/jobs'
import { sessionsCancelled } from '../../domain/changes/cancel.ts'
import { stateOf, type ChangeId } from '../../domain/changes/change.ts'
import { placedBy } from '../../domain/changes/placing.ts'
import { clinicSessions } from '../../queries/changes/clinic-sessions.ts'
import { concernedPatients, reachedOnline } from '../../queries/changes/concerned.ts'
import {
  changeById,
  type StoredChange,
  type ToldPatient,
} from '../../queries/changes/stored-changes.ts'
import { cancelByPractice, type Cancelling } from './cancel-by-practice.ts'
import { closeSlots, thawSlots } from './freeze-slots.ts'
import { lockChange } from './lock-change.ts'
import { moveByPractice } from './move-by-practice.ts'
import { tellChanged } from './tell-changed.ts'
import { lockSessions, lockSlots, writePlacing } from './write-sessions.ts'

type Told = Omit<ToldPatient, 'isReached'>

/**
 * Tells patients of a change whose time has come, and does with their appointments what it says: all
 * of it in the job's transaction or none. Run again, or after it was undone, it does nothing.
 */
export async function sendChange(tx: Tx<SystemProof>, changeId: ChangeId): Promise<void> {
  await lockChange(tx, changeId)
  const change = await changeById(tx, changeId)
  if (!change || stateOf(change) !== 'waiting') return

  await lockSessions(tx, change.sessionIds)
  await lockSlots(tx, change.sessionIds, 'not-booked')
  const told =
    change.plan.kind === 'cancel' ? await sendCancel(tx, change) : await sendOther(tx, change)
  const reached = await whoIsReached(tx, told)
  await tx.run(sql`
    update appointments.clinic_change
    set sent_at = greatest(sends_at, ${tx.now}::timestamptz), told = ${JSON.stringify(reached)}
    where practice = ${tx.acting.practice}
      and change_id = ${changeId}
  `)
  await recordEvent(tx, {
    type: 'appointments.clinic-change-sent',
    details: { changeId, kind: change.kind, appointmentIds: told.map((one) => one.appointmentId) },
  })
}

/** What a waiting change does when its time has come. */
export const changeJobs: readonly JobHandler[] = [
  {
    kind: 'appointments.send-clinic-change',
    run: async (tx, payload) => {
      const changeId = parseId<'ClinicChange'>(payload['changeId'])
      if (!changeId) throw new Error('The job of a change to clinics names no change')
      await sendChange(tx, changeId)
    },
  },
]

/** Whoever is booked is no longer, and no slot of the sessions can be booked again. */
async function sendCancel(tx: Tx<SystemProof>, change: StoredChange): Promise<readonly Told[]> {
  const sessionIds = sessionsCancelled(change.plan, change.sessionIds)
  const slots = (await clinicSessions(tx, sessionIds)).flatMap((session) => session.slots)
  const slotIds = slots.map((slot) => slot.slotId)
  const cancelled = await cancelByPractice(tx, {
    ...cancellingOf(change),
    patients: await concernedPatients(tx, slotIds),
  })
  await lockSlots(tx, sessionIds, 'all')
  const gone = new Set(cancelled.map((one) => one.slotId))
  const now = (await clinicSessions(tx, sessionIds)).flatMap((session) => session.slots)
  await closeSlots(
    tx,
    now.filter((slot) => slot.state !== 'booked' || gone.has(slot.slotId)),
  )
  return cancelled.map(({ appointmentId, patientId }) => ({
    appointmentId,
    patientId,
    outcome: 'cancelled',
  }))
}

/** The session is put in its new place, its appointments with it, and its slots are offered again. */
async function sendOther(tx: Tx<SystemProof>, change: StoredChange): Promise<readonly Told[]> {
  const { plan, before } = change
  const sessions = await clinicSessions(tx, change.sessionIds)
  const placing = placedBy(plan, sessions, tx.now)
  const touched =
    plan.kind === 'split'
      ? plan.slotIds
      : sessions.flatMap((session) => session.slots.map((slot) => slot.slotId))
  const concerned = await concernedPatients(tx, touched)
  const told =
    plan.kind === 'move'
      ? await moveByPractice(tx, { ...cancellingOf(change), patients: concerned }, plan.byMinutes)
      : await tellChanged(tx, cancellingOf(change), concerned)
  await lockSlots(tx, change.sessionIds, 'all')

  // Who was called in although the session was to move was seen at the old time: the slot stays.
  const now = (await clinicSessions(tx, change.sessionIds)).flatMap((session) => session.slots)
  const follow = new Set(concerned.map((one) => one.slotId))
  const stays = new Set(
    now.filter((slot) => slot.state === 'booked' && !follow.has(slot.slotId)).map((s) => s.slotId),
  )
  const slots =
    plan.kind === 'move' ? placing.slots.filter(({ slotId }) => !stays.has(slotId)) : placing.slots
  await writePlacing(tx, { ...placing, slots })
  const placed = placing.added.map((session) => session.sessionId)
  const after = await clinicSessions(tx, [...change.sessionIds, ...placed])
  await thawSlots(
    tx,
    before.slots,
    after.flatMap((session) => session.slots),
  )
  await requireTogether(tx, touched)
  return told
}

function cancellingOf({ changeId, words, madeBy }: StoredChange): Omit<Cancelling, 'patients'> {
  return { changeId, words, madeBy }
}

/** Someone booked while this ran, at the old time: leave all of it to be done again. */
async function requireTogether(tx: Tx<SystemProof>, slotIds: readonly string[]): Promise<void> {
  const apart = await tx.maybe<{ readonly slotId: string }>(sql`
    select slot.slot_id
    from appointments.slot
    join appointments.appointment
      on appointment.practice = slot.practice
      and appointment.slot_id = slot.slot_id
      and appointment.cancelled_at is null
      and appointment.starts_at <> slot.starts_at
    where slot.practice = ${tx.acting.practice}
      and slot.slot_id = any(${slotIds}::uuid[])
    limit 1
  `)
  if (apart) throw new Error('An appointment is at another time than its slot')
}

async function whoIsReached(
  tx: Tx<SystemProof>,
  told: readonly Told[],
): Promise<readonly ToldPatient[]> {
  const rows = await tx.many<Parameters<typeof reachedOnline>[1][number]>(sql`
    select patient_id, registration, email, mobile
    from directory.patient
    where practice = ${tx.acting.practice}
      and patient_id = any(${told.map((one) => one.patientId)}::uuid[])
    order by patient_id
    limit 2000
  `)
  const reached = await reachedOnline(tx, rows)
  return told.map((one) => ({ ...one, isReached: reached.has(one.patientId) }))
}
