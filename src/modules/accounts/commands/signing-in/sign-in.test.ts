import type { FastifyInstance } from 'fastify'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter } from '#kernel/time'
import { csrfToken, currentCode } from '#platform/auth'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPractice } from '../../../../../test/support/surgery.ts'
import { openPages } from '../../../../../test/support/visitor.ts'
import type { AccountId } from '../../domain/account.ts'
import { registerAccounts } from '../../plugin.ts'
import { createAccountsInBulk } from '../create-account.ts'
import { liveSignIn } from './live-sign-in.ts'

const begun = new Date('2026-03-02T08:00:00Z')
const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const password = 'correct horse battery'

let database: TestDatabase
let app: FastifyInstance
let admin: pg.Client
let email: string
let accountId: AccountId

beforeAll(async () => {
  database = await makeDatabase(begun)
  app = await openPages(database.db, (server) =>
    registerAccounts(server, { publicUrl: 'http://localhost', demoPassword: undefined }),
  )
  admin = new pg.Client(database.settings)
  await admin.connect()
})
afterAll(async () => {
  await app.close()
  await admin.end()
  await database.drop()
})
beforeEach(async () => {
  database.setNow(begun)
  const practice = await aPractice(database.db)
  email = `${newId(begun)}@example.test`
  const [made] = await createAccountsInBulk(database.db, password, [
    {
      face: 'patient',
      displayName: 'Ann Patel',
      isDemo: false,
      email,
      totpSecret,
      links: [{ practice, subjectId: newId(begun), relation: 'self' }],
    },
  ])
  if (made === undefined) throw new Error('No account was made')
  accountId = made
})

async function post(fields: Readonly<Record<string, string>>, from = '198.51.100.1') {
  const code = await currentCode(totpSecret, database.db.now())
  const payload = new URLSearchParams({ email, password, code, ...fields }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return app.inject({ method: 'POST', url: '/sign-in', payload, headers, remoteAddress: from })
}

const tokenOf = (answer: Awaited<ReturnType<typeof post>>) =>
  answer.cookies.find(({ name }) => name === 'patient-sign-in')?.value.split('.')[1] ?? ''
const isLive = async (token: string) =>
  (await liveSignIn(database.db, accountId, token, 'patient')) !== undefined

describe('signing in', () => {
  test('gives a cookie that scripts cannot read, and leads only to a page of this site', async () => {
    const answer = await post({ next: '//elsewhere.example' })
    expect(answer).toMatchObject({ statusCode: 303, headers: { location: '/home' } })
    expect(answer.cookies.map(({ name }) => name)).toEqual(['device', 'patient-sign-in'])
    for (const cookie of answer.cookies)
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' })
    expect(await isLive(tokenOf(answer))).toBe(true)
  })

  test('takes each code once, however many try it at one moment', async () => {
    const answers = await Promise.all([1, 2, 3].map(() => post({})))
    expect(answers.filter((answer) => answer.statusCode === 303)).toHaveLength(1)
    expect((await post({})).statusCode).toBe(400)
  })

  test('says the same to a wrong address, password and code, and to a closed account', async () => {
    const wrong = [{ email: 'nobody@example.test' }, { password: 'wrong' }, { code: '000000' }]
    const answers = await Promise.all(wrong.map((fields) => post(fields)))
    await admin.query('update accounts.account set closed_at = now() where account_id = $1', [
      accountId,
    ])
    const bodies = [...answers, await post({})].map(({ body }) =>
      body.replaceAll(email, '').replaceAll('nobody@example.test', ''),
    )
    expect(new Set(bodies).size).toBe(1)
    expect(bodies[0]).toContain('is not right')
  })

  test('makes a person wait after ten wrong tries, but only where they came from', async () => {
    for (let tries = 0; tries < 10; tries++) await post({ password: 'wrong' })
    expect((await post({})).body).toContain('too many tries')
    expect((await post({}, '203.0.113.9')).statusCode).toBe(303)
    database.setNow(minutesAfter(begun, 16))
    expect((await post({})).statusCode).toBe(303)
  }, 90_000)
})

describe('a sign-in', () => {
  test('ends when 30 minutes pass without a request, not before', async () => {
    const token = tokenOf(await post({}))
    database.setNow(minutesAfter(begun, 29))
    expect(await isLive(token)).toBe(true)
    database.setNow(minutesAfter(begun, 58))
    expect(await isLive(token)).toBe(true)
    database.setNow(minutesAfter(begun, 88))
    expect(await isLive(token)).toBe(false)
  })

  test('ends at once when the account is closed, and is no sign-in to the practice site', async () => {
    const token = tokenOf(await post({}))
    expect(await liveSignIn(database.db, accountId, token, 'practice')).toBeUndefined()
    await admin.query('update accounts.account set closed_at = now() where account_id = $1', [
      accountId,
    ])
    expect(await isLive(token)).toBe(false)
  })

  test('ends at once by signing out, which is noted once', async () => {
    const answer = await post({})
    const cookie = `patient-sign-in=${accountId}.${tokenOf(answer)}`
    const out = () =>
      app.inject({
        method: 'POST',
        url: '/sign-out',
        payload: `_csrf=${csrfToken(tokenOf(answer))}`,
        headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
      })
    expect((await out()).headers['location']).toBe('/signed-out')
    await out()
    expect(await isLive(tokenOf(answer))).toBe(false)
    const { rows } = await admin.query<{ type: string }>(
      'select type from accounts.event where account_id = $1 order by type',
      [accountId],
    )
    expect(rows.map((row) => row.type)).toEqual(['signed-in', 'signed-out'])
  })
})
