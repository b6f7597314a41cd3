import { newId } from '#kernel/id'
import { accept, refuse, type Result } from '#kernel/result'
import { minutesAfter } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { StaffActing } from '#modules/access'
import { sendsAtOf, type ChangeId } from '../../domain/changes/change.ts'
import { decideChange, sessionsAsked } from '../../domain/changes/decide-change.ts'
import { factsOf, placedBy } from '../../domain/changes/placing.ts'
import type {
  AskedChange,
  ChangePlan,
  ChangeRefusal,
  DecidedChange,
} from '../../domain/changes/plan.ts'
import { slotsOfType } from '../../domain/templates/slots-of-type.ts'
import {
  changeById,
  waitingChange,
  type ChangeBeforeDetail,
} from '../../queries/changes/stored-changes.ts'
import { clinicSessions, type NamedSession } from '../../queries/changes/clinic-sessions.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { slotTypeById } from '../../queries/templates/slot-types.ts'
import { addSlots } from './add-slots.ts'
import { freezeSlots } from './freeze-slots.ts'
import { lockSessions, takeSlots, writePlacing } from './write-sessions.ts'

type Publishing = Tx<StaffActing<'publish-slots'>>

/** What staff decided on, with an id made when they were shown it: sent twice it is made once. */
export interface NewChange {
  readonly changeId: ChangeId
  readonly asked: AskedChange
  /** What patients will read, up to 300 characters. */
  readonly words: string
}

/**
 * Makes a change to clinics, or says why not and changes nothing.
 *
 * Where patients are concerned it waits: its slots are frozen at once, so that nobody books into
 * what is about to change, and patients keep seeing what they were told. Cancelling takes sessions
 * out of the day at once. Another clinician, room, site or time is put in place only when patients
 * are told, together with their appointments: of all ways to hold both times this is the safest,
 * since until then there is nothing to take back, and at no moment is an appointment at a time when
 * its slot is not. Staff see on the session what is to come. Where nobody is concerned, the change
 * is made at once and is over.
 *
 * Hazard: H-006 (a lost booking).
 */
export async function makeChange(
  tx: Publishing,
  { changeId, asked, words }: NewChange,
): Promise<Result<ChangeId, ChangeRefusal>> {
  const sessionIds = sessionsAsked(asked)
  await lockSessions(tx, sessionIds)
  await takeSlots(tx, sessionIds)
  if (await changeById(tx, changeId)) return accept(changeId)

  const sessions = await clinicSessions(tx, sessionIds)
  const decision = await decide(tx, asked, sessions)
  if (!decision.ok) return decision
  const decided = decision.value
  const isWaiting = decided.plan.kind === 'cancel' || decided.concernsPatients
  await store(tx, { changeId, words, sessions, decided, isWaiting })
  if (isWaiting) await freezeSlots(tx, slotsOf(sessions, decided))
  if (decided.plan.kind === 'cancel' || !isWaiting) {
    await writePlacing(tx, placedBy(decided.plan, sessions, tx.now))
  }
  if (decided.plan.kind === 'extend') await addTypeSlots(tx, decided.plan)
  await recordEvent(tx, {
    type: 'appointments.clinic-change-made',
    details: { changeId, kind: asked.kind, sessionIds: decided.sessionIds },
  })
  return accept(changeId)
}

/** Decides a change on sessions as they stand. Nothing is written: it serves the preview as well. */
export async function decide(
  tx: Publishing,
  asked: AskedChange,
  sessions: readonly NamedSession[],
): Promise<Result<DecidedChange, ChangeRefusal>> {
  const [waiting, type] = await Promise.all([
    waitingChange(tx, sessionsAsked(asked)),
    asked.kind === 'extend' ? slotTypeById(tx, asked.slotTypeId) : undefined,
  ])
  if (waiting) return refuse('change-waiting')
  return decideChange(asked, sessions, {
    now: tx.now,
    newSessionId: () => newId<'Session'>(tx.now),
    ...(type && !type.retiredAt && { typeMinutes: type.minutes }),
  })
}

interface Storing {
  readonly changeId: ChangeId
  readonly words: string
  readonly sessions: readonly NamedSession[]
  readonly decided: DecidedChange
  readonly isWaiting: boolean
}

async function store(tx: Publishing, storing: Storing): Promise<void> {
  const { changeId, words, sessions, decided, isWaiting } = storing
  const { undoMinutes } = await practiceSettings(tx)
  const sendsAt = isWaiting ? sendsAtOf(tx.now, undoMinutes, decided.firstAt) : tx.now
  await tx.run(sql`
    insert into appointments.clinic_change
      (practice, change_id, kind, session_ids, words, before, plan, made_at, made_by, sends_at,
       sent_at, told)
    values (${tx.acting.practice}, ${changeId}, ${decided.plan.kind}, ${decided.sessionIds},
      ${words}, ${JSON.stringify(beforeOf(sessions, decided))}, ${JSON.stringify(decided.plan)},
      ${tx.now}, ${tx.acting.staffId}, ${sendsAt}, ${isWaiting ? undefined : tx.now},
      ${isWaiting ? undefined : '[]'})
  `)
  if (isWaiting) await enqueue(tx, 'appointments.send-clinic-change', { changeId }, sendsAt)
}

function beforeOf(sessions: readonly NamedSession[], decided: DecidedChange): ChangeBeforeDetail {
  return {
    sessions: sessions.map((session) => ({
      ...factsOf(session),
      sessionId: session.sessionId,
      startsAt: session.startsAt.toISOString(),
      endsAt: session.endsAt.toISOString(),
    })),
    slots: slotsOf(sessions, decided).map(
      ({ slotId, sessionId, state, bookableOnline, drawId }) => ({
        slotId,
        sessionId,
        state,
        bookableOnline,
        ...(drawId !== undefined && { drawId }),
      }),
    ),
  }
}

function slotsOf(sessions: readonly NamedSession[], decided: DecidedChange) {
  const chosen = new Set(decided.slotIds)
  return sessions.flatMap((session) => session.slots.filter((slot) => chosen.has(slot.slotId)))
}

async function addTypeSlots(
  tx: Publishing,
  plan: Extract<ChangePlan, { readonly kind: 'extend' }>,
): Promise<void> {
  const type = await slotTypeById(tx, plan.slotTypeId)
  if (!type) throw new Error('A session was extended by slots of no type')
  const slots = plan.slotStarts.flatMap((text) => {
    const startsAt = new Date(text)
    const span = { startsAt, endsAt: minutesAfter(startsAt, type.minutes), minutes: type.minutes }
    return slotsOfType(type, span, { now: tx.now })
  })
  await addSlots(tx, plan.sessionId, slots)
}
