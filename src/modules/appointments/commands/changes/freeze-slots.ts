import { recordEvent } from '#platform/audit'
import { sql } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { SessionSlot } from '../../domain/changes/clinic-session.ts'
import { frozen, thawed, type SlotBefore } from '../../domain/changes/freezing.ts'
import type { SlotId } from '../../domain/slot.ts'
import { practiceSettings } from '../../queries/stored-rules.ts'
import { writeStandings, type Changing } from './write-sessions.ts'

/**
 * Keeps slots, which must be locked, for nobody while a change waits: what is booked stays booked,
 * and what somebody was being offered is offered no more.
 */
export async function freezeSlots(tx: Changing, slots: readonly SessionSlot[]): Promise<void> {
  await writeStandings(
    tx,
    slots.map((slot) => ({ slotId: slot.slotId, ...frozen(slot) })),
  )
  const held = slots.filter((slot) => slot.state === 'held').map((slot) => slot.slotId)
  if (held.length > 0) await withdrawOffers(tx, held)
}

/** Blocks slots, which must be locked, for good: their sessions do not take place. */
export function closeSlots(tx: Changing, slots: readonly Pick<SessionSlot, 'slotId'>[]) {
  return writeStandings(
    tx,
    slots.map(({ slotId }) => ({ slotId, state: 'blocked', bookableOnline: false })),
  )
}

/**
 * Gives slots, which must be locked, back to how they were before a change froze them, but for what
 * was done meanwhile; one that a patient gave up meanwhile goes to those who wait.
 */
export async function thawSlots(
  tx: Changing,
  before: readonly SlotBefore[],
  now: readonly SessionSlot[],
): Promise<void> {
  const [settings, openDraws] = await Promise.all([practiceSettings(tx), drawsToCome(tx, before)])
  const current = new Map(now.map((slot) => [slot.slotId, slot]))
  const after = before.flatMap((was) => {
    const slot = current.get(was.slotId)
    if (!slot) return []
    const stands = thawed(was, slot, {
      waitlistOpen: settings.waitlistOpen,
      toCome: slot.startsAt > tx.now,
      drawIsOpen: was.drawId !== undefined && openDraws.has(was.drawId),
    })
    return [{ slotId: was.slotId, ...stands }]
  })
  await writeStandings(tx, after)
  for (const { slotId, isGivenBack } of after) {
    if (isGivenBack) await enqueue(tx, 'appointments.offer-slot', { slotId })
  }
}

async function drawsToCome(
  tx: Changing,
  slots: readonly SlotBefore[],
): Promise<ReadonlySet<string>> {
  const drawIds = slots.flatMap((slot) => slot.drawId ?? [])
  if (drawIds.length === 0) return new Set()
  const rows = await tx.many<{ readonly drawId: string }>(sql`
    select draw_id
    from appointments.draw
    where practice = ${tx.acting.practice}
      and draw_id = any(${drawIds}::uuid[])
      and drawn_at is null
      and cancelled_at is null
    order by draw_id
    limit 5000
  `)
  return new Set(rows.map((row) => row.drawId))
}

async function withdrawOffers(tx: Changing, slotIds: readonly SlotId[]): Promise<void> {
  const withdrawn = await tx.many<{ readonly offerId: string; readonly patientId: string }>(sql`
    update appointments.slot_offer
    set closed_at = greatest(offered_at, ${tx.now}::timestamptz), outcome = 'withdrawn'
    where practice = ${tx.acting.practice}
      and slot_id = any(${slotIds}::uuid[])
      and closed_at is null
    returning offer_id, patient_id
  `)
  for (const { offerId, patientId } of withdrawn) {
    await recordEvent(tx, {
      type: 'appointments.offer-closed',
      about: patientId,
      details: { offerId, outcome: 'withdrawn' },
    })
  }
}
