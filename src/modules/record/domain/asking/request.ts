import type { Id } from '#kernel/id'
import { addMonths, type LocalDate } from '#kernel/time'

export type RequestId = Id<'ReviewRequest'>
export type QuestionId = Id<'PatientQuestion'>

/** What a person may ask of the practice about what is shown. */
export type RequestKind = 'missing' | 'copy' | 'wrong' | 'hide'

/** How the practice answered. */
export type RequestOutcome =
  | 'shown'
  | 'copy-given'
  | 'corrected'
  | 'hidden'
  | 'no-more'
  | 'to-discuss'

/** What the patient says to a question about one entry. */
export type Answer = 'show' | 'keep-off' | 'talk'

/** What an entry is called in a question to the patient: no more than that there is one of the kind. */
export type About = 'letter' | 'result' | 'appointment' | 'medicine' | 'something'

/** Longest text of a request and of its answer, in characters. */
export const maxWords = 1000

/** How many requests one person may have open at once. */
export const maxOpen = 5

/**
 * The day by which the practice answers: one calendar month after it was asked, as for a subject
 * access request. Source: DOMAIN RD-11; ICO, "Time limits for responding to data protection rights
 * requests".
 */
export function dueOn(askedOn: LocalDate): LocalDate {
  return addMonths(askedOn, 1)
}
