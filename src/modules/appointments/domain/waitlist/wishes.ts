import type { Id } from '#kernel/id'
import { localDateOf, localTimeOf, weekdayOf, type LocalDate } from '#kernel/time'
import type { SlotTypeId } from '../slot-type.ts'
import type { DeliveryChannel, Slot } from '../slot.ts'

/** What somebody who waits can use. What is absent is any. Days and times are England's. */
export interface Wishes {
  /** Both days are included. */
  readonly fromDay: LocalDate
  readonly untilDay: LocalDate
  /** 1 is Monday, 7 is Sunday; at least one. */
  readonly weekdays: readonly number[]
  /** When an appointment may start, as 09:00; both times are included. */
  readonly fromTime: string
  readonly untilTime: string
  /** At least one. */
  readonly deliveryChannels: readonly DeliveryChannel[]
  readonly slotTypeId?: SlotTypeId
  readonly staffId?: Id<'Staff'>
  readonly siteId?: Id<'Site'>
}

/** Every weekday, Monday first. */
export const allWeekdays: readonly number[] = [1, 2, 3, 4, 5, 6, 7]

/** The first and the last minute of a day, for wishes that name no time. */
export const anyTime = { fromTime: '00:00', untilTime: '23:59' } as const

/** Whether a slot is one that these wishes ask for, by the clock in England at its start. */
export function suits(
  slot: Pick<Slot, 'startsAt' | 'deliveryChannel' | 'slotTypeId' | 'staffId' | 'siteId'>,
  wishes: Wishes,
): boolean {
  const day = localDateOf(slot.startsAt)
  const time = localTimeOf(slot.startsAt)
  return (
    wishes.fromDay <= day &&
    day <= wishes.untilDay &&
    wishes.weekdays.includes(weekdayOf(day)) &&
    wishes.fromTime <= time &&
    time <= wishes.untilTime &&
    wishes.deliveryChannels.some((channel) => channel === slot.deliveryChannel) &&
    isWished(wishes.slotTypeId, slot.slotTypeId) &&
    isWished(wishes.staffId, slot.staffId) &&
    isWished(wishes.siteId, slot.siteId)
  )
}

function isWished(wished: string | undefined, given: string | undefined): boolean {
  return wished === undefined || wished === given
}
