import type { FastifyRequest } from 'fastify'
import { parseId, type Id } from '#kernel/id'
import { NotFound } from '#platform/http'

/** An id of the path, or leaves as for a thing that is not there. */
export function requireId<Name extends string>(request: FastifyRequest, name: string): Id<Name> {
  const { params } = request
  const given: unknown =
    typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
  const id = parseId<Name>(given)
  if (!id) throw new NotFound()
  return id
}
