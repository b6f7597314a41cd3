import { sql, type SystemProof, type Tx } from '#platform/db'
import type { StaffActing } from '#modules/access'
import type { PlacedSession, Placing } from '../../domain/changes/placing.ts'
import type { SlotStanding } from '../../domain/changes/freezing.ts'
import type { SessionId, SlotId } from '../../domain/slot.ts'

/** Who changes clinics: staff at once, and the service when a change's time has come. */
export type Changing = Tx<StaffActing<'publish-slots'> | SystemProof>

/** Locks sessions in one order, so that one is never changed twice at once. */
export async function lockSessions(tx: Changing, sessionIds: readonly SessionId[]): Promise<void> {
  await tx.run(sql`
    select session_id
    from appointments.session
    where practice = ${tx.acting.practice}
      and session_id = any(${sessionIds}::uuid[])
    order by session_id
    limit 100
    for update
  `)
}

/**
 * Locks the slots of sessions in one order: whoever is booking one of them is waited for. Booked
 * slots are locked only where no appointment is written after, or all of them were before: whoever
 * cancels has the appointment first and waits for the slot.
 */
export async function lockSlots(
  tx: Changing,
  sessionIds: readonly SessionId[],
  which: 'all' | 'not-booked',
): Promise<void> {
  await tx.run(sql`
    select slot_id
    from appointments.slot
    where practice = ${tx.acting.practice}
      and session_id = any(${sessionIds}::uuid[])
      and (${which === 'all'}::boolean or state <> 'booked')
    order by slot_id
    limit 5000
    for update
  `)
}

/**
 * Locks all slots of sessions, or fails at once where somebody has one: to wait for it with others in
 * hand could keep two waiting for each other. Only for what is done again then.
 */
export async function takeSlots(tx: Changing, sessionIds: readonly SessionId[]): Promise<void> {
  await tx.run(sql`
    select slot_id
    from appointments.slot
    where practice = ${tx.acting.practice}
      and session_id = any(${sessionIds}::uuid[])
    order by slot_id
    limit 5000
    for update nowait
  `)
}

/** Stores where a plan puts sessions and slots. */
export async function writePlacing(tx: Changing, placing: Placing): Promise<void> {
  await addSessions(tx, placing.added)
  await updateSessions(tx, placing.changed)
  await placeSlots(tx, placing.slots)
}

async function addSessions(tx: Changing, sessions: readonly PlacedSession[]): Promise<void> {
  if (sessions.length === 0) return
  await tx.run(sql`
    insert into appointments.session
      (practice, session_id, staff_id, room_id, site_id, name, starts_at, ends_at, cancelled_at)
    select ${tx.acting.practice}, given."sessionId", given."staffId", given."roomId",
      given."siteId", given.name, given."startsAt", given."endsAt", given."cancelledAt"
    from jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) as given (
      "sessionId" uuid, "staffId" uuid, "roomId" uuid, "siteId" uuid, name text,
      "startsAt" timestamptz, "endsAt" timestamptz, "cancelledAt" timestamptz)
  `)
}

async function updateSessions(tx: Changing, sessions: readonly PlacedSession[]): Promise<void> {
  if (sessions.length === 0) return
  await tx.run(sql`
    update appointments.session
    set staff_id = given."staffId", room_id = given."roomId", site_id = given."siteId",
      name = given.name, starts_at = given."startsAt", ends_at = given."endsAt",
      cancelled_at = given."cancelledAt"
    from jsonb_to_recordset(${JSON.stringify(sessions)}::jsonb) as given (
      "sessionId" uuid, "staffId" uuid, "roomId" uuid, "siteId" uuid, name text,
      "startsAt" timestamptz, "endsAt" timestamptz, "cancelledAt" timestamptz)
    where session.practice = ${tx.acting.practice}
      and session.session_id = given."sessionId"
  `)
}

async function placeSlots(tx: Changing, slots: Placing['slots']): Promise<void> {
  if (slots.length === 0) return
  await tx.run(sql`
    update appointments.slot
    set session_id = given."sessionId", starts_at = given."startsAt"
    from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as given (
      "slotId" uuid, "sessionId" uuid, "startsAt" timestamptz)
    where slot.practice = ${tx.acting.practice}
      and slot.slot_id = given."slotId"
  `)
}

/** Stores how slots stand, which must be locked. */
export async function writeStandings(
  tx: Changing,
  slots: readonly (SlotStanding & { readonly slotId: SlotId })[],
): Promise<void> {
  if (slots.length === 0) return
  await tx.run(sql`
    update appointments.slot
    set state = given.state, bookable_online = given."bookableOnline"
    from jsonb_to_recordset(${JSON.stringify(slots)}::jsonb) as given (
      "slotId" uuid, state text, "bookableOnline" boolean)
    where slot.practice = ${tx.acting.practice}
      and slot.slot_id = given."slotId"
  `)
}
