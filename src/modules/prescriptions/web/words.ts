import { formatDate, type LocalDate } from '#kernel/time'
import type { ItemState, RejectReason } from '../domain/item.ts'
import type { NotAskable } from '../domain/askable.ts'
import type { NotOrderable, OrderRules } from '../domain/orderable.ts'

/** What of the practice's rules the words about a medicine depend on. */
export type ShowRules = Pick<OrderRules, 'showReviewDates'>

/** That a review is due, with the day where the practice shows it. */
export function formatReviewDue(since: LocalDate, { showReviewDates }: ShowRules): string {
  return showReviewDates
    ? `A review of this medicine was due on ${formatDate(since)}.`
    : 'A review of this medicine is due.'
}

/** Why a medicine cannot be ordered now, and what to do: one sentence each. */
export function formatNotOrderable(
  why: NotOrderable,
  rules: ShowRules,
): {
  readonly what: string
  readonly next: string
} {
  switch (why.reason) {
    case 'too-early':
      return {
        what: why.onItsWaySince
          ? `Your GP surgery approved this on ${formatDate(why.onItsWaySince)} and it is on its way to you.`
          : 'It is too early to order this again.',
        next: `You can order it from ${formatDate(why.from)}. If you need it before then, phone your GP surgery.`,
      }
    case 'needs-conversation':
      return {
        what: 'Your GP surgery wants to speak to you before you have this again.',
        next: 'Phone your GP surgery, or book an appointment, to ask for it.',
      }
    case 'ask-surgery':
      return {
        what: 'Your GP surgery does not take orders for this online.',
        next: 'Ask your GP surgery for it: phone or visit.',
      }
    case 'ordering-closed':
      return {
        what: 'Your GP surgery is not taking orders online at the moment.',
        next: 'Phone or visit your GP surgery to order it.',
      }
    case 'already-requested':
      return {
        what: `You ordered this on ${formatDate(why.since)} and it is waiting for a decision.`,
        next: 'You can follow it in your orders.',
      }
    case 'no-issues-left':
      return {
        what: 'There are no more supplies to order until your GP surgery has looked at this medicine again.',
        next: 'Contact your GP surgery to ask for a medicine review.',
      }
    case 'review-overdue':
      return {
        what: formatReviewDue(why.since, rules),
        next: 'Contact your GP surgery to book a medicine review. You can order again after it.',
      }
    case 'stopped':
      return {
        what: why.on ? `This was stopped on ${formatDate(why.on)}.` : 'This was stopped.',
        next: 'If you think you should still take it, contact your GP surgery.',
      }
    case 'not-repeat':
      return { what: notRepeat(why.type), next: 'If you need more, contact your GP surgery.' }
    case 'not-shown':
      return { what: 'This cannot be ordered online.', next: 'Contact your GP surgery.' }
  }
}

/** Why a past or short-term medicine cannot be asked for, and what to do: one sentence each. */
export function formatNotAskable(why: NotAskable): {
  readonly what: string
  readonly next: string
} {
  switch (why.reason) {
    case 'not-allowed':
      return {
        what: 'Your GP surgery does not take requests for this online.',
        next: 'If you need it again, contact your GP surgery.',
      }
    case 'is-repeat':
      return { what: 'This is a repeat medicine.', next: 'Order it with your repeat medicines.' }
    case 'has-repeat':
      return {
        what: 'You have this as a repeat medicine too.',
        next: 'Order it with your repeat medicines.',
      }
    case 'pharmacy-has-it':
      return { what: notRepeat('repeat-dispensing'), next: 'If you need more, ask your pharmacy.' }
    case 'already-requested':
      return {
        what: `You asked for this on ${formatDate(why.since)} and it is waiting for a decision.`,
        next: 'You can follow it in your orders.',
      }
    case 'on-its-way':
      return {
        what: `Your GP surgery approved this on ${formatDate(why.since)} and it is on its way to you.`,
        next: 'You can follow it in your orders.',
      }
    case 'needs-conversation':
      return {
        what: 'Your GP surgery wants to speak to you before you have this again.',
        next: 'Phone your GP surgery, or book an appointment, to ask for it.',
      }
  }
}

