import type { z } from 'zod'
import { accept, refuse, type Result } from '#kernel/result'

/** One thing wrong with a form: which field, and what to do about it, in words for the person. */
export interface FieldFault {
  readonly field: string
  readonly message: string
}

/** Every fault of a form at once in page order, with what was typed, so that nothing is lost. */
export interface FormFaults {
  readonly faults: readonly FieldFault[]
  readonly typed: Readonly<Record<string, string>>
}

/** Reads a posted form by a schema whose messages are written for people. */
export function parseForm<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
): Result<z.output<Schema>, FormFaults> {
  const given = typeof body === 'object' && body !== null ? body : {}
  const parsed = schema.safeParse(given)
  if (parsed.success) return accept(parsed.data)

  const seen = new Set<string>()
  const faults = parsed.error.issues.flatMap((issue) => {
    const field = String(issue.path[0] ?? 'form')
    if (seen.has(field)) return []
    seen.add(field)
    return [{ field, message: issue.message }]
  })
  return refuse({ faults, typed: typedText(given) })
}

/** The text fields of a posted form, as typed, without the ones the service itself put there. */
export function typedText(body: object): Readonly<Record<string, string>> {
  const fields = Object.entries(body).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && !entry[0].startsWith('_'),
  )
  return Object.fromEntries(fields)
}
