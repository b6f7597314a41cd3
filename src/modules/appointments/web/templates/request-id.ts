import type { FastifyRequest } from 'fastify'
import { parseId, type Id } from '#kernel/id'
import { NotFound, typedText } from '#platform/http'

/** An id in a request's path; leaves with "not found" where it is none. */
export function requireId<Name extends string>(request: FastifyRequest, name = 'id'): Id<Name> {
  const { params } = request
  const given: unknown =
    typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
  const id = parseId<Name>(given)
  if (!id) throw new NotFound()
  return id
}

/** The key that a form was shown with; leaves with "not found" where it has none. */
export function requireKey<Name extends string>(body: unknown): Id<Name> {
  const key = parseId<Name>(typedOf(body)['idempotencyKey'])
  if (!key) throw new NotFound()
  return key
}

/** The text fields of a posted form, as typed; none where nothing was posted. */
export function typedOf(body: unknown): Readonly<Record<string, string>> {
  return typeof body === 'object' && body !== null ? typedText(body) : {}
}