function notRepeat(type: 'acute' | 'repeat-dispensing' | 'delayed'): string {
  if (type === 'repeat-dispensing') {
    return 'Your pharmacy already has the prescriptions for this. You collect it from them without ordering.'
  }
  return 'This was not prescribed as a repeat medicine, so it cannot be ordered online.'
}

/** Where an item stands, in a few words for the patient. */
export function formatStep(state: ItemState): string {
  return stepWords[state]
}

const stepWords: Readonly<Record<ItemState, string>> = {
  requested: 'Requested: waiting for your GP surgery',
  received: 'Received: your GP surgery is looking at it',
  asked: 'Your GP surgery has a question for you',
  approved: 'Approved',
  rejected: 'Not approved',
  cancelled: 'Cancelled',
  sent: 'Sent to the pharmacy',
  'with-pharmacy': 'With the pharmacy',
  untracked: 'With a pharmacy that does not say when it is ready',
  preparing: 'Being prepared',
  'ready-partly': 'Part of it is ready to collect',
  ready: 'Ready to collect',
  collected: 'Collected',
  dispatched: 'On its way to you',
  'not-dispensed': 'Not dispensed',
  withdrawn: 'Cancelled by your GP surgery',
}

/** The same in the words of the practice, for staff: what was done, as in "you approved it". */
export function formatState(state: ItemState): string {
  return stateWords[state]
}

const stateWords: Readonly<Record<ItemState, string>> = {
  requested: 'waiting',
  received: 'received',
  asked: 'asked the patient about',
  approved: 'approved',
  rejected: 'rejected',
  cancelled: 'cancelled',
  sent: 'approved and sent',
  'with-pharmacy': 'approved and sent',
  untracked: 'approved and sent',
  preparing: 'approved and sent',
  'ready-partly': 'approved and sent',
  ready: 'approved',
  collected: 'approved',
  dispatched: 'approved and sent',
  'not-dispensed': 'approved',
  withdrawn: 'withdrew',
}

/** A reason of RX-7: for staff to choose, and for the patient why and what next. */
export interface RejectWords {
  readonly choice: string
  readonly why: string
  readonly next: string
}

const surgery = 'Contact your GP surgery'

/** Words for every reason that staff can give. */
export const rejectWords: Readonly<Record<RejectReason, RejectWords>> = {
  'more-information-needed': {
    choice: 'More information is needed',
    why: 'Your GP surgery needs to know more before it can prescribe this safely.',
    next: `${surgery} and say that you ordered this medicine.`,
  },
  'review-needed': {
    choice: 'A review or monitoring is needed first',
    why: 'You need a medicine review or a check, such as a blood test, first.',
    next: `${surgery} to book it. You can order again after it.`,
  },
  'too-early': {
    choice: 'Too early, or used faster than expected',
    why: 'Your last supply should not have run out yet.',
    next: `Order again later. ${surgery} if you have run out or lost some.`,
  },
  'not-issued-recently': {
    choice: 'Not issued for more than 6 months',
    why: 'You have not had this medicine for more than 6 months.',
    next: `${surgery} to talk about whether you should start it again.`,
  },
  'needs-consultation': {
    choice: 'Needs an appointment first',
    why: 'You need to speak to someone at your GP surgery before having this again.',
    next: 'Book an appointment, or phone your GP surgery.',
  },
  'hospital-only': {
    choice: 'Hospital or specialist only',
    why: 'This medicine is prescribed by your hospital or specialist.',
    next: 'Contact the hospital team that looks after you.',
  },
  'over-the-counter': {
    choice: 'Available over the counter',
    why: 'You can buy this without a prescription.',
    next: 'Ask a pharmacist. They can also say if something else suits you better.',
  },
  'dose-change': {
    choice: 'Dose or quantity change needs a new authorisation',
    why: 'Your dose or the amount is changing, so this needs a new prescription.',
    next: `${surgery}. Until you have heard from them, do not change how you take it.`,
  },
  'no-longer-suitable': {
    choice: 'No longer suitable',
    why: 'Your GP surgery thinks that this medicine is not right for you any more.',
    next: `${surgery} to talk about what to take instead.`,
  },
}

/** 1 day, 2 days. */
export function formatDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}

/** The date, or the words for none. */
export function formatKnown(day: LocalDate | undefined, otherwise: string): string {
  return day === undefined ? otherwise : formatDate(day)
}
