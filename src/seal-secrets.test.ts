import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { keepSecretsBy, openKeyring } from '#platform/auth'
import { sql } from '#platform/db'
import { openLog } from '#platform/log'
import { createAccountsInBulk } from '#modules/accounts'
import { makeDatabase, type TestDatabase } from '../test/support/database.ts'
import { startSealingSecrets } from './seal-secrets.ts'

describe('startSealingSecrets', () => {
  let database: TestDatabase
  let folder = ''

  beforeAll(async () => {
    database = await makeDatabase()
    folder = await mkdtemp(join(tmpdir(), 'sealing-'))
  })
  afterAll(async () => {
    await database.drop()
    await rm(folder, { recursive: true })
  })

  test('lets the service begin at once, and is done with what it began before it stops', async () => {
    const { db } = database
    await createAccountsInBulk(db, 'three quiet green kettles', [
      { face: 'patient', email: 'a@example.test', displayName: 'A', isDemo: false, links: [] },
    ])
    keepSecretsBy(db, await openKeyring(join(folder, 'keys')))
    const unsealed = () =>
      db.accounts.maybe<{ readonly count: number }>(sql`
        select count(*) as count from accounts.account where totp_secret not like 'sealed.%'`)
    expect(await unsealed()).toEqual({ count: 1 })
    const sealing = startSealingSecrets(db, openLog('silent'))
    await expect.poll(unsealed, { timeout: 10_000 }).toEqual({ count: 0 })
    await sealing.stop()

    const again = startSealingSecrets(db, openLog('silent'))
    await again.stop()
  })
})
