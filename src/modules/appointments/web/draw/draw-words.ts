import { formatDayAndTime } from '#kernel/time'
import type { Priority, WhyUnplaced } from '../../domain/draw/allot.ts'
import { stateOf, type DrawTimes, type EnteringRefusal } from '../../domain/draw/draw.ts'

const whys: Readonly<Record<WhyUnplaced, string>> = {
  'none-left': 'All appointments that suit you went to others.',
  'none-suits': 'None of the appointments was at a time and in a way that you asked for.',
  limit: 'You already have as many appointments as your GP surgery lets you have at a time.',
  'not-eligible': 'The appointments that you asked for are for other patients.',
}

/** Why an entry has no appointment, for the patient. */
export function formatUnplaced(why: WhyUnplaced | undefined): string {
  return why ? whys[why] : ''
}

/** When a draw is open, or how it stands. */
export function formatDraw(draw: DrawTimes, now: Date): string {
  switch (stateOf(draw, now)) {
    case 'planned':
      return `You can ask from ${formatDayAndTime(draw.opensAt)} until ${formatDayAndTime(draw.closesAt)}`
    case 'open':
      return `You can ask until ${formatDayAndTime(draw.closesAt)}`
    case 'closed':
      return 'Closed. The result comes in a moment'
    case 'drawn':
      return `Drawn ${formatDayAndTime(draw.drawnAt ?? draw.closesAt)}`
    case 'cancelled':
      return 'Called off by your GP surgery'
  }
}

const forPatients: Readonly<Record<Priority, string>> = {
  recall: 'people whose check-up is due',
  invited: 'people whom the surgery has invited',
  carer: 'people who care for someone',
}

const forStaff: Readonly<Record<Priority, string>> = {
  recall: 'Recall due',
  invited: 'Invited',
  carer: 'Carers',
}

/** A priority as staff choose it. */
export function formatPriority(priority: Priority): string {
  return forStaff[priority]
}

/** Who comes first in a draw, in full; that chance alone decides where nobody does. */
export function formatPriorities(priorities: readonly Priority[]): string {
  if (priorities.length === 0) return 'Chance alone decides.'
  const [first = '', ...others] = priorities.map((priority) => forPatients[priority])
  const then = others.map((one) => `, then ${one}`).join('')
  return `First come ${first}${then}, then everyone else. Among them chance decides.`
}

type Closed = Extract<EnteringRefusal, 'not-open-yet' | 'closed' | 'cancelled'>

const closedWords: Readonly<Record<Closed, { readonly title: string; readonly next: string }>> = {
  'not-open-yet': {
    title: 'You cannot ask in this draw yet',
    next: 'See when it opens, and come back then. It does not matter how soon you ask.',
  },
  closed: {
    title: 'This draw is closed',
    next: 'What you asked before it closed counts. Nothing was changed.',
  },
  cancelled: {
    title: 'This draw was called off',
    next: 'Your GP surgery called it off. Nobody got an appointment from it.',
  },
}

/** Why nothing can be asked of a draw now, and what to do. */
export function closedWordsOf(refusal: Closed) {
  return closedWords[refusal]
}
