import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildAssets } from '#platform/html'
import { openMetrics } from '#platform/metrics'
import { openServer } from './server.ts'

const lines: object[] = []
const well = { database: true, leaving: false }
const metrics = openMetrics()
let held = Promise.withResolvers<void>()
let app: FastifyInstance

beforeAll(async () => {
  app = await openServer({
    publicUrl: 'http://localhost',
    showNhsLogo: false,
    assets: await buildAssets(),
    log: {
      error: () => undefined,
      warn: () => undefined,
      info: (facts) => lines.push(facts),
    },
    metrics,
    turns: { atOnce: 1, waiting: 0, waitMs: 1000 },
    health: {
      isDatabaseThere: () => Promise.resolve(well.database),
      isLeaving: () => well.leaving,
    },
  })
  app.get('/slow/:id', async () => {
    await held.promise
    return 'done'
  })
  app.post('/slow/:id', () => Promise.resolve('done'))
})
afterAll(() => app.close())

describe('a server that is watched', () => {
  test('turns away what it has no room for, says when to come back, and then serves again', async () => {
    held = Promise.withResolvers()
    const first = app.inject({ url: '/slow/1' }).then((answer) => answer.statusCode)
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    const page = await app.inject({ url: '/slow/2' })
    expect(page.statusCode).toBe(503)
    expect(Number(page.headers['retry-after'])).toBeGreaterThan(0)
    expect(page.body).toContain('The service is very busy')
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const posted = await app.inject({ method: 'POST', url: '/slow/2', headers: form, payload: '' })
    expect(posted.statusCode).toBe(503)
    expect(posted.body).toContain('Nothing was saved')
    expect((await app.inject({ url: '/health/live' })).statusCode).toBe(200)
    held.resolve()
    expect(await first).toBe(200)
    expect((await app.inject({ url: '/slow/3' })).statusCode).toBe(200)
    expect(await metrics.text()).toMatch(/http_requests_turned_away_total 2/)
  })

  test('is ready while its database answers and it is not stopping', async () => {
    const ready = () => app.inject({ url: '/health/ready' }).then((answer) => answer.statusCode)
    expect(await ready()).toBe(200)
    well.database = false
    expect(await ready()).toBe(503)
    Object.assign(well, { database: true, leaving: true })
    expect(await ready()).toBe(503)
    well.leaving = false
    expect(await ready()).toBe(200)
  })

  test('logs and counts by route, with a reference, and never the address as asked', async () => {
    held.resolve()
    lines.length = 0
    const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
    const answer = await app.inject({
      url: '/slow/ann-patel?born=1961',
      headers: { traceparent: `00-${trace}-00f067aa0ba902b7-01` },
    })
    const reference = answer.headers['x-request-id']
    expect(lines).toMatchObject([{ reference, trace, route: '/slow/:id', status: 200 }])
    const told = `${JSON.stringify(lines)}${await metrics.text()}`
    expect(told).not.toMatch(/ann-patel|1961/)
    expect(told).toContain('route="/slow/:id"')
  })
})
