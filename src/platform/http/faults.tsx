import { randomInt } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { DatabaseAway, OutcomeUnknown } from '#platform/db'
import type { Log } from '#platform/log'
import type { Metrics } from '#platform/metrics'
import { BrokenPage, BusyPage, NotFoundPage, TooManyPage, UnsurePage } from './broken-page.tsx'
import { NotFound, Refused, SeeOther } from './leave.ts'
import { sendPage } from './page.tsx'
import { Overloaded } from './turns.ts'

/** The one handler for everything that leaves a route by throwing, and for what is not there. */
export function handleFaults(app: FastifyInstance, log: Log, metrics: Metrics): void {
  app.setNotFoundHandler(async (_, reply) => sendPage(reply, <NotFoundPage />, 404))

  app.setErrorHandler(async (fault, request, reply) => {
    if (fault instanceof SeeOther) return reply.redirect(fault.location, 303)
    if (fault instanceof NotFound) return sendPage(reply, <NotFoundPage />, 404)
    if (fault instanceof Refused) return sendPage(reply, fault.page, fault.status)

    if (fault instanceof Overloaded) {
      metrics.turnedAway()
      void reply.header('retry-after', inAWhile())
      return sendPage(reply, <BusyPage isForm={request.method !== 'GET'} />, 503)
    }

    const status = statusOf(fault)
    if (status === 429) return sendPage(reply, <TooManyPage />, 429)
    if (status !== undefined) return sendPage(reply, <NotFoundPage />, status)

    log.error(
      { reference: request.id, route: request.routeOptions.url, fault: describe(fault) },
      'request failed',
    )
    if (fault instanceof OutcomeUnknown && request.method !== 'GET')
      return sendPage(reply, <UnsurePage reference={request.id} />, 500)
    // What only looks can be asked for again, whatever came of the note that somebody looked.
    if (fault instanceof DatabaseAway || fault instanceof OutcomeUnknown) {
      void reply.header('retry-after', inAWhile())
      return sendPage(reply, <BrokenPage reference={request.id} />, 503)
    }
    return sendPage(reply, <BrokenPage reference={request.id} />, 500)
  })
}

/** Seconds, spread over ten, so that those turned away together do not come back together. */
function inAWhile(): string {
  return String(randomInt(5, 15))
}

/** A status the server itself chose for what the client sent, such as 413 or 415. */
function statusOf(fault: unknown): number | undefined {
  if (!(fault instanceof Error) || !('statusCode' in fault)) return undefined
  const status = Number(fault.statusCode)
  return status >= 400 && status < 500 ? status : undefined
}

/** Name, code and place of a fault: a database's message may quote values, so none is logged. */
function describe(fault: unknown): object {
  if (!(fault instanceof Error)) return { name: 'unknown' }
  return {
    name: fault.name,
    code: 'code' in fault ? fault.code : undefined,
    constraint: 'constraint' in fault ? fault.constraint : undefined,
    at: fault.stack
      ?.split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 12),
  }
}
