import { addDays, addMonths, ageOn, type LocalDate } from '#kernel/time'

/** What a birthday does to what others may do for a child. Source: DOMAIN PX-4. */
export type BirthdayPause = 'age-review' | 'sixteen'

/** At 16 an adult is presumed to decide for themself. It cannot be set otherwise. */
const adult = 16

/** The day on which somebody reaches an age. Born on 29 February: 1 March, where there is no such day. */
export function birthdayAt(bornOn: LocalDate, age: number): LocalDate {
  const day = addMonths(bornOn, age * 12)
  return ageOn(bornOn, day) >= age ? day : addDays(day, 1)
}

/**
 * Which birthday between two days suspends access that was decided on a day before it, the latest
 * first; `undefined` for none. `after` is not included, `until` is: what ran for one day goes on with
 * the next, however many days were missed. Access decided on the birthday or since stays.
 */
export function pauseBetween(
  child: { readonly bornOn: LocalDate; readonly decidedOn: LocalDate },
  reviewAge: number,
  days: { readonly after: LocalDate; readonly until: LocalDate },
): BirthdayPause | undefined {
  const falls = (age: number) => {
    const birthday = birthdayAt(child.bornOn, age)
    return birthday > days.after && birthday <= days.until && birthday > child.decidedOn
  }
  if (falls(adult)) return 'sixteen'
  return falls(reviewAge) ? 'age-review' : undefined
}

/** The next birthday that suspends, and its day; `undefined` where none is to come. */
export function nextPause(
  bornOn: LocalDate,
  reviewAge: number,
  today: LocalDate,
): { readonly on: LocalDate; readonly pause: BirthdayPause } | undefined {
  const review = birthdayAt(bornOn, reviewAge)
  if (review > today) return { on: review, pause: 'age-review' }
  const sixteenth = birthdayAt(bornOn, adult)
  return sixteenth > today ? { on: sixteenth, pause: 'sixteen' } : undefined
}

/** Years without use after which a proxy's access is removed. Source: DOMAIN PX-3. */
const unusedYears = 5

/** Whether access that was last used, or begun, on a day is removed by now. */
export function isLongUnused(lastUsedOn: LocalDate, today: LocalDate): boolean {
  return addMonths(lastUsedOn, unusedYears * 12) <= today
}
