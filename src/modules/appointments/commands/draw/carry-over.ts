import { newId } from '#kernel/id'
import { addDays, localDateOf, weekdayOf } from '#kernel/time'
import { recordEvent } from '#platform/audit'
import { sql, type SystemProof, type Tx } from '#platform/db'
import { enqueue } from '#platform/jobs'
import type { PracticeSettings } from '../../domain/slot.ts'
import { lapsesAt } from '../../domain/waitlist/offer-time.ts'
import { waitingSince, type StandingEntry } from '../../queries/draw/draw-facts.ts'

/** How long somebody who had no luck waits on, at most. Days. */
const carriedDays = 56

/**
 * Puts those whom a draw gave nothing on the waitlist, counted from the first draw in a row that gave
 * them nothing. Who waits already keeps what they wished, counted from then if that is earlier.
 */
export async function carryOver(
  tx: Tx<SystemProof>,
  settings: PracticeSettings,
  entries: readonly StandingEntry[],
): Promise<void> {
  if (!settings.waitlistOpen || entries.length === 0) return
  const earliest = await waitingSince(
    tx,
    entries.map((entry) => entry.patientId),
  )
  for (const entry of entries) {
    const since = earliest.get(entry.patientId) ?? entry.enteredAt
    if (!(await countFrom(tx, entry, since))) await join(tx, settings, entry, since)
  }
}

/** Whether they wait already. */
async function countFrom(
  tx: Tx<SystemProof>,
  { patientId }: StandingEntry,
  since: Date,
): Promise<boolean> {
  const found = await tx.run(sql`
    update appointments.waitlist_entry
    set since = least(since, ${since}::timestamptz)
    where practice = ${tx.acting.practice}
      and patient_id = ${patientId}
      and replaces is null
      and ended_at is null
  `)
  return found > 0
}

async function join(
  tx: Tx<SystemProof>,
  settings: PracticeSettings,
  entry: StandingEntry,
  since: Date,
): Promise<void> {
  const { wishes, patientId } = entry
  const waitlistId = newId<'Waitlist'>(tx.now)
  const today = localDateOf(tx.now)
  const untilDay = addDays(today, Math.min(carriedDays, settings.horizonDays))
  const weekdays = [...new Set(wishes.days.map(weekdayOf))].toSorted((a, b) => a - b)
  await tx.run(sql`
    insert into appointments.waitlist_entry
      (practice, waitlist_id, patient_id, since, joined_at, joined_from, from_day, until_day,
       weekdays, from_time, until_time, delivery_channels, staff_id, phone, reason)
    values (${tx.acting.practice}, ${waitlistId}, ${patientId}, ${since}, ${tx.now}, 'draw',
      ${today}, ${untilDay}, ${weekdays}, ${wishes.fromTime}, ${wishes.untilTime},
      ${wishes.deliveryChannels}, ${wishes.staffId}, ${entry.phone}, ${entry.reason})
  `)
  await recordEvent(tx, {
    type: 'appointments.waitlist-joined',
    about: patientId,
    details: { waitlistId, joinedFrom: 'draw' },
  })
  await enqueue(tx, 'appointments.lapse-place', { waitlistId }, lapsesAt(untilDay))
}
