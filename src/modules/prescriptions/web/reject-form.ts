import { z } from 'zod'
import { rejectReasons } from '../domain/item.ts'

/** How long the words for the patient may be, in characters. */
export const patientTextLimit = 500

/** The version that the person deciding was shown, and the page of the queue to go back to. */
export const decideForm = z.object({
  version: z.coerce.number().int().min(1).catch(0),
  page: z.coerce.number().int().min(1).max(10_000).catch(1),
})

/** A rejection: a reason from the list, and words that the patient may read. */
export const rejectForm = decideForm.extend({
  reason: z.enum(rejectReasons, { error: 'Choose why you are rejecting this' }),
  patientText: z
    .string()
    .default('')
    .transform((text) => text.replaceAll('\r\n', '\n').trim())
    .refine((text) => text.length <= patientTextLimit, {
      error: `Words for the patient must be ${patientTextLimit} characters or fewer`,
    }),
})
