import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aPatient, aPractice } from '../../../../../test/support/surgery.ts'
import { ownRequests } from '../../queries/asking/requests.ts'
import { askForReview } from './ask-for-review.ts'

describe('askForReview', () => {
  let database: TestDatabase

  beforeAll(async () => {
    database = await makeDatabase()
  })
  afterAll(() => database.drop())

  test('takes the same words sent at the same moment, as after a lost answer, for one request', async () => {
    const { db } = database
    const { acting } = await aPatient<'record'>(db, await aPractice(db))
    const asked = { kind: 'missing', words: 'My blood test of May is missing' } as const
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => db.transaction(acting, (tx) => askForReview(tx, asked))),
    )
    const requests = await db.transaction(acting, (tx) => ownRequests(tx))
    expect(requests).toHaveLength(1)
    expect(answers).toEqual(answers.map(() => ({ ok: true, value: requests[0]?.requestId })))
  })
})
