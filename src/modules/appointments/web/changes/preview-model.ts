import type { Tx } from '#platform/db'
import { recordEvent } from '#platform/audit'
import type { StaffActing } from '#modules/access'
import type { Result } from '#kernel/result'
import { accept } from '#kernel/result'
import { decide } from '../../commands/changes/make-change.ts'
import { sendsAtOf } from '../../domain/changes/change.ts'
import { sessionsAsked } from '../../domain/changes/decide-change.ts'
import { placedBy, type PlacedSession } from '../../domain/changes/placing.ts'
import type { AskedChange, ChangeRefusal, DecidedChange } from '../../domain/changes/plan.ts'
import { clashesOf, overlapping, type Clash } from '../../queries/changes/clashes.ts'
import { clinicSessions, type NamedSession } from '../../queries/changes/clinic-sessions.ts'
import { concernedPatients } from '../../queries/changes/concerned.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { patientRows, type PatientRow } from './patients-model.ts'

/** What a change would do, for staff to check before they do it. */
export interface Preview {
  readonly asked: AskedChange
  readonly sessions: readonly NamedSession[]
  readonly decided: DecidedChange
  readonly clashes: readonly Clash[]
  readonly patients: readonly PatientRow[]
  readonly now: Date
  /** When patients are told, if there are any to tell. */
  readonly sendsAt: Date
}

type Publishing = Tx<StaffActing<'publish-slots'>>

/** Works out what a change would do, or why it cannot be made. Whom staff see by it is recorded. */
export async function previewOf(
  tx: Publishing,
  asked: AskedChange,
): Promise<
  Result<Preview, { readonly reason: ChangeRefusal; readonly sessions: readonly NamedSession[] }>
> {
  const sessionIds = sessionsAsked(asked)
  const sessions = await clinicSessions(tx, sessionIds)
  const decision = await decide(tx, asked, sessions)
  if (!decision.ok) return { ok: false, refusal: { reason: decision.refusal, sessions } }

  const decided = decision.value
  const { undoMinutes } = await practiceSettings(tx)
  const sendsAt = sendsAtOf(tx.now, undoMinutes, decided.firstAt)
  const booked = decided.concernsPatients ? await concernedPatients(tx, decided.slotIds) : []
  const overlaps =
    decided.plan.kind === 'move'
      ? await overlapping(
          tx,
          booked.map((one) => one.appointmentId),
          decided.plan.byMinutes,
        )
      : new Set<string>()
  const patients = await patientRows(tx, booked, { apart: sessionIds, sendsAt, overlaps })
  const clashes = asked.kind === 'cancel' ? [] : await clashesFor(tx, sessions, decided)
  await recordEvent(tx, {
    type: 'appointments.clinic-change-previewed',
    details: {
      kind: asked.kind,
      sessionIds,
      patientIds: [...new Set(booked.map((one) => one.patientId))],
    },
  })
  return accept({ asked, sessions, decided, clashes, patients, now: tx.now, sendsAt })
}

/** What stands in the way of the sessions that are put somewhere else; not each other. */
async function clashesFor(
  tx: Publishing,
  sessions: readonly NamedSession[],
  decided: DecidedChange,
): Promise<readonly Clash[]> {
  const placing = placedBy(decided.plan, sessions, tx.now)
  const placed = placing.added.length > 0 ? placing.added : placing.changed
  const found = await Promise.all(
    placed.map((session) => clashesOf(tx, { ...placementOf(session), apart: decided.sessionIds })),
  )
  return found.flat()
}

function placementOf({ startsAt, endsAt, staffId, roomId }: PlacedSession) {
  return { startsAt, endsAt, ...(staffId && { staffId }), ...(roomId && { roomId }) }
}
