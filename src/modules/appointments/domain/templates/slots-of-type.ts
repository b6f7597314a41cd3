import { minutesAfter } from '#kernel/time'
import type { NewSlot } from '../session.ts'
import type { SlotType } from '../slot-type.ts'
import type { TimeSpan } from './calendar.ts'
import { offerOf } from './release.ts'

/**
 * Slots of one type back to back in a span; a remainder shorter than a slot stays empty. Each opens
 * by its type's rule, or at `releasedAt` where that is given and the type may be offered at all.
 */
export function slotsOfType(
  type: SlotType,
  span: TimeSpan & { readonly minutes: number },
  opening: { readonly now: Date; readonly releasedAt?: Date },
): readonly NewSlot[] {
  return slotStarts(span).map((startsAt) => newSlot(type, startsAt, span.minutes, opening))
}

function newSlot(
  type: SlotType,
  startsAt: Date,
  minutes: number,
  opening: { readonly now: Date; readonly releasedAt?: Date },
): NewSlot {
  const rule = opening.releasedAt ? ({ rule: 'at-once' } as const) : type.release
  const offer = offerOf({ ...type, release: rule }, startsAt, opening.releasedAt ?? opening.now)
  return {
    startsAt,
    minutes,
    slotType: type.name,
    slotTypeId: type.slotTypeId,
    ...(type.nationalCategory !== undefined && { nationalCategory: type.nationalCategory }),
    ...(type.deliveryChannel && { deliveryChannel: type.deliveryChannel }),
    ...(type.serviceSetting && { serviceSetting: type.serviceSetting }),
    ...offer,
  }
}

function slotStarts(span: TimeSpan & { readonly minutes: number }): readonly Date[] {
  const starts: Date[] = []
  let at = span.startsAt
  while (minutesAfter(at, span.minutes) <= span.endsAt) {
    starts.push(at)
    at = minutesAfter(at, span.minutes)
  }
  return starts
}
