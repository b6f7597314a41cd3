import { randomUUID } from 'node:crypto'
import { parse } from 'node:querystring'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance } from 'fastify'
import type { Assets } from '#platform/html'
import type { Log } from '#platform/log'
import { openMetrics, type Metrics } from '#platform/metrics'
import { serveAssets } from './assets.ts'
import { handleFaults } from './faults.tsx'
import { followRequests } from './follow-requests.ts'
import { guardForms } from './guard-forms.ts'
import { serveHealth, type Health } from './health.ts'
import { emptyPageFacts, type PageFacts } from './page.tsx'
import { takeTurns } from './take-turns.ts'
import type { TurnLimits } from './turns.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** Whether people reach the service by https. */
    readonly isSecure: boolean
    readonly assets: Assets
    readonly showNhsLogo: boolean
    /** Every route registered, for tests that must know them all. */
    readonly routeTable: readonly RouteEntry[]
  }
  interface FastifyRequest {
    /** What the page layout needs to know of this request. */
    pageFacts: PageFacts
  }
}

/** One route: its method, its path with parameters as ":name". */
export interface RouteEntry {
  readonly method: string
  readonly path: string
}

const headers = {
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=(), interest-cohort=()',
  'cache-control': 'no-store',
}

const roomForAFew: TurnLimits = { atOnce: 48, waiting: 500, waitMs: 10_000 }

const alwaysWell: Health = {
  isDatabaseThere: () => Promise.resolve(true),
  isLeaving: () => false,
}

/** A server with everything every route shares: headers, forms, cookies, styles, error pages. */
export async function openServer(options: {
  readonly publicUrl: string
  readonly assets: Assets
  readonly showNhsLogo: boolean
  readonly log: Log
  readonly metrics?: Metrics
  readonly turns?: TurnLimits
  /** By default the service is well for as long as it runs. */
  readonly health?: Health
}): Promise<FastifyInstance> {
  const { metrics = openMetrics(), turns = roomForAFew, health = alwaysWell } = options
  const isSecure = options.publicUrl.startsWith('https:')
  const app = fastify({
    logger: false,
    genReqId: () => randomUUID(),
    bodyLimit: 262_144,
    // A form comes within half a minute or not at all: slow senders would fill the service.
    requestTimeout: 30_000,
    // Behind a proxy on this machine, tries are counted by who is in front of it.
    trustProxy: 'loopback',
    routerOptions: {
      ignoreTrailingSlash: true,
      maxParamLength: 200,
      querystringParser: readFields,
    },
  })
  // Only forms are read: a body of another kind is refused before any route sees it.
  app.removeAllContentTypeParsers()
  app.decorate('isSecure', isSecure)
  app.decorate('assets', options.assets)
  app.decorate('showNhsLogo', options.showNhsLogo)
  const routeTable: RouteEntry[] = []
  app.decorate('routeTable', routeTable)
  app.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat())
      if (one !== 'HEAD') routeTable.push({ method: one, path: url })
  })
  app.decorateRequest('pageFacts')
  followRequests(app, options.log, metrics)
  app.addHook('onRequest', async (request, reply) => {
    request.pageFacts = emptyPageFacts(request.url)
    void reply.headers(headers)
    if (isSecure)
      void reply.header('strict-transport-security', 'max-age=63072000; includeSubDomains')
  })
  await app.register(cookie)
  await app.register(formbody, { bodyLimit: 262_144, parser: readFields })
  await app.register(rateLimit, { global: false })
  takeTurns(app, turns, metrics)
  guardForms(app)
  handleFaults(app, options.log, metrics)
  serveAssets(app, options.assets)
  serveHealth(app, health)
  return app
}

/** Fields of a form or an address, without NUL characters: no database can keep one. */
function readFields(text: string): Record<string, unknown> {
  return parse(text.replaceAll(/%00|\0/g, ''), undefined, undefined, { maxKeys: 0 })
}
