import { newId } from '#kernel/id'
import { sql, type SystemProof, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { NewSession } from '../domain/session.ts'
import type { SessionId } from '../domain/slot.ts'

type Writing = Tx<StaffActing<'publish-slots'> | SystemProof>

/** Adds one session with its slots, all free. */
export async function addSession(tx: Tx<SystemProof>, session: NewSession): Promise<SessionId> {
  const [sessionId] = await addSessions(tx, [session])
  if (sessionId === undefined) throw new Error('A session was added without an id')
  return sessionId
}

/**
 * Adds sessions with their slots, all free, any number at once. Gives their ids in order. One that is
 * there already, by its id or by its template's day, is passed over with all of its slots.
 */
export async function addSessions(
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
        (practice, session_id, staff_id, room_id, site_id, name, starts_at, ends_at, template_id,
         template_day)
      select ${tx.acting.practice}, given."sessionId", given."staffId", given."roomId",
        given."siteId", given.name, given."startsAt", given."endsAt", given."templateId",
        given."templateDay"
      from jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) as given (
        "sessionId" uuid, "staffId" uuid, "roomId" uuid, "siteId" uuid, name text,
        "startsAt" timestamptz, "endsAt" timestamptz, "templateId" uuid, "templateDay" date)
      on conflict do nothing
      returning practice, session_id
    )
    insert into appointments.slot
      (practice, slot_id, session_id, starts_at, minutes, slot_type, slot_type_id,
       national_category, delivery_channel, service_setting, bookable_online, gp_connect_bookable,
       released_at, state)
    select added.practice, given."slotId", added.session_id, given."startsAt", given.minutes,
      given."slotType", given."slotTypeId", given."nationalCategory", given."deliveryChannel",
      given."serviceSetting", given."bookableOnline", coalesce(given."gpConnectBookable", false),
      given."releasedAt", case when given."isBlocked" then 'blocked' else 'free' end
    from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as given (
      "slotId" uuid, "sessionId" uuid, "startsAt" timestamptz, minutes integer, "slotType" text,
      "slotTypeId" uuid, "nationalCategory" text, "deliveryChannel" text, "serviceSetting" text,
      "bookableOnline" boolean, "gpConnectBookable" boolean, "releasedAt" timestamptz,
      "isBlocked" boolean)
    join added on added.session_id = given."sessionId"
  `)
  return sessions.map((session) => session.sessionId)
}
