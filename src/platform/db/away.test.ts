import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { aPractice } from '../../../test/support/surgery.ts'
import { DatabaseAway, OutcomeUnknown } from './away.ts'
import { clientFor } from './client-for.ts'
import { openDatabase, systemProof, type SystemProof, type Tx } from './database.ts'
import { sql } from './sql.ts'

let database: TestDatabase
let proof: SystemProof

beforeAll(async () => {
  database = await makeDatabase()
  proof = systemProof(await aPractice(database.db))
})
afterAll(() => database.drop())

/** Ends the connection of a transaction from outside, as a kill of its process does. */
async function endConnectionOf(tx: Tx): Promise<void> {
  const own = await tx.maybe<{ readonly pid: number }>(sql`select pg_backend_pid() as pid`)
  const admin = clientFor(database.settings, 'test')
  await admin.connect()
  await admin.query('select pg_terminate_backend($1, 5000)', [own?.pid])
  await admin.end()
}

describe('a transaction whose connection breaks', () => {
  test('fails by itself, and neither the process nor the next one does', async () => {
    const broken = database.db.transaction(proof, async (tx) => {
      await endConnectionOf(tx)
      // The end of the connection is heard of while nothing is asked of it.
      await new Promise((resolve) => setTimeout(resolve, 50))
      return tx.maybe(sql`select 1 as one`)
    })
    await expect(broken).rejects.toThrow(DatabaseAway)
    const next = await database.db.transaction(proof, (tx) => tx.maybe(sql`select 1 as one`))
    expect(next).toEqual({ one: 1 })
  })

  test('says that nobody knows what came of it where only the commit had no answer', async () => {
    const broken = database.db.transaction(proof, (tx) => endConnectionOf(tx))
    await expect(broken).rejects.toThrow(OutcomeUnknown)
  })

  test('is certain of nothing done where the database refused the commit', async () => {
    const refused = database.db.transaction(proof, async (tx) => {
      await tx.run(sql`select 1 / 0`).catch(() => undefined)
    })
    await expect(refused).rejects.toThrow(/rolled back/)
  })
})

describe('a database that may be elsewhere', () => {
  const nowhere = 'postgres://nobody@127.0.0.1:1/nothing'

  test('is found at the next address, and stays found', async () => {
    const { connectionString = '' } = database.settings
    const settings = { connectionString: nowhere, elsewhere: [connectionString] }
    const db = openDatabase({ ...settings, maxConnections: 4 }, () => new Date())
    const asked = Array.from({ length: 8 }, () =>
      db.transaction(proof, (tx) => tx.maybe(sql`select 1 as one`)),
    )
    expect(await Promise.all(asked)).toEqual(Array.from({ length: 8 }, () => ({ one: 1 })))
    expect(await db.isThere()).toBe(true)
    await db.close()
  })

  test('is away where no address answers', async () => {
    const db = openDatabase({ connectionString: nowhere, elsewhere: [nowhere] }, () => new Date())
    await expect(db.transaction(proof, () => Promise.resolve())).rejects.toThrow(DatabaseAway)
    await db.close()
  })
})
