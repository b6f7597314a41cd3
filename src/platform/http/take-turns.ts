import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Metrics } from '#platform/metrics'
import { readSignIn } from './sign-in-cookie.ts'
import { makeTurns, Overloaded, type TurnLimits } from './turns.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered even when the service is full: styles, and what watches over it. */
    readonly isAlwaysAnswered?: boolean
  }
  interface FastifyRequest {
    hasTurn: boolean
  }
}

/**
 * Bounds the requests in hand: whoever is signed in goes first, and whoever finds no place to wait
 * is told so at once. A turn begins when the form has been read, so that a slow sender holds none,
 * and ends when the answer is ready, so that a slow reader holds none either.
 */
export function takeTurns(app: FastifyInstance, limits: TurnLimits, metrics: Metrics): void {
  const turns = makeTurns(limits)
  app.decorateRequest('hasTurn', false)
  // Whoever has gone has no address any more, by which tries are counted.
  app.addHook('onRequest', async (request) => requireWaiting(request))
  app.addHook('preValidation', async (request) => {
    if (request.routeOptions.config.isAlwaysAnswered === true) return
    await turns.take(isSignedIn(request))
    request.hasTurn = true
    requireWaiting(request)
  })
  app.addHook('onSend', async (request, _, payload) => {
    if (request.hasTurn) {
      request.hasTurn = false
      turns.giveBack()
    }
    return payload
  })
  metrics.gauge('http_requests_in_hand', 'Requests being worked on', () => turns.inHand)
  metrics.gauge('http_requests_waiting', 'Requests waiting for a turn', () => turns.waiting)
}

function requireWaiting({ raw }: FastifyRequest): void {
  if (raw.socket.destroyed) throw new Overloaded('Whoever asked did not wait')
}

/** By the cookie alone: who made it up waits no longer than the others, and is then refused. */
function isSignedIn(request: FastifyRequest): boolean {
  return (
    readSignIn(request, 'patient') !== undefined || readSignIn(request, 'practice') !== undefined
  )
}
