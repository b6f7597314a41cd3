import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { aPractice } from '../../../test/support/surgery.ts'
import { clientFor } from './client-for.ts'
import { OutcomeUnknown } from './away.ts'
import { systemProof, type SystemProof, type Tx } from './database.ts'
import type { Queries } from './queries.ts'
import { sql } from './sql.ts'

let database: TestDatabase
let proof: SystemProof

beforeAll(async () => {
  database = await makeDatabase()
  proof = systemProof(await aPractice(database.db))
})
afterAll(() => database.drop())

const refusal = new Error('not you')

/** A job of one kind in this practice, as something that can be counted. */
const writing = (tx: Tx, kind: string) => sql`
  insert into jobs.job (practice, job_id, kind, payload, run_at)
  values (${tx.acting.practice}, ${crypto.randomUUID()}, ${kind}, '{}', ${tx.now})
  returning job_id
`

async function written(kind: string): Promise<number> {
  const found = await database.db.transaction(proof, (tx) =>
    tx.many<{ readonly jobId: string }>(sql`
      select job_id
      from jobs.job
      where practice = ${tx.acting.practice}
        and kind = ${kind}
    `),
  )
  return found.length
}

describe('a recheck that refuses', () => {
  const recheck = async (queries: Queries) => {
    await queries.maybe<{ readonly one: number }>(sql`select 1 as one`)
    throw refusal
  }

  test('undoes what the work wrote in the same round trip, and hands out nothing', async () => {
    const acting = { ...proof, recheck }
    const asked = database.db.transaction(acting, (tx) => tx.run(writing(tx, 'test.refused')))
    await expect(asked).rejects.toBe(refusal)
    expect(await written('test.refused')).toBe(0)
  })

  test('goes before whatever the work has to say', async () => {
    const acting = { ...proof, recheck }
    const asked = database.db.transaction(acting, () => Promise.reject(new Error('nothing here')))
    await expect(asked).rejects.toBe(refusal)
  })

  test('keeps the last statement from being sent at all', async () => {
    const acting = { ...proof, recheck }
    const asked = database.db.transaction(acting, (tx) => tx.last(writing(tx, 'test.last-refused')))
    await expect(asked).rejects.toBe(refusal)
    expect(await written('test.last-refused')).toBe(0)
  })
})

describe('a last statement', () => {
  test('is committed with what went before it, and nothing can follow', async () => {
    const late = database.db.transaction(proof, async (tx) => {
      await tx.run(writing(tx, 'test.last'))
      await tx.last(writing(tx, 'test.last'))
      await tx.run(writing(tx, 'test.last'))
    })
    await expect(late).rejects.toThrow(/after its transaction had ended/)
    expect(await written('test.last')).toBe(2)
  })

  test('that fails commits nothing, and says what failed', async () => {
    const failing = database.db.transaction(proof, async (tx) => {
      await tx.run(writing(tx, 'test.failing'))
      await tx.last(sql`select 1 / 0 as never`)
    })
    await expect(failing).rejects.toThrow(/division by zero/)
    expect(await written('test.failing')).toBe(0)
  })

  test('whose connection breaks leaves it open whether it was committed', async () => {
    const broken = database.db.transaction(proof, async (tx) => {
      const own = await tx.maybe<{ readonly pid: number }>(sql`select pg_backend_pid() as pid`)
      const admin = clientFor(database.settings, 'test')
      await admin.connect()
      const ended = tx.last(sql`select pg_sleep(20)::text as slept`)
      ended.catch(() => undefined)
      await admin.query('select pg_terminate_backend($1, 5000)', [own?.pid])
      await admin.end()
      await ended
    })
    await expect(broken).rejects.toThrow(OutcomeUnknown)
  })
})

describe('statements for accounts that share a connection', () => {
  test('do not spoil one another', async () => {
    const right = () => database.db.accounts.maybe<{ readonly one: number }>(sql`select 1 as one`)
    const wrong = () =>
      database.db.accounts.maybe<{ readonly one: number }>(sql`select 1 / 0 as one`)
    const all = await Promise.allSettled([right(), wrong(), right(), wrong(), right()])
    expect(all.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ])
    expect(await right()).toEqual({ one: 1 })
  })
})
