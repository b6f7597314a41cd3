import { bankHolidayOn } from '#kernel/bank-holidays'
import { instantAt, localTimeOf, minutesAfter, type LocalDate } from '#kernel/time'
import type { NewSession, NewSlot } from '../session.ts'
import type { SlotType, SlotTypeId } from '../slot-type.ts'
import { weekend, type SessionAlert } from './alerts.ts'
import {
  closuresIn,
  leaveIn,
  overlaps,
  type PracticeCalendar,
  type TimeSpan,
  type Working,
} from './calendar.ts'
import type { SessionTemplate, TemplateId } from './session-template.ts'
import { slotsOfType } from './slots-of-type.ts'

/** A session that a template gives, and what to know of it. */
export interface LaidSession {
  readonly session: NewSession & {
    readonly templateId: TemplateId
    readonly templateDay: LocalDate
  }
  readonly alerts: readonly SessionAlert[]
}

/** A day on which a template gives no session, and why. */
export interface SkippedDay {
  readonly template: SessionTemplate
  readonly day: LocalDate
  readonly why:
    | { readonly kind: 'bank-holiday' | 'closed'; readonly reason: string }
    | { readonly kind: 'on-leave' | 'clock-change' | 'no-slot-type' }
}

/** What a template's slots and the calendar they are laid on are read from. */
export interface LayingDay {
  readonly types: ReadonlyMap<SlotTypeId, SlotType>
  readonly calendar: PracticeCalendar
  readonly now: Date
}

/**
 * The session that a template gives on a day, without what falls into closures and leave, or why it
 * gives none. Clashes with other sessions are not looked at.
 */
export function layDay(
  template: SessionTemplate,
  day: LocalDate,
  given: LayingDay,
): LaidSession | SkippedDay {
  const holiday = bankHolidayOn(day)
  if (holiday !== undefined) {
    return { template, day, why: { kind: 'bank-holiday', reason: holiday } }
  }
  const slots: NewSlot[] = []
  for (const part of template.parts) {
    const type = given.types.get(part.slotTypeId)
    if (!type) return { template, day, why: { kind: 'no-slot-type' } }
    const span = { startsAt: instantAt(day, part.fromTime), endsAt: instantAt(day, part.untilTime) }
    const isReal =
      localTimeOf(span.startsAt) === part.fromTime && localTimeOf(span.endsAt) === part.untilTime
    const made = slotsOfType(type, { ...span, minutes: part.minutes }, { now: given.now })
    if (!isReal || made.length === 0) return { template, day, why: { kind: 'clock-change' } }
    slots.push(...made)
  }
  return workOf(template, day, slots, given.calendar)
}

function workOf(
  template: SessionTemplate,
  day: LocalDate,
  slots: readonly NewSlot[],
  calendar: PracticeCalendar,
): LaidSession | SkippedDay {
  const { staffId, roomId, siteId, templateId, name } = template
  const who = { ...(staffId && { staffId }), ...(siteId && { siteId }) }
  const whole: Working = { ...wholeSpan(template, day), ...who }
  const [closures, leave] = [closuresIn(whole, calendar), leaveIn(whole, calendar)]
  const away: readonly TimeSpan[] = [...closures, ...leave]
  const open = slots.filter((slot) => !away.some((one) => overlaps(one, spanOf(slot))))
  if (open.length === 0) {
    const [closure] = closures
    return {
      template,
      day,
      why: closure ? { kind: 'closed', reason: closure.reason } : { kind: 'on-leave' },
    }
  }
  const span = open.length === slots.length ? wholeSpan(template, day) : spanAround(open)
  const session = {
    templateId,
    templateDay: day,
    name,
    ...span,
    ...who,
    slots: open,
    ...(roomId && { roomId }),
  }
  const many = slots.length - open.length
  const leftOut = many > 0 ? [{ kind: 'slots-left-out', many } as const] : []
  return { session, alerts: [...leftOut, ...weekend(day)] }
}

function wholeSpan({ parts }: SessionTemplate, day: LocalDate): TimeSpan {
  const times = parts.flatMap((part) => [part.fromTime, part.untilTime]).toSorted()
  return {
    startsAt: instantAt(day, times[0] ?? '00:00'),
    endsAt: instantAt(day, times.at(-1) ?? '00:00'),
  }
}

function spanOf(slot: NewSlot): TimeSpan {
  return { startsAt: slot.startsAt, endsAt: minutesAfter(slot.startsAt, slot.minutes) }
}

function spanAround(slots: readonly NewSlot[]): TimeSpan {
  const spans = slots.map(spanOf)
  return {
    startsAt: new Date(Math.min(...spans.map((span) => Number(span.startsAt)))),
    endsAt: new Date(Math.max(...spans.map((span) => Number(span.endsAt)))),
  }
}
