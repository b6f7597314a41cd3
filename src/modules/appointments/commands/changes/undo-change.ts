import { accept, refuse, type Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import { decideUndo, stateOf, type ChangeId } from '../../domain/changes/change.ts'
import { enqueue } from '#platform/jobs'
import { clinicSessions } from '../../queries/changes/clinic-sessions.ts'
import { changeById, type StoredChange } from '../../queries/changes/stored-changes.ts'
import { thawSlots } from './freeze-slots.ts'
import { lockChange } from './lock-change.ts'
import { lockSessions, takeSlots, writePlacing } from './write-sessions.ts'

type Publishing = Tx<StaffActing<'publish-slots'>>

/** Why a change stays as it is. */
export type StandingChange = 'not-found' | 'sent' | 'undone'

/**
 * Undoes a change of which nobody has been told: sessions and slots are as they were before it, but
 * for what others did meanwhile. Who cancelled or moved away meanwhile has done so. Asked again, the
 * answer is the same.
 */
export async function undoChange(
  tx: Publishing,
  changeId: ChangeId,
): Promise<Result<ChangeId, StandingChange>> {
  await lockChange(tx, changeId)
  const change = await changeById(tx, changeId)
  if (!change) return refuse('not-found')
  const decision = decideUndo(change)
  if (!decision.ok) return decision
  if (decision.value === 'already') return accept(changeId)

  await tx.run(sql`
    update appointments.clinic_change
    set undone_at = ${tx.now}, undone_by = ${tx.acting.staffId}
    where practice = ${tx.acting.practice}
      and change_id = ${changeId}
  `)
  await putBack(tx, change)
  await recordEvent(tx, {
    type: 'appointments.clinic-change-undone',
    details: { changeId, kind: change.kind, sessionIds: change.sessionIds },
  })
  return accept(changeId)
}

async function putBack(tx: Publishing, { plan, before, sessionIds }: StoredChange): Promise<void> {
  await lockSessions(tx, sessionIds)
  await takeSlots(tx, sessionIds)
  const slots = (await clinicSessions(tx, sessionIds)).flatMap((session) => session.slots)
  if (plan.kind === 'cancel') {
    const home = new Map(before.slots.map((slot) => [slot.slotId, slot.sessionId]))
    await writePlacing(tx, {
      changed: before.sessions.map((session) => ({
        ...session,
        startsAt: new Date(session.startsAt),
        endsAt: new Date(session.endsAt),
      })),
      added: [],
      slots: slots.map(({ slotId, sessionId, startsAt }) => ({
        slotId,
        startsAt,
        sessionId: home.get(slotId) ?? originalOf(plan, sessionId),
      })),
    })
  }
  await thawSlots(tx, before.slots, slots)
}

/** A slot that colleagues added meanwhile goes back with the others of its session. */
function originalOf(
  plan: Extract<StoredChange['plan'], { readonly kind: 'cancel' }>,
  sessionId: StoredChange['sessionIds'][number],
) {
  return plan.rests.find((rest) => rest.newSessionId === sessionId)?.sessionId ?? sessionId
}

/** Tells patients of a waiting change at once instead of later. It cannot be undone after. */
export async function sendChangeNow(
  tx: Publishing,
  changeId: ChangeId,
): Promise<Result<ChangeId, StandingChange>> {
  await lockChange(tx, changeId)
  const change = await changeById(tx, changeId)
  if (!change) return refuse('not-found')
  const state = stateOf(change)
  if (state === 'undone') return refuse('undone')
  if (state === 'sent' || change.sendsAt <= tx.now) return accept(changeId)

  await tx.run(sql`
    update appointments.clinic_change
    set sends_at = ${tx.now}
    where practice = ${tx.acting.practice}
      and change_id = ${changeId}
  `)
  await enqueue(tx, 'appointments.send-clinic-change', { changeId })
  await recordEvent(tx, {
    type: 'appointments.clinic-change-hurried',
    details: { changeId, kind: change.kind },
  })
  return accept(changeId)
}
