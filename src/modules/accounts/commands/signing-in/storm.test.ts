import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '#kernel/id'
import { minutesAfter } from '#kernel/time'
import { currentCode } from '#platform/auth'
import { sql } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPractice } from '../../../../../test/support/surgery.ts'
import { openPages } from '../../../../../test/support/visitor.ts'
import type { AccountId } from '../../domain/account.ts'
import { registerAccounts } from '../../plugin.ts'
import { createAccountsInBulk } from '../create-account.ts'

/** `STORM_TRIES=10000` for the whole storm; a slice of it otherwise. */
const tries = Number(process.env['STORM_TRIES'] ?? 60)
const begun = new Date('2026-03-02T08:00:00Z')
const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const password = 'three quiet otters swam'

let database: TestDatabase
let app: FastifyInstance
let victim: { readonly email: string; readonly accountId: AccountId }
let other: { readonly email: string; readonly accountId: AccountId }

beforeAll(async () => {
  database = await makeDatabase(begun)
  app = await openPages(database.db, (server) =>
    registerAccounts(server, { publicUrl: 'http://localhost', demoPassword: undefined }),
  )
  const practice = await aPractice(database.db)
  const emails = [0, 1].map(() => `${newId(begun)}@example.test`)
  const made = await createAccountsInBulk(
    database.db,
    password,
    emails.map((email) => ({
      face: 'patient',
      displayName: 'Ann Patel',
      isDemo: false,
      email,
      totpSecret,
      links: [{ practice, subjectId: newId(begun), relation: 'self' }],
    })),
  )
  const [one, two] = made.map((accountId, place) => ({ accountId, email: emails[place] ?? '' }))
  if (!one || !two) throw new Error('No accounts were made')
  ;[victim, other] = [one, two]
}, 180_000)
afterAll(async () => {
  await app.close()
  await database.drop()
})

async function tryAs(
  email: string,
  given: { readonly from: string; readonly device?: string; readonly password?: string },
) {
  const code = await currentCode(totpSecret, database.db.now())
  const form = new URLSearchParams({ email, code, password: given.password ?? password })
  const answer = await app.inject({
    method: 'POST',
    url: '/sign-in',
    payload: form.toString(),
    remoteAddress: given.from,
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      ...(given.device && { cookie: `device=${given.device}` }),
    },
  })
  if (answer.statusCode >= 500) throw new Error('The server failed')
  return answer
}

async function storm(one: (place: number) => Promise<unknown>): Promise<void> {
  for (let place = 0; place < tries; place += 20) {
    const batch = Array.from({ length: Math.min(20, tries - place) }, (_, at) => one(place + at))
    await Promise.all(batch)
  }
}

/** Lets the code of this half minute be used once more. */
const forgetCode = () =>
  database.db.accounts.run(sql`
    update accounts.account set totp_last_step = 0 where account_id = ${victim.accountId}`)

const tallies = () =>
  database.db.accounts.many<{ readonly kind: string; readonly tries: number }>(sql`
    select kind, sum(tries)::int as tries from accounts.try_tally group by kind order by kind`)

describe('a storm of failed tries', () => {
  test('is counted to the last try, and locks out nobody but who makes it', async () => {
    const first = await tryAs(victim.email, { from: '198.51.100.1' })
    expect(first.statusCode).toBe(303)
    const device = first.cookies.find(({ name }) => name === 'device')?.value ?? ''

    database.setNow(minutesAfter(begun, 30))
    // One place tries one account.
    await storm(() => tryAs(victim.email, { from: '203.0.113.66', password: 'wrong' }))
    const refused = await tryAs(victim.email, { from: '203.0.113.66' })
    expect(refused.body).toContain('too many tries')
    expect((await tallies()).find(({ kind }) => kind === 'account-from-source')?.tries).toBe(
      tries + 1,
    )
    const [event] = await database.db.accounts.many<{
      readonly refused: number
      readonly blocked: number
    }>(sql`
      select count(*) filter (where type = 'sign-in-refused')::int as refused,
        count(*) filter (where type = 'sign-in-blocked')::int as blocked
      from accounts.event where account_id = ${victim.accountId}`)
    expect(event).toEqual({ refused: 10, blocked: 1 })

    // The owner from anywhere else, and others from anywhere else.
    expect((await tryAs(victim.email, { from: '198.51.100.9' })).statusCode).toBe(303)
    expect((await tryAs(other.email, { from: '198.51.100.1' })).statusCode).toBe(303)

    database.setNow(minutesAfter(begun, 60))
    // One place tries many accounts; then many places try one account.
    await storm((place) =>
      tryAs(`nobody${place}@example.test`, { from: '203.0.113.67', password: 'wrong' }),
    )
    await storm((place) =>
      tryAs(victim.email, { from: `192.0.2.${place % 250}`, password: 'wrong' }),
    )
    // Where the place itself was stopped, a device known there was not.
    expect((await tryAs(victim.email, { from: '203.0.113.67', device })).statusCode).toBe(303)
    await forgetCode()
    expect((await tryAs(victim.email, { from: '198.51.100.77' })).body).toContain('too many tries')
    expect((await tryAs(victim.email, { from: '198.51.100.77', device })).statusCode).toBe(303)
    expect((await tryAs(other.email, { from: '198.51.100.1' })).statusCode).toBe(303)
  }, 600_000)

  test('is in the sealed trail of the practice, without a word of what was typed', async () => {
    const { settings } = database
    const { default: pg } = await import('pg')
    const admin = new pg.Client(settings)
    await admin.connect()
    const { rows } = await admin.query<{ type: string; details: object; outcome: string }>(
      `select type, details, outcome from audit.event where type like 'accounts.sign-in-%'`,
    )
    await admin.end()
    expect(new Set(rows.map(({ type }) => type))).toEqual(
      new Set(['accounts.sign-in-refused', 'accounts.sign-in-blocked']),
    )
    expect(rows.every(({ outcome }) => outcome === 'refused')).toBe(true)
    expect(JSON.stringify(rows)).not.toContain('wrong')
  })

  test('asks the database the same whether or not there is such an account', async () => {
    const sent: string[] = []
    const watched = await makeDatabase(begun, ({ text }) => sent.push(text))
    const site = { publicUrl: 'http://localhost', demoPassword: undefined }
    const pages = await openPages(watched.db, (server) => registerAccounts(server, site))
    const practice = await aPractice(watched.db)
    const email = 'known@example.test'
    await createAccountsInBulk(watched.db, password, [
      {
        face: 'patient',
        displayName: 'Ann Patel',
        isDemo: false,
        email,
        links: [{ practice, subjectId: newId(begun), relation: 'self' }],
      },
    ])
    const asked = async (address: string, from: string): Promise<readonly string[]> => {
      sent.length = 0
      const payload = new URLSearchParams({ email: address, password: 'wrong', code: '123456' })
      await pages.inject({
        method: 'POST',
        url: '/sign-in',
        payload: payload.toString(),
        remoteAddress: from,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      return [...sent]
    }
    const known = await asked(email, '198.51.100.1')
    const unknown = await asked('unknown@example.test', '198.51.100.2')
    await pages.close()
    await watched.drop()
    expect(known.length).toBeGreaterThan(3)
    expect(unknown).toEqual(known)
  }, 90_000)
})
