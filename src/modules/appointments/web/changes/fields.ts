import type { FastifyRequest } from 'fastify'
import { parseId, type Id } from '#kernel/id'
import { NotFound } from '#platform/http'

/** What a form or an address was given with: every value of every name, in order. */
export type Fields = ReadonlyMap<string, readonly string[]>

/** The fields of a posted form or of a query string; what is not text is left out. */
export function fieldsOf(given: unknown): Fields {
  if (typeof given !== 'object' || given === null) return new Map()
  return new Map(
    Object.entries(given).map(([name, value]) => {
      const values: readonly unknown[] = Array.isArray(value) ? value : [value]
      return [name, values.filter((one): one is string => typeof one === 'string')]
    }),
  )
}

/** The first value of a name without white space around it; '' where there is none. */
export function textOf(fields: Fields, name: string): string {
  return (fields.get(name)?.[0] ?? '').trim()
}

/** The first values by name, as a form shows them again. */
export function typedOf(fields: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries([...fields].map(([name]) => [name, textOf(fields, name)]))
}

/** An id that is part of the address; leaves with "not there" where it is none. */
export function idInPath<Name extends string>(request: FastifyRequest, name: string): Id<Name> {
  const { params } = request
  const given: unknown =
    typeof params === 'object' && params !== null ? Reflect.get(params, name) : undefined
  const id = parseId<Name>(given)
  if (!id) throw new NotFound()
  return id
}
