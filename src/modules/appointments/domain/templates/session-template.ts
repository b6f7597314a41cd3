import type { Id } from '#kernel/id'
import { addDays, weekdayOf, type LocalDate } from '#kernel/time'
import type { SlotTypeId } from '../slot-type.ts'

export type TemplateId = Id<'Template'>

/** Slots of one type, back to back, in a template's day. What lies between parts is a break. */
export interface TemplatePart {
  /** Wall-clock times in England, as 09:00, on the same day. */
  readonly fromTime: string
  readonly untilTime: string
  readonly slotTypeId: SlotTypeId
  /** The length of each slot; a remainder stays empty. */
  readonly minutes: number
}

/** A pattern that becomes one session on each of its days. */
export interface SessionTemplate {
  readonly templateId: TemplateId
  readonly name: string
  readonly staffId?: Id<'Staff'>
  readonly roomId?: Id<'Room'>
  readonly siteId?: Id<'Site'>
  /** 1 is Monday, 7 is Sunday. */
  readonly weekday: number
  readonly everyWeeks: 1 | 2
  readonly startsOn: LocalDate
  /** The last day on which it may give a session; included. */
  readonly endsOn?: LocalDate
  /** By time, none overlapping another. */
  readonly parts: readonly TemplatePart[]
}

/** A template as staff describe it, before it is one. */
export type TemplateDraft = Omit<SessionTemplate, 'templateId'>

/** What is wrong with a part, and which one, from 0. */
export interface PartFault {
  readonly part: number
  readonly fault: 'until-before-from' | 'no-room-for-a-slot' | 'overlaps-another'
}

/** A template gives its first session on or after `startsOn`, then every week or every other. */
export function firstDayOf(template: Pick<SessionTemplate, 'weekday' | 'startsOn'>): LocalDate {
  return addDays(template.startsOn, (template.weekday - weekdayOf(template.startsOn) + 7) % 7)
}

/** The days of a template from `from` (included) to `until` (excluded), in order. */
export function templateDays(
  template: Pick<SessionTemplate, 'weekday' | 'startsOn' | 'endsOn' | 'everyWeeks'>,
  from: LocalDate,
  until: LocalDate,
): readonly LocalDate[] {
  const days: LocalDate[] = []
  const { endsOn } = template
  const step = 7 * template.everyWeeks
  for (let day = firstDayOf(template); day < until; day = addDays(day, step)) {
    if (endsOn !== undefined && day > endsOn) break
    if (day >= from) days.push(day)
  }
  return days
}

/** Every fault of a template's parts: each in order and long enough for a slot, none over another. */
export function partFaults(parts: readonly TemplatePart[]): readonly PartFault[] {
  return parts.flatMap((part, index): readonly PartFault[] => {
    const length = minutesOf(part.untilTime) - minutesOf(part.fromTime)
    if (length <= 0) return [{ part: index, fault: 'until-before-from' }]
    if (part.minutes > length) return [{ part: index, fault: 'no-room-for-a-slot' }]
    const isOver = parts.some(
      (other, before) =>
        before < index && other.fromTime < part.untilTime && part.fromTime < other.untilTime,
    )
    return isOver ? [{ part: index, fault: 'overlaps-another' }] : []
  })
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
}
