import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { csrfToken, newToken } from '#platform/auth'
import { DatabaseAway, OutcomeUnknown } from '#platform/db'
import { openLog } from '#platform/log'
import { openServer } from './server.ts'

const nothing = Buffer.alloc(0)
const asset = (path: string) => ({
  path,
  type: 'text/css',
  body: nothing,
  gzip: nothing,
  brotli: nothing,
})
const assets = {
  styles: asset('/assets/a.css'),
  script: asset('/assets/a.js'),
  icon: asset('/assets/a.svg'),
  files: [],
}

const token = newToken()
const signIn = `3d549d85-247c-44db-b2cd-fdefc2e1d25f.${token}`
interface Echo {
  readonly body: unknown
  readonly query: unknown
}

const form = { 'content-type': 'application/x-www-form-urlencoded' }

describe('a server', () => {
  let app: FastifyInstance

  beforeAll(async () => {
    const options = { publicUrl: 'http://localhost', showNhsLogo: false, log: openLog('silent') }
    app = await openServer({ ...options, assets })
    const echo = ({ body, query }: Echo): Promise<Echo> => Promise.resolve({ body, query })
    app.get('/ip', ({ ip }) => Promise.resolve(ip))
    app.post('/away', () => Promise.reject(new DatabaseAway('away')))
    app.post('/unknown', () => Promise.reject(new OutcomeUnknown('unknown')))
    app.get('/unknown', () => Promise.reject(new OutcomeUnknown('unknown')))
    for (const path of ['/told', '/practice/told']) {
      app.get(path, echo)
      app.post(path, echo)
    }
  })
  afterAll(() => app.close())

  const post = (url: string, payload: string, headers: Readonly<Record<string, string>> = {}) =>
    app.inject({ method: 'POST', url, payload, headers: { ...form, ...headers } })

  test('says when to come back where the database is away, and that nothing was saved', async () => {
    const answer = await post('/away', '')
    expect(answer.statusCode).toBe(503)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(5)
    expect(answer.body).toContain('Nothing was saved')
  })

  test('does not say that nothing was saved where nobody knows', async () => {
    const answer = await post('/unknown', '')
    expect(answer.statusCode).toBe(500)
    expect(answer.body).toContain('We do not know if that was saved')
    expect(answer.body).not.toContain('Nothing was saved')
  })

  test('says when to look again where the answer to a look was lost', async () => {
    const answer = await app.inject('/unknown')
    expect(answer.statusCode).toBe(503)
    expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(5)
  })

  test('leaves NUL characters out of what is typed and asked, and nothing else', async () => {
    const posted = await post('/told', 'a=x%00y&a=%2500&b=%C3%A9\0')
    expect(posted.json<Echo>().body).toEqual({ a: ['xy', '%00'], b: 'é' })
    const asked = await app.inject({ url: '/told?search=%00a%00' })
    expect(asked.json<Echo>().query).toEqual({ search: 'a' })
  })

  test.each(['application/json', 'text/plain', 'multipart/form-data; boundary=x', 'x'])(
    'reads no body of type %s',
    async (type) => {
      const refused = await post('/told', '{"a":"b"}', { 'content-type': type })
      expect(refused.statusCode).toBe(415)
    },
  )

  test.each([
    ['/told', 'patient'],
    ['/practice/told', 'practice'],
    ['/%70ractice/told', 'practice'],
    ['/practic%65/told', 'practice'],
  ])('takes no form at %s from a %s sign-in without its token', async (url, face) => {
    const cookie = `${face}-sign-in=${signIn}`
    expect((await post(url, 'a=b', { cookie })).statusCode).toBe(403)
    expect((await post(url, `_csrf=${newToken()}`, { cookie })).statusCode).toBe(403)
    expect((await post(url, `_csrf=${csrfToken(token)}`, { cookie })).statusCode).toBe(200)
  })

  test.each([
    ['127.0.0.1', '203.0.113.9'],
    ['198.51.100.7', '198.51.100.7'],
  ])('believes %s that it asks for somebody: %s', async (remoteAddress, ip) => {
    const headers = { 'x-forwarded-for': '192.0.2.1, 203.0.113.9' }
    const asked = await app.inject({ url: '/ip', remoteAddress, headers })
    expect(asked.body).toBe(ip)
  })

  test.each([
    [{ origin: 'https://elsewhere.example' }],
    [{ origin: 'null' }],
    [{ 'sec-fetch-site': 'cross-site' }],
    [{ 'sec-fetch-site': 'same-site' }],
  ])('takes no form that another site sent: %j', async (headers) => {
    const cookie = `patient-sign-in=${signIn}`
    const posted = await post('/told', `_csrf=${csrfToken(token)}`, { cookie, ...headers })
    expect(posted.statusCode).toBe(403)
  })
})
