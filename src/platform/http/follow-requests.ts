import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Log } from '#platform/log'
import type { Metrics } from '#platform/metrics'

/**
 * Counts and logs each answer by the route it went to, never by the address as asked, which may hold
 * what is nobody's business. The reference goes back in `x-request-id`; a caller's own
 * `traceparent` is logged beside it, so that a request can be followed through several services.
 */
export function followRequests(app: FastifyInstance, log: Log, metrics: Metrics): void {
  app.addHook('onRequest', async (request, reply) => {
    void reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    const { method } = request
    const took = reply.elapsedTime
    metrics.answered(method, route, reply.statusCode, took / 1000)
    log.info(
      {
        reference: request.id,
        ...traceOf(request),
        method,
        route,
        status: reply.statusCode,
        ms: Math.round(took),
      },
      'answered',
    )
  })
}

const traceparent = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}$/

function traceOf(request: FastifyRequest): { readonly trace?: string } {
  const { traceparent: given } = request.headers
  const trace = typeof given === 'string' ? traceparent.exec(given)?.[1] : undefined
  return trace === undefined ? {} : { trace }
}
