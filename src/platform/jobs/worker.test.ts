import { afterAll, beforeAll, expect, test } from 'vitest'
import { sql, systemProof, type Database, type SystemProof, type Tx } from '#platform/db'
import { openLog } from '#platform/log'
import { makeDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { aPractice } from '../../../test/support/surgery.ts'
import { enqueue, runDueJobs, type JobHandler, type JobPayload } from './index.ts'

let base: TestDatabase
let db: Database

beforeAll(async () => {
  base = await makeDatabase(new Date('2026-03-02T08:00:00Z'))
  db = base.db
})
afterAll(() => base.drop())

const quiet = openLog('silent')
const kind = 'messages.tell'

/** A handler that writes a job for each number it is told, and fails where the number is `fails`. */
function telling(fails: number, isShareable: boolean) {
  const transactions = new Set<Tx<SystemProof>>()
  const run = async (tx: Tx<SystemProof>, { number }: JobPayload) => {
    transactions.add(tx)
    await enqueue(tx, 'messages.told', { number: number ?? 0 }, new Date('2027-01-01'))
    if (number === fails) await tx.run(sql`select ${'no number'}::integer`)
  }
  const handler: JobHandler = { kind, isShareable, run }
  return { handlers: new Map([[kind, handler]]), transactions }
}

async function tellFive() {
  const practice = await aPractice(db)
  await db.transaction(systemProof(practice), async (tx) => {
    for (let number = 0; number < 5; number++) await enqueue(tx, kind, { number })
  })
  return practice
}

const jobsOf = (practice: Awaited<ReturnType<typeof aPractice>>) =>
  db.transaction(systemProof(practice), (tx) =>
    tx.many(sql`
      select kind, (payload ->> 'number')::integer as number, attempts,
        done_at is not null as is_done
      from jobs.job
      where practice = ${practice}
        and kind like 'messages.%'
      order by kind, number
    `),
  )

test.each([true, false])(
  'A job that fails is put off alone, and those beside it are done once (shared: %s)',
  async (isShared) => {
    const practice = await tellFive()
    const { handlers } = telling(3, isShared)
    await runDueJobs(db, handlers, quiet)
    await runDueJobs(db, handlers, quiet)
    const told = [0, 1, 2, 4].map((number) => ({
      kind: 'messages.told',
      number,
      attempts: 0,
      isDone: false,
    }))
    const asked = [0, 1, 2, 3, 4].map((number) => ({
      kind,
      number,
      attempts: 1,
      isDone: number !== 3,
    }))
    expect(await jobsOf(practice)).toEqual([...asked, ...told])
  },
)

test('Jobs that may share a transaction do, and others have one each', async () => {
  for (const [isShared, expected] of [
    [true, 1],
    [false, 5],
  ] as const) {
    await tellFive()
    const { handlers, transactions } = telling(-1, isShared)
    expect(await runDueJobs(db, handlers, quiet)).toBe(true)
    expect(transactions.size).toBe(expected)
    expect(await runDueJobs(db, handlers, quiet)).toBe(false)
  }
})
