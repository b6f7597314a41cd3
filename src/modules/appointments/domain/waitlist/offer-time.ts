import { addDays, instantAt, localDateOf, minutesAfter, type LocalDate } from '#kernel/time'
import type { PracticeSettings } from '../slot.ts'

/** Less time than this to answer is no offer. Minutes in which people are told things. */
const shortestOfferMinutes = 15

type Quiet = Pick<PracticeSettings, 'quietFrom' | 'quietUntil'>

interface Span {
  readonly from: Date
  readonly until: Date
}

/** The first instant from `now` on, at which people may be told something. */
export function nextWaking(now: Date, quiet: Quiet): Date {
  const span = quietSpans(now, quiet).find((one) => one.from <= now && now < one.until)
  return span ? span.until : now
}

/**
 * Until when an offer made now is kept: the practice's minutes, quiet hours not counted, and never
 * longer than the slot can be booked. `undefined` where too little time is left to answer.
 */
export function offerUntil(
  now: Date,
  settings: Quiet & Pick<PracticeSettings, 'offerMinutes'>,
  closesAt: Date,
): Date | undefined {
  const until = earlier(wakingAfter(now, settings.offerMinutes, settings), closesAt)
  const least = Math.min(settings.offerMinutes, shortestOfferMinutes)
  return wakingAfter(now, least, settings) <= until ? until : undefined
}

/** The instant after so many minutes of which none is in quiet hours. */
function wakingAfter(now: Date, minutes: number, quiet: Quiet): Date {
  let at = nextWaking(now, quiet)
  let left = minutes
  for (let round = 0; round < mostDays; round++) {
    const next = quietSpans(at, quiet).find((span) => span.from >= at)
    const until = minutesAfter(at, left)
    if (!next || until <= next.from) return until
    left -= (Number(next.from) - Number(at)) / 60_000
    at = next.until
  }
  return minutesAfter(at, left)
}

/** More days than the longest offer can take, unless a practice is quiet almost all day. */
const mostDays = 60

/** The quiet hours around an instant, England's clock: of the day before, this one and the next. */
function quietSpans(at: Date, { quietFrom, quietUntil }: Quiet): readonly Span[] {
  if (quietFrom === quietUntil) return []
  const today = localDateOf(at)
  return [addDays(today, -1), today, addDays(today, 1)].map((day) => ({
    from: instantAt(day, quietFrom),
    until: instantAt(quietUntil < quietFrom ? addDays(day, 1) : day, quietUntil),
  }))
}

function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}

/** When a place that ends on a day is looked at again: that night, once it is over. */
export function lapsesAt(untilDay: LocalDate): Date {
  return instantAt(addDays(untilDay, 1), '00:00')
}
