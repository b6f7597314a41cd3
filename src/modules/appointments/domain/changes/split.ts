import { accept, refuse, type Result } from '#kernel/result'
import type { SessionId, SlotId } from '../slot.ts'
import {
  bookedToCome,
  patientsNotice,
  standingOf,
  type ClinicSession,
  type SessionFacts,
} from './clinic-session.ts'
import type { ChangeRefusal, DecidedChange } from './plan.ts'

/**
 * May the session become two, the second from the start of `fromSlot` and with facts of its own?
 * Both have at least one slot, and the second has not begun. A slot that runs over the time of the
 * split stays with the first.
 */
export function decideSplit(
  session: ClinicSession,
  asked: { readonly fromSlot: SlotId; readonly to: SessionFacts; readonly newSessionId: SessionId },
  now: Date,
): Result<DecidedChange, ChangeRefusal> {
  const standing = standingOf(session, now)
  if (standing === 'cancelled') return refuse('cancelled-already')
  if (standing === 'over') return refuse('over')

  const from = session.slots.find((slot) => slot.slotId === asked.fromSlot)
  if (!from || !splitsAt(session).some((slot) => slot.slotId === from.slotId)) {
    return refuse('no-such-slot')
  }
  if (from.startsAt <= now) return refuse('in-the-past')

  const second = session.slots.filter((slot) => slot.startsAt >= from.startsAt)
  const { sessionId } = session
  const slotIds = second.map((slot) => slot.slotId)
  const isNoticed = patientsNotice(session, asked.to)
  return accept({
    plan: {
      kind: 'split',
      sessionId,
      newSessionId: asked.newSessionId,
      at: from.startsAt.toISOString(),
      slotIds,
      to: asked.to,
    },
    sessionIds: [sessionId],
    slotIds,
    concernsPatients: isNoticed && bookedToCome(second, now).length > 0,
  })
}

/** The slots before which a session can be split: one for each time, the first of all left out. */
export function splitsAt(session: ClinicSession): ClinicSession['slots'] {
  return session.slots.filter(
    (slot, index) =>
      slot.startsAt > session.startsAt &&
      slot.startsAt < session.endsAt &&
      index > 0 &&
      Number(session.slots[index - 1]?.startsAt) !== Number(slot.startsAt),
  )
}
