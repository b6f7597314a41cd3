import { z } from 'zod'
import { parseId } from '#kernel/id'
import { formatDate, parseLocalDate, type LocalDate } from '#kernel/time'
import type { EntryDecision } from '../commands/deciding/decider.ts'
import {
  isHidingDay,
  isReviewDate,
  latestHiding,
  latestReview,
  maxExplanation,
} from '../domain/deciding.ts'
import { lanes } from '../domain/deciding/categories.ts'
import type { Ground } from '../domain/decision.ts'

const text = z.string().trim().catch('').default('')
const seen = {
  decisionNo: z.coerce.number().int().min(0).catch(-1).default(-1),
  contentHash: text,
}

/** The form that releases an entry or holds it again, with what else the same decision is for. */
export const releaseForm = z
  .object({
    ...seen,
    also: z
      .union([z.string(), z.array(z.string())])
      .catch([])
      .default([]),
  })
  .transform(({ also, ...given }) => ({
    seen: given,
    also: [also]
      .flat()
      .map(parseSeenEntry)
      .filter((one) => one !== undefined),
  }))

/** One of an entry's family in the form that releases it: which, and as it stands on the page. */
export function seenEntryValue({ entryId, seen }: EntryDecision): string {
  return `${entryId} ${seen.decisionNo} ${seen.contentHash}`
}

function parseSeenEntry(value: string): EntryDecision | undefined {
  const [id = '', no = '', contentHash = ''] = value.split(' ')
  const entryId = parseId<'Entry'>(id)
  const decisionNo = /^\d{1,9}$/.test(no) ? Number(no) : -1
  return entryId && { entryId, seen: { decisionNo, contentHash } }
}

const grounds: readonly Ground[] = [
  'serious-harm',
  'third-party',
  'safeguarding-or-legal',
  'patient-request',
  'wrong-patient',
]

/** The form that withholds an entry; every fault at once. */
export function withholdForm(today: LocalDate) {
  return z
    .object({ ...seen, ground: text, explanation: text, day: text, month: text, year: text })
    .superRefine((form, context) => {
      const fault = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: [field], message })
      if (!isGround(form.ground)) fault('ground', 'Choose the ground for withholding this')
      if (form.explanation.length > maxExplanation)
        fault('explanation', `Explanation must be ${maxExplanation} characters or fewer`)
      const reviewOn = dateOf(form)
      if (form.day === '' && form.month === '' && form.year === '')
        fault('reviewOn', 'Enter a review date')
      else if (!reviewOn) fault('reviewOn', 'Review date must be a real date')
      else if (!isReviewDate(reviewOn, today))
        fault(
          'reviewOn',
          `Review date must be after today and no later than ${formatDate(latestReview(today))}`,
        )
    })
    .transform((form) => {
      const { ground, explanation, decisionNo, contentHash } = form
      const reviewOn = dateOf(form)
      if (!isGround(ground) || !reviewOn) return z.NEVER
      return {
        seen: { decisionNo, contentHash },
        ground,
        reviewOn,
        ...(explanation === '' ? {} : { explanation }),
      }
    })
}

/** The form that hides an entry for a time; every fault at once. */
export function hideForm(today: LocalDate) {
  return z
    .object({ ...seen, awaits: text, until: text })
    .superRefine((form, context) => {
      const fault = (field: string, message: string) =>
        context.addIssue({ code: 'custom', path: [field], message })
      if (!isAwaited(form.awaits)) fault('awaits', 'Choose what it waits for')
      const until = parseLocalDate(form.until)
      if (!until) fault('until', 'Enter the day until which it is hidden')
      else if (!isHidingDay(until, today))
        fault(
          'until',
          `The day must be after today and no later than ${formatDate(latestHiding(today))}`,
        )
    })
    .transform((form) => {
      const { awaits, decisionNo, contentHash } = form
      const until = parseLocalDate(form.until)
      if (!isAwaited(awaits) || !until) return z.NEVER
      return { seen: { decisionNo, contentHash }, awaits, until }
    })
}

/** What a person may choose that a hiding waits for; that the patient answers is not chosen. */
export const awaited = ['told', 'result', 'day'] as const

function isAwaited(given: string): given is (typeof awaited)[number] {
  return awaited.some((one) => one === given)
}

/** The form that puts an entry into another queue. */
export const passOnForm = z
  .object({ ...seen, to: z.enum(lanes, { error: 'Choose who should decide it' }) })
  .transform(({ to, ...given }) => ({ lane: to, seen: given }))

function isGround(given: string): given is Ground {
  return grounds.some((ground) => ground === given)
}

function dateOf(form: {
  readonly day: string
  readonly month: string
  readonly year: string
}): LocalDate | undefined {
  return parseLocalDate(
    `${form.year.padStart(4, '0')}-${form.month.padStart(2, '0')}-${form.day.padStart(2, '0')}`,
  )
}

/** The form that releases many entries held for the same rule. */
export const alikeForm = z
  .object({
    rule: text,
    entry: z
      .union([z.string(), z.array(z.string())])
      .catch([])
      .default([]),
  })
  .transform(({ rule, entry }) => ({
    rule,
    entries: [entry]
      .flat()
      .map(parseSeenEntry)
      .filter((one) => one !== undefined),
  }))
