import { minutesAfter } from '#kernel/time'
import type { NewSession } from '#modules/appointments'

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
