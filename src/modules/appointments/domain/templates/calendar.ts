import type { Id } from '#kernel/id'
import { bankHolidayOn } from '#kernel/bank-holidays'
import { addDays, type LocalDate } from '#kernel/time'

export type ClosureId = Id<'Closure'>
export type LeaveId = Id<'Leave'>

/** A time from `startsAt` on, until `endsAt`, which is not included. */
export interface TimeSpan {
  readonly startsAt: Date
  readonly endsAt: Date
}

/** The practice, or one of its sites, is closed. */
export interface Closure extends TimeSpan {
  readonly closureId: ClosureId
  /** Absent for the whole practice. */
  readonly siteId?: Id<'Site'>
  readonly reason: string
}

/** A clinician is away. */
export interface Leave extends TimeSpan {
  readonly leaveId: LeaveId
  readonly staffId: Id<'Staff'>
}

/** When a practice does not work, besides England's bank holidays. */
export interface PracticeCalendar {
  readonly closures: readonly Closure[]
  readonly leave: readonly Leave[]
}

/** Who works where in a span of time; absent where that is open or the main site. */
export interface Working extends TimeSpan {
  readonly staffId?: Id<'Staff'>
  readonly siteId?: Id<'Site'>
}

/** Whether two spans have an instant in common. */
export function overlaps(one: TimeSpan, other: TimeSpan): boolean {
  return one.startsAt < other.endsAt && other.startsAt < one.endsAt
}

/** Closures that fall into this work, soonest first: those of the practice and of its own site. */
export function closuresIn(work: Working, calendar: PracticeCalendar): readonly Closure[] {
  return calendar.closures
    .filter((one) => one.siteId === undefined || one.siteId === work.siteId)
    .filter((one) => overlaps(one, work))
    .toSorted(bySpan)
}

/** Leave of the clinician that falls into this work, soonest first. */
export function leaveIn(work: Working, calendar: PracticeCalendar): readonly Leave[] {
  return calendar.leave
    .filter((one) => one.staffId === work.staffId)
    .filter((one) => overlaps(one, work))
    .toSorted(bySpan)
}

/** Bank holidays from a day on for so many days, in order. */
export function bankHolidaysFrom(
  day: LocalDate,
  days: number,
): readonly { readonly day: LocalDate; readonly name: string }[] {
  return Array.from({ length: days }, (_, after) => addDays(day, after)).flatMap((one) => {
    const name = bankHolidayOn(one)
    return name === undefined ? [] : [{ day: one, name }]
  })
}

function bySpan(one: TimeSpan, other: TimeSpan): number {
  return Number(one.startsAt) - Number(other.startsAt) || Number(one.endsAt) - Number(other.endsAt)
}
