import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql, systemProof } from '#platform/db'
import { makeDatabase, type TestDatabase } from '../../../../../test/support/database.ts'
import { aTelling, type Happening } from '../../../../../test/support/uptake-history.ts'
import { closeMonth } from '../../commands/closing/close-month.ts'
import { enqueueCounting } from '../../commands/closing/jobs.ts'
import { nationwide } from '../../commands/closing/roll-up.ts'
import { importPublished } from '../../commands/importing/import-published.ts'
import { saveApprovals, savePracticePlaces } from '../../commands/importing/save-lists.ts'
import { ownSupplier } from '../../domain/figures/figures.ts'
import type { PomiField } from '../../domain/pomi/fields.ts'
import { parsePomi, type PublishedMonth } from '../../domain/pomi/parse.ts'
import { monthsFrom, parseMonth, type Month } from '../../domain/months/month.ts'
import { monthFiles } from './month-files.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await makeDatabase(new Date('2026-07-10T08:00:00Z'))
})
afterAll(() => database.drop())

function month(text: string): Month {
  const parsed = parseMonth(text)
  if (parsed === undefined) throw new Error(`${text} is not a month`)
  return parsed
}

const noon = (day: string) => new Date(`${day}T12:00:00Z`)
const begins = (day: string): Happening => ({
  kind: 'practice-switches',
  at: noon(day),
  appts: true,
  presc: true,
  record: 'full',
})
const registers = (who: number, day: string): Happening => ({
  kind: 'registers',
  who,
  at: noon(day),
})
const leaves = (who: number, day: string): Happening => ({ kind: 'leaves', who, at: noon(day) })
const orders = (who: number, day: string): Happening => ({ kind: 'orders', who, at: noon(day) })

/** A practice whose two patients go to another when it closes on 20 May; the other joins in April. */
const closing = [
  begins('2026-01-05'),
  registers(0, '2026-01-06'),
  registers(1, '2026-01-07'),
  orders(0, '2026-04-02'),
  orders(1, '2026-05-03'),
  orders(1, '2026-05-04'),
  leaves(0, '2026-05-20'),
  leaves(1, '2026-05-20'),
]
const joining = [
  begins('2026-04-10'),
  registers(0, '2026-02-01'),
  registers(1, '2026-05-20'),
  registers(2, '2026-05-20'),
  orders(2, '2026-06-01'),
  orders(0, '2026-06-30'),
]
const other: PublishedMonth = {
  month: month('2026-05'),
  regionCode: 'Y60',
  regionName: 'MIDLANDS',
  subIcbCode: '99X',
  subIcbName: 'EXAMPLE SUB-ICB',
  practice: 'Z99999',
  practiceName: 'EXAMPLE SURGERY',
  supplier: 'EXAMPLE',
  figures: { listSize: 10_387, prescState: 2, prescUse: 500, totalUse: 500 },
}

function sumOf(text: string, of: Month, field: 'listSize' | 'prescUse'): number {
  return parsePomi(text)
    .rows.filter((row) => row.month === of)
    .reduce((sum, row) => sum + (row.figures[field] ?? 0), 0)
}

async function textOf(name: RegExp, of: Month): Promise<string> {
  const { files } = await monthFiles(database.db.figures, of)
  const file = files.find((one) => name.test(one.name))
  if (!file) throw new Error('There is no such file')
  return [...file.pieces].join('')
}

