import type { OdsCode } from '#kernel/ods-code'
import { addDays, instantAt, localDateOf, minutesAfter } from '#kernel/time'
import { systemProof, type Database } from '#platform/db'
import { addSession, type NewSession } from '#modules/appointments'

const perSession = 24

/** A clinic of this many slots of ten minutes, all released, for whoever comes. */
export function morningClinic(startsAt: Date, count: number, releasedAt: Date): NewSession {
  return {
    name: 'Morning clinic',
    startsAt,
    endsAt: minutesAfter(startsAt, count * 10),
    slots: Array.from({ length: count }, (_, index) => ({
      startsAt: minutesAfter(startsAt, index * 10),
      minutes: 10,
      slotType: 'Routine',
      nationalCategory: 'General Consultation Routine',
      deliveryChannel: 'in-person' as const,
      bookableOnline: true,
      releasedAt,
    })),
  }
}

/** Many rooms at once: as many slots at each time as there can be, on the working hours of many days. */
export async function addSlots(
  db: Database,
  at: OdsCode,
  count: number,
  rooms: number,
): Promise<void> {
  const releasedAt = db.now()
  const first = addDays(localDateOf(releasedAt), 1)
  await db.transaction(systemProof(at), async (tx) => {
    for (let made = 0, nth = 0; made < count; made += perSession, nth++) {
      const day = addDays(first, Math.floor(nth / rooms))
      const startsAt = instantAt(day, '09:00')
      await addSession(tx, morningClinic(startsAt, perSession, releasedAt))
    }
  })
}
