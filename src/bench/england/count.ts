import type pg from 'pg'
import { clientFor, type DatabaseSettings } from '#platform/db'

/** An appointment or an order as it is stored. Of orders `slotId` is absent. */
export interface Stored {
  readonly id: string
  readonly slotId?: string
}

/** What was told to people, and what of it is not so. All but the first must be 0. */
export interface Counted {
  readonly acknowledged: number
  /** Told and not there. */
  readonly lost: number
  /** Told to two, or in one slot with another. */
  readonly doubled: number
  /** There, and told to nobody. */
  readonly unasked: number
}

/** Compares what was told to people with what is stored since. Order does not matter. */
export function compare(told: readonly string[], stored: readonly Stored[]): Counted {
  const there = new Set(stored.map(({ id }) => id))
  const distinct = new Set(told)
  const slots = stored.flatMap(({ slotId }) => (slotId === undefined ? [] : [slotId]))
  return {
    acknowledged: told.length,
    lost: [...distinct].filter((id) => !there.has(id)).length,
    doubled: told.length - distinct.size + (slots.length - new Set(slots).size),
    unasked: stored.filter(({ id }) => !distinct.has(id)).length,
  }
}

/** The live appointments and the orders that were made since an instant, of all practices. */
export async function storedSince(
  settings: DatabaseSettings,
  since: Date,
): Promise<{ readonly bookings: readonly Stored[]; readonly requests: readonly Stored[] }> {
  const client: pg.Client = clientFor(settings, 'patient-online-counting')
  await client.connect()
  try {
    const bookings = await client.query<{ readonly id: string; readonly slotId: string }>(
      `select appointment_id as id, practice || ' ' || slot_id as "slotId"
       from appointments.appointment
       where booked_at >= $1
         and cancelled_at is null`,
      [since],
    )
    const requests = await client.query<{ readonly id: string }>(
      `select order_id as id from prescriptions.medicine_order where ordered_at >= $1`,
      [since],
    )
    return { bookings: bookings.rows, requests: requests.rows }
  } finally {
    await client.end()
  }
}
