import { inject, afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runHistory } from './scan/history.ts'
import { runHistories } from './scan/lanes.ts'
import { openStage, type Stage } from './scan/stage.ts'
import { makeDatabase } from './support/database.ts'

const histories = 12

/** DESIGN I-1, I-2, I-5 over random histories; more of them by `npm run scan -- --histories N`. */
describe('a record in a random history', () => {
  test('gives nobody a word that they may not see, on any page, file or search', async () => {
    const found = await runHistories(inject('postgresUrl'), { histories, seed: 1 })
    expect(found.leaks).toEqual([])
    expect(found.marksSeen).toBeGreaterThan(histories)
  }, 1_200_000)

  describe('that is read through a view that forgot decisions', () => {
    let stage: Stage

    beforeAll(async () => {
      stage = await openStage(await makeDatabase(), 10)
    }, 60_000)
    afterAll(() => stage.close())

    test('is found out', async () => {
      const { rows } = await stage.admin.query<{ text: string }>(
        `select pg_get_viewdef('record.released_entry'::regclass) as text`,
      )
      const [{ text } = { text: '' }] = rows
      const careless = text.replace("latest.outcome = 'released'::text", 'true')
      expect(careless).not.toBe(text)
      await stage.admin.query(
        `create or replace view record.released_entry with (security_barrier) as ${careless}`,
      )
      const leaks: string[] = []
      for (let index = 0; index < 10 && leaks.length === 0; index++)
        leaks.push(...(await runHistory(stage, 5000 + index)).leaks)
      expect(leaks).not.toEqual([])
    }, 120_000)
  })
})