describe('monthFiles', () => {
  test('adds up to what happened while practices joined, merged and closed', async () => {
    const { db } = database
    const [old, young] = [await aTelling(database, 'M00001'), await aTelling(database, 'M00002')]
    for (const happening of closing) await old.tell(happening)
    for (const happening of joining) await young.tell(happening)
    await db.transaction(nationwide, async (tx) => {
      const at = { name: 'TOLD', subIcbCode: '99X' }
      await savePracticePlaces(tx, month('2026-01'), [
        { practice: 'M00001', ...at, closedOn: '2026-05-20' },
        { practice: 'M00002', ...at },
      ])
    })
    for (const one of monthsFrom(month('2026-04'), month('2026-06'))) {
      for (const practice of [old.practice, young.practice]) {
        if (practice === old.practice && one > month('2026-05')) continue
        await db.transaction(systemProof(practice), (tx) => closeMonth(tx, one))
      }
    }
    await importPublished(db, [other])

    const text = await textOf(/^POMI_APR2026_to_JUN2026/, month('2026-06'))
    expect(parsePomi(text).refused).toEqual([])
    // April: two at the old and, since it had begun by the 30th, one at the new.
    expect(sumOf(text, month('2026-04'), 'listSize')).toBe(3)
    expect(sumOf(text, month('2026-04'), 'prescUse')).toBe(1)
    // May: the two are counted once, where they went.
    expect(sumOf(text, month('2026-05'), 'listSize')).toBe(3 + 10_387)
    expect(sumOf(text, month('2026-05'), 'prescUse')).toBe(2 + 500)
    expect(sumOf(text, month('2026-06'), 'listSize')).toBe(3)
    expect(sumOf(text, month('2026-06'), 'prescUse')).toBe(2)
    const { findings } = await monthFiles(db.figures, month('2026-06'))
    expect(findings).toContainEqual({ check: 'practice-gone', about: 'M00001' })
  })

  test('counts a closed practice no more, and asks each job for once', async () => {
    const { db } = database
    await enqueueCounting(db)
    await enqueueCounting(db)
    const rows = await db.transaction(nationwide, (tx) =>
      tx.many<{ readonly practice: string; readonly kind: string; readonly jobs: number }>(sql`
        select practice, kind, count(*)::integer as jobs
        from jobs.job
        where kind = 'uptake.close-month'
        group by practice, kind
        order by practice
      `),
    )
    expect(rows).toEqual([{ practice: 'M00002', kind: 'uptake.close-month', jobs: 1 }])
  })

  test('leaves out practices of ours without approval, and says so; never those of others', async () => {
    const { db } = database
    const may = month('2026-05')
    await db.transaction(nationwide, (tx) => saveApprovals(tx, ['M00002'], '2026-04-01'))
    const { leftOut, practices, findings } = await monthFiles(db.figures, may)
    expect(leftOut).toEqual(['M00001'])
    expect(practices).toBe(2)
    expect(findings).toContainEqual({ check: 'not-approved', about: 'M00001' })
    const field: PomiField = 'patient_list_size'
    expect(await textOf(/^POMI/, may)).not.toContain(`M00001,TOLD,PATIENT ONLINE,${field}`)
  })

  test('keeps a corrected file beside the first, and returns the correction', async () => {
    const { db } = database
    const again = { ...other, figures: { ...other.figures, listSize: 10_400 } }
    expect(await importPublished(db, [again])).toEqual({ added: 0, corrected: 1, unchanged: 0 })
    expect(await importPublished(db, [again])).toEqual({ added: 0, corrected: 0, unchanged: 1 })
    expect(sumOf(await textOf(/^POMI/, month('2026-05')), month('2026-05'), 'listSize')).toBe(
      10_400 + 3,
    )
    const own = parsePomi(await textOf(/^POMI/, month('2026-05'))).rows.filter(
      ({ supplier }) => supplier === ownSupplier,
    )
    expect(own.length).toBeGreaterThan(0)
    expect(await importPublished(db, own)).toMatchObject({ added: 0, corrected: 0 })
    const kept = await db.figures.many<{ readonly listSize: number; readonly reason: string }>(sql`
      select list_size, reason
      from uptake.practice_month
      where practice = 'Z99999'
      order by revision
    `)
    expect(kept).toEqual([
      { listSize: 10_387, reason: 'closed' },
      { listSize: 10_400, reason: 'resent' },
    ])
  })
})
