import { z } from 'zod'
import { parseId } from '#kernel/id'
import { formatDate, parseLocalDate, type LocalDate } from '#kernel/time'
import type { EntryDecision } from '../commands/deciding/decider.ts'
import { isReviewDate, latestReview, maxExplanation } from '../domain/deciding.ts'
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
