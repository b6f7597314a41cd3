import { daysBetween, formatDate, type LocalDate } from '#kernel/time'
import type { About, RequestKind, RequestOutcome } from '../../domain/asking/request.ts'

/** What may be asked, in the patient's words and in the order of the page. */
export const requestKinds: Readonly<Record<RequestKind, string>> = {
  missing: 'I think something is missing',
  copy: 'I would like a copy of my record',
  wrong: 'Something is wrong',
  hide: 'I do not want something to be shown online',
}

/** How it was answered, for the person who asked. */
export const outcomesForPatient: Readonly<Record<RequestOutcome, string>> = {
  shown: 'More of your record is shown now',
  'copy-given': 'You were given a copy',
  corrected: 'It was put right',
  hidden: 'It is not shown online any more',
  'no-more': 'Nothing more can be shown online',
  'to-discuss': 'Your GP surgery would like to talk with you',
}

/** How it was answered, for staff, in the order of the page. */
export const outcomesForStaff: Readonly<Record<RequestOutcome, string>> = {
  shown: 'More is shown now',
  'copy-given': 'A copy was given',
  corrected: 'It was corrected',
  hidden: 'It is hidden or withheld now',
  'no-more': 'Nothing more can be shown online',
  'to-discuss': 'To be talked about with the patient',
}

/** What a question is about, with the day where that is known. */
export function formatAbout(about: About, on: LocalDate | undefined): string {
  const names: Readonly<Record<About, string>> = {
    letter: 'a letter',
    result: 'a test result',
    appointment: 'an appointment',
    medicine: 'a medicine',
    something: 'something in your record',
  }
  return on ? `${names[about]} of ${formatDate(on)}` : names[about]
}

/** The clock of a request: "12 days left", "today", "3 days overdue". */
export function formatClock(dueOn: LocalDate, today: LocalDate): string {
  const days = daysBetween(today, dueOn)
  if (days === 0) return 'today'
  if (days > 0) return days === 1 ? '1 day left' : `${days} days left`
  return days === -1 ? '1 day overdue' : `${-days} days overdue`
}
