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

const line = z.object({
  id: z.string(),
  text: z.string(),
  context: z
    .object({
      codes: z
        .array(
          z.object({
            system: z.string().exactOptional(),
            code: z.string(),
            display: z.string().exactOptional(),
          }),
        )
        .exactOptional(),
      patientAge: z.number().nonnegative().exactOptional(),
      sex: z.enum(['male', 'female']).exactOptional(),
      nhsNumber: z.string().exactOptional(),
      dateOfBirth: z.string().exactOptional(),
      familyName: z.string().exactOptional(),
      givenName: z.string().exactOptional(),
      markers: z.array(z.string()).exactOptional(),
      resultStatus: z.string().exactOptional(),
    })
    .default({}),
  label: z.enum(['release', 'review']).exactOptional(),
  categories: z.array(z.string()).exactOptional(),
})

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
  if (parsed.success) return accept(parsed.data)
  const id = z.object({ id: z.string() }).safeParse(given)
  const fault = parsed.error.issues
    .map((issue) => `${issue.path.join('.') || 'line'}: ${issue.message}`)
    .join('; ')
  return refuse({ ...(id.success && { id: id.data.id }), fault })
}
