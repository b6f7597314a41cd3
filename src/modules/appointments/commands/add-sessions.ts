import { newId } from '#kernel/id'
import type { Result } from '#kernel/result'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import {
  planSession,
  type NewSession,
  type SessionFault,
  type SessionPlan,
} from '../domain/session.ts'
import type { SessionId } from '../domain/slot.ts'

type Writing = Tx<StaffActing<'publish-slots'> | SystemProof>

/** Adds one session with its slots, all free. */
export async function addSession(tx: Tx<SystemProof>, session: NewSession): Promise<SessionId> {
  const [sessionId] = await addSessions(tx, [session])
  if (sessionId === undefined) throw new Error('A session was added without an id')
  return sessionId
}

/** Adds sessions with their slots, all free, any number at once. Gives their ids in order. */
export function addSessions(
  tx: Tx<SystemProof>,
  sessions: readonly NewSession[],
): Promise<readonly SessionId[]> {
  return insertSessions(tx, sessions)
}

/**
 * Adds a session as staff describe it, or gives every fault of the description. A plan with the id
 * of a session that is there already changes nothing and gives that session.
 */
export async function createSession(
  tx: Tx<StaffActing<'publish-slots'>>,
  plan: SessionPlan & { readonly sessionId: SessionId },
): Promise<Result<SessionId, readonly SessionFault[]>> {
  if (await sessionExists(tx, plan.sessionId)) return { ok: true, value: plan.sessionId }

  const planned = planSession(plan, tx.now)
  if (!planned.ok) return planned
  await insertSessions(tx, [planned.value])
  await recordEvent(tx, {
    type: 'appointments.session-added',
    details: { sessionId: plan.sessionId, slots: planned.value.slots.length },
  })
  return { ok: true, value: plan.sessionId }
}

async function sessionExists(tx: Tx, sessionId: SessionId): Promise<boolean> {
  const found = await tx.maybe<{ readonly sessionId: SessionId }>(sql`
    select session_id
    from appointments.session
    where practice = ${tx.acting.practice}
      and session_id = ${sessionId}
  `)
  return found !== undefined
}

async function insertSessions(
  tx: Writing,
  given: readonly NewSession[],
): Promise<readonly SessionId[]> {
  const sessions = given.map((session) => ({
    ...session,
    sessionId: session.sessionId ?? newId<'Session'>(tx.now),
  }))
  const slots = sessions.flatMap((session) =>
    session.slots.map((slot) => ({
      ...slot,
      slotId: slot.slotId ?? newId<'Slot'>(tx.now),
      sessionId: session.sessionId,
    })),
  )
  await tx.run(sql`
    with added as (
      insert into appointments.session
        (practice, session_id, staff_id, room_id, name, starts_at, ends_at)
      select ${tx.acting.practice}, given."sessionId", given."staffId", given."roomId",
        given.name, given."startsAt", given."endsAt"
      from jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) as given (
        "sessionId" uuid, "staffId" uuid, "roomId" uuid, name text, "startsAt" timestamptz,
        "endsAt" timestamptz)
      on conflict (practice, session_id) do nothing
      returning practice, session_id
    )
    insert into appointments.slot
      (practice, slot_id, session_id, starts_at, minutes, slot_type, national_category,
       delivery_channel, bookable_online, released_at, state)
    select added.practice, given."slotId", added.session_id, given."startsAt", given.minutes,
      given."slotType", given."nationalCategory", given."deliveryChannel", given."bookableOnline",
      given."releasedAt", 'free'
    from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as given (
      "slotId" uuid, "sessionId" uuid, "startsAt" timestamptz, minutes integer, "slotType" text,
      "nationalCategory" text, "deliveryChannel" text, "bookableOnline" boolean,
      "releasedAt" timestamptz)
    join added on added.session_id = given."sessionId"
  `)
  return sessions.map((session) => session.sessionId)
}
