import type { FastifyRequest } from 'fastify'

/** One parameter of the query string, or `undefined` where it is absent or given twice. */
export function queryText(request: FastifyRequest, name: string): string | undefined {
  const { query } = request
  if (typeof query !== 'object' || query === null) return undefined
  const value: unknown = Reflect.get(query, name)
  return typeof value === 'string' ? value : undefined
}
