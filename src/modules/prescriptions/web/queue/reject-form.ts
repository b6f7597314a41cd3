import { z } from 'zod'
import { rejectReasons } from '../../domain/item.ts'
import { queueViews, type QueueView } from '../../queries/queue/ranked.ts'

/** How long the words for the patient may be, in characters. */
export const patientTextLimit = 500

/** The version and the alerts that the person was shown, and the page of the queue to go back to. */
export const decideForm = z.object({
  version: z.coerce.number().int().min(1).catch(0),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
  view: z.enum(queueViews).catch('waiting'),
  seen: z
    .string()
    .max(5000)
    .catch('')
    .transform((keys) => keys.split(' ').filter((key) => key !== '')),
})

/** The page of the queue to come back to. */
export interface BackTo {
  readonly page: number
  readonly view: QueueView
}

/** The address of a page of the queue. */
export function queuePath({ page, view }: BackTo, extra = ''): string {
  return `/practice/prescriptions?page=${page}&view=${view}${extra}`
}

/** Words of so many characters, without spaces around them. */
function wordsField(min: number, max: number, tooFew: string, tooMany: string) {
  return z
    .string()
    .default('')
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .refine((text) => text.length >= min, { error: tooFew })
    .refine((text) => text.length <= max, { error: tooMany })
}

const patientText = wordsField(
  0,
  patientTextLimit,
  '',
  `Words for the patient must be ${patientTextLimit} characters or fewer`,
)

/** A rejection: a reason from the list, and words that the patient may read. */
export const rejectForm = decideForm.extend({
  reason: z.enum(rejectReasons, { error: 'Choose why you are rejecting this' }),
  patientText,
})

/** Taking an approval back, with words that the patient may read. */
export const withdrawForm = decideForm.pick({ version: true }).extend({ patientText })

/** How long a question or a note to a colleague may be, in characters. */
export const wordsLimit = 500

/** A question to the patient. */
export const askForm = decideForm.extend({
  question: wordsField(
    1,
    wordsLimit,
    'Enter your question',
    `Your question must be ${wordsLimit} characters or fewer`,
  ),
})

/** A colleague, and what they should know. */
export const passOnForm = decideForm.extend({
  to: z.string({ error: 'Choose a colleague' }).min(1, { error: 'Choose a colleague' }),
  note: wordsField(0, wordsLimit, '', `Your note must be ${wordsLimit} characters or fewer`),
})

/** Another quantity, as many of the usual one's unit. */
export const quantityForm = decideForm.extend({
  count: z
    .string({ error: 'Enter how many' })
    .trim()
    .regex(/^\d{1,5}(\.\d{1,2})?$/, { error: 'Enter how many as a number, such as 14' })
    .transform(Number)
    .refine((count) => count > 0, { error: 'Enter a number above 0' }),
})
