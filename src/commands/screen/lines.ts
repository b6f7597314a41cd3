import { z } from 'zod'
import { accept, refuse, type Result } from '#kernel/result'
import type { ScreenContext } from '#modules/record'

/** One text to be screened, with what a person said of it where it was labelled. */
export interface ScreenCase {
  readonly id: string
  readonly text: string
  readonly context: ScreenContext
  readonly label?: 'release' | 'review'
  readonly categories?: readonly string[]
}

const words = z.string().nullish()
const line = z.object({
  id: z.string(),
  text: z.string(),
  context: z
    .object({
      codes: z.array(z.object({ system: words, code: z.string(), display: words })).nullish(),
      patientAge: z.number().nonnegative().nullish(),
      sex: words,
      nhsNumber: words,
      dateOfBirth: words,
      familyName: words,
      givenName: words,
      markers: z.array(z.string()).nullish(),
      resultStatus: words,
    })
    .nullish(),
  label: z.enum(['release', 'review']).nullish(),
  categories: z.array(z.string()).nullish(),
})

/** What is null or not said is left out, and a sex that is neither is taken as not known. */
function caseOf({ id, text, context, label, categories }: z.infer<typeof line>): ScreenCase {
  const { sex, codes, ...rest } = context ?? {}
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value != null))
  return {
    id,
    text,
    context: {
      ...said,
      ...((sex === 'male' || sex === 'female') && { sex }),
      ...(codes && {
        codes: codes.map(({ system, code, display }) => ({
          code,
          ...(system != null && { system }),
          ...(display != null && { display }),
        })),
      }),
    },
    ...(label && { label }),
    ...(categories && { categories }),
  }
}

/** Reads one line of a file of texts. What it refuses says what is wrong with the line. */
export function parseScreenLine(
  text: string,
): Result<ScreenCase, { readonly id?: string; readonly fault: string }> {
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch {
    return refuse({ fault: 'it is not JSON' })
  }
  const parsed = line.safeParse(given)
  if (parsed.success) return accept(caseOf(parsed.data))
  const id = z.object({ id: z.string() }).safeParse(given)
  const fault = parsed.error.issues
    .map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`)
    .join('; ')
  return refuse({ ...(id.success && { id: id.data.id }), fault })
}
