import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { openPages } from '../../../../../test/support/visitor.ts'
import { nationwide, rollUpStale } from '../../commands/closing/roll-up.ts'
import { importPublished, savePlaces } from '../../commands/importing/import-published.ts'
import type { Figures } from '../../domain/figures/figures.ts'
import type { PlaceVersion } from '../../domain/geography/geography.ts'
import { parseMonth, type Month } from '../../domain/months/month.ts'
import type { PublishedMonth } from '../../domain/pomi/parse.ts'
import { registerUptake } from '../../plugin.ts'

let database: TestDatabase
let app: FastifyInstance

function month(text: string): Month {
  const parsed = parseMonth(text)
  if (parsed === undefined) throw new Error(`${text} is not a month`)
  return parsed
}

function published(
  text: string,
  practice: string,
  place: string,
  figures: Figures,
): PublishedMonth {
  return {
    month: month(text),
    regionCode: 'Y60',
    regionName: 'MIDLANDS',
    subIcbCode: place,
    subIcbName: `PLACE ${place}`,
    practice,
    practiceName: `SURGERY ${practice}`,
    supplier: 'EXAMPLE',
    figures: { apptsState: 2, prescState: 2, recordState: 2, ...figures },
  }
}

function icb(code: string, name: string, from: string, ...within: readonly string[]) {
  const at = { month: month(from), parentCode: code }
  return [
    { level: 'icb', code, month: month(from), name, parentCode: 'Y60' },
    ...within.map((one) => ({ level: 'sub-icb', code: one, name: `PLACE ${one}`, ...at })),
  ] as readonly PlaceVersion[]
}

beforeAll(async () => {
  database = await makeDatabase()
  const { db } = database
  app = await openPages(db, registerUptake)
})
afterAll(async () => {
  await app.close()
  await database.drop()
})

/** What a page answers, with its words as a person reads them. */
async function read(url: string) {
  const answer = await app.inject({ url })
  const main = answer.body.slice(Math.max(0, answer.body.indexOf('<main')))
  const words = main.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
  return { status: answer.statusCode, body: answer.body, words }
}

describe('pages of figures', () => {
  test('say before anything was counted that there is nothing, and when there will be', async () => {
    const { status, words } = await read('/uptake')
    expect(status).toBe(200)
    expect(words).toContain('There are no figures yet')
    expect((await read('/uptake/practice/A1000')).status).toBe(404)
  })

  describe('once months were counted', () => {
    beforeAll(async () => {
      const { db } = database
      await db.transaction(nationwide, (tx) =>
        savePlaces(tx, [
          ...icb('Q1', 'Vale', '2025-01', 'S1'),
          ...icb('Q2', 'Downs', '2025-01', 'S2'),
          ...icb('Q3', 'Vale and Downs', '2026-04', 'S1', 'S2'),
        ]),
      )
      for (const text of ['2025-05', '2026-03', '2026-04', '2026-05']) {
        const isLater = text > '2026'
        await importPublished(db, [
          published(text, 'A1000', 'S1', {
            listSize: 8000,
            totalEnabled: isLater ? 4400 : 4000,
            prescUse: 612,
            recordUse: 54_321,
          }),
          published(text, 'A2000', 'S1', { listSize: 2000, totalEnabled: 731, prescUse: 3 }),
          published(text, 'A3000', 'S2', { listSize: 5000, totalEnabled: 2500, prescUse: 77 }),
        ])
      }
      await rollUpStale(db)
    })

    test('say in the first sentence where England stands, and against the year before', async () => {
      const { words } = await read('/uptake')
      expect(words).toContain('51% of the people registered (7,631 of 15,000)')
      expect(words).toContain('up 2.7 points on a year before')
      expect(words).toContain('The target of 75% is not met')
    })

    test('lead from England down to a practice, and back up', async () => {
      const links = [
        ['/uptake', '/uptake/region/Y60'],
        ['/uptake/region/Y60', '/uptake/icb/Q3'],
        ['/uptake/icb/Q3', '/uptake/sub-icb/S1'],
        ['/uptake/sub-icb/S1', '/uptake/practice/A1000'],
        ['/uptake/practice/A1000', '/uptake/sub-icb/S1'],
      ] as const
      for (const [from, to] of links)
        expect((await read(from)).body, from).toContain(`href="${to}"`)
    })

    test('never hold a number that is withheld, in words, picture, table or file', async () => {
      for (const path of ['/uptake/practice/A2000', '/uptake/sub-icb/S1']) {
        const { words } = await read(path)
        expect(words).toContain('fewer than 5')
        expect(words).not.toMatch(/\b612\b/)
      }
      const { words } = await read('/uptake/practice/A1000')
      expect(words).toContain('not shown')
      expect(words).not.toMatch(/\b612\b/)
      const file = await read('/uptake/sub-icb/S1/figures.csv')
      expect(file.body).toContain('<5')
      expect(file.body).toContain('withheld')
      expect(file.body).not.toMatch(/\b612\b/)
      expect(file.body).toContain('54321')
    })

    test('show each month by where places lay in it, and no year before for a new board', async () => {
      expect((await read('/uptake/icb/Q1')).words).toContain('March 2026')
      const merged = await read('/uptake/icb/Q3')
      expect(merged.words).toContain('Vale and Downs')
      expect(merged.words).toContain('not told')
      const then = await read('/uptake/region/Y60?month=2026-03')
      expect(then.words).toMatch(/Integrated care boards: 2/)
      const now = await read('/uptake/region/Y60')
      expect(now.words).toMatch(/Integrated care boards: 1/)
    })

    test('find a practice by part of its name or by its code, and say what to do otherwise', async () => {
      expect((await read('/uptake/find?search=a3000')).body).toContain('/uptake/practice/A3000')
      expect((await read('/uptake/find?search=surgery')).words).toContain('3 found')
      expect((await read('/uptake/find?search=%25')).words).toContain('No practice is found')
    })

    test('are not found for a month or a place that is not there', async () => {
      for (const path of [
        '/uptake?month=2019-01',
        '/uptake?month=soon',
        '/uptake/icb/NONE',
        '/uptake/planet/X',
        '/uptake/practice/A9999/figures.csv',
      ])
        expect((await read(path)).status, path).toBe(404)
    })
  })
})
