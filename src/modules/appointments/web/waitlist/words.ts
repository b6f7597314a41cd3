import { formatDate, formatDay, type LocalDate } from '#kernel/time'
import type { Wishes } from '../../domain/waitlist/wishes.ts'
import { anyTime } from '../../domain/waitlist/wishes.ts'
import type { OwnPlace, PlaceEnd } from '../../queries/waitlist/own-places.ts'
import { formatChannel } from '../words.ts'

/** Monday to Sunday, by number from 1. */
export const weekdayNames: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
]

/** In person or by telephone. */
export function formatChannels(wishes: Pick<Wishes, 'deliveryChannels'>): string {
  const words = listed(wishes.deliveryChannels.map(formatChannel), 'or')
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}

/** Any day, or Mondays and Tuesdays. */
export function formatWeekdays(weekdays: readonly number[]): string {
  if (weekdays.length === 7) return 'Any day of the week'
  return listed(
    weekdays.map((day) => `${weekdayNames[day - 1] ?? ''}s`),
    'and',
  )
}

/** Any time, from 9:00, until 12:00, or 9:00 to 12:00. */
export function formatTimes({
  fromTime,
  untilTime,
}: Pick<Wishes, 'fromTime' | 'untilTime'>): string {
  const [isFrom, isUntil] = [fromTime !== anyTime.fromTime, untilTime !== anyTime.untilTime]
  if (isFrom && isUntil) return `${clock(fromTime)} to ${clock(untilTime)}`
  if (isFrom) return `From ${clock(fromTime)}`
  return isUntil ? `Until ${clock(untilTime)}` : 'Any time'
}

/** Until Monday 2 March 2026, or both days where the first is still to come. */
export function formatDays({ fromDay, untilDay }: Wishes, today: LocalDate): string {
  const until = `until ${formatDate(untilDay)}`
  if (fromDay === untilDay) return formatDay(untilDay)
  return fromDay > today ? `From ${formatDate(fromDay)} ${until}` : `U${until.slice(1)}`
}

const ends: Readonly<Record<PlaceEnd, string>> = {
  placed: 'You took an appointment that was offered to you.',
  left: 'You left the waiting list.',
  lapsed:
    'The time that you wanted to wait is over, or you no longer have the appointment that an earlier one was wanted for.',
  'missed-offers': 'Several offers ran out without an answer from you.',
  practice: 'Your GP surgery took you off the waiting list. Phone them if you do not know why.',
}

/** Why somebody waits no longer. */
export function formatEnd(place: Pick<OwnPlace, 'endedBy'>): string {
  return place.endedBy ? ends[place.endedBy] : ''
}

/** 9am, 12:30pm: a wall-clock time as people say it. */
function clock(time: string): string {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  if (minutes === 0 && hours === 12) return 'midday'
  if (minutes === 0 && hours === 0) return 'midnight'
  const hour = hours % 12 === 0 ? 12 : hours % 12
  return `${hour}:${String(minutes).padStart(2, '0')}${hours < 12 ? 'am' : 'pm'}`
}

function listed(words: readonly string[], last: 'and' | 'or'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}
