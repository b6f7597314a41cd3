import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OdsCode } from '#kernel/ods-code'
import { makeDatabase, type TestDatabase } from '../../../test/support/database.ts'
import { sql, systemProof } from './index.ts'

let base: TestDatabase

beforeAll(async () => {
  base = await makeDatabase(new Date('2026-03-02T08:00:00Z'))
})
afterAll(() => base.drop())

const inOne = <T>(work: Parameters<typeof base.db.transaction<never, T>>[1]) =>
  base.db.transaction(systemProof('Y99001' as OdsCode) as never, work)

test('A statement sent twice before its columns are known is read alike both times, and later', async () => {
  const asked = (n: number) => sql`
    select ${n}::integer as some_number, ${'2026-03-02T08:00:00Z'}::timestamptz as read_at,
      null::text as nothing, 'null'::jsonb as json_nothing, '{"a":null}'::jsonb as detail
  `
  const row = (someNumber: number) => ({
    someNumber,
    readAt: new Date('2026-03-02T08:00:00Z'),
    detail: { a: null },
  })
  const once = () => inOne((tx) => Promise.all([tx.many(asked(1)), tx.many(asked(2))]))
  for (let time = 0; time < 3; time++) expect(await once()).toEqual([[row(1)], [row(2)]])
})

test('A statement that fails leaves those behind it refused and the next transaction whole', async () => {
  const dividing = (by: number) => sql`select 1 / ${by}::integer as whole`
  expect(await inOne((tx) => tx.maybe(dividing(1)))).toEqual({ whole: 1 })
  const both = inOne((tx) => Promise.allSettled([tx.maybe(dividing(0)), tx.maybe(dividing(1))]))
  await expect(both).rejects.toThrow('rolled back')
  expect(await inOne((tx) => tx.maybe(dividing(1)))).toEqual({ whole: 1 })
})

test('Rows are counted, with columns to show or without', async () => {
  const counts = () =>
    inOne((tx) =>
      Promise.all([
        tx.run(sql`select from generate_series(1, 3)`),
        tx.run(sql`select 1 as one from generate_series(1, 2)`),
      ]),
    )
  expect([await counts(), await counts()]).toEqual([
    [3, 2],
    [3, 2],
  ])
})
