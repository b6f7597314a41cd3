import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql, systemProof, type SystemProof } from '#platform/db'
import { makeDatabase, type TestDatabase } from './support/database.ts'
import { aPractice } from './support/surgery.ts'

const one = sql`select 1 as one`

describe('the database of every test', () => {
  let database: TestDatabase
  let proof: SystemProof

  beforeAll(async () => {
    database = await makeDatabase()
    proof = systemProof(await aPractice(database.db))
  })
  afterAll(() => database.drop())

  test('refuses whoever asks for a second connection while they hold one', async () => {
    const { db } = database
    const nested = [
      () => db.transaction(proof, (tx) => tx.maybe(one)),
      () => db.accounts.maybe(one),
      () => db.figures.maybe(one),
      () => db.accountsTransaction((queries) => queries.maybe(one)),
    ]
    for (const ask of nested)
      await expect(db.transaction(proof, ask)).rejects.toThrow('A second connection')
  })

  test('lets others have theirs at the same moment, and the same one after another', async () => {
    const { db } = database
    const ask = () => db.transaction(proof, (tx) => tx.maybe(one))
    expect(await Promise.all([ask(), ask()])).toEqual([{ one: 1 }, { one: 1 }])
    expect(await ask()).toEqual({ one: 1 })
  })
})
