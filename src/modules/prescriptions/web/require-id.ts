import { z } from 'zod'
import { parseId, type Id } from '#kernel/id'
import { NotFound } from '#platform/http'

const params = z.object({ id: z.string() })

/** The id in a path; what is none is not there. */
export function requireId<Name extends string>(given: unknown): Id<Name> {
  const id = parseId<Name>(params.parse(given).id)
  if (id === undefined) throw new NotFound()
  return id
}
