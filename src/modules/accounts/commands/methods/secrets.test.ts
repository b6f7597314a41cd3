import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { currentCode, keepSecretsBy, openKeyring } from '#platform/auth'
import { sql, type Database } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPractice } from '../../../../../test/support/surgery.ts'
import type { AccountId } from '../../domain/account.ts'
import { createAccountsInBulk } from '../create-account.ts'
import { signIn } from '../signing-in/sign-in.ts'
import { makeRecoveryCodes } from './recovery-codes.ts'
import { resealSecrets } from './secrets.ts'

const totpSecret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const password = 'three quiet green kettles'
const email = 'ann@example.test'

describe('an authenticator’s secret', () => {
  let database: TestDatabase
  let db: Database
  let folder = ''
  let accountId: AccountId

  beforeAll(async () => {
    database = await makeDatabase()
    db = database.db
    folder = await mkdtemp(join(tmpdir(), 'secrets-'))
    const practice = await aPractice(db)
    const subjectId = '019caa00-0000-7000-8000-000000000000'
    const [made] = await createAccountsInBulk(db, password, [
      {
        face: 'patient',
        email,
        displayName: 'Ann Patel',
        totpSecret,
        isDemo: false,
        links: [{ practice, subjectId, relation: 'self' }],
      },
    ])
    if (made === undefined) throw new Error('No account was made')
    accountId = made
  })
  afterAll(async () => {
    await database.drop()
    await rm(folder, { recursive: true })
  })

  const stored = async () => {
    const row = await db.accounts.maybe<{ readonly totpSecret: string }>(sql`
      select totp_secret from accounts.account where account_id = ${accountId}`)
    return row?.totpSecret ?? ''
  }
  const file = () => join(folder, 'secret-keys')
  const device = { name: 'Test', hash: 'test', isShared: false }
  let minute = 0
  const withCode = async (code?: string) => {
    minute += 1
    database.setNow(new Date(Date.parse('2026-03-02T08:00:00Z') + minute * 60_000))
    const given = { face: 'patient', email, password, source: 'here', device } as const
    const signedIn = await signIn(
      db,
      code === undefined
        ? { ...given, code: await currentCode(totpSecret, db.now()) }
        : { ...given, code, withRecoveryCode: true },
    )
    return signedIn.ok
  }

  test('from before there were keys is sealed at the next start, and goes on working', async () => {
    expect(await stored()).toBe(totpSecret)
    keepSecretsBy(db, await openKeyring(file()))
    expect(await withCode()).toBe(true)
    expect(await resealSecrets(db)).toEqual({ sealed: 1, lost: 0 })
    expect(await stored()).toMatch(/^sealed\./)
    expect(await stored()).not.toContain(totpSecret)
    expect(await withCode()).toBe(true)
    expect(await resealSecrets(db)).toEqual({ sealed: 0, lost: 0 })
  })

  test('is sealed anew with the key put on top, after which the old one can go', async () => {
    const before = await readFile(file(), 'utf8')
    const line = `newer ${Buffer.alloc(32, 7).toString('base64')}`
    await writeFile(file(), `${line}\n${before}`)
    keepSecretsBy(db, await openKeyring(file()))
    expect(await withCode()).toBe(true)
    expect(await resealSecrets(db)).toEqual({ sealed: 1, lost: 0 })
    expect(await stored()).toMatch(/^sealed\.newer\./)
    await writeFile(file(), line)
    keepSecretsBy(db, await openKeyring(file()))
    expect(await withCode()).toBe(true)
  })

  test('opens for no other account', async () => {
    const [other] = await createAccountsInBulk(db, password, [
      { face: 'patient', email: 'b@example.test', displayName: 'B', isDemo: false, links: [] },
    ])
    await db.accounts.run(sql`
      update accounts.account set totp_secret = ${await stored()} where account_id = ${other}`)
    expect(await resealSecrets(db)).toEqual({ sealed: 0, lost: 0 })
    keepSecretsBy(db, await openKeyring(join(folder, 'another')))
    expect(await resealSecrets(db)).toEqual({ sealed: 0, lost: 2 })
  })

  test('is sealed anew whatever key it has, 500 at a time, until it is to stop', async () => {
    const accounts = Array.from({ length: 700 }, (_, nth) => ({
      face: 'patient' as const,
      email: `${nth}@many.example.test`,
      displayName: 'Many',
      isDemo: false,
      links: [],
    }))
    const lines = ['a', 'm', 'z'].map(
      (id, nth) => `${id} ${Buffer.alloc(32, nth).toString('base64')}`,
    )
    const useFirst = async (...order: readonly number[]) => {
      await writeFile(join(folder, 'three'), order.map((nth) => lines[nth]).join('\n'))
      keepSecretsBy(db, await openKeyring(join(folder, 'three')))
    }
    await useFirst(2, 0, 1)
    await createAccountsInBulk(db, password, accounts)
    await useFirst(0, 2, 1)
    let times = 0
    const soon = {
      // Asked before what goes before the current key, of which there is none, and then each 500.
      get aborted() {
        return times++ === 2
      },
    }
    // The two of the tests before have keys that are not in this file.
    expect(await resealSecrets(db, soon)).toEqual({ sealed: 498, lost: 2 })
    await useFirst(1, 0, 2)
    expect(await resealSecrets(db)).toEqual({ sealed: 700, lost: 2 })
    expect(await resealSecrets(db)).toEqual({ sealed: 0, lost: 2 })
    const kept = await db.accounts.many<{ readonly keyId: string }>(sql`
      select distinct split_part(totp_secret, '.', 2) as key_id
      from accounts.account
      where email like '%@many.example.test'`)
    expect(kept).toEqual([{ keyId: 'm' }])
    keepSecretsBy(db, await openKeyring(join(folder, 'another')))
  })

  test('whose key is lost leaves a recovery code, and no code of the app, as the way in', async () => {
    const [code = ''] = await makeRecoveryCodes(db, accountId)
    expect(await withCode()).toBe(false)
    expect(await withCode(code)).toBe(true)
    expect(await withCode(code)).toBe(false)
  })
})
