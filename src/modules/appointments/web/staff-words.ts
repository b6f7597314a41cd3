import { formatDate, formatTime, localDateOf } from '#kernel/time'
import type { ClinicSlot } from '../queries/clinics.ts'
import { isCareEncounter } from '../domain/national-category.ts'

/** A slot's state as staff read it. */
export function formatState(slot: Pick<ClinicSlot, 'state'>): string {
  switch (slot.state) {
    case 'free':
      return 'Free'
    case 'booked':
      return 'Booked'
    case 'blocked':
      return 'Blocked'
  }
}

/** Whether patients can book a slot online, and if not yet or never, why. */
export function formatOnline(slot: ClinicSlot, now: Date): string {
  if (!isCareEncounter(slot.nationalCategory)) return 'No: needs a national category'
  if (!slot.deliveryChannel) return 'No: needs a way of meeting'
  if (!slot.bookableOnline || !slot.releasedAt) return 'No'
  if (slot.releasedAt <= now) return 'Yes'
  const isToday = localDateOf(slot.releasedAt) === localDateOf(now)
  return `From ${isToday ? '' : `${formatDate(slot.releasedAt)} at `}${formatTime(slot.releasedAt)}`
}
