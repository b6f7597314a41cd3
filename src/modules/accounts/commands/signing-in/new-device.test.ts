import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql, type Database } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPractice } from '../../../../../test/support/surgery.ts'
import { createAccountsInBulk } from '../create-account.ts'
import { beginSignIn } from './begin-sign-in.ts'

/** DOMAIN CO-5. */
describe('mail about a new device', () => {
  let database: TestDatabase
  let db: Database

  beforeAll(async () => {
    database = await makeDatabase()
    db = database.db
  })
  afterAll(() => database.drop())

  async function anOwner(email: string) {
    const practice = await aPractice(db)
    const link = {
      practice,
      subjectId: '019caa00-0000-7000-8000-000000000000',
      relation: 'self',
    } as const
    const [accountId] = await createAccountsInBulk(db, 'three quiet green kettles', [
      { face: 'patient', email, displayName: 'Ann Patel', isDemo: false, links: [link] },
    ])
    if (accountId === undefined) throw new Error('No account was made')
    const on = (hash: string, isShared = false) =>
      beginSignIn(db, accountId, 'patient', link, {
        method: 'password',
        device: { name: 'Firefox on Windows', hash, isShared },
      })
    const mail = () =>
      db.accounts.many<{
        readonly sentTo: string
        readonly subject: string
        readonly body: string
      }>(sql`select sent_to, subject, body from accounts.mail where account_id = ${accountId}`)
    return { on, mail }
  }

  test('goes to the owner once for each device after the first, in words that say nothing of health', async () => {
    const { on, mail } = await anOwner('ann@example.test')
    await on('phone')
    await on('phone')
    expect(await mail()).toEqual([])
    await on('laptop')
    await on('laptop')
    await on('phone')
    const [one, ...more] = await mail()
    expect(more).toEqual([])
    expect(one?.sentTo).toBe('ann@example.test')
    const words = `${one?.subject} ${one?.body}`
    expect(words).not.toMatch(/health|GP|surgery|doctor|patient|NHS|record|firefox|windows|Ann/i)
    await on('library', true)
    expect(await mail()).toHaveLength(2)
  })

  test('is not written for whoever signs in with a number', async () => {
    const { on, mail } = await anOwner('1234567890')
    await on('phone')
    await on('laptop')
    expect(await mail()).toEqual([])
  })
})
